"""How often it would be listed, read in each of its states: before a table, while it is counted, and whatever comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from screener.records.cohort.asking import Counted, Wish, ask
from screener.records.cohort.part import CellFinding
from screener.records.cohort.shown import Bin, ShownBurden
from screener.ui.browsing import Browsing
from screener.ui.cohort_exports import writing
from screener.ui.packs.browser import BrowserPage
from screener.ui.packs.in_table import INSIDE, PACK, SHIPPED, InTable, limit
from screener.ui.shell.save_page import SavePage
from tests.cohort.small_table import MAP, write_small
from tests.ui.walk.reader import Reader

RULE = "heart.recent"


class Walk(Protocol):
    """The browser in a window, and a reader before it."""

    reader: Reader
    browsing: Browsing
    page: BrowserPage

    def read(self, state: str) -> None: ...
    def opens(self, kind: str, name: str) -> None: ...
    def press(self, name: str) -> None: ...


def walk_how_often(walk: Walk, folder: Path) -> None:
    """Over the small pack and its made-up table, by what the page is given."""
    told = _Told(walk)
    walk.opens("table", "")
    choice = walk.page.side.table.choice
    for name in ("Count the records", "Write a starting map"):
        walk.press(name)
    table, mapping = write_small(folder)
    choice.table.setText(str(table))
    walk.press("Count the records")
    _really(walk, table, mapping, folder)
    state = walk.browsing._cohorts.state
    assert state.pack is not None and state.counted is not None
    told("at work", replace(state, counted=None, working="At work on visits.csv", share=0.4))
    told("what went wrong", replace(state, counted=None, problem="It is no table. Choose another."))
    told("put away", InTable(pack=state.pack, own=True))
    told("inside a screening", InTable(why=INSIDE))
    wrong = MAP.replace("column: rate", "column: pulse")
    other = folder / "others"
    other.mkdir()
    told("a map that stops it", replace(state, counted=_asked(state, write_small(other, map_text=wrong))))
    told("few records", replace(state, counted=_asked(state, write_small(other, 4))))
    told("no record", replace(state, counted=_asked(state, write_small(other, 0))))
    bare = MAP.replace("parameters: {pressure: low}\n", "").replace("by: site\n", "")
    told("no figures", replace(state, counted=_asked(state, write_small(other, map_text=bare))))
    told("a rule with levels", state, "heart.fast")
    _compared(walk, told, state)
    _rare(told, state)
    _saved(walk)
    walk.browsing._cohorts.forget()


class _Told:
    """Shows a state at the page of the table and at rules, and reads both."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk

    def __call__(self, name: str, state: InTable, last: str = "heart.bled") -> None:
        page = self._walk.page
        page.show_table(state)
        self._walk.opens("table", "")
        page.show_table(state)
        self._walk.read(f"how often, {name}")
        for rule in (RULE, last):
            self._walk.opens("rule", rule)
        if page.side.rule.how_often is not None:
            page.side.rule.how_often.show_table(state)
        self._walk.read(f"how often at a rule, {name}")


def _nobody(done: int, of: int) -> None:
    """Does not care how far it is."""


def _asked(state: InTable, files: tuple[Path, Path], by: str | None = None) -> Counted:
    assert state.pack is not None
    return ask(state.pack, Wish(*files, by=by), _nobody)


def _really(walk: Walk, table: Path, mapping: Path, folder: Path) -> None:
    """With the thread's work done by hand: counted, stopped, gone wrong, a map written."""
    cohorts, jobs = walk.browsing._cohorts, walk.browsing._cohorts._jobs
    work_off: Callable[[], None] = jobs.work_off  # type: ignore[attr-defined]
    cohorts.choose(folder / "nowhere.csv", mapping)
    work_off()
    walk.read("no such table")
    for path in (folder / "started.yaml", folder / "started.yaml"):
        cohorts.write_map(table, path, "spray")
        walk.read("a map being written")
        work_off()
        walk.read("a map written, or there already")
    cohorts.choose(table, mapping)
    walk.read("being counted")
    cohorts.stop()
    walk.read("stopped")
    work_off()
    cohorts.compare(PACK, folder)
    work_off()
    walk.read("a folder without a pack")
    cohorts.compare("")
    work_off()
    walk.read("counted")
    walk.press("Compare with…")
    walk.press("Close the list")
    walk.page._narrow_page("fast")
    walk.read("counted and narrowed")
    walk.page._narrow_page("")


def _compared(walk: Walk, told: _Told, state: InTable) -> None:
    cohorts = walk.browsing._cohorts
    work_off: Callable[[], None] = cohorts._jobs.work_off  # type: ignore[attr-defined]
    cohorts.compare(limit("pressure", "high"))
    work_off()
    by_limit = cohorts.state
    told("another limit", by_limit)
    counted = by_limit.counted
    assert counted is not None and counted.comparison is not None
    unchanged = tuple(replace(one, counts=(0, 0, 0, 240)) for one in counted.comparison.rules)
    same = replace(counted.comparison, rules=unchanged)
    told("nothing changes", replace(by_limit, counted=replace(counted, comparison=same)))
    twice = replace(counted.comparison, rules=tuple(replace(one, counts=(9, 9, 9, 213)) for one in same.rules))
    told("several change", replace(by_limit, beside=SHIPPED, counted=replace(counted, comparison=twice)))
    rules = [one.rule for one in same.rules]
    apart = replace(same, rules=(), only_first=tuple(rules[:1]), only_second=tuple(rules * 3))
    alone = replace(by_limit, beside=PACK, other=Path("other"), counted=replace(counted, comparison=apart))
    told("rules of one pack alone", alone)
    cohorts.compare("")
    work_off()


def _rare(told: _Told, state: InTable) -> None:
    """What a table can hold that this one does not."""
    counted = state.counted
    assert counted is not None and counted.shown is not None
    shown, day = counted.shown, counted.shown.of.days
    assert day is not None
    broken = ("broken-row", "", "", False, 1)
    burdens = (
        replace(shown.of, days=None, undated=1, findings=(broken,), filled={"heart.bleed": 3}),
        replace(shown.of, days=(day[0], day[0].replace(year=2027)), undated=3, findings=((*broken[:4], 2),)),
    )
    cells = (
        CellFinding(0, "", "medicines.csv", "", "id-unknown", "4 rows of unknown ids", "ids of the table", False),
        CellFinding(0, "", "", "", "id-unknown", "a row of an unknown id", "", False),
        CellFinding(7, "", "", "", "broken-row", "3 cells in place of 5", "", False),
        CellFinding(8, "", "rate", "heart.rate", "implausible", "300 looks mistyped", "look at it", True),
    )
    bins = (Bin(0, 2, 100, False), Bin(3, 9, 140, True))
    kinds: dict[str, tuple[Bin, ...]] = dict.fromkeys(shown.per_person, bins)
    for place, burden in enumerate(burdens):
        every = (Bin(0, 9, 240, True),)
        made: ShownBurden = replace(shown, of=burden, per_person=kinds, open_per_person=every, pairs=())
        found = (cells, ())[place]
        rare = replace(counted, shown=made, cells=found * 20, found=200 if found else 0)
        told(f"rare things {place}", replace(state, counted=rare))
    kept = tuple(one for one in shown.rules if one.of.rule.id != RULE)
    told("a rule that was not run", replace(state, counted=replace(counted, shown=replace(shown, rules=kept))))


def _saved(walk: Walk) -> None:
    for ending in ("pdf", "html", "csv"):
        page = SavePage(writing(ending))
        walk.reader.read("how often, saving", ending, page)
        page.deleteLater()

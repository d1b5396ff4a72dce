"""One table asked of one pack, again and again: numbers as they may be shown, what was found, what changes.

counted = ask(pack, Wish(table, map_path), tell)
counted.shown         # how often each rule is listed, small numbers hidden; None where a finding stops the map
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from screener.forms.evaluation import RuleSet
from screener.forms.findings import Finding
from screener.forms.model import Pack
from screener.records.cohort.against import Comparison
from screener.records.cohort.cohort import Asked, Cohort, Opened, Step, count, open_cohort
from screener.records.cohort.files import read_map, table_of
from screener.records.cohort.part import CellFinding
from screener.records.cohort.shown import ShownBurden, ShownRule, shown
from screener.records.cohort.signed import Fits
from screener.records.cohort.writing import Shape, TableWriter, finding_frame, outcome_frame, put_in_place

AT_ONCE = 1_000
"""Records that are read and evaluated together: after each of them somebody may have lost patience."""
MOST_CELLS = 200
"""Findings of cells that are kept to be shown; all of them are counted."""
Tell = Callable[[int, int], None]
"""Hears how much is done, and of how much. What it raises ends the counting."""


@dataclass(frozen=True, slots=True)
class Against:
    """What the records are compared under: another pack, other options of parameters, or both."""

    pack: Pack | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """A table, or a folder of signed records, with its map; `by`: the column that parts the numbers, None as mapped."""

    table: Path
    map: Path | None = None
    by: str | None = None
    against: Against | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a table. Without `rules` and `shown`, findings of its map stopped it."""

    name: str
    findings: tuple[Finding, ...]
    rules: RuleSet | None = None
    shown: ShownBurden | None = None
    comparison: Comparison | None = None
    columns: tuple[str, ...] = ()
    """Of the table; a folder of records has none."""
    cells: tuple[CellFinding, ...] = ()
    """The first of what was found in the table."""
    found: int = 0
    """How many findings of cells there are in all."""

    def rule(self, name: str) -> ShownRule | None:
        """What came of one rule; None where it was not among those that were run."""
        if self.shown is None:
            return None
        return next((one for one in self.shown.rules if one.of.rule.id == name), None)


def ask(pack: Pack, wish: Wish, tell: Tell, fits: Fits | None = None) -> Counted:
    """Read, evaluate and count a table under a pack. Raises WorldError where a file cannot be read."""
    opened, other = _opened(pack, wish, fits)
    if opened.cohort is None or (wish.against is not None and other is None):
        return Counted(wish.table.name, tuple(opened.findings))
    cells: list[CellFinding] = []
    found = 0

    def each(step: Step) -> None:
        nonlocal found
        these = step.part.findings
        found += len(these)
        cells.extend(these[: MOST_CELLS - len(cells)])
        tell(min(step.done, step.of), step.of)

    result = count(opened.cohort, other, each)
    return Counted(
        opened.cohort.name,
        tuple(opened.findings),
        opened.cohort.rules,
        shown(result.burden),
        result.comparison,
        _columns(wish),
        tuple(cells),
        found,
    )


def _opened(pack: Pack, wish: Wish, fits: Fits | None) -> tuple[Opened, Cohort | None]:
    """The table under the pack, and under what it is compared with; the findings of both stand in the first."""
    first = open_cohort(pack, wish.table, wish.map, Asked(by=wish.by, at_once=AT_ONCE), fits)
    if first.cohort is None or wish.against is None:
        return first, None
    asked = Asked(wish.against.parameters, wish.by, at_once=AT_ONCE)
    beside = open_cohort(wish.against.pack or pack, wish.table, wish.map, asked, fits)
    first.findings += [finding for finding in beside.findings if finding not in first.findings]
    return first, beside.cohort


def _columns(wish: Wish) -> tuple[str, ...]:
    if wish.table.is_dir() or wish.map is None:
        return ()
    return table_of(wish.table, read_map(wish.map).map).header


def write_outcomes(
    pack: Pack, wish: Wish, path: Path, tell: Tell, fits: Fits | None = None, shape: Shape = "wide"
) -> Sequence[Path]:
    """Write the outcome of every record and rule, and beside it what was found; the files that were written.

    Nothing has its name before all of it is whole.
    """
    opened, _ = _opened(pack, Wish(wish.table, wish.map, wish.by), fits)
    cohort = opened.cohort
    assert cohort is not None, "it was counted before"
    beside = path.with_name(f"{path.stem}.findings.csv")
    with TableWriter(path) as outcomes, TableWriter(beside) as findings:

        def each(step: Step) -> None:
            outcomes.write(outcome_frame(cohort.rules, step.part, step.came, shape))
            findings.write(finding_frame(step.part.findings))
            tell(min(step.done, step.of), step.of)

        count(cohort, None, each)
        put_in_place((outcomes, findings), {})
    return path, beside

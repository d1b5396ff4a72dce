"""Rules and sources, each kind of entry as it is shown, tried, filtered, read again and found to be gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton

from screener.forms.analysis.checks import Checked, Justified
from screener.forms.browsing import Shelves, questions_of, shelves
from screener.forms.findings import Code, Finding, Place
from screener.forms.library import Library, read_library
from screener.forms.model import Pack
from screener.language import tr
from screener.places import forms_folder
from screener.rules.values import Kind
from screener.ui import browsing, cohorts, logic_checks
from screener.ui.browsing import Browsing
from screener.ui.content import OpenContent
from screener.ui.logic_checks import LogicChecks
from screener.ui.packs.browser import BrowserPage
from screener.ui.packs.logic_card import Logic
from screener.ui.shell.window import MainWindow
from screener.ui.style.theme import scaled
from tests.forms.writing import write_pack
from tests.languages.pseudo import english
from tests.ui.desks import CLOCK, DISK_FULL, session_of
from tests.ui.test_pages import CHANGES, FINDINGS
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.how_often import walk_how_often
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget, sitting

SCREEN = "rules and sources"


class AtHand:
    """Stands in for the content of the running program."""

    def __init__(self, found: OpenContent) -> None:
        self.open, self.reading = found, False

    @property
    def folder(self) -> Path:
        return self.open.folder

    def read(self) -> None:
        self.reading = True


def walk_browser(reader: Reader) -> None:
    """The browser over the shipped content, over a small pack in states of its own, and over a screening."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        for module in (browsing, cohorts):
            patch.setattr(module, "Jobs", ByHand)
        patch.setattr(QDesktopServices, "openUrl", lambda _: False)
        patch.setattr(LogicChecks, "_go_on", lambda _: None)
        _shipped(reader)
        _small(reader, Path(folder))
        _how_often(reader, Path(folder) / "counted")
        _inside(reader)


class Walk:
    """A browser in a window, and a reader before it."""

    def __init__(self, reader: Reader, content: AtHand, over: Pack | None = None) -> None:
        self.reader, self.content = reader, content
        self.window = MainWindow(QSettings())
        self.browsing = Browsing(self.window, content, CLOCK)  # type: ignore[arg-type]
        if over is None:
            self.browsing.open(lambda: None)
        else:
            self.browsing.open_inside(over, self.window.show_page, lambda: None)
        page = self.window.page
        assert isinstance(page, BrowserPage)
        self.page = page
        self.window.resize(scaled(1440), scaled(900))
        self.page.resize(self.window.size())
        self.read("before anything is read")
        self.works()

    @property
    def jobs(self) -> ByHand:
        return self.browsing._jobs  # type: ignore[return-value]

    def works(self) -> None:
        """What is to be read is read, and shown as a whole."""
        self.jobs.work_off()
        self.page._show_chosen()
        for page in (self.page.side.rule, self.page.side.question, self.page.side.source):
            page.finish()

    def read(self, state: str) -> None:
        self.reader.read(SCREEN, state, self.page)
        self.reader.read(SCREEN, f"{state}, the line at the foot", self.window.news)

    def opens(self, kind: str, name: str) -> None:
        self.page.follow(kind, name)
        self.works()
        self.read(f"{kind} {name}")

    def press(self, name: str) -> None:
        self.reader.let_work()
        for made in self.page.findChildren(QAbstractButton):
            if made.isVisibleTo(self.page) and english(made.accessibleName() or made.text()).startswith(name):
                made.click()
                self.works()
                self.read(f"after {name}")
                return
        raise AssertionError(f"no button is called {name}")

    def types(self, text: str) -> None:
        self.page.lists.filter.setText(text)
        self.page.lists.filter.textEdited.emit(text)
        self.read(f"filtered by {text!r}")

    def ends(self) -> None:
        self.browsing.end()
        self.window.deleteLater()
        forget()


def _shipped(reader: Reader) -> None:
    library = read_library(forms_folder() / "intake")
    pack = library.pack
    assert pack is not None
    walk = Walk(reader, AtHand(OpenContent(pack, forms_folder() / "intake", "shipped", read_at="10:22")))
    for rule in _telling(pack):
        walk.opens("rule", rule)
    kinds = {question.kind: question.id for question in pack.questions.values()}
    gated = next(question.id for question in pack.questions.values() if question.shown_when is not None)
    read_by_none = next(entry.id for entry in shelves(pack).questions if entry.second.endswith(tr("no rule")))
    for question in (*kinds.values(), gated, read_by_none):
        walk.opens("question", question)
    for source in list(pack.sources)[::30]:
        walk.opens("source", source)
    walk.opens("source", next(name for name, source in pack.sources.items() if source.url))
    walk.press("Copy the link")
    _logic(walk, pack)
    walk.opens("finding", "")
    walk.page._go_back()
    walk.page.go_to("rule", next(iter(pack.rules)))
    walk.works()
    walk.press("Narrow down")
    walk.page.lists._narrow(replace(walk.page.lists._wanted, tier="note", class_="safety", status="active"))
    walk.read("narrowed")
    walk.types("nobody has such a rule")
    walk.types("")
    walk.page.lists._chosen["rule"] = ""
    walk.page._show_chosen()
    walk.read("nothing chosen")
    walk.page.resize(700, 800)
    walk.page._to_detail()
    walk.read("where there is little room")
    walk.ends()


def _logic(walk: Walk, pack: Pack) -> None:
    """The logic checks on their way, at their end with and without findings, and where they do not run."""
    rule, other, *_ = pack.rules
    found = Finding(Code.WORSE_IS_LESS, Place("rules.yaml", 1), "a.rule falls", "look at it", ("a.question: yes",))
    states = {
        "nothing found": Checked(rule),
        "found": Checked(rule, (found,), (Justified(found, "It is meant so"),), (other,)),
        "two found": Checked(rule, (found, found), (Justified(found, "It is meant so"),) * 2),
    }
    for state, checked in states.items():
        for of in (2, 1):
            walk.page.show_logic(Logic({rule: checked}, of))
            for kind, name in (("rule", rule), ("rule", other), ("finding", "")):
                walk.opens(kind, name)
                walk.read(f"logic checks, {state}, {kind} {name}")
    for why in (logic_checks.STOPPED, logic_checks.INSIDE):
        walk.page.show_logic(Logic(why=why))
        walk.opens("rule", rule)


def _telling(pack: Pack) -> list[str]:
    """One rule of each theme, class, tier, strength, status and kind of answer, with levels, figures and others."""
    seen: set[object] = set()
    found = []
    for rule in pack.rules.values():
        marks: set[object] = {pack.theme_of[rule.id].id, rule.class_, rule.tier, rule.source.strength, rule.status}
        marks |= {("levels", bool(rule.levels)), ("others", bool(rule.others)), ("note", bool(rule.note))}
        marks |= {("derived", bool(_kinds(pack, rule.id) & {Kind.DERIVED})), ("differ", "accounts" in rule.id)}
        if not marks <= seen:
            seen |= marks
            found.append(rule.id)
    return found


def _kinds(pack: Pack, rule: str) -> set[Kind]:
    return {pack.questions[name].kind for name in questions_of(pack.rules[rule])}


def _small(reader: Reader, folder: Path) -> None:
    """What is tried, what is wrong, what was there before."""
    rules = "themes/heart/rules.yaml"
    above = "{name: above, given: {heart.rate: 101}, is: listed, level: "
    root = write_pack(folder, (rules, f"{above}fast}}", f"{above}very_fast}}"))
    library, made = _read(root)
    assert library.pack is not None
    content = AtHand(OpenContent(library.pack, root, "chosen", CHANGES, (), "10:22"))
    walk = Walk(reader, content)
    walk.opens("rule", "heart.fast")
    _tried(walk)
    for name in ("As written: with its worked cases", "As written: copy", "As written: open the folder"):
        walk.press(name)
    walk.opens("rule", "heart.recent")
    walk.opens("rule", "heart.bled")
    walk.press("Only what is changed here")
    walk.press("All again")
    walk.opens("question", "heart.bleed_on")
    walk.opens("rule", "heart.none")
    walk.opens("finding", "")
    walk.page.side.findings.run.click()
    walk.read("every case being run")
    walk.works()
    walk.read("every case run")
    content.open = replace(content.open, findings=FINDINGS)
    walk.browsing.show_content()
    walk.works()
    walk.read("with findings")
    content.reading = True
    walk.browsing.show_content()
    walk.read("being read")
    content.reading = False
    walk.page.go_to("rule", "heart.bled")
    file = root / rules
    file.write_text(file.read_text("utf-8").replace("title: Bleeding in the brain\n", "title: Bled\n"), "utf-8")
    again = read_library(root)
    assert again.pack is not None
    content.open = replace(content.open, pack=again.pack)
    walk.browsing.show_content()
    walk.works()
    walk.read("read again")
    own = shelves(_of_the_clinic(again.pack, "heart.bled"))
    walk.page.show_shelves(own)
    walk.works()
    walk.read("a rule of a clinic's own")
    gone = shelves(_without(again.pack, "heart.bled"))
    walk.page.show_shelves(gone)
    walk.works()
    walk.read("a rule is gone")
    many = tuple(Finding(Code.UNKNOWN_KEY, Place("northside/pack.yaml", n), f"key {n}") for n in range(120))
    content.open = replace(content.open, findings=many, pack=again.pack)
    walk.browsing.show_content()
    walk.works()
    walk.opens("finding", "")
    walk.read("the last good pack")
    walk.browsing._say(DISK_FULL)
    walk.browsing.open_inside(made.pack.model_copy(update={"hash": "1"}), walk.window.show_page, lambda: None)
    walk.ends()
    _without_files(reader, made.pack, root)


def _without_files(reader: Reader, pack: Pack, root: Path) -> None:
    """The pack of a screening that is not the open one, and the last good one of a folder that has findings."""
    content = AtHand(OpenContent(pack, root, "chosen", None, (), "10:22"))
    walk = Walk(reader, content, over=pack.model_copy(update={"hash": "1"}))
    walk.opens("rule", "heart.bled")
    walk.ends()
    (root / "pack.yaml").write_text("id: [", "utf-8")
    walk = Walk(reader, AtHand(replace(content.open, findings=FINDINGS)))
    walk.opens("rule", "heart.bled")
    walk.opens("finding", "")
    walk.press("Run every worked case")
    walk.ends()


def _how_often(reader: Reader, folder: Path) -> None:
    """A made-up table under a small pack."""
    library, _ = _read(write_pack(folder))
    assert library.pack is not None
    walk = Walk(reader, AtHand(OpenContent(library.pack, library.folder, "chosen", None, (), "10:22")))
    walk_how_often(walk, folder)
    walk.ends()


def _inside(reader: Reader) -> None:
    """In an open screening, with somebody else in the room."""
    with sitting(session_of("esketamine-clinic")) as workspace:
        workspace.identity.confirm.click()
        workspace.controller.set_visit("room", "by video")
        workspace.pages.show_inside(BrowserPage(CLOCK.now), "rules")
        reader.read(SCREEN, "inside a screening, with its bars", workspace)
        workspace.pages.close_inside()


def _tried(walk: Walk) -> None:
    trying = walk.page.side.rule.trying
    assert trying is not None
    table = walk.page.side.rule.cases
    assert table is not None
    for row in range(table.cases.rowCount()):
        trying.try_case(table.cases.line(row))
        walk.read(f"case {row} tried")
    for raw in ({"state": "declined"}, {"accounts": [{"by": "patient", "value": 90}, {"by": "chart", "value": 140}]}):
        trying._asked[0].show_raw(raw)
        trying._answered()
        walk.read(f"tried {raw}")
    trying._asked[0]._refuse("that is no number.")
    trying._day_line.setText("someday")
    trying._day_line.editingFinished.emit()
    walk.read("tried on no day")
    walk.press("Copy as a worked case")


def _read(root: Path) -> tuple[Library, Shelves]:
    library = read_library(root)
    assert library.pack is not None, library.findings
    return library, shelves(library.pack)


def _of_the_clinic(pack: Pack, rule: str) -> Pack:
    """The pack with a rule that stands for no row of the register."""
    themes = tuple(
        theme.model_copy(
            update={
                "rules": tuple(one.model_copy(update={"basis": ()}) if one.id == rule else one for one in theme.rules)
            }
        )
        for theme in pack.themes
    )
    return Pack(**{name: getattr(pack, name) for name in Pack.model_fields} | {"themes": themes, "hash": "2"})


def _without(pack: Pack, rule: str) -> Pack:
    themes = tuple(
        theme.model_copy(update={"rules": tuple(one for one in theme.rules if one.id != rule)}) for theme in pack.themes
    )
    return Pack(**{name: getattr(pack, name) for name in Pack.model_fields} | {"themes": themes, "hash": "0"})

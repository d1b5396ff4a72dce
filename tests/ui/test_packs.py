"""Rules and sources on screen: lists, details, a place to try, cases, findings; read again without losing the place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.browsing import Shelves, shelves
from screener.forms.changes import Added, Difference, Part, Replaced, SwitchedOff
from screener.forms.findings import Code, Finding, Place
from screener.forms.library import Library, read_library
from screener.forms.trying import CaseTable, case_table
from screener.places import forms_folder
from screener.rules.values import Kind
from screener.store.vault import Vault
from screener.ui.actions import ACTIONS, RULES
from screener.ui.app import Program, build
from screener.ui.key_switches import DIGITS, LETTERS, SingleKeys
from screener.ui.packs.browser import BrowserPage
from screener.ui.packs.cases import CaseModel, CasesTable
from screener.ui.packs.code import CodeBox
from screener.ui.packs.entries import Row, entry_rows, rule_rows
from screener.ui.packs.opened import State
from screener.ui.packs.trying import TryQuestion
from screener.ui.shell.findings import StartFindingsPage
from screener.ui.shell.first_start import FirstStartPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.window import MainWindow
from screener.ui.widgets.controls import Segmented
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.growing import GrowingPage
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.row_list import Role, RowModel
from tests.forms.writing import FILES, write_pack
from tests.ui.desks import CLOCK, show_in_window
from tests.ui.names import name_of
from tests.ui.test_pages import LEAST_TARGET_PX, controls, nameless, twice

RULES_FILE = "themes/heart/rules.yaml"
PATIENCE_MS = 20_000
LOCAL = Difference(
    extends="intake",
    drafts=False,
    added=(Added("question", "heart.rate", "Rate"),),
    replaced=(Replaced("rule", "heart.bled", "Bled", (Part("tier", "note", "review"),)),),
    off=(SwitchedOff("heart.fast", "Fast", "On paper.", "Clinician A", "2026-11-02"),),
)


@cache
def shipped() -> tuple[Library, Shelves]:
    library = read_library(forms_folder() / "intake")
    assert library.pack is not None
    return library, shelves(library.pack)


class Browser:
    """The page in a window, over a small pack on disk, and a hand and an eye for it."""

    def __init__(self, qtbot: QtBot, folder: Path, difference: Difference | None = None) -> None:
        self.qtbot, self.folder, self.difference = qtbot, folder, difference
        self.page = BrowserPage(CLOCK.now)
        self.window: MainWindow = show_in_window(qtbot, self.page)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def reads(self, *, files: bool = True) -> Browser:
        """As after a reading of the folder."""
        library = read_library(self.folder)
        assert library.pack is not None, library.findings
        self.page.show_state(State("small 1", "Read at 10:22, 0 findings"))
        self.page.show_shelves(shelves(library.pack, self.difference))
        if files:
            self.page.show_library(library)
        return self.settles()

    def settles(self) -> Browser:
        self.qtbot.waitUntil(lambda: not self.page._pause.isActive() and not self.page.side.findings._typing.isActive())
        for page in (self.page.side.rule, self.page.side.question, self.page.side.source):
            self.qtbot.waitUntil(lambda page=page: page.whole)  # type: ignore[misc]
        QTest.qWait(0)
        QApplication.sendPostedEvents()
        return self

    def opens(self, kind: str, name: str) -> Browser:
        self.page.go_to(kind, name)
        return self.settles()

    def press(self, key: Qt.Key, *, ctrl: bool = False, alt: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        modifier = Qt.KeyboardModifier.AltModifier if alt else modifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settles()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.settles()

    def says(self, page: QWidget | None = None) -> str:
        inside = page or self.page
        return "\n".join(made.text() for made in inside.findChildren(QLabel) if made.isVisibleTo(inside))

    def button(self, name: str, page: QWidget | None = None) -> QAbstractButton:
        inside = page or self.page
        for made in inside.findChildren(QAbstractButton):
            if made.isVisibleTo(inside) and (made.accessibleName() or made.text()).startswith(name):
                return made
        raise AssertionError(f"no button is called {name}")

    def asked(self, question: str) -> TryQuestion:
        trying = self.page.side.rule.trying
        assert trying is not None
        return next(one for one in trying.findChildren(TryQuestion) if one.question.id == question)

    def finding(self, place: int) -> ReadCard:
        cards = [one for one in self.page.side.findings.findChildren(ReadCard) if one.isVisible()]
        return cards[1 + place]

    @property
    def listed(self) -> list[str]:
        return [row.id for row in self.page.lists.list.rows.rows if not row.head]


Open = Callable[..., Browser]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


@pytest.fixture
def browser(qtbot: QtBot, small: Path) -> Browser:
    return Browser(qtbot, small).reads()


def with_a_slip(folder: Path) -> Path:
    """The small pack with a worked case that does not come out as it is written."""
    above = "{name: above, given: {heart.rate: 101}, is: listed, level: "
    return write_pack(folder, (RULES_FILE, f"{above}fast}}", f"{above}very_fast}}"))


# Lists


def test_the_lists_are_models_with_named_roles(qtmodeltester: Any) -> None:
    made = shipped()[1]
    for rows in (rule_rows(made.rules), entry_rows(made.questions), entry_rows(made.sources), []):
        model = RowModel()
        model.show_rows(rows)
        qtmodeltester.check(model)
        model.show_rows(rule_rows(made.rules[:3]))
        qtmodeltester.check(model)
        names = {bytes(name.data()) for role, name in model.roleNames().items() if role > Qt.ItemDataRole.UserRole}
        assert names == {b"rowId", b"head"}


def test_the_cases_are_a_model(qtmodeltester: Any) -> None:
    library, _ = shipped()
    assert library.pack is not None
    qtmodeltester.check(CaseModel(case_table(library.pack, library.pack.rules["bp.severe_with_symptoms"])))
    qtmodeltester.check(CaseModel(CaseTable((), ())))


def test_heads_of_groups_have_counts_and_cannot_be_chosen(browser: Browser) -> None:
    rows = browser.page.lists.list.rows
    head, row = rows.index(0), rows.rows[0]
    assert isinstance(row, Row)
    assert (head.data(Role.HEAD), head.data(), row.second) == (True, "Heart", "4")
    assert head.data(Qt.ItemDataRole.AccessibleTextRole) == "Heart, 4 in it"
    assert rows.flags(head) == Qt.ItemFlag.NoItemFlags
    assert rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Bleeding in the brain, For review, Contraindication · A label, heart.bled"
    )


def test_the_first_rule_is_shown_when_the_lists_come(browser: Browser) -> None:
    assert browser.page.lists.list.current == "heart.bled"
    said = browser.says(browser.page.side.rule)
    for words in (
        "Heart · heart.bled · not yet re-read by a named clinician",
        "Bleeding in the brain, ever?: yes",
        "Bleeding in the brain: ‹Bleeding in the brain, ever?›.",
        "Contraindication",
        "As written · small/themes/heart/rules.yaml:1",
        "3 worked cases, all as written.",
        "ket/CV-1",
    ):
        assert words in said, words


def test_arrows_go_through_the_list_past_its_heads_and_the_page_follows(browser: Browser) -> None:
    browser.page.lists.list.setFocus()
    for expected in ("heart.recent", "heart.fast", "heart.nine_or_ssri"):
        browser.press(Qt.Key.Key_Down)
        assert browser.page.lists.list.current == expected
        assert browser.page.side.rule.shown is not None and browser.page.side.rule.shown.rule.id == expected
    browser.press(Qt.Key.Key_Up, ctrl=True)
    assert browser.page.lists.list.current == "heart.fast"
    browser.press(Qt.Key.Key_Home)
    assert browser.page.lists.list.current == "heart.bled"
    browser.press(Qt.Key.Key_End)
    assert browser.page.lists.list.current == browser.listed[-1]
    browser.press(Qt.Key.Key_PageUp)
    assert browser.page.lists.list.current == "heart.bled"


def test_typing_filters_and_escape_brings_all_back(browser: Browser) -> None:
    browser.press(Qt.Key.Key_F, ctrl=True)
    browser.type("within 6 weeks")
    assert browser.listed == ["heart.recent"]
    assert "1 of 4 rules" in browser.says()
    browser.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is browser.page.lists.list
    assert browser.page.lists.list.current == "heart.recent"
    browser.press(Qt.Key.Key_F, ctrl=True)
    browser.type("zzz")
    assert browser.listed == []
    assert "None of 4 rules matches. Take a word or a list back." in browser.says()
    browser.press(Qt.Key.Key_Escape)
    assert len(browser.listed) == 4


def test_lists_narrow_with_counts_and_links_take_them_back(browser: Browser) -> None:
    browser.button("Narrow down…").click()
    tier = browser.page.lists.narrowing.lists["tier"]
    assert [tier.itemText(place) for place in range(tier.count())] == ["Tier: all", "For review (4)", "Note (1)"]
    tier.setCurrentIndex(tier.findData("note"))
    tier.activated.emit(tier.currentIndex())
    assert browser.listed == ["heart.fast"]
    strength = browser.page.lists.narrowing.lists["strength"]
    assert [strength.itemText(place) for place in range(strength.count())] == [
        "Strength: all",
        "Contraindication (0)",
        "Warning (0)",
        "Evidence (1)",
    ]
    browser.button("Tier: Note. Take this back").click()
    assert len(browser.listed) == 4


def test_each_kind_of_entry_has_its_own_list_and_filter(browser: Browser) -> None:
    browser.page.lists.filter.setText("fast")
    browser.page.lists.filter.textEdited.emit("fast")
    browser.button("Show: Questions").click()
    browser.settles()
    assert browser.page.lists.filter.text() == ""
    assert browser.page.lists.filter.accessibleName() == "Filter questions"
    assert browser.page.side.question.isVisible()
    assert "Rules that read it" in browser.says(browser.page.side.question)
    browser.button("Show: Sources").click()
    browser.settles()
    assert browser.listed == ["label", "trial"]
    assert "In general (3)" in browser.says(browser.page.side.source)
    browser.button("Show: Rules").click()
    assert (browser.page.lists.filter.text(), browser.listed) == ("fast", ["heart.fast"])


# The way from one entry to another


def test_links_lead_to_questions_and_sources_and_a_key_leads_back(browser: Browser) -> None:
    browser.opens("rule", "heart.recent")
    browser.button("Open the question heart.bleed_on").click()
    browser.settles()
    said = browser.says(browser.page.side.question)
    for words in ("When?", "Bleeding in the brain, ever?: yes", "While it is not shown it is not applicable"):
        assert words in said, words
    browser.button("Open the rule heart.recent").click()
    browser.settles()
    browser.button("Open the source label").click()
    browser.settles()
    assert "all of it" in browser.says(browser.page.side.source)
    for kind, name in (("rule", "heart.recent"), ("question", "heart.bleed_on"), ("rule", "heart.recent")):
        browser.press(Qt.Key.Key_Left, alt=True)
        assert (browser.page.lists.kind, browser.page.lists.list.current) == (kind, name)
    assert not browser.page.side.back.isVisible()


def test_a_link_to_a_rule_that_the_filter_hides_takes_the_filter_back(browser: Browser) -> None:
    browser.page.lists.filter.setText("fast")
    browser.page.lists.filter.textEdited.emit("fast")
    browser.opens("rule", "heart.bled")
    assert (browser.page.lists.filter.text(), browser.page.lists.list.current) == ("", "heart.bled")


# A place to try


def test_answers_are_tried_at_once_and_each_part_says_how_it_stands(browser: Browser) -> None:
    browser.opens("rule", "heart.bled")
    trying = browser.page.side.rule.trying
    assert trying is not None and trying._result.accessibleName() == "What comes of it: Not established"
    browser.press(Qt.Key.Key_T, ctrl=True)
    assert QApplication.focusWidget() is not None
    browser.type("1")
    assert trying._result.accessibleName() == "What comes of it: Listed"
    said = browser.says(trying)
    for words in ("Bleeding in the brain: yes.", "met", "Because", "Bleeding in the brain, ever?: yes"):
        assert words in said, words
    for key, words in (
        (Qt.Key.Key_U, "not known"),
        (Qt.Key.Key_D, "declined"),
        (Qt.Key.Key_L, "to come back to"),
        (Qt.Key.Key_Backspace, "not asked"),
    ):
        browser.press(key)
        assert trying._result.accessibleName() == "What comes of it: Not established"
        assert f"Bleeding in the brain, ever?: {words}" in browser.says(trying), words
    browser.type("2")
    assert trying._result.accessibleName() == "What comes of it: Not listed"


def test_what_would_change_it_is_said_when_asked_until_an_answer_changes(browser: Browser) -> None:
    browser.opens("rule", "heart.fast")
    browser.button("Resting rate, how it stands: Answered").click()
    browser.type("131")
    trying = browser.page.side.rule.trying
    assert trying is not None and trying.would_change.lines == []
    browser.button("What would change it").click()
    assert trying.would_change.lines == [
        "With Resting rate: 100 per minute. Not listed on these answers",
        "With Resting rate: 130 per minute. Listed, Above 100",
    ]
    browser.button("Hide what would change it").click()
    assert trying.would_change.lines == []
    browser.button("What would change it").click()
    browser.button("Resting rate, how it stands: Declined").click()
    assert trying.would_change.lines == []
    browser.button("What would change it").click()
    assert len(trying.would_change.lines) == 3


def test_every_state_is_one_click_and_answered_leads_into_the_field(browser: Browser) -> None:
    browser.opens("rule", "heart.fast")
    one = browser.asked("heart.rate")
    assert one.states.chosen == "not_asked"
    browser.button("Resting rate, how it stands: Answered").click()
    assert (one.states.chosen, QApplication.focusWidget()) == ("not_asked", one.field.first_focus())
    browser.type("131")
    assert one.states.chosen == "answered"
    assert "Above 130" in browser.says(browser.page.side.rule.trying)
    browser.button("Resting rate, how it stands: Declined").click()
    assert (one.raw, one.states.chosen) == ({"state": "declined"}, "declined")
    line = one.field.first_focus()
    assert isinstance(line, QLineEdit) and line.text() == ""


def test_single_keys_that_are_off_do_nothing_alone_where_a_rule_is_tried(browser: Browser, keys: SingleKeys) -> None:
    browser.opens("rule", "heart.recent")
    one = browser.asked("heart.bleed")
    one.field.first_focus().setFocus()
    keys.turn(DIGITS, on=False)
    keys.turn(LETTERS, on=False)
    for key in (Qt.Key.Key_1, Qt.Key.Key_U, Qt.Key.Key_D, Qt.Key.Key_L):
        browser.press(key)
        assert one.raw is None
    browser.press(Qt.Key.Key_1, alt=True)
    assert one.raw == "yes"
    browser.press(Qt.Key.Key_D, alt=True)
    assert one.raw == {"state": "declined"}
    browser.press(Qt.Key.Key_Backspace)
    assert one.raw is None, "it is no letter"
    keys.turn(DIGITS, on=True)
    browser.press(Qt.Key.Key_2)
    assert one.raw == "no"


def test_half_a_figure_is_said_and_is_no_answer(browser: Browser) -> None:
    browser.opens("rule", "heart.fast")
    browser.button("Resting rate, how it stands: Answered").click()
    browser.type("1o")
    assert "Not read: " in browser.says(browser.page.side.rule.trying)
    assert (browser.asked("heart.rate").states.chosen, browser.asked("heart.rate").raw) == ("not_asked", None)


def test_a_question_that_is_hidden_by_what_is_tried_says_so(browser: Browser) -> None:
    browser.opens("rule", "heart.recent")
    one = browser.asked("heart.bleed")
    one.field.first_focus().setFocus()
    browser.type("2")
    assert "Not shown under these answers (Bleeding in the brain, ever?: no)" in browser.says(
        browser.asked("heart.bleed_on")
    )


def test_the_clinics_figure_and_the_day_are_chosen_for_the_trial(browser: Browser) -> None:
    browser.opens("rule", "heart.recent")
    trying = browser.page.side.rule.trying
    assert trying is not None
    browser.asked("heart.pressures").show_raw([{"systolic": 160, "diastolic": 80}])
    trying._answered()
    browser.settles()
    assert "Pressure: not chosen (options: 150; 180/100)" in browser.says(trying)
    figure = next(made for made in trying.findChildren(DropDown) if name_of(made) == "Pressure, the clinic's figure")
    figure.setCurrentIndex(figure.findData("low"))
    figure.activated.emit(figure.currentIndex())
    assert trying._result.accessibleName() == "What comes of it: Listed"
    day = trying._day_line
    day.setText("someday")
    day.editingFinished.emit()
    assert "Not a day: write the visit date as 2026-11-23." in browser.says(trying)
    day.setText("2026-12-01")
    day.editingFinished.emit()
    browser.button("Copy as a worked case").click()
    assert 'on: "2026-12-01"' in QGuiApplication.clipboard().text()


def test_what_was_tried_is_copied_as_a_worked_case_and_nothing_is_kept(browser: Browser, small: Path) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    browser.opens("rule", "heart.bled")
    browser.press(Qt.Key.Key_T, ctrl=True)
    browser.type("1")
    browser.button("Copy as a worked case").click()
    copied = QGuiApplication.clipboard().text()
    assert copied == '- {name: "Bleeding in the brain, ever?: yes", given: {heart.bleed: "yes"}, is: listed}\n'
    assert "Copied as a worked case." in browser.says(browser.page.side.rule.trying)
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before
    file = small / RULES_FILE
    never = '{name: never, given: {heart.bleed: "no"}, is: not_listed}'
    file.write_text(file.read_text().replace(f"    - {never}", f"    - {never}\n    {copied.rstrip()}"))
    library = read_library(small)
    assert library.pack is not None and len(library.pack.rules["heart.bled"].cases) == 4
    assert library.run_cases() == ()


def test_another_rule_begins_without_answers(browser: Browser) -> None:
    browser.opens("rule", "heart.bled")
    browser.press(Qt.Key.Key_T, ctrl=True)
    browser.type("1")
    for other in ("heart.recent", "heart.bled"):
        trying = browser.opens("rule", other).page.side.rule.trying
        assert trying is not None and trying.raws == {}


def test_every_kind_of_shipped_rule_can_be_tried_in_its_fields(qtbot: QtBot) -> None:
    library, made = shipped()
    page = BrowserPage(CLOCK.now)
    window = show_in_window(qtbot, page)
    assert window.page is page
    page.show_shelves(made)
    page.show_library(library)
    wanted = {"bp.severe_with_symptoms", "medical.bmi_35", "medical.accounts_ketamine"}
    kinds: set[Kind] = set()
    for rule in made.pack.rules.values():
        asked = {made.pack.questions[name].kind for name in _reads(rule.id)}
        if rule.id in wanted or not asked <= kinds:
            page.go_to("rule", rule.id)
            page.side.rule.finish()
            kinds |= asked
            table = page.side.rule.cases
            assert table is not None
            assert page.side.rule.trying is not None
            for row in range(table.cases.rowCount()):
                line = table.cases.line(row)
                page.side.rule.trying.try_case(line)
                outcome = page.side.rule.trying._result.accessibleName().lower()
                assert f"what comes of it: {line.now.partition(':')[0]}" in outcome, (rule.id, line.name)
                given = {name: raw for name, raw in line.given.items() if name in page.side.rule.trying.raws}
                assert page.side.rule.trying.raws == given, (rule.id, line.name)
    assert {Kind.READINGS, Kind.MEDICINES, Kind.INSTRUMENT, Kind.DATE, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER} <= kinds


def _reads(rule: str) -> list[str]:
    from screener.forms.browsing import questions_of

    return questions_of(shipped()[1].pack.rules[rule])


# Worked cases


def test_a_case_is_tried_from_the_table_by_its_row(browser: Browser) -> None:
    browser.opens("rule", "heart.recent")
    table = browser.page.side.rule.cases
    assert isinstance(table, CasesTable)
    table.setFocus()
    browser.press(Qt.Key.Key_Down)
    browser.press(Qt.Key.Key_Down)
    browser.press(Qt.Key.Key_Return)
    trying = browser.page.side.rule.trying
    assert trying is not None and trying.raws["heart.pressures"] == [[151, 80]]
    assert trying._result.accessibleName() == "What comes of it: Listed"
    focus = QApplication.focusWidget()
    assert focus is not None and trying.isAncestorOf(focus)


def test_a_case_that_is_not_as_written_is_named_by_sign_and_words(qtbot: QtBot, tmp_path: Path) -> None:
    browser = Browser(qtbot, with_a_slip(tmp_path)).reads().opens("rule", "heart.fast")
    assert "5 worked cases, 1 not as written." in browser.says(browser.page.side.rule)
    table = browser.page.side.rule.cases
    assert table is not None
    assert [table.cases.text(1, column) for column in range(4)] == [
        "above",
        "101 per minute",
        "listed: Above 130",
        "≠ listed: Above 100",
    ]
    spoken = table.cases.index(1, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Now: listed: Above 100, not as written"


def test_the_table_is_as_high_as_its_rows(browser: Browser) -> None:
    browser.opens("rule", "heart.fast")
    table = browser.page.side.rule.cases
    assert table is not None
    rows = sum(table.rowHeight(row) for row in range(table.cases.rowCount()))
    assert table.viewport().height() >= rows
    assert not table.verticalScrollBar().isVisible()


# As written, and what the open pack changes


def test_the_text_of_the_file_is_shown_with_or_without_its_cases_and_copied(browser: Browser) -> None:
    browser.opens("rule", "heart.bled")
    code = browser.page.side.rule.findChildren(CodeBox)[-1]
    assert code.accessibleName() == "As written, small/themes/heart/rules.yaml:1"
    assert code.isReadOnly() and "cases:" not in code.toPlainText()
    browser.button("As written: with its worked cases").click()
    assert "  cases:\n    - {name: bled" in code.toPlainText()
    browser.button("As written: copy").click()
    assert QGuiApplication.clipboard().text() == code.toPlainText()
    browser.button("As written: without its worked cases").click()
    assert "cases:" not in code.toPlainText()


@pytest.mark.parametrize(("kind", "name"), [("question", "heart.bleed_on"), ("source", "label")])
def test_questions_and_sources_are_shown_and_copied_as_they_are_written_too(
    browser: Browser, kind: str, name: str
) -> None:
    browser.opens(kind, name)
    page = browser.page.side.page
    assert page is not None
    browser.button("As written: copy", page).click()
    assert name in QGuiApplication.clipboard().text()
    assert "Copied as it is written." in browser.says(page)
    opened: list[Path] = []
    browser.page.open_folder.connect(opened.append)
    browser.button("As written: open the folder", page).click()
    assert opened and opened[0].is_file()


def test_a_folder_is_opened_only_when_somebody_asks(browser: Browser, small: Path) -> None:
    opened: list[Path] = []
    browser.page.open_folder.connect(opened.append)
    browser.opens("rule", "heart.bled").opens("source", "trial").opens("question", "heart.rate")
    assert opened == []
    browser.button("As written: open the folder").click()
    browser.button("Open the folder").click()
    assert opened == [small / "themes/heart/questions.yaml", small / "pack.yaml"]


def test_without_the_files_a_rule_is_shown_and_says_what_is_not_at_hand(qtbot: QtBot, small: Path) -> None:
    browser = Browser(qtbot, small).reads(files=False)
    said = browser.says(browser.page.side.rule)
    assert "Reading the files…" in said and "Bleeding in the brain, ever?: yes" in said
    browser.page.show_state(State("small 1", "Read at 10:22", (), "The folder is gone."))
    browser.settles()
    assert browser.says(browser.page.side.rule).count("The folder is gone.") == 2


def test_what_a_local_pack_does_to_a_rule_stands_part_by_part(qtbot: QtBot, small: Path) -> None:
    browser = Browser(qtbot, small, LOCAL).reads().opens("rule", "heart.bled")
    said = browser.says(browser.page.side.rule)
    for words in ("What this pack changes", "Replaced here: 1 part", "As shipped", "As it is here", "tier"):
        assert words in said, words
    row = browser.page.lists.list.rows.rows[1]
    assert isinstance(row, Row) and "Replaced here" in row.second
    browser.opens("rule", "heart.fast")
    assert "Switched off here: On paper. Clinician A, 2026-11-02" in browser.says(browser.page.side.rule)
    browser.opens("question", "heart.rate")
    assert "Added here: the shipped content does not have it" in browser.says(browser.page.side.question)


# Findings, and reading again


def test_findings_stand_by_file_and_line_and_lead_to_their_rule(qtbot: QtBot, tmp_path: Path) -> None:
    folder = with_a_slip(tmp_path)
    browser = Browser(qtbot, folder).reads()
    browser.button("Show: Findings").click()
    assert "No findings" in browser.says()
    asked: list[bool] = []
    browser.page.run_cases.connect(lambda: asked.append(True))
    browser.button("Run every worked case").click()
    assert asked == [True]
    browser.page.say_cases("Running every worked case…", running=True)
    assert not browser.button("Run every worked case").isEnabled()
    found = read_library(folder).run_cases()
    browser.page.say_cases("16 worked cases run at 10:22: 1 not as written.", found)
    browser.settles()
    said = browser.says(browser.page.side.findings)
    assert "16 worked cases run at 10:22: 1 not as written." in said
    assert f"small/{RULES_FILE}:" in said and "case 'above': is listed at fast, written as listed at very_fast" in said
    browser.button("Finding 1: go to the rule heart.fast").click()
    browser.settles()
    assert browser.page.lists.list.current == "heart.fast"
    browser.press(Qt.Key.Key_Left, alt=True)
    assert browser.page.side.findings.isVisible()


def test_what_worked_cases_came_to_is_gone_once_the_files_are_mended_and_read_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = with_a_slip(tmp_path)
    browser = Browser(qtbot, folder).reads()
    browser.button("Show: Findings").click()
    browser.page.say_cases("16 worked cases run at 10:22: 1 not as written.", read_library(folder).run_cases())
    assert "1 finding" in browser.says()
    write_pack(tmp_path)
    browser.reads()
    said = browser.says()
    assert "No findings" in said
    assert "written as listed at very_fast" not in said and "not as written" not in said


def test_findings_are_made_only_where_somebody_looks_and_once_typing_has_paused(browser: Browser) -> None:
    many = tuple(Finding(Code.UNKNOWN_KEY, Place("small/pack.yaml", line), f"key {line}") for line in range(1, 131))
    page = browser.page.side.findings
    browser.page.show_state(State("small 1", "Read at 10:22, 130 findings", many))
    assert page.findChildren(ReadCard) == [page._lead]
    browser.button("Show: Findings").click()
    browser.settles()
    assert "130 findings" in browser.says() and "30 more are not shown here" in browser.says()
    first = browser.finding(0)
    browser.press(Qt.Key.Key_F, ctrl=True)
    QTest.keyClicks(browser.page.lists.filter, "key 1")
    assert "50 of 130 findings" in browser.says()
    assert browser.finding(0) is first and "30 more are not shown here" in browser.says()
    browser.settles()
    assert len(page.findChildren(ReadCard)) == 51
    assert "more are not shown here" not in browser.says()


def test_a_reading_leaves_the_keyboard_on_the_finding_that_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    folder = with_a_slip(tmp_path)
    browser = Browser(qtbot, folder).reads()
    browser.button("Show: Findings").click()
    found = read_library(folder).run_cases()
    browser.page.say_cases("16 worked cases run at 10:22: 1 not as written.", found)
    browser.settles()
    link = browser.button("Finding 1: go to the rule heart.fast")
    link.setFocus()
    browser.page.show_state(State("small 1", "Read at 10:23, 0 findings"))
    assert QApplication.focusWidget() is link
    other = Finding(Code.UNKNOWN_KEY, Place("small/pack.yaml", 3), "a key")
    browser.page.show_state(State("small 1", "Read at 10:24, 1 finding", (other,)))
    browser.settles()
    assert QApplication.focusWidget() is browser.page.side.findings._lead
    browser.finding(1).setFocus()
    browser.page.show_state(State("small 1", "Read at 10:25, 0 findings"))
    browser.settles()
    assert QApplication.focusWidget() is browser.finding(0)


def test_reading_again_keeps_rule_answers_scrolling_and_keyboard(browser: Browser, small: Path) -> None:
    browser.opens("rule", "heart.fast")
    browser.press(Qt.Key.Key_T, ctrl=True)
    browser.type("131")
    bar = browser.page.side.rule.verticalScrollBar()
    bar.setValue(120)
    file = small / RULES_FILE
    file.write_text(file.read_text().replace("Above 130", "Above a hundred and thirty"))
    browser.reads()
    assert browser.page.lists.list.current == "heart.fast"
    said = browser.says(browser.page.side.rule)
    assert "Read again. Other than before: levels, very_fast, title." in said
    assert "Above a hundred and thirty" in said
    trying = browser.page.side.rule.trying
    assert trying is not None and trying.raws == {"heart.rate": "131"}
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName() == "Resting rate"
    assert bar.value() == 120


def test_what_was_tried_outlasts_readings_that_come_faster_than_pages_are_built(
    browser: Browser, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.opens("rule", "heart.fast")
    browser.press(Qt.Key.Key_T, ctrl=True)
    browser.type("131")
    monkeypatch.setattr(f"{GrowingPage.__module__}._AT_ONCE_S", -1.0)  # a slow machine: one part at a time
    file = small / RULES_FILE
    file.write_text(file.read_text().replace("Above 130", "Above a hundred and thirty"))
    browser.reads()
    assert browser.page.side.rule.trying is not None and browser.page.side.rule.trying.raws == {"heart.rate": "131"}


def test_reading_again_without_a_change_makes_nothing_anew(browser: Browser) -> None:
    browser.opens("rule", "heart.fast")
    trying = browser.page.side.rule.trying
    browser.reads()
    assert browser.page.side.rule.trying is trying


def test_a_rule_that_is_gone_is_said_and_the_list_stays_where_it_was(browser: Browser, small: Path) -> None:
    browser.opens("rule", "heart.fast")
    file = small / RULES_FILE
    before, rest = FILES[RULES_FILE].split("- id: heart.fast\n")
    after = rest[rest.index("- id: heart.nine_or_ssri") :]
    file.write_text(before + after)
    (small / "rows.yaml").write_text(FILES["rows.yaml"])
    browser.reads()
    said = browser.says(browser.page.side.nothing)
    assert "heart.fast is not in the content" in said
    assert "heart.fast was there before, and is not in the files any more." in said
    assert browser.listed == ["heart.bled", "heart.recent", "heart.nine_or_ssri"]
    browser.page.lists.list.setFocus()
    browser.press(Qt.Key.Key_Home)
    assert browser.page.side.rule.isVisible()


# Names, keys, sizes


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("rule", "bp.severe_with_symptoms"),
        ("rule", "medical.accounts_ketamine"),
        ("rule", "medicines.benzodiazepine_clinic_limit"),
        ("question", "bp.symptoms_now"),
        ("source", "spravato-us"),
        ("finding", ""),
    ],
)
def test_every_control_has_a_name_of_its_own_and_room_for_a_finger(qtbot: QtBot, kind: str, name: str) -> None:
    library, made = shipped()
    page = BrowserPage(CLOCK.now)
    window = show_in_window(qtbot, page)
    assert window.page is page
    page.show_state(State("intake 2026.11", "Read at 10:22, 0 findings"))
    page.go_to(kind, name)
    page.show_shelves(made)
    page.show_library(library)
    for one in (page.side.rule, page.side.question, page.side.source):
        one.finish()
    page.lists.narrowing._turn.click()
    QApplication.sendPostedEvents()
    assert nameless(page) == []
    assert twice(page) == []
    small = [
        f"{name_of(widget)} {widget.width()}x{widget.height()}"
        for widget in controls(page)
        if min(widget.width(), widget.height()) < LEAST_TARGET_PX
    ]
    assert small == []


def test_every_key_of_the_list_is_bound_here(browser: Browser) -> None:
    bound = {action.objectName() for action in browser.page.findChildren(QAction)}
    assert {f"action.{action.id}" for action in ACTIONS if action.where == RULES} <= bound


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1440, 900)])
@pytest.mark.parametrize("kind", ["rule", "question", "source"])
def test_no_page_is_wider_than_its_room(qtbot: QtBot, width: int, height: int, kind: str) -> None:
    library, made = shipped()
    page = BrowserPage(CLOCK.now)
    window = show_in_window(qtbot, page)
    window.resize(width, height)
    page.show_shelves(made)
    page.show_library(library)
    shown = {"rule": page.side.rule, "question": page.side.question, "source": page.side.source}[kind]
    names = {
        "rule": [line.id for line in made.rules][::47],
        "question": list(made.pack.questions)[::40],
        "source": list(made.pack.sources)[::40],
    }[kind]
    for name in names:
        page.go_to(kind, name)
        shown.finish()
        QApplication.sendPostedEvents()
        assert not shown.horizontalScrollBar().maximum(), name


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the window is let be smaller than it ever is
def test_where_there_is_little_room_list_and_rule_take_turns(browser: Browser) -> None:
    browser.window.setMinimumSize(400, 400)
    browser.window.resize(700, 700)
    browser.settles()
    assert browser.page.lists.isVisible() and not browser.page.side.isVisible()
    browser.page.lists.list.setFocus()
    browser.press(Qt.Key.Key_Return)
    assert browser.page.side.isVisible() and not browser.page.lists.isVisible()
    browser.press(Qt.Key.Key_Escape)
    assert browser.page.lists.isVisible() and QApplication.focusWidget() is browser.page.lists.list
    closed: list[bool] = []
    browser.page.closed.connect(lambda: closed.append(True))
    browser.press(Qt.Key.Key_Escape)
    assert closed == [True]


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the window is let be smaller than it ever is
def test_where_there_is_little_room_a_rule_that_somebody_asked_for_is_shown_first(qtbot: QtBot, small: Path) -> None:
    browser = Browser(qtbot, small)
    browser.window.setMinimumSize(400, 400)
    browser.window.resize(700, 700)
    browser.page.go_to("rule", "heart.fast")
    browser.reads()
    assert browser.page.side.rule.isVisible() and not browser.page.lists.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName().startswith("In words. Listed when ")
    browser.button("To the list").click()
    assert browser.page.lists.list.current == "heart.fast"
    assert QApplication.focusWidget() is browser.page.lists.list


def test_without_findings_the_page_says_what_would_stand_there(browser: Browser) -> None:
    browser.button("Show: Findings").click()
    browser.settles()
    assert "What is wrong in a file stands here, with its line." in browser.says(browser.page.side.findings)
    count = next(made for made in browser.page.lists.findChildren(QLabel) if made.text() == "No findings")
    assert count.mapTo(browser.page.lists, count.rect().bottomLeft()).y() < 120


def test_no_step_through_seven_hundred_rules_keeps_the_window_waiting(qtbot: QtBot) -> None:
    """In processor time, which other programs do not lengthen; the window's goal is a tenth of a second."""
    library, made = shipped()
    page = BrowserPage(CLOCK.now)
    window = show_in_window(qtbot, page)
    assert window.page is page
    page.show_shelves(made)
    page.show_library(library)
    page.side.rule.finish()
    took: dict[str, float] = {}

    def measured(what: str, deed: Callable[[], object]) -> None:
        begun = process_time()
        deed()
        took[what] = max(took.get(what, 0.0), process_time() - begun)

    for text in ("p", "pr", "pressure", ""):
        measured("filter", lambda text=text: page.lists._typed(text))  # type: ignore[misc]
    for line in made.rules[::60]:
        measured("open", lambda line=line: page.go_to("rule", line.id))  # type: ignore[misc]
        while not page.side.rule.whole:
            measured("part", page.side.rule._go_on)
    assert {what: round(seconds, 3) for what, seconds in took.items() if seconds > 0.25} == {}


# In the running program


class Desk:
    """The running program with open records, its content a small pack in the place of the shipped one."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot = qtbot
        self.program: Program = build(application, home=home, clock=CLOCK)
        self.window = self.program.window
        qtbot.addWidget(self.window)
        self.window.show()
        self.waits(lambda: isinstance(self.window.page, FirstStartPage | StartFindingsPage))
        self.program._open_clinic(Vault.in_memory(CLOCK, name="Clinician A"))
        self.window.activateWindow()
        self.waits(self.window.isActiveWindow)

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def browser(self) -> BrowserPage:
        """The browser, once the files are read."""
        self.waits(lambda: isinstance(self.window.page, BrowserPage))
        page = self.window.page
        assert isinstance(page, BrowserPage)
        self.waits(lambda: page.library is not None and page.side.rule.whole and page.side.rule.shown is not None)
        return page

    def close(self) -> None:
        self.window.close()
        self.program.shut()


@pytest.fixture
def intake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in ("screener.forms.local", "screener.ui.app"):
        monkeypatch.setattr(f"{module}.forms_folder", lambda: tmp_path / "forms")
    made = write_pack(tmp_path / "forms", ("pack.yaml", "id: small", "id: intake"))
    return made.rename(tmp_path / "forms" / "intake")


@pytest.fixture
def desk(qtbot: QtBot, intake: Path, tmp_path: Path) -> Iterator[Desk]:
    assert intake.is_dir()
    made = Desk(qtbot, tmp_path / "home")
    yield made
    made.close()


def test_the_browser_is_reached_from_home_and_from_settings_and_leads_back(desk: Desk) -> None:
    home = desk.window.page
    assert isinstance(home, HomePage)
    QTest.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = desk.browser()
    assert "intake 1" in page._name.text() and "0 findings" in page._held.text()
    QTest.keyClick(page.lists.filter, Qt.Key.Key_Escape)
    desk.waits(lambda: isinstance(desk.window.page, HomePage))
    rail = next(made for made in desk.window.page.findChildren(QAbstractButton) if made.text() == "Rules and sources")
    rail.click()
    desk.browser().closed.emit()
    again = desk.window.page
    assert isinstance(again, HomePage)
    again.settings.emit()
    settings = desk.window.page
    assert isinstance(settings, SettingsPage)
    settings.content.browse.emit()
    desk.browser().closed.emit()
    assert isinstance(desk.window.page, SettingsPage)


def test_a_file_that_is_saved_is_shown_in_place_with_its_findings(desk: Desk, intake: Path) -> None:
    home = desk.window.page
    assert isinstance(home, HomePage)
    home.rules.emit()
    page = desk.browser()
    page.go_to("rule", "heart.fast")
    desk.waits(lambda: page.side.rule.whole)
    desk.waits(lambda: not desk.program._content._jobs.busy)
    file = intake / RULES_FILE
    good = file.read_text()
    file.write_text(good.replace("title: Fast heart rate", "title: Fast heart"))
    desk.waits(lambda: page.side.rule.shown is not None and page.side.rule.shown.rule.title == "Fast heart")
    desk.waits(lambda: page.side.rule.shown is not None and page.side.rule.shown.written.excerpt is not None)
    assert page.side.rule.shown is not None and page.side.rule.shown.written.excerpt is not None
    assert "title: Fast heart\n" in page.side.rule.shown.written.excerpt.text
    desk.waits(lambda: not desk.program._content._jobs.busy)
    file.write_text(good.replace("  title: Fast heart rate", "  titel: Fast heart rate"))
    desk.waits(lambda: "Last good pack" in page._held.text())
    assert page.side.rule.shown.rule.title == "Fast heart"
    page.go_to("finding", "")
    desk.waits(lambda: "titel" in "\n".join(made.text() for made in page.side.findings.findChildren(QLabel)))
    desk.waits(lambda: not desk.program._content._jobs.busy)
    file.write_text(good)
    desk.waits(lambda: "0 findings" in page._held.text())
    page.go_to("rule", "heart.fast")
    desk.waits(lambda: page.side.rule.shown is not None and page.side.rule.shown.rule.title == "Fast heart rate")


def test_every_worked_case_is_run_beside_the_window(desk: Desk) -> None:
    home = desk.window.page
    assert isinstance(home, HomePage)
    home.rules.emit()
    page = desk.browser()
    page.go_to("finding", "")
    page.side.findings.run.click()
    desk.waits(lambda: "16 worked cases run at 10:22: all as written." in page.side.findings._cases.text)


class Gate:
    """Stands before the reading of files: counts it, and holds it back until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = threading.Event()
        self.open.set()
        self.readings = 0
        monkeypatch.setattr("screener.forms.library.read_library", self._read)

    def _read(self, folder: Path) -> Library:
        self.readings += 1
        assert self.open.wait(PATIENCE_MS / 1000)
        return read_library(folder)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate(monkeypatch)
    yield made
    made.open.set()


def _turns_to_rules(desk: Desk) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.window, Qt.Key.Key_R, modifiers)


def _goes_home(desk: Desk) -> None:
    QTest.keyClick(QApplication.focusWidget() or desk.window, Qt.Key.Key_Escape)
    desk.waits(lambda: isinstance(desk.window.page, HomePage))


def test_files_that_did_not_change_are_read_once_however_often_the_rules_are_opened(desk: Desk, gate: Gate) -> None:
    for _ in range(3):
        _turns_to_rules(desk)
        shown = desk.browser().side.rule.shown
        assert shown is not None and shown.written.excerpt is not None
        _goes_home(desk)
    assert gate.readings == 1
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_F5)
    desk.waits(lambda: not desk.program._content._jobs.busy)
    _turns_to_rules(desk)
    desk.browser()
    assert gate.readings == 2


def test_files_that_were_being_read_when_the_rules_were_left_are_shown_when_they_are_opened_again(
    desk: Desk, gate: Gate
) -> None:
    gate.open.clear()
    _turns_to_rules(desk)
    desk.waits(lambda: gate.readings == 1)
    _goes_home(desk)
    _turns_to_rules(desk)
    gate.open.set()
    page = desk.browser()
    assert page.side.rule.shown is not None and page.side.rule.shown.written.excerpt is not None
    assert gate.readings == 1
    page.go_to("finding", "")
    page.side.findings.run.click()
    desk.waits(lambda: "16 worked cases run at 10:22: all as written." in page.side.findings._cases.text)


def test_locking_does_not_wait_for_files_that_are_being_read(desk: Desk, gate: Gate) -> None:
    gate.open.clear()
    _turns_to_rules(desk)
    desk.waits(lambda: gate.readings == 1)
    _goes_home(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.window.page, FirstStartPage) and not gate.open.is_set()


def test_segments_say_which_list_is_open(browser: Browser) -> None:
    interface = QAccessible.queryAccessibleInterface(browser.page.tabs)
    assert isinstance(browser.page.tabs, Segmented)
    assert interface.text(QAccessible.Text.Name) == "Show"
    assert browser.page.tabs.button_of("rule").isChecked()

"""Rules and sources in an open screening: inside its bars, with the keys that matter, and back to what was left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.store.vault import Vault
from screener.ui.app import Program, build
from screener.ui.packs.browser import BrowserPage
from screener.ui.packs.trying import TryQuestion
from screener.ui.records.area import HistoryArea
from screener.ui.screening.panels import Panel
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.screening.workspace import Workspace
from screener.ui.shell.first_start import FirstStartPage
from screener.ui.shell.keys import KeysPage
from screener.ui.widgets.controls import LinkButton
from screener.ui.widgets.would_change import WouldChange
from tests.ui.desks import CLOCK, session_of

PATIENCE_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
W = TypeVar("W", bound=QWidget)


class Desk:
    """The running program with a screening in which a time-critical item is listed."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.program: Program = build(application, home=home, clock=CLOCK)
        self.qtbot, self.window = qtbot, self.program.window
        qtbot.addWidget(self.window)
        self.window.show()
        self.waits(lambda: isinstance(self.window.page, FirstStartPage))
        clinic = self.program._enter(Vault.in_memory(CLOCK, name="Clinician A"))
        session = session_of("ketamine-home")
        session.answer("psychosis.ever", "yes")
        session.answer("bp.symptoms_now", ["chest_pain"])
        session.answer("bp.readings", [{"systolic": 192, "diastolic": 112}])
        self.workspace: Workspace = clinic.open_screening(session, clinic._vault.shelf.begin(session.opening.to_json()))
        self.workspace.identity.confirm.click()
        self.window.activateWindow()
        self.waits(self.window.isActiveWindow)

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QTest.qWait(0)

    def shown(self, kind: type[W]) -> W:
        return next(one for one in self.workspace.findChildren(kind) if one.isVisible())

    def rules(self) -> BrowserPage:
        """The browser, once a rule is shown in it with its files."""
        page = self.shown(BrowserPage)
        self.waits(lambda: page.library is not None and page.side.rule.shown is not None and page.side.rule.whole)
        return page

    def no_rules(self) -> bool:
        return not any(page.isVisible() for page in self.workspace.findChildren(BrowserPage))

    def reviews(self) -> ItemDetail:
        self.press(Qt.Key.Key_F6)
        return self.shown(ItemDetail)

    def close(self) -> None:
        self.window.close()
        self.waits(self.window.isHidden)
        self.program.shut()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all: the content is read in it once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def desk(qtbot: QtBot, home: Path) -> Iterator[Desk]:
    made = Desk(qtbot, home)
    yield made
    made.close()


def link_to_the_rule(detail: ItemDetail) -> QAbstractButton:
    return next(made for made in detail.findChildren(QAbstractButton) if made.text() == "Open the rule")


def test_an_item_in_review_says_what_would_change_it_when_asked(desk: Desk) -> None:
    detail = desk.reviews()
    found = detail.findChild(WouldChange)
    assert found is not None and found.lines == []
    found.ask.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert found.lines[0].startswith("With ") and len(found.lines) == len(set(found.lines))
    assert found.ask.text() == "Hide what would change it"


def test_an_item_in_review_leads_to_its_rule_inside_the_bars_and_back_to_what_was_left(desk: Desk) -> None:
    detail = desk.reviews()
    note = desk.shown(QPlainTextEdit)
    note.setPlainText("As he says")
    link = link_to_the_rule(detail)
    link.setFocus()
    link.click()
    page = desk.rules()
    assert page.side.rule.shown is not None and page.side.rule.shown.rule.id == detail.rule_id
    assert desk.window.page is desk.workspace
    above = desk.workspace.above
    assert above.identity.isVisible() and above.alarm.isVisible() and above.top.isVisible()
    assert "time-critical" in above.alarm.accessibleName()
    desk.press(Qt.Key.Key_F1)
    keys = desk.window.page
    assert isinstance(keys, KeysPage)
    keys.closed.emit()
    assert page.isVisible()
    page.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.no_rules() and desk.workspace.review.isVisible()
    assert desk.window.focusWidget() is link
    assert note.isVisible() and note.toPlainText() == "As he says"


def test_an_item_is_shown_anew_where_the_screening_changed_meanwhile(desk: Desk) -> None:
    link_to_the_rule(desk.reviews()).click()
    page = desk.rules()
    desk.workspace.controller.set_visit("visit_date", "2026-11-24")
    page.closed.emit()
    assert desk.workspace.review.isVisible()
    assert desk.workspace.review.isAncestorOf(desk.window.focusWidget())


def test_the_keys_that_matter_work_over_the_rules(desk: Desk) -> None:
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    desk.rules()
    desk.press(Qt.Key.Key_F9)
    assert not desk.workspace.identity.isVisible() and desk.no_rules()
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    assert desk.no_rules(), "nothing is shown over the cover"
    desk.press(Qt.Key.Key_F9)
    page = desk.rules()
    assert desk.window.focusWidget() is page.lists.filter
    desk.press(Qt.Key.Key_F8)
    assert desk.no_rules() and desk.shown(Panel).accessibleName() == "Crisis card"
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    desk.rules()
    links = [link.accessibleName() for link in desk.workspace.above.alarm.findChildren(LinkButton) if link.isVisible()]
    assert links == ["Go to it", "Crisis card"]
    desk.press(Qt.Key.Key_F7)
    assert desk.no_rules() and desk.workspace.review.isVisible()


def test_the_key_for_rules_leaves_them_where_they_are_and_the_way_back_is_to_the_question(desk: Desk) -> None:
    desk.workspace.interview.go_to("psychosis.ever")
    before = desk.window.focusWidget()
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    page = desk.rules()
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    assert desk.rules() is page
    desk.press(Qt.Key.Key_E, CTRL)
    assert desk.shown(HistoryArea).isVisible()
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    page = desk.rules()
    page.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.workspace.interview.isVisible() and desk.window.focusWidget() is before


def test_the_keys_of_the_list_of_rules_walk_it_inside_a_screening(desk: Desk) -> None:
    theme = desk.workspace.interview.theme_id
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    page = desk.rules()
    first = page.lists.name
    desk.press(Qt.Key.Key_Down, CTRL)
    second = page.lists.name
    assert second != first
    desk.press(Qt.Key.Key_Down, CTRL)
    desk.press(Qt.Key.Key_Up, CTRL)
    assert page.lists.name == second
    desk.press(Qt.Key.Key_PageDown, CTRL)
    page.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.workspace.interview.isVisible() and desk.workspace.interview.theme_id == theme


def test_nothing_that_is_done_among_the_rules_changes_the_screening(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.controller.answer("body.weight", {"value": 80, "unit": "kg"})
    theme, recorded = workspace.interview.theme_id, dict(workspace.controller.session.recorded)
    assert workspace.above.top.undo.isVisible()
    desk.press(Qt.Key.Key_R, CTRL_SHIFT)
    page = desk.rules()
    assert not workspace.above.top.undo.isVisible()
    page.go_to("rule", "bp.label_reference")
    desk.waits(lambda: page.side.rule.trying is not None and page.side.rule.whole)
    desk.press(Qt.Key.Key_T, CTRL)
    assert page.side.rule.trying is not None
    asked = page.side.rule.trying.findChildren(TryQuestion)[0]
    desk.press(Qt.Key.Key_R, CTRL)
    names = [line.accessibleName() for line in asked.field.findChildren(QLineEdit)]
    assert "Blood pressure and pulse, reading 2: systolic" in names, "the key is that of the place to try"
    asked.states.button_of("declined").click()
    page.lists.list.setFocus()
    for key in (Qt.Key.Key_Z, Qt.Key.Key_PageDown, Qt.Key.Key_Y):
        desk.press(key, CTRL)
    assert asked.raw == {"state": "declined"}
    assert dict(workspace.controller.session.recorded) == recorded
    assert workspace.interview.theme_id == theme and page.isVisible()
    page.closed.emit()
    assert workspace.above.top.undo.isVisible()
    desk.press(Qt.Key.Key_Z, CTRL)
    assert "body.weight" not in workspace.controller.session.recorded

"""Questions on their cards: the screen shows what the record holds, and nothing typed goes without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.screening.card import QuestionCard
from screener.ui.screening.jots import JotPanel
from screener.ui.widgets.drop_down import DropDown
from tests.ui.desks import OpenDesk, session_of
from tests.ui.geometry import faults, lay_out

W = TypeVar("W", bound=QWidget)

WEIGHT = "body.weight"
READINGS = "bp.readings"
EVER = "psychosis.ever"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[OpenDesk]:
    made = OpenDesk(qtbot, session_of("esketamine-clinic"))
    made.confirm()
    yield made
    made.close()


def named(desk: OpenDesk, name: str, kind: type[W]) -> W:
    """The control of this name and kind on the page that is shown."""
    QApplication.sendPostedEvents()
    shown = [w for w in desk.workspace.findChildren(kind) if w.isVisible() and w.accessibleName() == name]
    assert shown, f"nothing is called {name}"
    return shown[0]


def line(desk: OpenDesk, name: str) -> QLineEdit:
    return named(desk, name, QLineEdit)


def press(desk: OpenDesk, name: str) -> None:
    QTest.mouseClick(named(desk, name, QAbstractButton), Qt.MouseButton.LeftButton)


def says(desk: OpenDesk, text: str) -> bool:
    """What stands on the screen once the typing has paused."""
    while any(card.messages.waits for card in desk.workspace.findChildren(QuestionCard)):
        QTest.qWait(20)
    QApplication.sendPostedEvents()
    return any(text in shown.text() for shown in desk.workspace.findChildren(QLabel) if shown.isVisible())


def type_over(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def raw(desk: OpenDesk, question: str) -> object:
    recorded = desk.session.recorded.get(question)
    return None if recorded is None else recorded.entries[0].raw


def test_half_a_number_leaves_what_stood_and_says_so(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(WEIGHT)
    weight = line(desk, "Weight")
    type_over(weight, "104")
    QTest.keyClick(weight, Qt.Key.Key_Tab)
    type_over(weight, "1o4")
    assert (weight.text(), raw(desk, WEIGHT)) == ("1o4", "104")
    assert says(desk, "What stands: 104 kg.")
    type_over(weight, "105")
    assert raw(desk, WEIGHT) == "105"
    assert not says(desk, "What stands")


def test_half_a_number_where_nothing_stood_stores_nothing(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(WEIGHT)
    type_over(line(desk, "Weight"), "1o4")
    assert raw(desk, WEIGHT) is None
    assert says(desk, "Nothing stands.")


def test_what_cannot_be_stored_is_still_typed_there_after_the_page_was_turned(desk: OpenDesk) -> None:
    interview = desk.workspace.interview
    interview.go_to(WEIGHT)
    type_over(line(desk, "Weight"), "a lot")
    interview.next_theme()
    interview.previous_theme()
    assert line(desk, "Weight").text() == "a lot"
    assert says(desk, "Nothing stands.")


def test_one_reading_that_cannot_be_read_loses_none_of_the_others(desk: OpenDesk) -> None:
    interview = desk.workspace.interview
    interview.go_to(READINGS)
    QTest.keyClicks(line(desk, "Blood pressure and pulse, reading 1: systolic"), "151/94 82")
    interview.add_reading()
    QTest.keyClicks(line(desk, "Blood pressure and pulse, reading 2: systolic"), "148 over 92")
    stored = raw(desk, READINGS)
    assert isinstance(stored, list) and [(r["systolic"], r["diastolic"]) for r in stored] == [(151, 94)]
    assert says(desk, "reading 2")
    interview.next_theme()
    interview.previous_theme()
    assert line(desk, "Blood pressure and pulse, reading 2: systolic").text() == "148 over 92"


def test_of_several_readings_the_mean_says_of_how_many_figures_it_is(desk: OpenDesk) -> None:
    interview = desk.workspace.interview
    interview.go_to(READINGS)
    for number, text in enumerate(("151/94", "147"), start=1):
        if number > 1:
            interview.add_reading()
        QTest.keyClicks(line(desk, f"Blood pressure and pulse, reading {number}: systolic"), text)
    assert says(desk, "Mean of 2 and 1 figures, of 2 readings")
    assert says(desk, "149.0 / 94.0")


def test_a_note_comes_back_with_the_next_answer(desk: OpenDesk) -> None:
    interview = desk.workspace.interview
    interview.go_to(EVER)
    press(desk, "Psychosis ever: Yes")
    press(desk, "Psychosis ever: open the note")
    note = line(desk, "Psychosis ever: note")
    QTest.keyClicks(note, "once, at nineteen")
    QTest.keyClick(note, Qt.Key.Key_Return)
    press(desk, "Psychosis ever: Yes")
    assert EVER not in desk.session.recorded
    press(desk, "Psychosis ever: No")
    assert desk.session.recorded[EVER].entries[0].note == "once, at nineteen"


def test_a_note_comes_back_with_an_answer_of_whoever_gave_it_and_of_nobody_else(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    press(desk, "Psychosis ever: Yes")
    press(desk, "Psychosis ever: open the note")
    QTest.keyClicks(line(desk, "Psychosis ever: note"), "once, at nineteen")
    option = named(desk, "Psychosis ever: Yes", QAbstractButton)
    option.setFocus()
    QTest.keyClick(option, Qt.Key.Key_Backspace)
    assert EVER not in desk.session.recorded
    told: dict[str, str] = {}
    for key, speaker, note in ((Qt.Key.Key_2, "partner", ""), (Qt.Key.Key_1, "patient", "once, at nineteen")):
        who = line(desk, "Informant: who says so")
        who.setFocus()
        type_over(who, speaker)
        QTest.keyClick(who, Qt.Key.Key_Return)
        option.setFocus()
        QTest.keyClick(option, key)
        told[speaker] = note
        assert {entry.by: entry.note for entry in desk.session.recorded[EVER].entries} == told


def test_a_partners_account_that_stands_alone_is_shown(desk: OpenDesk) -> None:
    interview = desk.workspace.interview
    interview.go_to(EVER)
    desk.workspace.controller.answer(EVER, "no")
    desk.workspace.controller.answer(EVER, "yes", by="partner")
    press(desk, "Psychosis ever: No")
    assert named(desk, "Psychosis ever: Yes", QAbstractButton).isChecked()
    assert says(desk, "Partner, ")


@pytest.mark.parametrize(("said", "pressed"), [("yes", "Yes"), ({"state": "not_known"}, "Not known")])
def test_whoever_speaks_can_say_the_same_as_the_one_account_that_stands(
    desk: OpenDesk, said: object, pressed: str
) -> None:
    desk.workspace.interview.go_to(EVER)
    desk.workspace.controller.answer(EVER, said, by="partner")
    press(desk, f"Psychosis ever: {pressed}")
    assert [entry.by for entry in desk.session.recorded[EVER].entries] == ["partner", "patient"]
    assert len({str(entry.raw) for entry in desk.session.recorded[EVER].entries}) == 1
    press(desk, f"Psychosis ever: {pressed}")
    assert [entry.by for entry in desk.session.recorded[EVER].entries] == ["partner"]


def test_after_an_account_is_named_the_keyboard_stays_with_the_question(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    desk.workspace.controller.answer(EVER, "no")
    desk.workspace.controller.answer(EVER, "yes", by="partner")
    press(desk, "Psychosis ever, account of partner: use")
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName().startswith("Psychosis ever:")


def test_an_account_that_was_named_can_be_left_open_again(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    desk.workspace.controller.answer(EVER, "no")
    desk.workspace.controller.answer(EVER, "yes", by="partner")
    press(desk, "Psychosis ever, account of partner: use")
    assert desk.session.recorded[EVER].used == "partner"
    link = named(desk, "Psychosis ever, account of partner: leave it open", QAbstractButton)
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert desk.session.recorded[EVER].used is None and len(desk.session.recorded[EVER].entries) == 2
    assert says(desk, "These accounts differ.")
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName().startswith("Psychosis ever:")


def test_the_review_follows_what_is_undone_while_it_is_open(desk: OpenDesk, qtbot: QtBot) -> None:
    controller = desk.workspace.controller
    controller.answer(EVER, "yes")
    controller.answer(READINGS, [{"systolic": 191, "diastolic": 124}])
    press(desk, "Review")
    press(desk, "Your response: Reviewed")
    press(desk, "Save response, next item")
    assert says(desk, "1 of ")
    controller.undo()
    assert says(desk, "0 of ")
    controller.redo()
    assert says(desk, "1 of ")


def test_an_answer_is_recorded_as_said_by_whoever_speaks(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    speaker = line(desk, "Informant: who says so")
    type_over(speaker, "partner")
    QTest.keyClick(speaker, Qt.Key.Key_Return)
    assert says(desk, "New answers are recorded as said by: partner.")
    press(desk, "Psychosis ever: Yes")
    assert [(entry.by, entry.raw) for entry in desk.session.recorded[EVER].entries] == [("partner", "yes")]
    assert says(desk, "Partner, ")


def test_tab_from_who_says_so_goes_on_in_the_other_account_and_then_down_the_card(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    label = desk.session.questions[EVER].label
    press(desk, f"{label}: add another account")
    met = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus is not None
        met.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert met[:2] == [f"{label}: who says so", f"{label}: done with the other account"]
    assert all(name.startswith(label) for name in met), met
    last = named(desk, f"{label}: add another account", QAbstractButton)
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName() == met[0]


def test_what_is_said_before_anybody_is_named_is_kept_once_somebody_is(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    press(desk, "Psychosis ever: add another account")
    press(desk, "Psychosis ever, other account: No")
    press(desk, "Psychosis ever, other account: Yes")
    assert says(desk, "Who says so?") and EVER not in desk.session.recorded
    who = line(desk, "Psychosis ever: who says so")
    who.setFocus()
    QTest.keyClicks(who, "partner")
    QTest.keyClick(who, Qt.Key.Key_Return)
    assert [(entry.by, entry.raw) for entry in desk.session.recorded[EVER].entries] == [("partner", "yes")]
    assert not says(desk, "Who says so?")


def test_of_somebody_else_what_stands_of_them_is_shown(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    press(desk, "Psychosis ever: add another account")
    who = line(desk, "Psychosis ever: who says so")
    yes = named(desk, "Psychosis ever, other account: Yes", QAbstractButton)
    for name, chosen in (("partner", False), ("sister", False), ("partner", True)):
        type_over(who, name)
        QTest.keyClick(who, Qt.Key.Key_Return)
        assert yes.isChecked() is chosen
        if name == "partner" and not chosen:
            press(desk, "Psychosis ever, other account: Yes")
    assert [(entry.by, entry.raw) for entry in desk.session.recorded[EVER].entries] == [("partner", "yes")]


def test_what_is_taken_back_before_anybody_is_named_is_not_kept(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to(EVER)
    press(desk, "Psychosis ever: add another account")
    for _ in range(2):
        press(desk, "Psychosis ever, other account: Not known")
    assert not says(desk, "Who says so?")
    who = line(desk, "Psychosis ever: who says so")
    who.setFocus()
    QTest.keyClicks(who, "partner")
    QTest.keyClick(who, Qt.Key.Key_Return)
    assert EVER not in desk.session.recorded


@pytest.mark.parametrize("question", [EVER, WEIGHT, "support.adult_home", "bp.symptoms_now"])
def test_what_answers_for_another_account_is_called_otherwise_than_the_answers_of_the_question(
    desk: OpenDesk, question: str
) -> None:
    desk.workspace.interview.go_to(question)
    label = desk.session.questions[question].label
    card = next(card for card in desk.workspace.findChildren(QuestionCard) if card.question.id == question)
    press(desk, f"{label}: add another account")
    QApplication.sendPostedEvents()
    controls = [*card.findChildren(QAbstractButton), *card.findChildren(QLineEdit)]
    names = [control.accessibleName() for control in controls if control.isVisible()]
    assert len(names) == len(set(names)), names
    assert [name for name in names if name.startswith(f"{label}, other account")]


def test_what_is_not_known_stands_under_a_column_of_options_and_not_beside_it(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to("support.adult_home")
    label = desk.session.questions["support.adult_home"].label
    column = [
        named(desk, f"{label}: {words}", QAbstractButton) for words in ("Yes, for the next 24 hours", "No, nobody")
    ]
    state = named(desk, f"{label}: Not known", QAbstractButton)
    tops = [button.mapTo(desk.window, QPoint(0, 0)).y() for button in (*column, state)]
    assert tops == sorted(tops) and tops[2] >= tops[1] + column[1].height()


def test_a_jot_says_which_question_it_is_linked_to_also_while_that_is_not_asked(desk: OpenDesk) -> None:
    controller = desk.workspace.controller
    controller.answer(EVER, "yes")
    controller.jot("It was the spring of the long strike", "psychosis.ever_on")
    controller.answer(EVER, "no")
    desk.workspace.side.show_jot()
    link = named(desk, "Jot 1: linked to", DropDown)
    assert (link.currentText(), link.currentData()) == ("Latest psychosis (not asked)", "psychosis.ever_on")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Home)
    assert [jot.question for jot in desk.session.jots.values()] == [None]
    controller.undo()
    controller.answer(EVER, "yes")
    assert named(desk, "Jot 1: linked to", DropDown).currentText() == "Latest psychosis"


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_a_jot_says_the_whole_of_the_question_it_is_linked_to_in_a_narrow_panel(desk: OpenDesk) -> None:
    asked = [question for question in desk.session.questions.values() if desk.session.is_shown(question.id)]
    longest = max(asked, key=lambda question: len(question.label))
    desk.workspace.controller.jot("We moved in the spring", longest.id)
    desk.workspace.controller.jot("Never told anybody", EVER)
    desk.window.setMinimumSize(1, 1)
    for width in (1440, 1280, 1024):
        desk.window.resize(width, 720)
        QTest.keyClick(desk.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        lay_out(desk.window)
        first, second = (named(desk, f"Jot {number}: linked to", DropDown) for number in (1, 2))
        assert (first.shown_text, second.shown_text) == (longest.label, desk.session.questions[EVER].label)
        assert first.height() == first.heightForWidth(first.width())
        assert first.height() > second.height() or width == 1024, "there the panel stands below, with more room"
        assert faults(named(desk, "Jot", JotPanel)) == []
        QTest.keyClick(first, Qt.Key.Key_Escape)

"""What a field shows is what it said, and the keys of a question work while a line of it is typed into."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.clock import SystemClock
from screener.forms.answering import NONE_TAKEN
from screener.forms.pack import load_pack
from screener.places import forms_folder
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.ui.fields.base import Setting
from screener.ui.fields.readings import ReadingsField
from screener.ui.screening.card import QuestionCard
from screener.ui.session_controller import SessionController
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import ScrollPage
from tests.ui.desks import session_of, shipped

VISIT = "2026-11-23"


@pytest.fixture(scope="module")
def session() -> Session:
    pack = load_pack(forms_folder() / "intake").pack
    assert pack is not None
    opening = Opening(
        reference="SYN-0001",
        second_mark="",
        pathway="ketamine-home",
        profiles=("general", "clinic"),
        parameters={},
        product="",
        visit_date=VISIT,
        clinician="Clinician A",
        role="clinician",
        begun_at=f"{VISIT}T10:00:00+00:00",
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
    )
    return Session(pack, opening, SystemClock())


@pytest.fixture
def page(qtbot: QtBot) -> ScrollPage:
    made = ScrollPage()
    qtbot.addWidget(made)
    return made


def card_of(qtbot: QtBot, page: ScrollPage, session: Session, question: str) -> QuestionCard:
    """The card of a question, listening to the session as on its page, with the keyboard in its field."""
    controller = SessionController(session)
    setting = Setting(lambda: date.fromisoformat(VISIT), session.clock.now)
    card = QuestionCard(controller, session.questions[question], setting)
    controller.setParent(card)
    controller.changed.connect(lambda _, origin: card.refresh(origin=origin))
    page.body.addWidget(card)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    card.take_focus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return card


def keyboard() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, *, alt: bool = False) -> None:
    with_alt = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(keyboard(), key, with_alt)


def stands(session: Session, question: str) -> object:
    recorded = session.recorded.get(question)
    return None if recorded is None else recorded.to_json()["accounts"][0].get("value", str(session.state(question)))


def ticked(card: QuestionCard) -> list[str]:
    return [box.text() for box in card.findChildren(QCheckBox) if box.isChecked()]


@pytest.mark.parametrize("question", ["person.age", "visit.reason"])
def test_alt_and_a_letter_speak_to_the_question_while_a_line_is_typed_into(
    qtbot: QtBot, page: ScrollPage, session: Session, question: str
) -> None:
    # Once the line took Alt+U for the letter: the keys that the list of keys promises did nothing.
    card_of(qtbot, page, session, question)
    press(Qt.Key.Key_5)
    press(Qt.Key.Key_U, alt=True)
    assert stands(session, question) == "not_known"


def test_none_of_these_and_the_options_are_never_ticked_together(
    qtbot: QtBot, page: ScrollPage, session: Session
) -> None:
    # Once the ticks stayed beside "none of these", and the next tick brought all of them into the record.
    question = session.questions["bp.symptoms_now"]
    card = card_of(qtbot, page, session, question.id)
    press(Qt.Key.Key_1)
    press(Qt.Key(Qt.Key.Key_1 + len(question.option_ids)))
    assert (stands(session, question.id), ticked(card)) == ([], ["None of these"])
    press(Qt.Key.Key_2)
    assert stands(session, question.id) == [question.option_ids[1]]
    assert ticked(card) == [question.option_text(question.option_ids[1])]


def test_readings_go_from_the_screen_when_none_was_taken(qtbot: QtBot, page: ScrollPage, session: Session) -> None:
    # Once they stayed beside "none taken", as if they were recorded.
    card = card_of(qtbot, page, session, "bp.readings")
    QTest.keyClicks(keyboard(), "151/94 82")
    [none] = card.findChildren(QCheckBox)
    none.setFocus()
    press(Qt.Key.Key_Space)
    assert stands(session, "bp.readings") == NONE_TAKEN
    figures = [line for line in card.findChildren(QLineEdit) if line.accessibleName().endswith(": systolic")]
    assert [line.text() for line in figures if not line.isHidden()] in ([], [""])


def test_a_new_reading_has_no_phase_where_only_the_person_who_measures_knows_it(qtbot: QtBot) -> None:
    # Once every reading after a dose was "about 40 min after", whenever it was taken.
    question = shipped().questions["bp.readings"]
    said: list[str | None] = [None]
    setting = Setting(lambda: date.fromisoformat(VISIT), SystemClock().now, phase=lambda: said[0])
    field = ReadingsField(question, setting)
    qtbot.addWidget(field)
    for phase in (None, "before", None, "about_40_min", ""):
        said[0] = phase
        field.add_row()
    boxes = [box for box in field.findChildren(DropDown) if box.accessibleName().endswith(": phase")]
    assert [box.currentData() for box in boxes] == [
        "screening", "screening", "before", "before", "about_40_min", "",
    ]  # fmt: skip
    assert boxes[-1].currentText() == "Phase"
    raws: list[Any] = []
    field.said.connect(lambda raw, _typing: raws.append(raw))
    last = [line for line in field.findChildren(QLineEdit) if line.accessibleName().endswith("reading 6: systolic")]
    QTest.keyClicks(last[0], "140/88")
    assert "phase" not in raws[-1][-1]
    again = ReadingsField(question, setting)
    qtbot.addWidget(again)
    again.show_raw(raws[-1])
    assert "Phase" in [box.currentText() for box in again.findChildren(DropDown)]


def test_what_a_reading_was_taken_with_and_by_whom_is_said_in_a_line_of_its_own_and_taken_over_in_sight(
    qtbot: QtBot, page: ScrollPage, session: Session
) -> None:
    card = card_of(qtbot, page, session, "bp.readings")

    def named(ending: str) -> list[QWidget]:
        made = [w for w in card.findChildren(QWidget) if w.accessibleName().endswith(ending)]
        return [widget for widget in made if widget.isVisible()]

    QTest.keyClicks(keyboard(), "151/94 82")
    assert named("reading 1: device") == []
    [more] = named("reading 1: cuff, device, taken by")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert keyboard().accessibleName().endswith("reading 1: cuff")
    QTest.keyClicks(keyboard(), "large")
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(keyboard(), "Ward monitor 2")
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(keyboard(), "Nurse B")
    assert card.add_reading()
    qtbot.waitUntil(lambda: keyboard().accessibleName().endswith("reading 2: systolic"))
    QTest.keyClicks(keyboard(), "146/91 79")
    [device] = named("reading 2: device")
    assert isinstance(device, QLineEdit) and device.text() == "Ward monitor 2"
    device.setFocus()
    device.selectAll()
    QTest.keyClicks(device, "Wrist monitor")
    found = stands(session, "bp.readings")
    assert isinstance(found, list)
    assert [(one["cuff"], one["device"], one["taken_by"]) for one in found] == [
        ("large", "Ward monitor 2", "Nurse B"), ("large", "Wrist monitor", "Nurse B"),
    ]  # fmt: skip
    [more] = named("reading 1: cuff, device, taken by")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert named("reading 1: device") == [] and stands(session, "bp.readings") == found


def test_what_was_said_elsewhere_of_a_reading_stays_when_a_figure_of_it_is_changed(
    qtbot: QtBot, page: ScrollPage, session: Session
) -> None:
    # Once the cuff, and an arm in other words than those of the list, went without a word at the next key.
    told = {"systolic": 151, "diastolic": 94, "arm": "right arm", "position": "propped up", "cuff": "large"}
    session.answer("bp.readings", [told])
    card = card_of(qtbot, page, session, "bp.readings")
    line = next(w for w in card.findChildren(QLineEdit) if w.accessibleName().endswith("reading 1: diastolic"))
    line.selectAll()
    QTest.keyClicks(line, "92")
    assert stands(session, "bp.readings") == [told | {"diastolic": 92}]


def test_of_the_readings_of_today_it_is_said_how_long_ago_the_last_was_taken(qtbot: QtBot, page: ScrollPage) -> None:
    question, clock = shipped().questions["bp.readings"], [datetime.fromisoformat(f"{VISIT}T10:40:20")]
    field = ReadingsField(question, Setting(lambda: date.fromisoformat(VISIT), lambda: clock[0]))
    page.body.addWidget(field)

    def says() -> list[str]:
        return [said.text() for said in field.findChildren(QLabel) if "before dose" in said.text()]

    told = [{"systolic": 128, "diastolic": 82, "phase": "before", "at": "10:31"}]
    field.show_raw(told)
    assert says() == ["One reading, before dose, 9 min ago"]
    field.show_raw([*told, {"systolic": 126, "diastolic": 80, "phase": "before", "at": "10:33"}])
    with qtbot.waitExposed(page):
        page.show()
    assert says() == ["Mean of 2, before dose, the last 7 min ago"]
    clock[0] += timedelta(hours=2)
    [minutes] = field.findChildren(QTimer)
    assert minutes.isActive()
    minutes.timeout.emit()
    assert says() == ["Mean of 2, before dose, the last 2 h 07 min ago"]
    clock[0] += timedelta(days=1)
    minutes.timeout.emit()
    assert says() == ["Mean of 2, before dose, the last 10:33"]
    field.hide()
    assert not minutes.isActive()


def test_a_table_of_many_readings_stays_as_small_as_they_are(qtbot: QtBot) -> None:
    # Once each further row doubled the lines of the table: the twentieth would have come after a million empty ones.
    question = shipped().questions["bp.readings"]
    field = ReadingsField(question, Setting(lambda: date.fromisoformat(VISIT), SystemClock().now))
    qtbot.addWidget(field)
    for _ in range(19):
        field.add_row()
    [grid] = [layout for layout in field.findChildren(QGridLayout) if layout.parentWidget() is field]
    assert grid.rowCount() <= 3 * 21


def test_arrows_go_through_a_column_of_options_and_tab_leaves_it(
    qtbot: QtBot, page: ScrollPage, session: Session
) -> None:
    # Once Tab stopped at each of nine diagnoses on its way to the next question.
    question = session.questions["mood.main_diagnosis"]
    card = card_of(qtbot, page, session, question.id)
    names = [f"{question.label}: {question.option_text(option)}" for option in question.option_ids]
    for name in names:
        assert keyboard().accessibleName() == name
        press(Qt.Key.Key_Down)
    assert (keyboard().accessibleName(), stands(session, question.id)) == (names[-1], None)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert stands(session, question.id) == question.option_ids[-2]
    press(Qt.Key.Key_Tab)
    assert keyboard().accessibleName() == f"{question.label}: Not known"
    QTest.keyClick(keyboard(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert keyboard().accessibleName() == names[-2]
    press(Qt.Key.Key_Space)
    assert stands(session, question.id) is None
    assert card.isVisible()


@pytest.mark.parametrize(("question", "offered"), [("visit.dose_at", False), ("visit.last_meal", True)])
def test_a_time_that_is_planned_is_never_now(qtbot: QtBot, page: ScrollPage, question: str, offered: bool) -> None:
    session = session_of("dose-day")
    card = card_of(qtbot, page, session, question)
    name = f"{session.questions[question].label}: now"
    assert any(button.accessibleName() == name for button in card.findChildren(QAbstractButton)) is offered
    press(Qt.Key.Key_N)
    assert (question in session.recorded) is offered

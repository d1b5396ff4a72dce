"""On a dose day an answer by a key goes on to the next question that is not recorded yet; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from screener.rules.values import State
from screener.ui.fields.choosing import ChoiceField
from screener.ui.key_switches import DIGITS, GOES_ON, LETTERS, SingleKeys
from screener.ui.screening.accounts import OtherAccount
from screener.ui.screening.theme_page import ThemePage
from screener.ui.widgets.segments import Segmented
from tests.journeys.person import Person
from tests.ui.desks import OpenDesk, session_of


class AtDesk(OpenDesk):
    """Somebody at the keyboard of a screening, on one of its questions."""

    def __init__(self, qtbot: QtBot, pathway: str = "dose-day") -> None:
        super().__init__(qtbot, session_of(pathway))
        self.confirm()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.person = Person(qtbot.waitUntil, self.window)

    def on(self, question: str) -> Person:
        self.workspace.interview.go_to(question)
        assert self.at == question
        return self.person

    @property
    def at(self) -> str | None:
        return self.workspace.interview.question_id

    def close(self) -> None:
        self.workspace.autosave.commit()
        super().close()

    def state(self, question: str) -> State:
        return self.session.state(question)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[AtDesk]:
    made = AtDesk(qtbot)
    yield made
    made.close()


@pytest.mark.parametrize("key", ["2", "Alt+2", "U", "Alt+D", "L"])
def test_a_digit_or_a_state_goes_on(desk: AtDesk, key: str) -> None:
    desk.on("medicines.complete").press(key)
    assert desk.state("medicines.complete") is not State.NOT_ASKED
    assert desk.at == "medicines.other_ketamine"


def test_what_is_recorded_already_is_passed_over(desk: AtDesk) -> None:
    desk.session.answer("medicines.other_ketamine", "no")
    desk.on("medicines.complete").press("1")
    assert desk.at == "medicines.antihypertensive_today"


def test_the_last_of_a_page_goes_on_to_the_next_page(desk: AtDesk) -> None:
    desk.on("medicines.antihypertensive_today").press("1")
    assert desk.at == "psychosis.now"
    assert desk.workspace.interview.theme_id == "psychosis-risk"


def test_a_question_that_an_answer_brings_is_the_next(desk: AtDesk) -> None:
    desk.on("psychosis.now").press("1")
    assert desk.at == "psychosis.now_what"


def test_the_last_question_keeps_the_keyboard(desk: AtDesk) -> None:
    desk.session.answer("visit.dose_product", "esketamine")
    desk.session.answer("day.given_at", "2026-11-23T10:12")
    desk.on("day.no_driving_today").press("1")
    assert desk.at == "day.no_driving_today"


def test_one_of_several_options_stays_and_none_of_them_goes_on(desk: AtDesk) -> None:
    person = desk.on("bp.symptoms_now")
    person.press("1")
    assert desk.at == "bp.symptoms_now"
    person.press("8")
    assert desk.session.recorded["bp.symptoms_now"].entries[0].raw == []
    assert desk.at == "bp.conditions"


def test_the_next_question_is_in_view_whole(desk: AtDesk) -> None:
    person = desk.on("bp.symptoms_now")
    person.press("8")
    page = desk.window.findChild(ThemePage)
    assert isinstance(page, ThemePage)
    card = page.cards["bp.conditions"]
    person.waits_until(lambda: page.whole)

    def whole() -> bool:
        top = card.mapTo(page.viewport(), QPoint(0, 0)).y()
        return top >= 0 and top + card.height() <= page.viewport().height()

    person.waits_until(whole)


def test_an_answer_that_is_taken_back_stays(desk: AtDesk) -> None:
    desk.session.answer("medicines.complete", "no")
    desk.on("medicines.complete").press("2")
    assert desk.state("medicines.complete") is State.NOT_ASKED
    assert desk.at == "medicines.complete"


def test_accounts_that_differ_stay_under_the_eyes(desk: AtDesk) -> None:
    desk.session.answer("medicines.complete", "no", by="partner")
    desk.on("medicines.complete").press("1")
    assert desk.at == "medicines.complete"


def test_arrows_and_the_space_bar_do_not_go_on(desk: AtDesk) -> None:
    desk.on("medicines.complete").press("Right", "Space")
    assert desk.state("medicines.complete") is State.ANSWERED
    assert desk.at == "medicines.complete"


def test_a_click_does_not_go_on(desk: AtDesk) -> None:
    desk.on("medicines.complete")
    field = next(f for f in desk.window.findChildren(ChoiceField) if f.question.id == "medicines.complete")
    assert field._segments is not None
    QTest.mouseClick(field._segments.button_of("no"), Qt.MouseButton.LeftButton)
    assert desk.state("medicines.complete") is State.ANSWERED
    assert desk.at == "medicines.complete"


def test_switched_off_it_does_not_go_on(desk: AtDesk, keys: SingleKeys) -> None:
    keys.turn(GOES_ON, on=False)
    desk.on("medicines.complete").press("2")
    assert desk.at == "medicines.complete"
    person = desk.on("person.age")
    person.type("52")
    person.press("Return")
    assert desk.at == "person.age"


def test_with_digits_switched_off_alt_and_a_digit_goes_on(desk: AtDesk, keys: SingleKeys) -> None:
    keys.turn(DIGITS, on=False)
    person = desk.on("medicines.complete")
    person.press("1")
    assert (desk.at, desk.state("medicines.complete")) == ("medicines.complete", State.NOT_ASKED)
    person.press("Alt+1")
    assert desk.at == "medicines.other_ketamine"


def test_another_pathway_does_not_go_on(qtbot: QtBot) -> None:
    desk = AtDesk(qtbot, "esketamine-clinic")
    desk.on("medicines.complete").press("2")
    assert desk.at == "medicines.complete"
    desk.close()


# Typed lines


def test_enter_goes_on_from_a_line_that_holds_an_answer(desk: AtDesk) -> None:
    person = desk.on("person.age")
    person.press("Return")
    assert desk.at == "person.age"
    person.type("52")
    person.press("Return")
    assert desk.at == "visit.dose_product"


def test_enter_stays_where_what_is_typed_cannot_be_stored_and_says_so_at_once(desk: AtDesk) -> None:
    desk.session.answer("visit.dose_today", "yes")
    person = desk.on("visit.dose_at")
    person.type("half ten")
    assert not person.sees("is not read as a time")
    person.press("Return")
    assert person.sees("is not read as a time")
    person.press("Return")
    assert desk.at == "visit.dose_at"


def test_enter_shows_what_looks_mistyped_and_goes_on_when_it_is_pressed_again(desk: AtDesk) -> None:
    person = desk.on("person.age")
    person.type("520")
    person.press("Return")
    assert person.sees("please look again")
    assert desk.at == "person.age"
    person.press("Return")
    assert desk.at == "visit.dose_product"


def test_enter_goes_on_from_a_reading(desk: AtDesk) -> None:
    person = desk.on("bp.readings")
    person.type("128/82 71")
    person.press("Return")
    assert desk.at == "bp.symptoms_now"
    assert desk.session.recorded["bp.readings"].entries[0].raw[0]["pulse"] == 71


def test_enter_ends_a_text_of_one_line_and_shift_enter_begins_another(desk: AtDesk) -> None:
    desk.session.answer("support.escort", "yes")
    person = desk.on("support.escort_who")
    box = QApplication.focusWidget()
    assert isinstance(box, QPlainTextEdit) and box.placeholderText() == "Enter goes on, Shift+Enter begins a new line"
    person.type("Partner")
    person.press("Return")
    assert desk.at == "support.adult_home"
    person = desk.on("support.escort_who")
    person.press("End", "Shift+Return")
    person.type("by car")
    person.press("Return")
    assert desk.at == "support.escort_who"
    assert box.toPlainText() == "Partner\nby car\n"


# Undo, and a key that is held


def test_undo_brings_the_keyboard_back_to_the_answer_that_it_takes_back(desk: AtDesk) -> None:
    person = desk.on("medicines.antihypertensive_today")
    person.press("1")
    assert desk.at == "psychosis.now"
    person.press("Ctrl+Z")
    assert desk.state("medicines.antihypertensive_today") is State.NOT_ASKED
    assert desk.at == "medicines.antihypertensive_today"


def test_undo_leaves_the_cursor_in_the_line_that_is_typed_into(desk: AtDesk) -> None:
    person = desk.on("person.age")
    person.type("52")
    line = QApplication.focusWidget()
    person.press("Ctrl+Z")
    assert QApplication.focusWidget() is line


def test_a_key_that_is_held_down_answers_one_question(desk: AtDesk) -> None:
    desk.on("medicines.complete")
    for repeated in (False, True, True):
        widget = QApplication.focusWidget()
        assert widget is not None
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier, "2", autorep=repeated, count=1
        )
        QApplication.sendEvent(widget, event)
    assert desk.at == "medicines.other_ketamine"
    assert desk.state("medicines.other_ketamine") is State.NOT_ASKED
    QTest.keyRelease(desk.window, Qt.Key.Key_2)
    desk.person.press("2")
    assert desk.state("medicines.other_ketamine") is State.ANSWERED


# All of these, and now


@pytest.mark.parametrize("key", ["A", "Alt+A"])
def test_all_of_these_ticks_every_option_and_goes_on(desk: AtDesk, key: str) -> None:
    desk.on("bp.conditions").press(key)
    assert len(desk.session.recorded["bp.conditions"].entries[0].raw) == 8
    assert desk.at == "bp.last_session"


def test_all_of_these_again_takes_nothing_back(desk: AtDesk) -> None:
    person = desk.on("bp.conditions")
    person.press("A")
    desk.on("bp.conditions").press("A")
    assert len(desk.session.recorded["bp.conditions"].entries[0].raw) == 8


def test_the_link_ticks_every_option_and_the_keyboard_stays(desk: AtDesk) -> None:
    person = desk.on("bp.conditions")
    person.activate("Conditions of measurement: all of these")
    assert len(desk.session.recorded["bp.conditions"].entries[0].raw) == 8
    assert desk.at == "bp.conditions"


def test_where_not_everything_holds_as_a_matter_of_course_there_is_no_such_key(desk: AtDesk) -> None:
    desk.on("bp.symptoms_now").press("A")
    assert desk.state("bp.symptoms_now") is State.NOT_ASKED


def test_with_letters_switched_off_alt_does_it(desk: AtDesk, keys: SingleKeys) -> None:
    keys.turn(LETTERS, on=False)
    person = desk.on("bp.conditions")
    person.press("A")
    assert desk.state("bp.conditions") is State.NOT_ASKED
    person.press("Alt+A")
    assert desk.state("bp.conditions") is State.ANSWERED


ON_SITE = ("day.oximeter_today", "day.professional_today", "day.prescriber_today")


def test_yes_to_each_of_one_look_names_them_first_and_is_taken_back_as_one(desk: AtDesk) -> None:
    desk.session.answer("visit.dose_product", "esketamine")
    person = desk.on(ON_SITE[0])
    on_site = "Pulse oximeter on site today · Health professional on site today · Prescriber on site today"
    person.waits_for(on_site, "Pulse oximeter on site today: yes to each of these")
    person.press("A")
    assert [desk.session.answers[question].value for question in ON_SITE] == ["yes"] * 3
    assert desk.at == "day.oxygen" and not person.sees("yes to each of these")
    person.press("Ctrl+Z")
    assert [desk.state(question) for question in ON_SITE] == [State.NOT_ASKED] * 3


def test_yes_to_each_leaves_alone_what_was_answered_and_is_not_there_for_one(desk: AtDesk) -> None:
    desk.session.answer("visit.dose_product", "esketamine")
    desk.workspace.controller.answer("day.professional_today", "no")
    person = desk.on(ON_SITE[0])
    person.waits_for("Pulse oximeter on site today · Prescriber on site today")
    person.press("Alt+A")
    assert [desk.session.answers[question].value for question in ON_SITE] == ["yes", "no", "yes"]
    desk.workspace.controller.clear("day.prescriber_today")
    desk.on("day.prescriber_today").press("A")
    assert desk.state("day.prescriber_today") is State.NOT_ASKED


def test_n_in_the_empty_line_of_a_time_is_now_and_goes_on(desk: AtDesk) -> None:
    person = desk.on("day.given_at")
    person.type("n")
    assert desk.session.recorded["day.given_at"].entries[0].raw == "2026-11-23T10:22"
    assert desk.at == "day.left_at"
    person.type("12")
    person.type("n")
    assert desk.at == "day.left_at" and desk.state("day.left_at") is State.NOT_ASKED


def test_n_is_a_letter_where_letters_are_switched_off(desk: AtDesk, keys: SingleKeys) -> None:
    keys.turn(LETTERS, on=False)
    desk.on("day.given_at").type("n")
    assert desk.state("day.given_at") is State.NOT_ASKED


def test_keys_on_another_account_answer_nothing_for_whoever_speaks(desk: AtDesk) -> None:
    person = desk.on("medicines.complete")
    person.press("Alt+I")
    person.type("partner")
    other = desk.window.findChild(OtherAccount)
    assert isinstance(other, OtherAccount)
    other.findChildren(Segmented)[0].setFocus()
    person.press("2", "U")
    assert desk.state("medicines.complete") is State.NOT_ASKED


# What is told at one place and answers a question as well

AFTER_DOSE = {"systolic": 140, "diastolic": 88, "pulse": 75, "phase": "about_40_min", "at": "10:58"}


def test_a_reading_about_forty_minutes_after_answers_whether_and_when_and_says_that_it_did(desk: AtDesk) -> None:
    desk.session.answer("visit.dose_product", "esketamine")
    desk.session.answer("day.given_at", "2026-11-23T10:18")
    desk.workspace.controller.answer("bp.readings", [AFTER_DOSE])
    desk.on("day.forty_at").waits_for("As the readings say")
    desk.on("day.reaction_now").press("4")
    assert desk.at == "day.falling"


def test_another_time_that_is_typed_over_it_is_not_said_to_be_of_the_readings(desk: AtDesk) -> None:
    desk.session.answer("visit.dose_product", "esketamine")
    desk.workspace.controller.answer("bp.readings", [AFTER_DOSE])
    person = desk.on("day.forty_at")
    person.press("Ctrl+A")
    person.type("1052")
    (entry,) = desk.session.recorded["day.forty_at"].entries
    assert (entry.raw, entry.note) == ("2026-11-23T10:52", "")
    desk.on("day.forty_taken").press("Backspace", "1")
    assert desk.session.recorded["day.forty_taken"].entries[0].note == ""


# Whole times, and no medicines


@pytest.fixture
def at_the_time(desk: AtDesk) -> Person:
    """On the planned time of a dose, which the last time of eating comes after."""
    desk.session.answer("visit.dose_today", "yes")
    return desk.on("visit.dose_at")


@pytest.mark.parametrize("typed", ["0855", "08:55", "8:55", "08.55"])
def test_a_whole_time_goes_on_by_itself(desk: AtDesk, at_the_time: Person, typed: str) -> None:
    at_the_time.type(typed)
    assert desk.state("visit.dose_at") is State.ANSWERED
    assert desk.at == "visit.last_meal"


@pytest.mark.parametrize("typed", ["855", "8:5", "2560", "half ten", "0855am"])
def test_what_more_figures_can_follow_or_what_is_no_time_stays(desk: AtDesk, at_the_time: Person, typed: str) -> None:
    at_the_time.type(typed[:-1] if typed == "0855am" else typed)
    assert desk.at == ("visit.last_meal" if typed == "0855am" else "visit.dose_at")


def test_enter_after_a_whole_time_does_nothing_where_the_keyboard_is_now(desk: AtDesk, at_the_time: Person) -> None:
    at_the_time.type("0855")
    at_the_time.press("Return")
    assert (desk.at, desk.state("visit.last_meal")) == ("visit.last_meal", State.NOT_ASKED)
    at_the_time.type("630")
    at_the_time.press("Return")
    assert desk.state("visit.last_meal") is State.ANSWERED and desk.at != "visit.last_meal"


def test_a_time_that_is_put_right_stays_until_enter(desk: AtDesk, at_the_time: Person) -> None:
    desk.workspace.controller.answer("visit.dose_at", f"{desk.session.visit_date}T08:05")
    person = desk.on("visit.dose_at")
    person.press("Home", "Right", "Right", "Right", "Delete")
    person.type("5")
    assert desk.at == "visit.dose_at"
    person.press("Return")
    assert desk.at == "visit.last_meal"


def test_alt_and_one_says_that_there_are_no_medicines_and_goes_on(desk: AtDesk) -> None:
    desk.on("medicines.list").press("Alt+1")
    assert desk.session.recorded["medicines.list"].entries[0].raw == []
    assert desk.at == "medicines.complete"


def test_where_a_medicine_is_listed_or_typed_that_key_says_nothing(desk: AtDesk) -> None:
    person = desk.on("medicines.list")
    person.type("sertr")
    person.press("Alt+1")
    assert desk.state("medicines.list") is State.NOT_ASKED and desk.at == "medicines.list"
    desk.session.answer("medicines.list", [{"name": "sertraline", "use": "current"}])
    desk.workspace.interview.go_to("person.age")
    person = desk.on("medicines.list")
    person.press("Alt+1")
    assert desk.session.recorded["medicines.list"].entries[0].raw != []


# Readings one behind the other


@pytest.mark.parametrize("between", [" ", ", ", "; "])
def test_a_reading_that_is_typed_behind_another_has_a_row_of_its_own(desk: AtDesk, between: str) -> None:
    person = desk.on("bp.readings")
    person.type("128/82 71")
    person.type(f"{between}126/80 70")
    raw = desk.session.recorded["bp.readings"].entries[0].raw
    assert [(r["systolic"], r["diastolic"], r["pulse"]) for r in raw] == [(128, 82, 71), (126, 80, 70)]
    assert {r["phase"] for r in raw} == {"before"} and {r["at"] for r in raw} == {"10:22"}
    assert person.hears("Blood pressure and pulse, reading 2: systolic")
    person.press("Return")
    assert desk.at == "bp.symptoms_now"


@pytest.mark.parametrize("typed", ["128/82 7 1", "128/82, 126/80", "128/82 71a"])
def test_what_is_no_whole_reading_begins_no_other(desk: AtDesk, typed: str) -> None:
    person = desk.on("bp.readings")
    person.type(typed)
    assert person.hears("Blood pressure and pulse, reading 1: systolic")


# A time and who it is, typed in one line with the question they hang on

DOSE, TIME = "visit.dose_today", "visit.dose_at"


def test_the_time_that_is_typed_says_that_a_dose_is_planned_and_one_undo_takes_both_back(desk: AtDesk) -> None:
    person = desk.on(DOSE)
    assert person.hears("Planned time of the dose")
    person.type("0855")
    assert [desk.session.recorded[q].entries[0].raw for q in (DOSE, TIME)] == ["yes", "2026-11-23T08:55"]
    assert desk.at == "visit.last_meal"
    person.press("Ctrl+Z")
    assert desk.state(DOSE) is desk.state(TIME) is State.NOT_ASKED
    line = QApplication.focusWidget()
    assert desk.at == DOSE and isinstance(line, QLineEdit) and line.text() == ""


@pytest.mark.parametrize(("key", "said", "at"), [("Alt+2", "no", "bp.readings"), ("Alt+1", "yes", TIME)])
def test_yes_and_no_are_said_by_their_keys_over_the_line(desk: AtDesk, key: str, said: str, at: str) -> None:
    person = desk.on(DOSE)
    person.press(key)
    assert desk.session.answers[DOSE].value == said and desk.state(TIME) is State.NOT_ASKED
    assert desk.at == at


def test_not_known_is_said_of_the_question_and_not_of_the_line(desk: AtDesk) -> None:
    desk.on(DOSE).press("Alt+U")
    assert (desk.state(DOSE), desk.state(TIME)) == (State.NOT_KNOWN, State.NOT_ASKED)


def test_what_is_typed_and_taken_away_again_leaves_nothing(desk: AtDesk) -> None:
    person = desk.on("suicide.contact")
    person.type("P")
    assert desk.session.answers["suicide.contact"].value == "yes"
    person.press("Backspace")
    assert desk.state("suicide.contact") is desk.state("suicide.contact_who") is State.NOT_ASKED
    person.type("Partner")
    person.press("Return")
    assert desk.session.recorded["suicide.contact_who"].entries[0].raw == "Partner"
    assert desk.at == "repro.infant_alone"
    person.press("Ctrl+Z")
    assert desk.state("suicide.contact") is desk.state("suicide.contact_who") is State.NOT_ASKED


def test_half_a_time_is_said_at_once_and_kept_when_the_page_turns(desk: AtDesk) -> None:
    person = desk.on(DOSE)
    person.type("half ten")
    person.press("Return")
    assert person.sees("is not read as a time") and desk.at == DOSE
    assert desk.state(DOSE) is State.NOT_ASKED
    desk.on("psychosis.now")
    desk.on(DOSE)
    assert person.sees("half ten")


def test_once_one_of_both_is_recorded_there_is_no_such_line(desk: AtDesk) -> None:
    desk.workspace.controller.answer(DOSE, "yes")
    person = desk.on(DOSE)
    assert person.hears("Dose planned today") and not person.sees("What is typed here says yes")


def test_elsewhere_than_on_a_dose_day_each_has_its_own_turn(qtbot: QtBot) -> None:
    desk = AtDesk(qtbot, "esketamine-clinic")
    person = desk.on(DOSE)
    assert person.hears("Dose planned today") and not person.sees("What is typed here says yes")
    person.press("2")
    assert desk.at == DOSE
    desk.close()

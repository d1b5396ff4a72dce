"""Keys of an open screening do what they say or nothing at all: signed, covered, in review, over what came back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.clock import FixedClock
from screener.screening.answers import BY_THEMSELVES
from screener.screening.listing import live_list
from screener.screening.review import needing_response, response
from screener.ui.handover.begin_page import BeginPage
from screener.ui.handover.page import HandoverPage
from screener.ui.handover.return_page import ReturnPage
from screener.ui.key_switches import DIGITS, SingleKeys
from screener.ui.screening.review.sign import SignPage
from screener.ui.shell.mistake_page import MistakePage
from tests.journeys.person import Person
from tests.journeys.ways import give_as_incomplete
from tests.ui.desks import CLOCK, OpenDesk, session_of, show_in_window
from tests.ui.geometry import faults
from tests.ui.modes import USUAL, Mode
from tests.ui.test_handover import HEART, PASSPHRASE, Handed

PSYCHOSIS = "psychosis-risk"
BACK = "Back from the patient"


class AtDesk(Handed):
    """With somebody at the keyboard."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot, session_of("ketamine-clinic"))
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.person = Person(qtbot.waitUntil, self.window)

    def comes_back(self) -> None:
        """Handed over, and given back with one answer."""
        page = self.give()
        self.press(page, "Begin")
        self.press(page, "Do you feel any of this right now?: None of these")
        page.give_back()
        self.passes(page)
        self.person.waits_for(BACK)

    def signs(self) -> None:
        """As incomplete, which needs no response."""
        give_as_incomplete(self.person, PASSPHRASE)
        self.jobs.work_off()
        self.person.waits_for("Signed 2", "Report, page 1")


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[AtDesk]:
    made = AtDesk(qtbot)
    yield made
    made.close()


# Signed


def test_once_signed_no_key_changes_or_freezes_anything_and_the_report_is_printed(
    desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, asked = desk.person, list[str]()

    def asks(_: QPrintDialog) -> int:
        asked.append("printer")
        return 0

    monkeypatch.setattr(QPrintDialog, "exec", asks)
    desk.signs()
    steps = len(desk.session.history.done)
    person.press("Ctrl+Shift+S", "Ctrl+Shift+Return", "Ctrl+Shift+P", "Ctrl+Return", "F6", "Ctrl+E", "F3")
    assert person.sees("Report, page 1") and not person.sees("This is the person")
    assert not person.sees("My summary and plan, ") and len(desk.session.history.done) == steps
    person.press("Ctrl+P")
    assert asked == ["printer"]
    with_left = list[str]()
    desk.workspace.left.connect(lambda: with_left.append("left"))
    person.press("Escape")
    assert with_left == ["left"]


def test_a_key_to_sign_pressed_while_it_is_being_signed_leaves_the_report_usable(desk: AtDesk) -> None:
    person = desk.person
    give_as_incomplete(person, PASSPHRASE)
    desk.workspace._ask_who()
    desk.jobs.work_off()
    person.waits_for("Signed 2", "Report, page 1")
    assert desk.workspace.review.isEnabled()


def test_the_page_to_sign_names_the_person_over_the_passphrase_which_is_in_view(desk: AtDesk) -> None:
    person, signing = desk.person, desk.workspace.review.signing
    desk.window.resize(1024, 640)
    person.press("F6")
    person.activate("Sign as incomplete…")
    assert "SYN-0042, second mark K 1974. Visit of 23 Nov 2026" in signing.passphrase.accessibleDescription()
    assert person.sees("Your passphrase confirms that this is the person, and signs.")
    person.tab_to("Passphrase")
    person.waits_until(
        lambda: signing.passphrase.visibleRegion().boundingRect().height() == signing.passphrase.height()
    )


def test_with_large_text_whose_record_and_which_part_are_in_view_with_the_button_that_signs(qtbot: QtBot) -> None:
    signing = SignPage(session_of("dose-day"))
    window = show_in_window(qtbot, signing)
    window.resize(1024, 460)
    signing.open("part")
    window.activateWindow()
    signing.focus_first()
    words = [shown for shown in signing.findChildren(QLabel) if "and signs the part before the dose." in shown.text()]
    assert len(words) == 1 and words[0].text() in signing.passphrase.accessibleDescription()
    who = next(shown for shown in signing.findChildren(QLabel) if shown.text().startswith("SYN-0042"))
    button = next(made for made in signing.findChildren(QAbstractButton) if made.text() == "Sign as Clinician A")
    parts: tuple[QWidget, ...] = (who, words[0], signing.passphrase, button)
    qtbot.waitUntil(lambda: all(part.visibleRegion().boundingRect() == part.rect() for part in parts))
    assert "Sign the part before the dose" in [shown.text() for shown in signing.findChildren(QLabel)]


# Under the cover, and before anybody is confirmed


def test_the_cover_waits_for_nobody_to_be_confirmed(qtbot: QtBot) -> None:
    made = OpenDesk(qtbot, session_of("ketamine-clinic"))
    made.window.activateWindow()
    person = Person(qtbot.waitUntil, made.window)
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("F9")
    assert made.workspace.is_covered and not person.sees("SYN-0042")
    person.press("F9")
    assert not made.workspace.is_covered
    assert person.hears("This is the person")
    made.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    """The clock of these screenings, put back after the test."""
    monkeypatch.setattr(CLOCK, "moment", CLOCK.moment)
    return CLOCK


def test_the_cover_covers_a_signed_report_and_its_reference_too(desk: AtDesk) -> None:
    person = desk.person
    desk.signs()
    person.press("F9")
    assert desk.workspace.is_covered and not person.sees("SYN-0042") and not person.sees("Report, page 1")
    person.press("F9")
    person.waits_for("Report, page 1", "SYN-0042")
    assert not person.sees("This is the person")
    person.activate("Cover")
    person.waits_for("Covered")
    assert not person.sees("SYN-0042")
    person.press("F9")
    person.waits_for("Report, page 1", "SYN-0042")
    assert not person.sees("Jot") and not person.sees("Still open"), "nothing of it can be changed"


def test_after_the_passphrase_the_person_is_confirmed_again_before_a_key_answers_and_after_one_key_not(
    desk: AtDesk, clock: FixedClock
) -> None:
    person = desk.person
    desk.workspace.interview.go_to("psychosis.ever")
    person.press("F9", "F9", "1")
    answered = desk.session.recorded["psychosis.ever"].to_json()
    person.press("F9")
    clock.moment += timedelta(seconds=90)
    person.press("F9")
    person.type(PASSPHRASE)
    person.press("Return")
    assert not desk.workspace.is_covered and person.hears("This is the person")
    person.press("2", "F6")
    assert desk.session.recorded["psychosis.ever"].to_json() == answered and desk.workspace.interview.isVisible()
    person.press("Return", "2")
    assert desk.session.recorded["psychosis.ever"].to_json() != answered
    person.press("F9", "F9")
    assert not person.hears("This is the person")


# Who it is about, and who speaks


@pytest.mark.parametrize(("size", "text_scale"), [((1024, 768), 1.0), ((1440, 900), 2.0)])
def test_who_speaks_is_seen_and_reached_in_a_small_window_and_at_large_text(
    desk: AtDesk, size: tuple[int, int], text_scale: float
) -> None:
    person, strip = desk.person, desk.workspace.identity
    mode = Mode("narrow", size=size, text_scale=text_scale)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    mode.dress(application)
    desk.window.resize(mode.room)
    person.press("Ctrl+I")
    assert person.hears("Informant: who says so")
    person.type("partner or family")
    person.press("Return")
    line = next(one for one in strip.findChildren(QLineEdit) if one.accessibleName() == "Informant: who says so")
    assert desk.workspace.controller.informant == line.text() == "partner or family"
    person.waits_until(lambda: line.visibleRegion().boundingRect() == line.rect())
    assert not [fault for fault in faults(strip) if fault.kind in ("overlap", "outside", "cut")]
    assert desk.window.width() <= size[0]
    told = [shown for shown in strip.findChildren(QLabel) if "Recording: Clinician A" in shown.toolTip()]
    assert [shown.accessibleDescription() for shown in told if shown.isVisible()] == ["Recording: Clinician A"]
    USUAL.dress(application)


# Undo and redo where a line of another kind has the keyboard


def test_undo_and_redo_reach_the_screening_from_the_strip_and_say_what_another_day_means(desk: AtDesk) -> None:
    person, session = desk.person, desk.session
    said = "Visit date {}: intervals are worked out again for this day.".format
    person.write("Visit date", "2026-11-24")
    person.press("Return")
    person.waits_for(said("2026-11-24"))
    for key, day in (("Ctrl+Z", "2026-11-23"), ("Ctrl+Y", "2026-11-24"), ("Ctrl+Z", "2026-11-23")):
        person.tab_to("Visit date")
        person.press(key)
        assert session.visit["visit_date"] == day
        person.waits_for(said(day))
    line = next(one for one in desk.workspace.findChildren(QLineEdit) if one.accessibleName() == "Visit date")
    person.press("Tab")
    assert line.text() == session.visit["visit_date"] == "2026-11-23"
    person.write("Visit date", "2026")
    person.press("Ctrl+Z")
    assert session.history.redo_name, "what is being typed is taken back by itself"


def test_undo_and_redo_reach_the_screening_from_the_note_of_a_card(desk: AtDesk) -> None:
    person, session = desk.person, desk.session
    desk.workspace.controller.answer("person.age", 52)
    desk.workspace.interview.go_to("person.age")
    person.press("Alt+N")
    person.type("as told")
    person.press("Return")
    note = session.recorded["person.age"].entries[0].note
    assert note == "as told" and person.hears("Age: note")
    person.press("Ctrl+Z")
    assert session.recorded["person.age"].entries[0].note == ""


def test_undo_reaches_the_screening_from_a_jot_while_nothing_is_typed_in_it(desk: AtDesk) -> None:
    person, session = desk.person, desk.session
    desk.workspace.controller.answer("person.age", 52)
    person.press("Ctrl+J")
    person.type("spring")
    person.press("Ctrl+Z")
    assert "person.age" in session.recorded and person.hears("Jot") and not person.sees("spring")
    person.press("Ctrl+Z")
    assert "person.age" not in session.recorded


# In review


def test_answers_looked_over_from_the_review_lead_back_to_what_is_half_written(desk: AtDesk) -> None:
    person = desk.person
    person.press("F6")
    person.write("Note to the response", "As he says")
    person.press("F3")
    person.waits_for("Whole screening")
    person.press("Escape")
    person.waits_for("Save response, next item")
    assert person.sees("As he says") and person.hears("Note to the response")


def test_the_review_is_shown_anew_from_a_question_that_the_answers_led_to(desk: AtDesk) -> None:
    person = desk.person
    desk.workspace.controller.answer("body.weight", 80)
    person.press("F6", "F3")
    person.waits_for("Whole screening")
    person.press("Return")
    assert desk.workspace.interview.isVisible()
    person.press("F3", "Escape")
    person.waits_for("Save response, next item")


def test_the_keys_of_the_interview_turn_nothing_while_it_is_hidden(desk: AtDesk) -> None:
    before = desk.workspace.interview.theme_id
    desk.person.press("F6", "Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+Down", "Ctrl+PgUp", "Ctrl+PgUp", "Ctrl+PgUp")
    assert desk.workspace.review.isVisible() and desk.workspace.interview.theme_id == before
    desk.person.press("Escape", "Ctrl+PgDown")
    assert desk.workspace.interview.theme_id != before


# What came back


@pytest.mark.parametrize("key", ["F3", "F6"])
def test_what_came_back_comes_again_until_it_is_looked_at(desk: AtDesk, key: str) -> None:
    person = desk.person
    desk.comes_back()
    person.press(key)
    assert not person.sees(BACK)
    person.press("Escape")
    person.waits_for(BACK)
    assert person.hears("Go on with the theme")
    person.press("Space")
    person.press(key, "Escape")
    assert not person.sees(BACK) and desk.workspace.interview.theme_id == HEART


def test_nothing_is_handed_over_anew_before_it_is_looked_at(desk: AtDesk) -> None:
    person = desk.person
    desk.comes_back()
    for keys in (("Ctrl+Shift+H",), ("F6", "Ctrl+Shift+H")):
        person.press(*keys)
        person.waits_for(BACK, "This came back from the patient and was not looked at yet.")
        assert not person.sees("Who answers")
    person.activate("Go on with the theme")
    person.press("Ctrl+Shift+H")
    person.waits_for("Who answers: The patient")
    asked = desk.workspace.findChildren(BeginPage)[-1]
    person.press("Ctrl+Shift+H")
    assert asked.isVisible(), "what is chosen on it stays"


def test_an_earlier_hand_over_still_waits_once_the_later_one_was_looked_at(desk: AtDesk) -> None:
    for theme in (PSYCHOSIS, HEART):
        desk.workspace.controller.hand_over(theme, BY_THEMSELVES[0][0], again=True)
        desk.workspace.controller.take_back("locked")
    desk.handing.resume()
    for name in ("Blood pressure and heart", "Psychosis risk"):
        desk.person.waits_for(BACK, f"Theme: {name}")
        desk.person.activate("Go on with the theme")
    assert not desk.person.sees(BACK) and desk.workspace.interview.theme_id == PSYCHOSIS


def test_whoever_else_is_in_the_room_is_told_of_in_words_of_the_page(desk: AtDesk) -> None:
    desk.workspace.controller.set_visit("room", "by video")
    said = "In the room: by video. This page shows {}; F9 covers it."
    desk.person.press("Ctrl+Shift+H")
    desk.person.waits_for(said.format("the questions of a theme in words"))
    desk.person.press("Escape")
    desk.comes_back()
    desk.workspace.controller.set_visit("room", "with interpreter")
    desk.person.press("F3", "Escape")
    desk.person.waits_for(said.format("what the patient answered in words").replace("by video", "with interpreter"))


def test_the_theme_that_was_handed_over_is_gone_on_with_also_from_the_review(desk: AtDesk) -> None:
    desk.workspace.interview.show_theme(HEART)
    desk.person.press("F6")
    desk.person.press("Ctrl+Shift+H")
    page = desk.workspace.findChildren(BeginPage)[-1]
    desk.press(page, "Who answers: The patient")
    desk.press(page, "Hand over")
    given = desk.window.page
    assert isinstance(given, HandoverPage)
    desk.window.close()
    desk.passes(given)
    (back,) = desk.workspace.findChildren(ReturnPage)
    desk.press(back, "Go on with the theme")
    assert desk.workspace.interview.isVisible() and desk.workspace.interview.theme_id == HEART


def test_the_screen_is_taken_back_also_from_under_a_page_that_tells_of_a_mistake(desk: AtDesk) -> None:
    page = desk.give()
    desk.window.show_over(MistakePage(None, screening=True))
    desk.handing.end_for_lock()
    desk.window.take_back()
    assert desk.window.page is desk.workspace and not desk.window.shows(page)


def test_a_digit_that_is_off_chooses_nothing_in_the_patients_hands(desk: AtDesk, keys: SingleKeys) -> None:
    keys.turn(DIGITS, on=False)
    page = desk.give(PSYCHOSIS)
    person = desk.person
    person.waits_until(lambda: person.hears("Begin"))
    person.press("Return", "1")
    assert not person.sees("Undo the last answer")
    person.press("Alt+1")
    person.waits_for("Undo the last answer")
    assert desk.window.page is page


def test_a_key_to_sign_that_comes_too_early_leads_to_what_comes_before_it(desk: AtDesk) -> None:
    person = desk.person
    person.press("F6", "Ctrl+Shift+S")
    person.waits_for("Back to the items")
    for keys, button in (("Ctrl+Shift+Return", "Sign as Clinician A"), ("Ctrl+Shift+P", "Sign a part")):
        person.press(keys)
        person.waits_for(f"{button}: after a response to each of ")
        assert not person.sees("Back to the items") and not person.sees("Your passphrase confirms")
        person.press("Ctrl+Shift+S")


@pytest.mark.parametrize("keys", ["Ctrl+Shift+Return", "Ctrl+Shift+P"])
def test_from_the_answers_a_key_to_sign_leads_straight_to_the_passphrase_or_to_what_comes_before(
    desk: AtDesk, keys: str
) -> None:
    person = desk.person
    desk.workspace.controller.answer("psychosis.now", "yes")
    person.press(keys)
    person.waits_for("after a response to each of ", "Your response")
    assert not person.sees("Your passphrase confirms")
    session = desk.session
    items = needing_response(live_list(session, review=True))
    desk.workspace.controller.respond({o.rule.id: response(session, o.rule.id, "reviewed") for o in items})
    person.press("Escape", keys)
    person.waits_for("Your passphrase confirms", "Listed, with a response", ": Reviewed")
    assert person.hears("Passphrase")

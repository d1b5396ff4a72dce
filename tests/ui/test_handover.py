"""The screen in the patient's own hands, part by part: hidden by time, brought back, ended by a lock or a crash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.screening.answers import ON_SCREEN
from screener.screening.session import Session
from screener.store.failures import WrongPassphrase
from screener.store.vault import Vault
from screener.text import WorldError
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.choices import ClinicChoices
from screener.ui.handing_over import HandingOver
from screener.ui.handover.begin_page import BeginPage
from screener.ui.handover.blanking import Blanking
from screener.ui.handover.page import HandoverPage
from screener.ui.handover.return_page import ReturnPage
from screener.ui.screening.desk import Desk
from screener.ui.screening.workspace import Workspace
from screener.ui.session_controller import SessionController
from screener.ui.shell.mistake_page import MistakePage
from screener.ui.style.theme import Theme
from tests.ui.desks import CLOCK, session_of, shipped, show_in_window
from tests.ui.test_pages import nameless, twice
from tests.ui.walk.at_hand import ByHand

PASSPHRASE, HEART = "a lamp, a stair, a river", "blood-pressure-and-heart"
SEVERE = [{"systolic": 200, "diastolic": 130, "phase": "before"}]
CHOICES = ClinicChoices({}, "Ring 1234", "", patient_words="Press the bell.")


def check(typed: str) -> None:
    if typed != PASSPHRASE:
        raise WrongPassphrase(1)


class Handed:
    """An open screening in a window, ready to be handed over; a passphrase is asked for."""

    def __init__(self, qtbot: QtBot, session: Session, *, asks: bool = True) -> None:
        self.session, self.jobs, self.vault = session, ByHand(), Vault.in_memory(CLOCK, name="Clinician A")
        screening = self.vault.shelf.begin(session.opening.to_json())
        desk = Desk(self.vault.shelf, self.jobs, screening, CHOICES.crisis_card, check if asks else None)
        self.workspace = Workspace(SessionController(session), desk)
        self.window = show_in_window(qtbot, self.workspace)
        self.handing = HandingOver(self.window, self.workspace, desk, CHOICES)
        self.workspace.identity.confirm.click()

    def give(self, theme: str = HEART, who: str = "The patient", scope: str = "") -> HandoverPage:
        self.workspace.interview.show_theme(theme)
        self.handing.ask()
        begin = self.workspace.findChildren(BeginPage)[-1]
        if scope:
            self.press(begin, f"Questions: {scope}")
        self.press(begin, f"Who answers: {who}")
        self.press(begin, "Hand over")
        page = self.window.page
        assert isinstance(page, HandoverPage)
        return page

    @staticmethod
    def press(page: QWidget, name: str) -> None:
        found = [
            made
            for made in page.findChildren(QAbstractButton)
            if made.isVisibleTo(page) and (made.accessibleName() or made.text()).startswith(name)
        ]
        assert found, f"no button is called {name}"
        found[0].click()

    def passes(self, page: HandoverPage, name: str = "To the clinician's page", typed: str = PASSPHRASE) -> None:
        line = next(line for line in page.findChildren(QLineEdit) if line.accessibleName().startswith("Passphrase"))
        line.setText(typed)
        self.press(page, name)
        self.jobs.work_off()

    def close(self) -> None:
        if isinstance(self.window.page, HandoverPage):
            self.handing.end_for_lock()
            self.window.take_back()
        self.workspace.shut()
        self.vault.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Handed]:
    made = Handed(qtbot, session_of("ketamine-clinic"))
    yield made
    made.close()


def read(page: QWidget) -> str:
    QApplication.sendPostedEvents()
    return "\n".join(made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page))


def test_nothing_is_handed_over_before_it_is_said_who_answers(desk: Handed) -> None:
    desk.handing.ask()
    begin = desk.workspace.findChildren(BeginPage)[-1]
    assert (nameless(begin), twice(begin)) == ([], [])
    desk.press(begin, "Hand over")
    assert "Say who answers" in read(begin)
    assert desk.session.handed_over is None
    assert "Press the bell." in read(begin)


def test_what_the_patient_reads_of_whoever_handed_it_over_follows_the_role(qtbot: QtBot) -> None:
    opening = replace(session_of("ketamine-clinic").opening, role="facilitator")
    made = Handed(qtbot, Session(shipped(), opening, CLOCK))
    page = made.give()
    assert "Your facilitator reads your answers." in read(page)
    made.press(page, "Begin")
    page.show_status(SaveStatus(SaveState.FAILED))
    assert "Please tell your facilitator." in read(page)
    page.give_back()
    said = [read(page), *(named.accessibleName() for named in page.findChildren(QWidget) if named.isVisible())]
    assert "Your facilitator goes on from here." in said[0] and "Passphrase of the facilitator" in said
    made.press(page, "To the facilitator's page")
    assert "The facilitator's passphrase is needed here." in read(page)
    assert not [text for text in said if "linician" in text.replace("Clinician A", "")]
    made.close()


def test_the_one_who_answers_is_the_informant_of_every_answer(desk: Handed) -> None:
    page = desk.give(who="Partner or family, for the patient")
    desk.press(page, "Begin")
    desk.press(page, "Do you feel any of this right now?: None of these")
    (entry,) = desk.session.recorded["bp.symptoms_now"].entries
    assert (entry.by, entry.recorded_by) == ("partner or family, on screen", "partner or family, on screen")


def test_enter_chooses_an_option_and_then_goes_on_without_taking_it_back(desk: Handed) -> None:
    page = desk.give()
    desk.press(page, "Begin")
    options = [made for made in page.findChildren(QAbstractButton) if made.isVisibleTo(page)]
    pain = next(made for made in options if made.accessibleName().endswith("Chest pain or pressure"))
    QTest.keyClick(pain, Qt.Key.Key_Return)
    assert desk.session.answers["bp.symptoms_now"].value and "1 of " in read(page)
    QTest.keyClick(pain, Qt.Key.Key_Return)
    assert desk.session.answers["bp.symptoms_now"].value and "2 of " in read(page)


def test_what_others_said_is_not_shown_to_the_patient(desk: Handed) -> None:
    desk.workspace.controller.answer("bp.symptoms_now", [], by="partner or family")
    page = desk.give(scope="All of the theme")
    desk.press(page, "Begin")
    ticked = [made for made in page.findChildren(QAbstractButton) if made.isCheckable() and made.isChecked()]
    assert ticked == []


def test_every_control_in_the_patients_hands_has_a_name_and_room_for_a_finger(desk: Handed) -> None:
    page = desk.give()
    desk.press(page, "Begin")
    seen = set()
    while "Your answers" not in read(page):
        assert (nameless(page), twice(page)) == ([], [])
        seen.add(page._place)
        small = [
            made.accessibleName()
            for made in page.findChildren(QAbstractButton)
            if made.isVisible() and min(made.width(), made.height()) < 24
        ]
        assert small == []
        page.next_question()
    assert {"bp.symptoms_now", "heart.attack"} <= seen
    assert (nameless(page), twice(page)) == ([], [])
    page.next_question()
    assert (nameless(page), twice(page)) == ([], [])


def test_the_text_is_larger_while_it_lasts_and_as_before_afterwards(desk: Handed, qapp: QApplication) -> None:
    before, scale = qapp.font().pixelSize(), Theme.of(qapp).text_scale
    page = desk.give()
    begun = page.font().pixelSize()
    assert begun > before
    desk.press(page, "Larger text")
    assert page.font().pixelSize() > begun
    page.give_back()
    desk.passes(page)
    assert (desk.window.page.font().pixelSize(), Theme.of(qapp).text_scale) == (before, scale)


def test_a_screen_reader_hears_nothing_of_the_list(desk: Handed, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("screener.ui.screening.interview.announce", lambda _, text, **__: heard.append(text))
    monkeypatch.setattr("screener.ui.handover.page.announce", lambda _, text, **__: heard.append(text))
    desk.workspace.controller.answer("bp.readings", SEVERE)
    heard.clear()
    page = desk.give()
    desk.press(page, "Begin")
    desk.press(page, "Do you feel any of this right now?: Chest pain or pressure")
    assert heard == ["Press the bell."]


def test_the_sites_words_go_when_the_answer_is_taken_back_and_the_clinician_is_told_all_the_same(desk: Handed) -> None:
    desk.workspace.controller.answer("bp.readings", SEVERE)
    page = desk.give()
    desk.press(page, "Begin")
    desk.press(page, "Do you feel any of this right now?: Chest pain or pressure")
    assert "Press the bell." in read(page)
    desk.press(page, "Undo the last answer")
    assert "Press the bell." not in read(page)
    page.give_back()
    desk.passes(page)
    (back,) = desk.workspace.findChildren(ReturnPage)
    assert "Listed as time-critical on an answer that was then changed" in read(back)
    assert "Ring 1234" not in read(back)


def test_a_wrong_passphrase_brings_nothing_back(desk: Handed) -> None:
    page = desk.give()
    page.give_back()
    desk.passes(page, typed="")
    assert "The clinician's passphrase is needed here." in read(page)
    desk.passes(page, typed="not this one")
    assert "does not open these records" in read(page)
    assert desk.window.page is page
    desk.press(page, "Back to the questions")
    assert "Begin" in [made.text() for made in page.findChildren(QAbstractButton) if made.isVisible()]


def test_a_made_up_patient_has_no_passphrase(qtbot: QtBot) -> None:
    session = session_of("ketamine-clinic")
    made = Handed(qtbot, Session(session.pack, replace(session.opening, made_up=True), CLOCK), asks=False)
    page = made.give()
    assert any(w.accessibleName().startswith("MADE-UP PATIENT") for w in page.findChildren(QWidget))
    page.give_back()
    made.press(page, "To the clinician's page")
    assert made.window.page is made.workspace
    made.close()


def test_closing_the_window_leads_to_the_gate_and_a_mistake_is_told_over_the_patients_page(desk: Handed) -> None:
    page = desk.give()
    desk.window.close()
    assert desk.window.isVisible()
    assert "Please give the screen back" in read(page)
    desk.window.close_over()
    assert desk.window.page is page
    desk.window.show_over(MistakePage(None, screening=True))
    desk.window.close_over()
    assert desk.window.page is page


def test_what_is_not_on_disk_is_said_to_whoever_holds_the_screen(desk: Handed) -> None:
    page = desk.give()
    page.show_status(SaveStatus(SaveState.FAILED, problem=WorldError("The disk is full.", "Make room.")))
    assert "Not saved yet. Please tell your clinician." in read(page)


# Hidden by time


def test_hidden_by_time_it_takes_the_passphrase_to_go_on_where_one_was(desk: Handed) -> None:
    page = desk.give()
    desk.press(page, "Begin")
    page.next_question()
    desk.jobs.work_off()
    asked = read(page)
    blanking = page.findChildren(Blanking)[0]
    blanking.hide_now()
    assert "This screen is hidden" in read(page)
    assert "blood pressure" not in read(page)
    desk.press(page, "Go on with the questions")
    assert "The clinician's passphrase is needed here." in read(page)
    desk.passes(page, "Go on with the questions")
    assert read(page) == asked
    assert not blanking.blanked


def test_the_sign_can_be_answered_by_a_button(desk: Handed) -> None:
    page = desk.give()
    blanking = page.findChildren(Blanking)[0]
    blanking._begin_sign()
    assert "This screen is hidden in 30 s." in read(page)
    desk.press(page, "I am still here")
    assert "This screen is hidden in" not in read(page)


def test_there_is_a_sign_before_and_any_key_extends(qtbot: QtBot, bare_window: QWindow) -> None:
    blanking = Blanking(bare_window, after_s=2, over_after_s=60, sign_s=1)
    with qtbot.waitSignal(blanking.counting, timeout=10_000) as sign:
        blanking.watch(bare_window)
    assert sign.args == [1]
    QTest.keyClick(bare_window, Qt.Key.Key_A)
    assert not blanking.blanked
    with qtbot.waitSignal(blanking.blank, timeout=10_000):
        pass
    QTest.keyClick(bare_window, Qt.Key.Key_A)
    assert blanking.blanked


def test_hidden_for_long_the_records_are_locked(qtbot: QtBot, bare_window: QWindow) -> None:
    blanking = Blanking(bare_window, after_s=60, over_after_s=1)
    with qtbot.waitSignal(blanking.over, timeout=10_000):
        blanking.hide_now()


# Ended otherwise


def test_a_lock_ends_it_and_what_came_of_it_is_shown_when_the_screening_is_opened_again(desk: Handed) -> None:
    page = desk.give()
    desk.press(page, "Begin")
    desk.press(page, "Do you feel any of this right now?: None of these")
    desk.handing.end_for_lock()
    assert "This screen is hidden" in read(page)
    assert not desk.handing.is_away
    desk.window.take_back()
    desk.handing.resume()
    (back,) = desk.workspace.findChildren(ReturnPage)
    assert "the records were locked meanwhile" in read(back)
    desk.press(back, "Go on with the theme")
    assert desk.workspace.interview.theme_id == HEART
    desk.handing.resume()
    assert [page for page in desk.workspace.findChildren(ReturnPage) if page.isVisible()] == []


def test_after_a_crash_the_hand_over_is_ended_and_what_came_of_it_is_shown_first(qtbot: QtBot) -> None:
    session = session_of("ketamine-clinic")
    steps: list[dict[str, Any]] = []
    controller = SessionController(session)
    controller.changed.connect(lambda change, _: steps.extend(step.to_json() for step in change.steps))
    controller.answer("bp.readings", SEVERE)
    controller.hand_over(HEART, ON_SCREEN, again=False)
    options = session.questions["bp.symptoms_now"].option_ids
    controller.answer("bp.symptoms_now", [options[0]], by=ON_SCREEN)
    again = Handed(qtbot, Session.replay(session.pack, session.opening, steps, CLOCK))
    again.handing.resume()
    (back,) = again.workspace.findChildren(ReturnPage)
    assert (nameless(back), twice(back)) == ([], [])
    said = read(back)
    assert said.index("Very high blood pressure with symptoms now") < said.index("Back from the patient")
    assert "the program stopped meanwhile" in said
    assert "Ring 1234" in said
    again.press(back, "Go to the item")
    assert again.session.handovers["handover-1"].seen_at
    again.close()

"""The screen in the patient's own hands, from the page before it to the page after it, read at every turn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.rules.values import Kind
from screener.screening.answers import BY_THEMSELVES
from screener.screening.handover import unseen
from screener.screening.on_screen import on_screen
from screener.screening.session import Session
from screener.store.failures import WrongPassphrase
from screener.store.vault import Vault
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.choices import ClinicChoices
from screener.ui.handing_over import HandingOver
from screener.ui.handover.begin_page import BeginPage
from screener.ui.handover.blanking import Blanking
from screener.ui.handover.page import HandoverPage
from screener.ui.handover.pages import END
from screener.ui.handover.return_page import ReturnPage
from screener.ui.locking import Locking
from screener.ui.screening.desk import Desk
from screener.ui.screening.workspace import Workspace
from screener.ui.session_controller import SessionController
from screener.ui.shell.window import MainWindow
from tests.ui.desks import CLOCK, DISK_FULL, session_of, shipped
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

SCREEN, HEART, PSYCHOSIS = "in the patient's hands", "blood-pressure-and-heart", "psychosis-risk"
SEVERE = [{"systolic": 200, "diastolic": 130, "phase": "before"}]


def walk_handover(reader: Reader) -> None:
    """Every theme of a pathway is handed over once; one with all that can come of it; one ended by a lock."""
    walk = Walk(reader, session_of("ketamine-home"), ClinicChoices({}, "", ""))
    walk.nothing_chosen()
    walk.critical()
    walk.every_theme()
    walk.locked()
    walk.held_up()
    walk.ends()
    walk = Walk(reader, session_of("kap"), ClinicChoices({}, "", ""))
    walk.finished()
    walk.ends()
    words = ClinicChoices({}, "Ring 1234", "", patient_words="Press the bell.")
    walk = Walk(reader, of_a_facilitator(), ClinicChoices({}, "", ""))
    walk.critical()
    walk.ends()
    opening = replace(session_of("ketamine-home").opening, made_up=True)
    walk = Walk(reader, Session(shipped(), opening, CLOCK), words)
    walk.critical()
    walk.ends()


def of_a_facilitator() -> Session:
    """A screening begun under the name that a state's law uses."""
    return Session(shipped(), replace(session_of("ketamine-home").opening, role="facilitator"), CLOCK)


class Walk:
    """An open screening in a window, handed over and taken back."""

    def __init__(self, reader: Reader, session: Session, choices: ClinicChoices) -> None:
        self.reader, self.session, self.jobs = reader, session, ByHand()
        self.vault = Vault.in_memory(CLOCK, name="Clinician A")
        screening = self.vault.shelf.begin(session.opening.to_json())
        desk = Desk(self.vault.shelf, self.jobs, screening, choices.crisis_card, self.check)
        self.controller = SessionController(session)
        self.workspace = Workspace(self.controller, desk)
        self.window = MainWindow(QSettings())
        self.window.resize(1440, 900)
        self.window.show_page(self.workspace)
        self.handing = HandingOver(self.window, self.workspace, desk, choices)
        self.workspace.identity.confirm.click()

    @staticmethod
    def check(typed: str) -> None:
        if typed != "right":
            raise WrongPassphrase(1)

    def read(self, state: str, page: QWidget) -> None:
        self.reader.read(SCREEN, state, page)

    @property
    def begin_page(self) -> BeginPage:
        self.handing.ask()
        return self.workspace.findChildren(BeginPage)[-1]

    def give(self, theme: str, by: str = BY_THEMSELVES[0][0], *, again: bool = True) -> HandoverPage:
        self.begin_page.begin.emit(theme, by, again)
        page = self.window.page
        assert isinstance(page, HandoverPage)
        return page

    def take_back(self, page: HandoverPage, state: str) -> ReturnPage:
        page.give_back()
        self.read(f"{state}, given back", page)
        page._gate.passed.emit()
        back = self.workspace.findChildren(ReturnPage)[-1]
        self.read(f"{state}, back", back)
        return back

    def nothing_chosen(self) -> None:
        page = self.begin_page
        self.read("before it", page)
        page._begin()
        self.read("before it, nobody named", page)
        for theme in (HEART, "suicidality-and-safety", "mood-and-present-state", "medicines"):
            page._themes.show_value(theme)
            page._refresh()
            self.read(f"before it, {theme}", page)
        for question in on_screen(self.session, "trauma-and-dissociation"):
            self.controller.answer(question.id, {"state": "declined"})
        page._themes.show_value("trauma-and-dissociation")
        page._refresh()
        self.read("before it, everything answered", page)

    def critical(self) -> None:
        """A time-critical answer, one that is changed, one that differs, one put off, and one that looks mistyped."""
        controller, by = self.controller, BY_THEMSELVES[0][0]
        controller.answer("bp.readings", SEVERE)
        controller.answer("heart.attack", "no", by="partner or family")
        page = self.give(HEART)
        self.read("the welcome", page)
        page.next_question()
        controller.answer("bp.symptoms_now", ["chest_pain"], by=by)
        self.read("a time-critical answer", page)
        controller.answer("heart.failure", {"state": "come_back"}, by=by)
        for raw in ("yes", "no"):
            controller.answer("heart.hypertension", raw, by=by)
        controller.answer("heart.attack", "yes", by=by)
        page._undo()
        page._redo()
        page._larger()
        page._show_look_over()
        self.read("looked over", page)
        page._open_gate(END)
        self.read("the end", page)
        self.gate(page)
        self.signs(page)
        self.take_back(page, "a time-critical answer").go_to_item.emit("bp.severe_with_symptoms")
        page = self.give(HEART)
        controller.answer("bp.symptoms_now", [], by=by)
        controller.answer("bp.symptoms_now", ["chest_pain"], by=by)
        controller.answer("bp.symptoms_now", [], by=by)
        self.take_back(page, "one that was taken back").done.emit()

    def gate(self, page: HandoverPage) -> None:
        for typed in ("", "a wrong one"):
            page._gate.findChildren(QLineEdit)[0].setText(typed)
            page._gate._pass()
            self.read(f"the gate, tried with {typed!r}", page)
            self.jobs.work_off()
            self.read(f"the gate, answered for {typed!r}", page)

    def signs(self, page: HandoverPage) -> None:
        blanking = page.findChildren(Blanking)[0]
        page._begin()
        blanking._begin_sign()
        self.read("soon hidden", page)
        blanking.hide_now()
        self.read("hidden", page)
        for state in SaveState:
            page.show_status(SaveStatus(state, 1, "2026-11-23T10:22:00", DISK_FULL))
            self.read(f"while it is {state.value}", page)
        blanking.come_back()
        page._begin()

    def every_theme(self) -> None:
        for theme in self.session.form.themes:
            if not on_screen(self.session, theme.id):
                continue
            page = self.give(theme.id, BY_THEMSELVES[1][0])
            self.read(f"{theme.id}, the welcome", page)
            page.next_question()
            seen: set[str | None] = set()
            while page._stack.currentWidget() is page._asking and page._place not in seen:
                seen.add(page._place)
                self.read(f"{theme.id}: {page._place}", page)
                self.mistyped(page)
                page.next_question()
            self.take_back(page, theme.id).go_to_question.emit(on_screen(self.session, theme.id)[0].id)

    def finished(self) -> None:
        """Gone through to the end, with a question that follows from one that a patient does not read."""
        self.controller.answer("earlier.therapist", "yes")
        page = self.give("support-and-integration")
        page.next_question()
        while page._stack.currentWidget() is page._asking:
            page.next_question()
        page.next_question()
        self.read("gone through, the end", page)
        page._gate.passed.emit()
        back = self.workspace.findChildren(ReturnPage)[-1]
        self.read("gone through, back", back)
        back.done.emit()

    def mistyped(self, page: HandoverPage) -> None:
        """Half a figure, and one that nobody has."""
        question = self.session.questions[str(page._place)]
        if question.kind is Kind.NUMBER and question.plausible is not None:
            line = page._asking.findChildren(QLineEdit)[0]
            for text in ("1o", str(question.plausible[1] * 9)):
                line.setText(text)
                line.textEdited.emit(text)
                self.read(f"{question.id}: {text}", page)

    def locked(self) -> None:
        page = self.give(PSYCHOSIS, BY_THEMSELVES[2][0], again=False)
        self.handing.end_for_lock()
        self.read("locked meanwhile", page)
        self.window.take_back()
        self.handing.resume()
        self.read("locked meanwhile, back", self.workspace.findChildren(ReturnPage)[-1])
        self.controller.hand_over(PSYCHOSIS, BY_THEMSELVES[0][0], again=False)
        self.handing.resume()
        self.read("stopped meanwhile, back", self.workspace.findChildren(ReturnPage)[-1])

    def held_up(self) -> None:
        """Somebody else is in the room; what came back is not looked at; a lock does not come."""
        while (handed := unseen(self.session)) is not None:
            self.controller.look_at(handed)
        self.workspace.pages.close_inside()
        self.controller.set_visit("room", "by video")
        self.handing.ask()
        self.read("before it, with somebody else in the room", self.workspace)
        self.give(HEART)
        locking = Locking(self.window, self.workspace, self.handing)
        locking.lock()
        locking._hinder(DISK_FULL)
        self.read("not locked", self.window)
        self.workspace._uncover()
        self.read("not locked, back, with somebody else in the room", self.workspace)
        self.handing.ask()
        self.read("not looked at yet", self.workspace)

    def ends(self) -> None:
        self.jobs.work_off()
        self.workspace.shut()
        self.vault.close()
        self.window.deleteLater()
        forget()

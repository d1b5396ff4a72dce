"""One rehearsal that is practised: composes the screening, the patient card, the seconds and the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from screener.clock import Clock
from screener.forms.model import Pack
from screener.screening.change import Change
from screener.text import WorldError, problem_words
from screener.training.beginning import begun, gone_on_with, seconds_of
from screener.training.kept import Rehearsal, Turned
from screener.training.pace import Pace, StoryClock
from screener.training.scenario import Scenario
from screener.ui.diary import Diary
from screener.ui.jobs import Jobs
from screener.ui.rehearsing import rehearse
from screener.ui.shell.window import MainWindow
from screener.ui.training.encounter import Encounter
from screener.ui.training.patient_card import PatientCard
from screener.ui.training.practising import PractisingPage

_TICK_MS = 1000
ALONE = "alone"


class Practice(QObject):
    """Everything that happens in it becomes an event of its diary, with the second at which it happened."""

    left = Signal()
    """It is put aside, and on the disk: to go on another time."""
    over = Signal()
    """It is signed or was ended: the debrief comes next."""

    def __init__(
        self,
        scenario: Scenario,
        rehearsal: Rehearsal,
        file: Path,
        window: MainWindow,
        pack: Pack,
        jobs: Jobs,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._clock = clock
        self.pace = Pace(seconds_of(rehearsal))
        session = gone_on_with(rehearsal, pack, StoryClock(begun(rehearsal), self.pace))
        self.diary = Diary(rehearsal, file, self.pace, jobs, self)
        self.workspace = rehearse(session, jobs, window=window, keep=self.diary.write)
        self._session = session
        self.diary.follow(self.workspace.controller)
        self.encounter = Encounter(scenario, rehearsal, pack, self.pace, self._says_alone, self.diary.note)
        self.encounter.setParent(self)
        self.card = PatientCard(self.encounter)
        self.page = PractisingPage(self.workspace, self.card)
        self.setParent(self.page)
        self._theme = ""
        self._signed = False
        self._connect()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._theme_turned()
        self._tick()
        self.diary.keep()

    def _connect(self) -> None:
        workspace, card = self.workspace, self.card
        workspace.controller.changed.connect(self._changed)
        workspace.interview.theme_turned.connect(self._theme_turned)
        workspace.review.sealed.connect(self._sealed)
        workspace.left.connect(self._leave)
        card.ask_to_leave.connect(self._send_out)
        card.pause.connect(workspace.leave)
        card.end.connect(self._end)
        card.debrief.connect(self._to_debrief)
        self.diary.failed.connect(self._not_kept)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    # What is followed

    def _says_alone(self) -> bool:
        return self._session.visit["room"] == ALONE

    def _changed(self, change: Change, origin: object) -> None:
        self.card.show_room()

    def _theme_turned(self) -> None:
        theme = self.workspace.interview.theme_id
        if theme != self._theme:
            self._theme = theme
            self.diary.note(Turned(at=self.pace.seconds, theme=theme))

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._signed or now is None or not isValid(self.workspace) or not self.workspace.isAncestorOf(now):
            return
        question = self.workspace.interview.question_id
        if question is not None:
            self.card.show_question(question, self._session.questions[question].text)

    def _tick(self) -> None:
        self.encounter.look_at_the_clock()
        self.card.show_time(self.pace.seconds)

    def _not_kept(self, problem: WorldError) -> None:
        self.workspace.above.say_news(problem_words(problem))

    # Deeds

    def _send_out(self) -> None:
        """Whoever is with the patient waits outside; the strip says so from here on, as it would in life."""
        self.workspace.controller.set_visit("room", ALONE)

    def _sealed(self) -> None:
        self._signed = True
        self.diary.sign()
        self.pace.pause()
        self._timer.stop()
        self.card.show_signed()

    def _leave(self) -> None:
        if self._signed:
            self._to_debrief()
        else:
            self.put_aside()
            self.diary.keep()
            self.left.emit()

    def put_aside(self) -> None:
        """The seconds stand still; what was done is written once more, with the moment of the pause."""
        if not self._signed and isValid(self._timer) and self._timer.isActive():
            self._timer.stop()
            self.diary.pause(self._clock.now().isoformat(timespec="seconds"))

    def _end(self) -> None:
        self.workspace.when_paused(self._ended)

    def _ended(self) -> None:
        self.put_aside()
        self.over.emit()

    def _to_debrief(self) -> None:
        self.over.emit()

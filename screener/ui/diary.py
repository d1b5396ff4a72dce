"""What happens in a rehearsal, event by event: each is on the disk before anything says that it is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from screener.screening.change import Change
from screener.text import WorldError
from screener.training import files
from screener.training.kept import Event, Paused, Recorded, Rehearsal
from screener.training.pace import Pace
from screener.ui.jobs import Jobs
from screener.ui.session_controller import SessionController


class Diary(QObject):
    """One rehearsal and its file. Every event is written at once, the whole file in place of the one before."""

    failed = Signal(object)
    """Why the disk takes nothing: what has happened since is in memory, and tried again with the next event."""

    def __init__(self, rehearsal: Rehearsal, file: Path, pace: Pace, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.file, self.pace, self._jobs = file, pace, jobs
        self._rehearsal = rehearsal
        self._events = list(rehearsal.events)
        self._written = -1
        self._stamp = 0

    @property
    def rehearsal(self) -> Rehearsal:
        """As it stands now."""
        return self._rehearsal.model_copy(update={"events": tuple(self._events)})

    def follow(self, controller: SessionController) -> None:
        """Note every step of a screening from here on, as its journal has it."""
        self._controller = controller
        controller.changed.connect(self._hear)

    def _hear(self, change: Change, origin: object) -> None:
        at = self.pace.seconds
        self.note(*(Recorded(at=at, step=step) for step in self._controller.session.journaled(change.steps)))

    def note(self, *events: Event) -> None:
        """Something happened."""
        self._events += events
        self.keep()

    def sign(self) -> None:
        """It was signed, now."""
        self._rehearsal = self._rehearsal.model_copy(update={"signed_at": self.pace.seconds})
        self.keep()

    def pause(self, moment: str) -> None:
        """It is put aside; the seconds stand still from here on."""
        self.note(Paused(at=self.pace.seconds, moment=moment))
        self.pace.pause()

    def keep(self) -> None:
        """Have it written as it stands now."""
        self._stamp += 1
        self._jobs.submit(self.write, lambda _: None, self._tell)

    def _tell(self, problem: WorldError) -> None:
        if isValid(self):  # the page of the rehearsal may have gone meanwhile
            self.failed.emit(problem)

    def write(self) -> None:
        """Bring to the disk what is not there yet. On the thread of the jobs; WorldError where it cannot be."""
        stamp, now = self._stamp, self.rehearsal
        if stamp != self._written:
            files.write(self.file, now)
            self._written = stamp

"""Brings steps to the journal: at a pause, or at once when asked. Says "Saved" only after the commit returned."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from screener.records.browse import Saved, Shelf
from screener.screening.change import Change
from screener.text import WorldError
from screener.ui.jobs import Jobs
from screener.ui.session_controller import SessionController

PAUSE_MS = 400
RETRY_MS = 5_000


class SaveState(Enum):
    """What the save line says."""

    NOTHING_YET = "nothing yet"
    WAITING = "waiting"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """Where saving stands. `at` is the moment of the last commit that returned; `problem` why the last try did not."""

    state: SaveState
    number: int = 0
    at: str = ""
    problem: WorldError | None = None


class Autosave(QObject):
    """Keeps steps in memory until they are on disk, in order, and tries again after a failure."""

    status_changed = Signal(object)

    def __init__(
        self,
        controller: SessionController,
        shelf: Shelf,
        screening: str,
        jobs: Jobs,
        digest: Callable[[], Mapping[str, Any]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._shelf, self._screening, self._jobs, self._digest = (
            controller,
            shelf,
            screening,
            jobs,
            digest,
        )
        self._pending: list[dict[str, Any]] = []
        self._sent = 0
        self._waiting: list[tuple[Callable[[], None], Callable[[WorldError], None] | None]] = []
        self._said: Mapping[str, Any] = {}
        self._status = SaveStatus(SaveState.NOTHING_YET)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.commit)
        controller.changed.connect(self._hear)

    @property
    def status(self) -> SaveStatus:
        return self._status

    @property
    def settled(self) -> bool:
        """Everything done so far is on disk."""
        return not self._pending and not self._sent

    def _hear(self, change: Change, origin: object) -> None:
        self._pending += self._controller.session.journaled(change.steps)
        self._say(SaveStatus(SaveState.WAITING, self._status.number, self._status.at))
        self._timer.start(PAUSE_MS)

    def when_settled(self, then: Callable[[], None], otherwise: Callable[[WorldError], None] | None = None) -> None:
        """Do something once everything done so far is on disk; `otherwise` hears why it could not be brought there."""
        self.commit()
        if self.settled:
            then()
        else:
            self._waiting.append((then, otherwise))

    def commit(self) -> None:
        """Send what is pending to the store now.

        Also called when focus leaves, pages turn, the window hides or locks.
        """
        self._timer.stop()
        self._controller.seal_typing()
        if self._sent or not self._pending:
            return
        steps, digest = tuple(self._pending), self._renewed()
        self._sent = len(steps)
        self._jobs.submit(lambda: self._shelf.append(self._screening, steps, digest), self._saved, self._failed)

    def begin_from(self, digest: Mapping[str, Any]) -> None:
        """What the list of screenings said of this one before it was opened."""
        self._said = dict(digest)

    def _renewed(self) -> Mapping[str, Any]:
        """What the list says of this screening now.

        Where that cannot be made it says what it said last: the mistake is told, and no step waits for it.
        """
        try:
            self._said = dict(self._digest())
        except Exception as mistake:
            QTimer.singleShot(0, self, partial(_tell, mistake))
        return self._said

    def renew(self) -> None:
        """Have the list of screenings tell of this one before anything is answered in it: what it is, how much it asks.

        Where that cannot be written now, the first answer says it.
        """
        said = self._renewed()
        self._jobs.submit(lambda: self._shelf.append(self._screening, (), said), _nothing, _nothing)

    def note_state(
        self,
        state: str,
        then: Callable[[], object],
        otherwise: Callable[[WorldError], None] | None = None,
    ) -> None:
        """Renew only what the list of screenings says about this one; `then` is done when it is on disk."""
        kept = {**self._renewed(), "state": state}
        failed = otherwise or self._failed
        self._jobs.submit(lambda: self._shelf.append(self._screening, (), kept), partial(_then, then), failed)

    def _saved(self, saved: Saved) -> None:
        del self._pending[: self._sent]
        self._sent = 0
        if self._pending:
            self._say(SaveStatus(SaveState.WAITING, saved.number, saved.at))
            self.commit()
        else:
            self._say(SaveStatus(SaveState.SAVED, saved.number, saved.at))
            waiting, self._waiting = self._waiting, []
            for then, _ in waiting:
                then()

    def _failed(self, problem: WorldError) -> None:
        self._sent = 0
        self._timer.start(RETRY_MS)
        self._say(SaveStatus(SaveState.FAILED, self._status.number, self._status.at, problem))
        waiting, self._waiting = self._waiting, []
        for _, otherwise in waiting:
            if otherwise is not None:
                otherwise(problem)

    def _say(self, status: SaveStatus) -> None:
        self._status = status
        self.status_changed.emit(status)


def _tell(mistake: Exception) -> None:
    """As if nobody had caught it. Raised from a slot, it would wait in Qt's binding while the window goes on."""
    sys.excepthook(type(mistake), mistake, mistake.__traceback__)


def _nothing(_: object) -> None:
    """Is told later, with what is saved next."""


def _then(do: Callable[[], object], _: object) -> None:
    do()

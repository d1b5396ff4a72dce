"""Records what a line over the list of a dose day tells, without opening the screening; that is done where it is to be
looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screener.forms.model import Pack
from screener.forms.shorthand import Typed
from screener.language import tr
from screener.records.browse import Draft, Shelf
from screener.records.day_entry import Entered, NotEntered, enter
from screener.records.day_line import Moment
from screener.screening.session import Session
from screener.text import WorldError
from screener.ui.jobs import Jobs
from screener.ui.screening.digest import UNFINISHED, digest_of

Read = Callable[[str, Pack], tuple[Draft, Session, bool]]
"""By a screening and the content of today: the draft, the screening as it stands, and whether its own content is at
hand."""


@dataclass(frozen=True, slots=True)
class LookAt:
    """The screening is to be opened: at a question, if one is named, with what is new or why nothing was recorded."""

    recorded: bool
    question: str
    said: str


@dataclass(frozen=True, slots=True)
class DayRecording:
    """On the store thread, as one deed: the screening is read, the answer recorded and brought to disk."""

    read: Read
    shelf: Shelf
    jobs: Jobs

    def record(
        self,
        screening: str,
        tells: Typed | Moment,
        pack: Pack,
        done: Callable[[str | LookAt], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        """`done` is told what was recorded, or where the screening is to be opened and why. `pack`: that of today."""
        self.jobs.submit(lambda: self._record(screening, tells, pack), done, failed)

    def _record(self, screening: str, tells: Typed | Moment, pack: Pack) -> str | LookAt:
        draft, session, own = self.read(screening, pack)
        if not own:
            return LookAt(False, "", tr("The pack that it was begun with is not on this computer any more."))
        if session.handed_over is not None:
            return LookAt(False, "", tr("It is handed over to the patient."))
        entered = enter(session, tells)
        if isinstance(entered, NotEntered):
            return LookAt(False, entered.look_at, entered.why)
        self._keep(screening, draft, session, entered)
        said = f"{entered.said}. {entered.news}".strip()
        return LookAt(True, entered.look_at, said) if entered.look_at else said

    def _keep(self, screening: str, draft: Draft, session: Session, entered: Entered) -> None:
        """With the word about the screening: it was left, and where it was left before."""
        was = draft.digest
        digest = digest_of(session, "paused", was.get("place", {}), was.get(UNFINISHED, {}))
        self.shelf.append(screening, session.journaled(entered.change.steps), digest)

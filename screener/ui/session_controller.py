"""Gives commands to the session and announces what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from typing import Any

from PySide6.QtCore import QObject, Signal

from screener.records.earlier import Earlier
from screener.screening import handover
from screener.screening.answers import PATIENT, Carried
from screener.screening.change import Change
from screener.screening.offered import OfferedFile
from screener.screening.saying import Saying
from screener.screening.session import Session
from screener.screening.steps import FileOffered, HandOver, HandOverEnd, Response, VisitChanged, VisitField


class SessionController(QObject):
    """The window's one way to change a screening. Widgets call it for the user's deeds and listen to `changed`."""

    changed = Signal(object, object)
    """(Change, origin): origin is the widget that the user acted in, or None."""

    informant_changed = Signal()
    earlier_read = Signal()
    """What can be offered is another: the earlier records are at hand, or a file was read."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._waiting: list[Change] | None = None
        self.informant = PATIENT
        """Who is speaking now; new answers are recorded under this informant."""
        self.earlier = Earlier()
        """The earlier signed records of this reference, as values; none until they are read."""

    def set_informant(self, name: str) -> None:
        """Say who is speaking from now on: the patient, a partner, a chart."""
        self.informant = name or PATIENT
        self.informant_changed.emit()

    def take_earlier(self, earlier: Earlier) -> None:
        """The earlier records were read."""
        self.earlier = earlier
        session = self.session
        session.earlier = earlier.not_asked_today(session.pack, session.questions, session.visit_date)
        self.earlier_read.emit()

    def begin(self) -> None:
        """It has just begun: what the opening tells of questions is recorded."""
        self._announce(self.session.begin(), None)

    def answer(
        self,
        question_id: str,
        raw: Any,
        *,
        by: str | None = None,
        note: str | None = None,
        carried: Carried | None = None,
        typing: bool = False,
        origin: object = None,
    ) -> None:
        """Record an answer as JSON; NotAnAnswer where it cannot be stored."""
        said = by or self.informant
        change = self.session.answer(question_id, raw, by=said, note=note, carried=carried, typing=typing)
        self._announce(change, origin)

    def answer_together(self, sayings: Iterable[Saying], *, typing: bool = False, origin: object = None) -> None:
        """Record several answers that are one deed of the user."""
        self._announce(self.session.answer_together(sayings, typing=typing), origin)

    def clear_together(self, questions: Iterable[str], *, by: str, origin: object = None) -> None:
        """Take back what was recorded so."""
        self._announce(self.session.clear_together(questions, by=by), origin)

    def clear(self, question_id: str, *, by: str | None = None, origin: object = None) -> None:
        self._announce(self.session.clear(question_id, by=by), origin)

    def use_account(self, question_id: str, by: str | None, *, origin: object = None) -> None:
        self._announce(self.session.use_account(question_id, by), origin)

    def set_visit(self, field: VisitField, value: str, *, origin: object = None) -> None:
        self._announce(self.session.set_visit(field, value), origin)

    def jot(self, text: str, question: str | None = None, *, origin: object = None) -> None:
        self._announce(self.session.jot(text, question), origin)

    def link_jot(self, jot_id: str, question: str | None, *, origin: object = None) -> None:
        self._announce(self.session.link_jot(jot_id, question), origin)

    def remove_jot(self, jot_id: str, *, origin: object = None) -> None:
        self._announce(self.session.remove_jot(jot_id), origin)

    def respond(self, responses: Mapping[str, Response | None], *, origin: object = None) -> None:
        self._announce(self.session.respond(responses), origin)

    def summarise(self, text: str, *, typing: bool = False, origin: object = None) -> None:
        self._announce(self.session.summarise(text, typing=typing), origin)

    def hand_over(self, theme: str, by: str, *, again: bool) -> None:
        self._announce(handover.begin(self.session, theme, by, again=again), None)

    def take_back(self, how: HandOverEnd) -> None:
        self._announce(handover.end(self.session, how), None)

    def look_at(self, handed: HandOver) -> None:
        self._announce(handover.look_at(self.session, handed), None)

    def offer_file(self, file: OfferedFile) -> None:
        """Offer the answers of a file, each at its question."""
        self._announce(self.session.offer_file(file), None)

    def undo(self) -> Change:
        """Take the last step back; what that changed."""
        change = self.session.undo()
        self._announce(change, None)
        return change

    def redo(self) -> Change:
        """Do the last step again that was taken back; what that changed."""
        change = self.session.redo()
        self._announce(change, None)
        return change

    def seal_typing(self) -> None:
        """Typing paused or focus left: the next key begins a new undo step."""
        self.session.history.seal()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is changed in here is announced once, as one change, at the end."""
        if self._waiting is not None:  # it is announced with what is around it
            yield
            return
        self._waiting = []
        try:
            yield
        finally:
            waiting, self._waiting = self._waiting, None
            if waiting:
                self.changed.emit(reduce(Change.then, waiting), None)

    def _announce(self, change: Change, origin: object) -> None:
        if change and self._waiting is not None:
            self._waiting.append(change)
        elif change:
            self.changed.emit(change, origin)
            if any(isinstance(step, VisitChanged) and step.field == "visit_date" for step in change.steps):
                self.take_earlier(self.earlier)  # of another day another one may be offered
            elif any(isinstance(step, FileOffered) for step in change.steps):
                self.earlier_read.emit()

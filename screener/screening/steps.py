"""Steps: the frozen values that every change of a screening is made of.

Each has its before and after, and is named in the user's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from screener.forms.model import Question
from screener.language import WINDOW, kept, tr
from screener.screening.answers import Recorded
from screener.screening.offered import OfferedFile
from screener.screening.step_names import answer_name, clipped

VisitField = Literal["visit_date", "product", "second_mark", "room"]
VISIT_FIELDS: tuple[VisitField, ...] = ("visit_date", "product", "second_mark", "room")
_FIELDS: Mapping[VisitField, str] = {
    "visit_date": tr("visit date"),
    "product": tr("product"),
    "second_mark": tr("second mark"),
    "room": tr("room"),
}
ROOMS = (
    kept("alone"),
    kept("with partner or family"),
    kept("with support person"),
    kept("with interpreter"),
    kept("by video"),
)
"""Offered on screen; any other text is accepted."""
ResponseKind = Literal["reviewed", "more_information", "discussed_with_patient", "discussed_with_colleague"]


@dataclass(frozen=True, slots=True)
class Jot:
    """The patient's own words, with their time and the question they belong to, if any."""

    id: str
    text: str
    at: str
    by: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What the clinician recorded about one item. The program draws nothing from it."""

    kind: ResponseKind
    at: str
    by: str
    fingerprint: str
    state: Mapping[str, str]
    """What it was given for, in words, so that a later difference can be shown."""
    note: str = ""
    from_whom: str = ""
    until: str = ""
    """For more information needed: from whom, by when."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was recorded, changed or cleared."""

    question: Question
    before: Recorded | None
    after: Recorded | None
    with_before: bool = False
    """One deed with the step before it: they are undone and done again together."""

    @property
    def name(self) -> str:
        return answer_name(self.question, self.before, self.after)

    @property
    def reversed(self) -> Answered:
        return replace(self, before=self.after, after=self.before)

    def to_json(self) -> dict[str, Any]:
        return {"step": "answer", "question": self.question.id, "after": self.after.to_json() if self.after else None}


@dataclass(frozen=True, slots=True)
class VisitChanged:
    """The visit's date, product, second mark or who is in the room changed."""

    field: VisitField
    before: str
    after: str
    said_at: str = ""
    """When it was said: a room has its times. An undone change keeps the time of what it takes back."""

    @property
    def name(self) -> str:
        field = _FIELDS[self.field]
        if not self.after:
            return clipped(tr("{what} cleared").format(what=field))
        return clipped(f"{field}: {WINDOW.word(self.after) if self.field == 'room' else self.after}")

    @property
    def reversed(self) -> VisitChanged:
        return replace(self, before=self.after, after=self.before)

    def to_json(self) -> dict[str, Any]:
        return {"step": "visit", "field": self.field, "after": self.after, "said_at": self.said_at}


@dataclass(frozen=True, slots=True)
class InRoom:
    """Who was in the room from a moment on."""

    who: str
    since: str


@dataclass(frozen=True, slots=True)
class Jotted:
    """A jot was written, linked or removed."""

    id: str
    before: Jot | None
    after: Jot | None

    @property
    def name(self) -> str:
        if self.after is None:
            return tr("jot removed")
        if self.before is not None and self.before.text == self.after.text:
            return tr("link of a jot")
        # Its words are the patient's own: they stand beside their question, and on no button.
        return tr("jot")

    @property
    def reversed(self) -> Jotted:
        return replace(self, before=self.after, after=self.before)

    def to_json(self) -> dict[str, Any]:
        return {"step": "jot", "id": self.id, "after": _fields(self.after)}


@dataclass(frozen=True, slots=True)
class Responded:
    """A response to one item was recorded, changed or withdrawn."""

    rule: str
    title: str
    before: Response | None
    after: Response | None

    @property
    def name(self) -> str:
        said = tr("response to {title}") if self.after is not None else tr("response to {title} withdrawn")
        return said.format(title=self.title)

    @property
    def reversed(self) -> Responded:
        return replace(self, before=self.after, after=self.before)

    def to_json(self) -> dict[str, Any]:
        return {"step": "respond", "rule": self.rule, "title": self.title, "after": _fields(self.after)}


@dataclass(frozen=True, slots=True)
class Summarised:
    """The clinician's own summary and plan changed; free text that the program never reads."""

    before: str
    after: str

    @property
    def name(self) -> str:
        return tr("summary and plan")

    @property
    def reversed(self) -> Summarised:
        return replace(self, before=self.after, after=self.before)

    def to_json(self) -> dict[str, Any]:
        return {"step": "summary", "after": self.after}


HandOverEnd = Literal["", "finished", "taken back", "locked", "interrupted"]


@dataclass(frozen=True, slots=True)
class HandOver:
    """One theme on the screen in the patient's own hands: who answered, from when to when, how it ended."""

    id: str
    theme: str
    by: str
    """The informant of every answer given in it."""
    begun_at: str
    again: bool = False
    """Whether questions that had an answer already were asked again."""
    answered_before: tuple[str, ...] = ()
    """The theme's questions that had an answer when it began."""
    ended_at: str = ""
    ended: HandOverEnd = ""
    seen_at: str = ""
    """When the clinician had looked at what came of it."""
    critical: tuple[str, ...] = ()
    """Rules that an answer given in it listed as time-critical, also where a later answer took that back."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The screen was given to the patient, came back, or what came of it was looked at. Never undone."""

    id: str
    before: HandOver | None
    after: HandOver | None

    @property
    def name(self) -> str:
        return tr("hand-over")

    @property
    def reversed(self) -> HandedOver:
        return replace(self, before=self.after, after=self.before)

    def to_json(self) -> dict[str, Any]:
        return {"step": "handover", "id": self.id, "after": _fields(self.after)}


@dataclass(frozen=True, slots=True)
class FileOffered:
    """Answers out of a file are offered from here on, or no more."""

    id: str
    before: OfferedFile | None
    after: OfferedFile | None

    @property
    def name(self) -> str:
        return tr("answers from a file")

    @property
    def reversed(self) -> FileOffered:
        return replace(self, before=self.after, after=self.before)

    def to_json(self) -> dict[str, Any]:
        return {"step": "file", "id": self.id, "after": self.after.to_json() if self.after else None}


Step = Answered | VisitChanged | Jotted | Responded | Summarised | HandedOver | FileOffered


def _fields(value: Jot | Response | HandOver | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {name: _json(getattr(value, name)) for name in value.__dataclass_fields__}


def _json(value: Any) -> Any:
    match value:
        case Mapping():
            return dict(value)
        case tuple():
            return list(value)
        case _:
            return value

"""Answers out of a file, held until somebody takes them: dated, with who gave them. No rule reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from screener.forms.answering import NotAnAnswer
from screener.forms.model import Question
from screener.forms.words import answer_words, by_words, file_of, short_day
from screener.language import KEPT, Voice
from screener.rules.values import State
from screener.screening.answers import Entry, Recorded
from screener.text import moment


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """What one file holds for this screening. `authored`: the day that it names, or less of it."""

    id: str
    name: str
    sha256: str
    by: str
    authored: str
    read_at: str
    read_by: str
    answers: Mapping[str, Mapping[str, Any]]
    """By question: `{"value": raw}` or `{"state": word}`."""

    @property
    def informant(self) -> str:
        """Under whom an answer is recorded that is taken from it."""
        return file_of(self.by, short_day(self.authored))

    def to_json(self) -> dict[str, Any]:
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return fields | {"answers": {name: dict(said) for name, said in self.answers.items()}}


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer of a file, as today's question reads it."""

    file: OfferedFile
    entry: Entry
    question: Question

    @property
    def given(self) -> Any:
        """As a session takes it."""
        return self.entry.raw if self.entry.state is State.ANSWERED else {"state": str(self.entry.state)}

    def words(self, say: Voice = KEPT) -> str:
        """What it says."""
        return answer_words(self.question, Recorded(self.question, (self.entry,)).given, say=say)

    @property
    def source(self) -> str:
        """The note that is kept with it where it is taken."""
        return self.source_in(KEPT)

    def source_in(self, say: Voice) -> str:
        """The same as it is kept, or as the window says it."""
        day = short_day(self.file.authored, say) or say.tr("no date")
        said = say.tr("From the file {name} of {day}, read {at} by {reader}; answered by {by}")
        return said.format(
            name=self.file.name,
            day=day,
            at=moment(self.file.read_at),
            reader=self.file.read_by,
            by=by_words(self.file.by, say),
        )


def offer_of(file: OfferedFile, question: Question) -> Offer | None:
    """What a file holds for a question; None where it holds nothing, or what the content of today does not take."""
    said = file.answers.get(question.id)
    if said is None:
        return None
    try:
        state = State(said["state"]) if "state" in said else State.ANSWERED
        entry = Entry(file.informant, state, said.get("value"), file.read_at, file.read_by)
        _ = Recorded(question, (entry,)).given
    except NotAnAnswer:
        return None
    return Offer(file, entry, question)


def is_file(raw: Any) -> bool:
    """Whether this is a file of answers as `to_json` writes them."""
    match raw:
        case {"answers": {**answers}, **texts}:
            named = set(texts) == set(OfferedFile.__dataclass_fields__) - {"answers"}
            return (
                named and all(isinstance(text, str) for text in texts.values()) and all(map(_is_said, answers.values()))
            )
    return False


def _is_said(raw: Any) -> bool:
    match raw:
        case {"state": str(state), **more}:
            return not more and state in ("not_known", "declined", "come_back")
        case {"value": _, **more}:
            return not more
    return False

"""Scenarios: made-up patients as trainers write them, with what is true of them, what they say, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from screener.forms.content import Id, Text

Level = Literal["easy", "middle", "hard"]
LEVELS: tuple[Level, ...] = ("easy", "middle", "hard")
CUTS_MIN: tuple[Literal[10, 20, 40], ...] = (10, 20, 40)
"""How long a shortened rehearsal takes, in minutes."""
PATIENT = "patient"
Answers = Mapping[str, Any]
"""Answers by question id, as `screener evaluate` reads them."""
Minute = Annotated[int, Field(ge=0, le=240)]
MOST = 60
"""The most facts, papers, figures, items or questions for the class that one scenario has."""
MOST_TELLINGS = 12


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Release(StrEnum):
    """What it takes until somebody says something."""

    FIRST = "first"
    """Being asked."""
    AGAIN = "again"
    """Being asked a second time."""
    OPEN = "open"
    """Being asked in open words, kindly, without an answer in the question."""
    ALONE = "alone"
    """Nobody else in the room."""


class Told(_Part):
    """Words for a fact, who says them, and what it takes. `answers`: what they amount to; left out, they are true."""

    words: Text
    when: Release = Release.FIRST
    by: str = PATIENT
    answers: Answers | None = None


class Fact(_Part):
    """Something in the story: what is true, and the words for it in the order in which they come out."""

    id: Id
    title: Text
    """What it is about, as the debrief names it; it gives nothing away before."""
    truth: Annotated[Answers, Field(min_length=1)]
    told: Annotated[tuple[Told, ...], Field(min_length=1, max_length=MOST_TELLINGS)]
    note: str = ""
    """The author's own remark for the debrief."""

    def amounts(self, told: Told) -> Answers:
        """What words of it amount to, by question."""
        return self.truth if told.answers is None else told.answers


class Paper(_Part):
    """A bottle, a list or a letter that the patient has with them and shows when asked."""

    id: Id
    title: Text
    words: Text
    """What can be read on it."""
    answers: Answers = Field(default_factory=dict)


class Measured(_Part):
    """A figure as it comes off the cuff or the scale, at this minute of the visit."""

    minute: Minute
    question: str
    gives: Any
    """One reading of a question of readings, or the whole answer of any other."""
    words: str = ""
    """What somebody in the room sees or says then."""


class InRoom(_Part):
    """Who else is there, as an informant, and what happens when they are asked to leave."""

    who: Text
    leaving: str = ""


class Contradiction(_Part):
    """The one thing that two tellings do not agree on."""

    fact: Id
    words: Text


class Interruption(_Part):
    """The one thing that breaks in."""

    minute: Minute
    words: Text
    ask: str = ""


class Expected(_Part):
    """An item that a careful clinician finds on the list, with the author's note."""

    rule: str
    outcome: Literal["listed", "not_established"]
    level: str = ""
    note: Text


class Trap(_Part):
    """Something that looks like an item and must not be listed."""

    rule: str
    looks_like: Text
    note: Text


class Discussion(_Part):
    """A question for the class; `after`: the fact after which the play pauses for it, at the end where empty."""

    ask: Text
    after: str = ""


class Scenario(_Part):
    """A made-up patient. See `forms/scenarios/README.md` for how one is written."""

    id: Id
    title: Text
    label: Literal["made-up"]
    """Says what it is; no other word is accepted."""
    level: Level
    opening_line: Text
    """The first thing the patient says. It gives no clue."""
    story: Text
    """What is true, for whoever plays the patient."""
    aims: Annotated[tuple[Text, ...], Field(min_length=1, max_length=MOST)]
    content_warning: str = ""
    stop_word: Text
    """Whoever plays the patient says it, and everybody stops."""
    reference: Text
    second_mark: str = ""
    visit_date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    begins: Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")] = "09:30"
    pathway: str
    profiles: tuple[str, ...]
    parameters: Mapping[str, str] = Field(default_factory=dict)
    product: str = ""
    in_room: Annotated[tuple[InRoom, ...], Field(max_length=MOST)] = ()
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, max_length=MOST)]
    """In the order in which a presenter comes to them."""
    papers: Annotated[tuple[Paper, ...], Field(max_length=MOST)] = ()
    measured: Annotated[tuple[Measured, ...], Field(max_length=MOST)] = ()
    ordinary: Answers = Field(default_factory=dict)
    """True answers that no story hangs on, where they are not the usual ones."""
    usual: Answers = Field(default_factory=dict)
    """What is true of anybody where a scenario says nothing else: from `usual.yaml` beside it, never written in it."""
    contradiction: Contradiction
    interruption: Interruption
    expected: Annotated[tuple[Expected, ...], Field(max_length=MOST)]
    traps: Annotated[tuple[Trap, ...], Field(min_length=1, max_length=MOST)]
    discussion: Annotated[tuple[Discussion, ...], Field(min_length=1, max_length=MOST)]
    cuts: Mapping[Literal["10", "20", "40"], Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST)]]
    """The facts that are left to ask in so many minutes; everything else is answered before it begins."""
    next: Annotated[tuple[Text, ...], Field(min_length=1, max_length=MOST)]
    """Things to try next time; the debrief offers one."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for wrong in self._loose_ends():
            raise ValueError(wrong)
        return self

    def _loose_ends(self) -> Iterator[str]:
        try:
            datetime.combine(date.fromisoformat(self.visit_date), time.fromisoformat(self.begins))
        except ValueError:
            yield f"{self.visit_date} at {self.begins} is no moment of any day"
        facts = [fact.id for fact in self.facts]
        yield from (f"the fact {name} is written twice" for name in _twice(facts))
        yield from (f"the paper {name} is written twice" for name in _twice([paper.id for paper in self.papers]))
        told = [question for fact in self.facts for question in fact.truth]
        measured = {figure.question for figure in self.measured}
        yield from (f"{name} stands in two places" for name in _twice([*told, *self.ordinary, *measured]))
        named = {self.contradiction.fact, *(one.after for one in self.discussion if one.after)}
        for facts_left in self.cuts.values():
            named |= {*facts_left}
        yield from (f"there is no fact {name}" for name in sorted(named - {*facts}))
        there = {PATIENT, *(one.who for one in self.in_room)}
        by = {one.by for fact in self.facts for one in fact.told}
        yield from (f"{name} says something and is not in the room" for name in sorted(by - there))

    @property
    def truth(self) -> dict[str, Any]:
        """Every true answer, by question: what is usual, what is ordinary, of the facts, and what was measured."""
        found: dict[str, Any] = {**self.usual, **self.ordinary}
        for fact in self.facts:
            found |= fact.truth
        for question in dict.fromkeys(figure.question for figure in self.measured):
            figures = [figure.gives for figure in self.measured if figure.question == question]
            # Readings, one at a time or several at once; of anything else the last figure holds.
            one_by_one = any(isinstance(figure, Mapping) for figure in figures)
            found[question] = [one for figure in figures for one in _readings(figure)] if one_by_one else figures[-1]
        return found

    def fact_of(self, question: str) -> Fact | None:
        """The fact that answers a question; None where none does."""
        return next((fact for fact in self.facts if question in fact.truth), None)


def _readings(figure: Any) -> list[Any]:
    return list(figure) if isinstance(figure, list | tuple) else [figure]


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)

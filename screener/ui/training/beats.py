"""What one press of a key shows of a script: words first, and what is recorded of them with the next press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from screener.language import tr
from screener.training.kept import Asked, BrokeIn, Event, Figure, Shown, Turned
from screener.training.scenario import Release
from screener.training.script import Kind, Record, Script, Step

_AT_ONCE = frozenset((Kind.OPENING, Kind.TURN, Kind.ROOM, Kind.END))
"""Steps of which nothing is said that the class should hear before it sees what is recorded."""
_PAUSES = frozenset((Kind.DISCUSS, Kind.PREDICT, Kind.BROKE_IN, Kind.ROOM, Kind.END))


@dataclass(frozen=True, slots=True)
class Beat:
    """`number`: of the step, from 1. `told`: its words come out now. `question`: what is pointed at."""

    number: int
    step: Step
    told: bool
    records: tuple[Record, ...] = ()
    question: str = ""

    @property
    def pointing(self) -> str:
        """What stands over the question that is pointed at."""
        if self.records:
            return tr("Recorded now")
        return tr("What is said now belongs here")

    @property
    def pauses(self) -> bool:
        """Whether the story stands still: whatever was shown before is spoken of."""
        return self.step.kind in _PAUSES

    def happens(self, at: float) -> Iterator[Event]:
        """What happens in it besides what is recorded."""
        step = self.step
        if not self.told:
            return
        if step.kind is Kind.TURN:
            yield Turned(at=at, theme=step.theme)
        elif step.kind is Kind.SAID:
            yield Asked(
                at=at,
                question=self.question,
                to=step.by,
                openly=step.when is Release.OPEN,
                alone=step.when is Release.ALONE,
                words=step.words,
                fact=step.fact,
                told=step.told,
            )
        elif step.kind is Kind.PAPER:
            yield Shown(at=at, paper=step.paper)
        elif step.kind is Kind.MEASURED and step.place is not None:
            yield Figure(at=at, place=step.place)
        elif step.kind is Kind.BROKE_IN:
            yield BrokeIn(at=at)


def beats_of(script: Script, of_facts: Mapping[str, str]) -> list[Beat]:
    """The whole play, beat by beat. Words come out in one, what is recorded of them in one for each question.

    `of_facts`: by fact, the question that it is asked with.
    """
    return [beat for number, step in enumerate(script.steps, start=1) for beat in _beats(number, step, of_facts)]


def _beats(number: int, step: Step, of_facts: Mapping[str, str]) -> Iterator[Beat]:
    first = of_facts.get(step.fact) or next(iter(step.questions), "")
    if step.kind in _AT_ONCE or not step.words:
        yield Beat(number, step, told=True, records=step.records, question="" if step.kind is Kind.TURN else first)
        return
    yield Beat(number, step, told=True, question=first)
    for question, records in groupby(step.records, key=lambda record: record.question):
        yield Beat(number, step, told=False, records=tuple(records), question=question)

"""The patient card: what the patient answers, as far as it was asked, and as the story releases it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from screener.training.kept import Asked, Event, Figure, Shown
from screener.training.scenario import PATIENT, Measured, Paper, Release, Scenario, Told


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is put: to whom, in open words or not, with nobody else in the room or not."""

    question: str
    to: str = PATIENT
    openly: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What comes back. `fact` and `told` (its place among the fact's words) where the story has words for it.

    `answers`: what the words amount to, by question; empty where nothing is said about it.
    """

    words: str
    by: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    fact: str = ""
    told: int | None = None


class Conversation:
    """What was asked and told so far. `in_words` says an ordinary true answer as a patient would: briefly.

    Nothing of it knows a screening: what is recorded is the business of whoever asks.
    """

    def __init__(self, scenario: Scenario, in_words: Callable[[str, Any], str]) -> None:
        self.scenario, self._in_words = scenario, in_words
        self._asked: set[tuple[str, str]] = set()
        self._told: dict[str, list[int]] = {}
        self._measured: set[int] = set()
        self._shown: set[str] = set()

    def ask(self, asking: Asking) -> Said:
        """What is answered; the same again where there is nothing further to say."""
        fact = self.scenario.fact_of(asking.question)
        if fact is None:
            return self._ordinary(asking)
        again = (fact.id, asking.to) in self._asked
        self._asked.add((fact.id, asking.to))
        told = self._told.setdefault(fact.id, [])
        ready = [place for place, one in enumerate(fact.told) if one.by == asking.to and _ready(one, asking, again)]
        fresh = [place for place in ready if place not in told]
        if not ready:
            return Said("", asking.to, fact=fact.id)
        place = _first_alike(fact.told, fresh) if fresh else ready[-1]
        if fresh:
            told.append(place)
        one = fact.told[place]
        return Said(one.words, one.by, fact.amounts(one), fact.id, place)

    def _ordinary(self, asking: Asking) -> Said:
        truth = self.scenario.truth
        if asking.to != PATIENT or asking.question not in truth or self.figures(asking.question):
            return Said("", asking.to)
        raw = truth[asking.question]
        return Said(self._in_words(asking.question, raw), PATIENT, {asking.question: raw})

    def show(self, paper: str) -> Paper:
        """A paper or bottle that was asked for. KeyError where the patient has none of this name."""
        found = {one.id: one for one in self.scenario.papers}[paper]
        self._shown.add(paper)
        return found

    def measure(self, question: str) -> Measured | None:
        """The next figure of a question; None where there are no more."""
        place = self.place_of_next(question)
        if place is None:
            return None
        self._measured.add(place)
        return self.scenario.measured[place]

    def figures(self, question: str) -> list[tuple[int, Measured]]:
        """Every figure of a question, with its place."""
        return [(place, one) for place, one in enumerate(self.scenario.measured) if one.question == question]

    def take_up(self, events: Iterable[Event]) -> None:
        """What was asked, shown and measured before, so that one goes on from there."""
        for event in events:
            match event:
                case Asked():
                    self.ask(Asking(event.question, event.to, event.openly, event.alone))
                case Shown():
                    self._shown.add(event.paper)
                case Figure():
                    self._measured.add(event.place)

    def place_of_next(self, question: str) -> int | None:
        """Where the next figure of a question stands; None where there are no more."""
        return next((place for place, _ in self.figures(question) if place not in self._measured), None)

    @property
    def asked(self) -> frozenset[str]:
        """The facts that somebody was asked about."""
        return frozenset(fact for fact, _ in self._asked)

    @property
    def told(self) -> Mapping[str, list[int]]:
        """By fact, the places of the words that came out, in order."""
        return self._told

    @property
    def shown(self) -> frozenset[str]:
        """The papers that were seen."""
        return frozenset(self._shown)


def _ready(one: Told, asking: Asking, again: bool) -> bool:
    match one.when:
        case Release.FIRST:
            return True
        case Release.AGAIN:
            return again
        case Release.OPEN:
            return asking.openly
        case Release.ALONE:
            return asking.alone


def _first_alike(told: tuple[Told, ...], fresh: list[int]) -> int:
    """Of what comes out last, the first not said yet: words that take the same come out as they are written."""
    return next(place for place in fresh if told[place].when is told[fresh[-1]].when)

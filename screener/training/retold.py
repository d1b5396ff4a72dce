"""A kept rehearsal gone through again: what stood on the list from when to when, what was told and answered when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from screener.clock import FixedClock
from screener.forms.evaluation import RuleOutcome
from screener.forms.model import Pack
from screener.language import KEPT, Voice
from screener.screening.change import Change
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.training.kept import Asked, Event, Recorded, Rehearsal, Uncovered, Wrote


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when an item was listed, in seconds; None where it still is. `because`: all that it rested on."""

    begun: float
    ended: float | None
    because: frozenset[str]
    title: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Words of a fact that came out for the first time: `told` is their place, `nth` the how manieth asking it was."""

    event: int
    asked: Asked
    told: int
    nth: int


class Retold:
    """A rehearsal from its beginning to its end. `session` is the screening as it stood then."""

    def __init__(self, rehearsal: Rehearsal, pack: Pack, say: Voice = KEPT) -> None:
        """`say`: in which voice it is told."""
        self.rehearsal, self.pack, self.say = rehearsal, pack, say
        self.session = session_at(rehearsal, pack, -1.0)
        self.spans: dict[str, list[Span]] = {}
        """By rule, in the order of time."""
        self.responded: dict[str, float] = {}
        """When the response to an item was given that stands at the end."""
        self.answered: dict[str, int] = {}
        """By question, the event that first recorded something under it."""
        self.uncovered: list[tuple[int, tuple[str, ...]]] = []
        """What was listed each time that the list was shown after guesses: the event, and the titles."""
        for rule, outcome in self.session.outcomes.items():
            if outcome.outcome == "listed":
                self._begin(rule, outcome, 0.0)
        for place, event in enumerate(rehearsal.events):
            self._take(place, event)

    def _take(self, place: int, event: Event) -> None:
        if isinstance(event, Uncovered):
            listed = [one.title for one in self.session.outcomes.values() if one.outcome == "listed"]
            self.uncovered.append((place, tuple(listed)))
        if not isinstance(event, Recorded):
            return
        step = event.step
        self._note(self.session.follow(step), event.at)
        if step["step"] == "answer" and step["after"] is not None:
            self.answered.setdefault(step["question"], place)
        if step["step"] == "respond":
            self.responded.pop(step["rule"], None)
            if step["after"] is not None:
                self.responded[step["rule"]] = event.at

    def _note(self, change: Change, at: float) -> None:
        for flag in change.flags:
            rule, before, after = flag.after.rule.id, flag.before.outcome, flag.after.outcome
            if after == "listed" and before != "listed":
                self._begin(rule, flag.after, at)
            elif after == "listed":
                self._go_on(rule, flag.after)
            elif before == "listed":
                last = self.spans[rule][-1]
                self.spans[rule][-1] = Span(last.begun, at, last.because, last.title)

    def _begin(self, rule: str, outcome: RuleOutcome, at: float) -> None:
        self.spans.setdefault(rule, []).append(Span(at, None, frozenset(outcome.because), outcome.title))

    def _go_on(self, rule: str, outcome: RuleOutcome) -> None:
        last = self.spans[rule][-1]
        self.spans[rule][-1] = Span(last.begun, None, last.because | set(outcome.because), outcome.title)

    @property
    def observed(self) -> bool:
        """Whether anything was asked of the patient card: elsewhere nobody knows what was asked."""
        return any(isinstance(event, Asked) for event in self.rehearsal.events)

    @property
    def ended(self) -> float:
        """The second at which it ended: the signature, or the last thing that happened before the debrief."""
        if self.rehearsal.signed_at is not None:
            return self.rehearsal.signed_at
        return max((event.at for event in self.rehearsal.events if not isinstance(event, Wrote)), default=0.0)

    def tellings(self) -> Iterator[Telling]:
        """Everything that the patient and others told, each thing once, in the order of the conversation."""
        askings: dict[tuple[str, str], int] = {}
        heard: set[tuple[str, int]] = set()
        for place, event in enumerate(self.rehearsal.events):
            if not isinstance(event, Asked) or not event.fact:
                continue
            nth = askings[event.fact, event.to] = askings.get((event.fact, event.to), 0) + 1
            if event.told is not None and (event.fact, event.told) not in heard:
                heard.add((event.fact, event.told))
                yield Telling(place, event, event.told, nth)

    def clock(self, second: float) -> str:
        """The time of day in the rehearsal, as it ran on without its pauses."""
        return f"{moment_of(self.rehearsal, second):%H:%M}"


def moment_of(rehearsal: Rehearsal, second: float) -> datetime:
    """The moment of a second, on the clock that the scenario begins with."""
    return datetime.fromisoformat(rehearsal.opening["begun_at"]) + timedelta(seconds=second)


def session_at(rehearsal: Rehearsal, pack: Pack, second: float) -> Session:
    """The screening as it stood at a second of the rehearsal: everything recorded until then, that second included.

    WorldError where the content has lost the pathway or a profile of it.
    """
    steps = [event.step for event in rehearsal.events if isinstance(event, Recorded) and event.at <= second]
    clock = FixedClock(moment_of(rehearsal, max(0.0, second)))
    return Session.replay(pack, Opening.from_json(rehearsal.opening), steps, clock)

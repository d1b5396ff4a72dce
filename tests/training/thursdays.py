"""A rehearsal of the scenario of these tests, made as the window makes one: a patient card, a session, events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from screener.clock import FixedClock
from screener.forms.model import Pack
from screener.forms.reading import read_file
from screener.screening.change import Change
from screener.screening.review import response
from screener.screening.session import Session
from screener.training.checking import opening_of
from screener.training.conversation import Asking, Conversation, Said
from screener.training.kept import (
    Asked,
    BrokeIn,
    Event,
    Figure,
    Hinted,
    Predicted,
    Recorded,
    Rehearsal,
    Shown,
    Turned,
    Uncovered,
    Wrote,
)
from screener.training.scenario import PATIENT, Scenario

FILE = Path(__file__).with_name("thursday.yaml")


@cache
def thursday() -> Scenario:
    return Scenario.model_validate(read_file(FILE).data)


@dataclass
class Rehearsing:
    """Does what a trainee does, and keeps it."""

    scenario: Scenario
    pack: Pack
    events: list[Event] = field(default_factory=list)
    second: float = 0.0

    def __post_init__(self) -> None:
        self.opening = opening_of(self.scenario, self.pack)
        self.begun = datetime.fromisoformat(self.opening.begun_at)
        self.clock = FixedClock(self.begun)
        self.session = Session(self.pack, self.opening, self.clock)
        self.conversation = Conversation(self.scenario, lambda _, raw: str(raw))

    def wait(self, seconds: float) -> None:
        self.second += seconds
        self.clock.moment = self.begun + timedelta(seconds=self.second)

    def ask(self, question: str, to: str = PATIENT, *, openly: bool = False, alone: bool = False) -> Said:
        said = self.conversation.ask(Asking(question, to, openly, alone))
        self.events.append(
            Asked(
                at=self.second,
                question=question,
                to=to,
                openly=openly,
                alone=alone,
                words=said.words,
                fact=said.fact,
                told=said.told,
            )
        )
        return said

    def record(self, question: str, raw: Any, **more: Any) -> None:
        self.change(lambda session: session.answer(question, raw, **more))

    def respond(self, rule: str, kind: Any = "reviewed", note: str = "") -> None:
        self.change(lambda session: session.respond({rule: response(session, rule, kind, note=note)}))

    def change(self, deed: Callable[[Session], Change]) -> None:
        """Whatever changes the screening, with its steps as the journal has them."""
        for step in deed(self.session).steps:
            self.events.append(Recorded(at=self.second, step=step.to_json()))

    def measure(self, question: str) -> Any:
        figure = self.conversation.measure(question)
        assert figure is not None
        self.events.append(Figure(at=self.second, place=self.scenario.measured.index(figure)))
        return figure.gives

    def note(self, kind: Callable[..., Event], **more: Any) -> None:
        self.events.append(kind(at=self.second, **more))

    def kept(self, *, signed: bool = False, **more: Any) -> Rehearsal:
        return Rehearsal(
            scenario=self.scenario.id,
            scenario_hash="0" * 64,
            mode="practise",
            begun_at="2026-11-26T14:00:00+00:00",
            opening=self.opening.to_json(),
            events=tuple(self.events),
            signed_at=self.second if signed else None,
            **more,
        )


def an_hour(pack: Pack, *, wrote: str | None = "I was unsure about the bladder.") -> Rehearsal:
    """The rehearsal that the picture of the debrief shows."""
    made = Rehearsing(thursday(), pack)
    made.note(Turned, theme="this-visit")
    said = made.ask("visit.reason", openly=True)
    made.wait(40)
    made.record("visit.reason", said.words)
    made.wait(30)
    made.note(Turned, theme="blood-pressure-and-heart")
    readings: list[Any] = []
    for _ in range(3):
        readings.append(made.measure("bp.readings"))
        made.wait(20)
        made.record("bp.readings", list(readings))
        made.wait(63)
    made.ask("heart.brain_bleed")
    made.wait(10)
    made.record("heart.brain_bleed", "no")
    made.wait(20)
    made.note(Turned, theme="mood")
    made.ask("suicide.cssrs")
    made.wait(60)
    made.note(BrokeIn)
    made.wait(75)
    made.ask("suicide.cssrs", alone=True)
    made.wait(20)
    made.record("suicide.cssrs", {"items": {"1": 1, "2": 1, "3": 1, "4": 0, "5": 0}}, note="alone")
    made.note(Hinted, words="Who else is in the room?")
    made.wait(120)
    made.note(Turned, theme="medicines")
    made.note(Shown, paper="bottle")
    made.ask("medicines.list")
    made.wait(15)
    made.record("medicines.list", [{"name": "clonazepam", "dose": "1 mg", "route": "oral", "use": "current"}])
    made.wait(40)
    made.note(Turned, theme="bladder")
    made.ask("bladder.ketamine_use")
    made.record("bladder.ketamine_use", "repeated_now")
    made.record("bladder.ketamine_days", 1)
    made.ask("bladder.symptoms")
    made.wait(50)
    made.note(Turned, theme="at-home")
    made.ask("home.observer")
    made.wait(30)
    made.record("home.observer", "yes")
    made.record("home.observer_named", "no")
    made.wait(120)
    made.note(Predicted, words="suicide")
    made.note(Predicted, words="pressure too high")
    made.note(Uncovered)
    made.wait(300)
    made.respond("suicide.thoughts", "discussed_with_colleague", "Called the colleague on duty.")
    made.wait(240)
    made.respond("medicines.benzodiazepine_effect")
    if wrote is not None:
        made.note(Wrote, words=wrote)
    return made.kept(signed=True)

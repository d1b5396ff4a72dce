"""A rehearsal of a scenario as it would be kept, with everything said and recorded as its script has it."""

from __future__ import annotations

import json

from screener.screening.session import Session
from screener.training.checking import answered
from screener.training.kept import Asked, BrokeIn, Event, Figure, Recorded, Rehearsal, Shown, Turned
from screener.training.scenario import Scenario
from screener.training.script import Kind, Step, give
from screener.training.staging import script_of
from tests.training.guide import shipped


def rehearsed(scenario: Scenario) -> tuple[Rehearsal, Session]:
    """A whole play of it, kept, and its screening."""
    session = answered(scenario, shipped(), {})
    events: list[Event] = []
    for at, step in enumerate(script_of(scenario, shipped()).steps):
        events += _happens(step, float(at))
        recorded = [made.to_json() for change in give(session, step.records) for made in change.steps]
        events += [Recorded(at=at, step=one) for one in json.loads(json.dumps(recorded))]
    opening = json.loads(json.dumps(session.opening.to_json()))
    kept = Rehearsal(
        scenario=scenario.id,
        scenario_hash="0" * 64,
        mode="play",
        begun_at=session.opening.begun_at,
        opening=opening,
        events=tuple(events),
    )
    return kept, session


def _happens(step: Step, at: float) -> list[Event]:
    match step.kind:
        case Kind.TURN:
            return [Turned(at=at, theme=step.theme)]
        case Kind.SAID:
            question = step.questions[0] if step.questions else ""
            return [Asked(at=at, question=question, to=step.by, words=step.words, fact=step.fact, told=step.told)]
        case Kind.PAPER:
            return [Shown(at=at, paper=step.paper)]
        case Kind.MEASURED if step.place is not None:
            return [Figure(at=at, place=step.place)]
        case Kind.BROKE_IN:
            return [BrokeIn(at=at)]
    return []

"""A rehearsal at its beginning: the screening that is to be recorded in, and what stands in it already."""

from __future__ import annotations

from datetime import datetime

from screener.clock import Clock
from screener.forms.model import Pack
from screener.screening.session import Session
from screener.training.checking import answered, opening_of
from screener.training.kept import Recorded, Rehearsal
from screener.training.library import Entry
from screener.training.rehearsal import fill
from screener.training.scenario import Scenario


def left_to_ask(scenario: Scenario, cut_min: int | None) -> tuple[str, ...]:
    """The facts that there are to ask about, in the order of the story: in a shortened rehearsal some of them."""
    names = [fact.id for fact in scenario.facts]
    if cut_min is None:
        return tuple(names)
    kept = set(scenario.cuts.get(str(cut_min), ()))  # type: ignore[call-overload]
    return tuple(name for name in names if name in kept)


def begin(entry: Entry, pack: Pack, clock: Clock, cut_min: int | None, mode: str = "practise") -> Rehearsal:
    """A rehearsal that begins now. What it was shortened by stands answered in it, as steps of its first moment."""
    scenario = entry.scenario
    assert scenario is not None, "only what can be read is rehearsed"
    opening = opening_of(scenario, pack)
    before = {} if cut_min is None else _before(scenario, pack, cut_min)
    session = answered(scenario, pack, {})
    changes = fill(session, before)
    steps = session.journaled((step for change in changes for step in change.steps), at=opening.begun_at)
    return Rehearsal.model_validate(
        {
            "scenario": scenario.id,
            "scenario_hash": entry.hash,
            "mode": mode,
            "cut_min": cut_min,
            "begun_at": clock.now().isoformat(timespec="seconds"),
            "opening": opening.to_json(),
            "given_before": tuple(before),
            "events": [Recorded(at=0.0, step=step) for step in steps],
        }
    )


def _before(scenario: Scenario, pack: Pack, cut_min: int) -> dict[str, object]:
    """Every true answer that is shown, but those that are left to ask."""
    facts = [fact for fact in scenario.facts if fact.id in left_to_ask(scenario, cut_min)]
    left = {question for fact in facts for question in fact.truth}
    whole = answered(scenario, pack, scenario.truth)
    return {name: raw for name, raw in scenario.truth.items() if name not in left and whole.is_shown(name)}


def gone_on_with(rehearsal: Rehearsal, pack: Pack, clock: Clock) -> Session:
    """The screening of a rehearsal as far as it has come; nothing that was done before is undone by a key."""
    from screener.training.kept import session_of

    session = session_of(rehearsal, pack, clock)
    session.history.done.clear()
    return session


def begun(rehearsal: Rehearsal) -> datetime:
    """The moment in the story at which the visit begins."""
    return datetime.fromisoformat(rehearsal.opening["begun_at"])


def seconds_of(rehearsal: Rehearsal) -> float:
    """How far it has come."""
    return max([rehearsal.signed_at or 0.0, *(event.at for event in rehearsal.events)])

"""What stands beside the rows: items with the author's notes, traps, contradiction, interruption, what to try next."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from screener.forms.words import by_words
from screener.language import kept
from screener.screening.review import standing
from screener.training import sentences
from screener.training.kept import BrokeIn, Recorded, Rehearsal, Shown
from screener.training.parts import Aside, Item
from screener.training.retold import Retold
from screener.training.scenario import Scenario

RESPONSES: Mapping[str, str] = {
    "reviewed": kept("Reviewed"),
    "more_information": kept("More information needed"),
    "discussed_with_patient": kept("Discussed with the patient"),
    "discussed_with_colleague": kept("Discussed with, or referred to, a colleague"),
}
NO_RESPONSE = kept("No response recorded")
LAPSED = kept("given for an earlier state")
NO_CONTRADICTION = kept("Only one side of it was told.")
NOT_MET = kept("It was not met.")
NOT_INTERRUPTED = kept("It did not come.")


def items(scenario: Scenario, retold: Retold) -> tuple[Item, ...]:
    """Every item that was responded to and every one that the author writes about, in the order of the list."""
    notes = {trap.rule: trap.note for trap in scenario.traps} | {item.rule: item.note for item in scenario.expected}
    traps = {trap.rule for trap in scenario.traps}
    wanted = {item.rule for item in scenario.expected} | set(retold.responded)
    return tuple(
        _item(rule, retold, notes.get(rule, ""))
        for rule in retold.session.outcomes
        if rule in wanted and (rule not in traps or rule in retold.responded)
    )


def traps(scenario: Scenario, retold: Retold) -> tuple[Item, ...]:
    """What looks like an item and is none, with the author's note."""
    return tuple(
        _item(trap.rule, retold, trap.note, trap.looks_like)
        for trap in scenario.traps
        if trap.rule in retold.session.outcomes
    )


def _item(rule: str, retold: Retold, note: str, title: str = "") -> Item:
    outcome = retold.session.outcomes[rule]
    spans = retold.spans.get(rule, ())
    last = spans[-1] if spans else None
    listed = None if last is None else retold.clock(last.begun)
    left = None if last is None or last.ended is None else retold.clock(last.ended)
    return Item(
        rule=rule,
        title=title or outcome.title,
        mark=outcome.tier if outcome.outcome == "listed" else "open" if outcome.outcome == "not_established" else "",
        outcome=outcome.outcome,
        did=sentences.did(outcome.outcome, listed, left, retold.say),
        response=_response(rule, retold),
        note=note,
    )


def _response(rule: str, retold: Retold) -> str:
    held = standing(retold.session, rule)
    if held.response is None:
        return retold.say.word(NO_RESPONSE) if retold.session.outcomes[rule].outcome == "listed" else ""
    said = f"{retold.say.word(RESPONSES[held.response.kind])}, {retold.clock(retold.responded[rule])}"
    said += f", {retold.say.word(LAPSED)}" if held.lapsed else ""
    return f"{said}: “{held.response.note}”" if held.response.note else said


def contradiction(scenario: Scenario, retold: Retold) -> Aside:
    """Whether both sides of it were met: two tellings, a telling and a paper, or two accounts that were recorded."""
    fact = next(one for one in scenario.facts if one.id == scenario.contradiction.fact)
    told = [one for one in retold.tellings() if one.asked.fact == fact.id]
    say = retold.say
    moments = [(one.asked.at, say.tr("told by {whom}").format(whom=by_words(one.asked.to, say))) for one in told]
    papers = {paper.id: paper for paper in scenario.papers if set(paper.answers) & set(fact.truth)}
    seen: dict[str, float] = {}
    for event in retold.rehearsal.events:
        if isinstance(event, Shown) and event.paper in papers:
            seen.setdefault(event.paper, event.at)
    moments += [(at, say.tr("read on {title}").format(title=papers[paper].title)) for paper, at in seen.items()]
    accounts = [name for name in fact.truth if _accounts(name, retold) > 1]
    if len(moments) < 2 and not accounts:
        return Aside(scenario.contradiction.words, False, say.word(NO_CONTRADICTION if moments else NOT_MET))
    sides = ", ".join(f"{how} {retold.clock(at)}" for at, how in sorted(moments))
    said = [say.tr("Both sides were met: {sides}.").format(sides=sides)] if len(moments) > 1 else []
    beside = say.tr("Accounts stand side by side under {label}.")
    said += [beside.format(label=retold.session.questions[name].label) for name in accounts]
    return Aside(scenario.contradiction.words, True, " ".join(said))


def _accounts(name: str, retold: Retold) -> int:
    recorded = retold.session.recorded.get(name)
    return 0 if recorded is None else len(recorded.entries)


def interruption(scenario: Scenario, retold: Retold) -> Aside:
    """When it came, and how long it was until something was recorded again."""
    events = retold.rehearsal.events
    place = next((place for place, event in enumerate(events) if isinstance(event, BrokeIn)), None)
    if place is None:
        return Aside(scenario.interruption.words, False, retold.say.word(NOT_INTERRUPTED))
    at = events[place].at
    after = next((event.at for event in events[place:] if isinstance(event, Recorded)), None)
    came = retold.say.tr("It came {at}; nothing was recorded after it.")
    if after is not None:
        came = retold.say.tr("It came {at}; recorded again {length} later.")
    length = "" if after is None else _length(after - at)
    return Aside(scenario.interruption.words, True, came.format(at=retold.clock(at), length=length))


def _length(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


def try_next(scenario: Scenario, rehearsal: Rehearsal) -> str:
    """One of the things to try: another rehearsal may get another one, the same always the same."""
    drawn = hashlib.sha256(f"{rehearsal.scenario}\n{rehearsal.begun_at}".encode()).digest()
    return scenario.next[int.from_bytes(drawn[:4]) % len(scenario.next)]

"""Every statement of a debrief agrees with what its kept JSON says by another way; where one is wrong it is found."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import pytest

from screener.clock import FixedClock
from screener.forms.model import Pack
from screener.screening.change import Change
from screener.screening.session import Session
from screener.training.beginning import begin
from screener.training.checking import read_scenario
from screener.training.debrief import Debrief, debrief, session_at
from screener.training.kept import BrokeIn, Hinted, Predicted, Recorded, Rehearsal, Shown, Turned, Uncovered, Wrote
from screener.training.library import Entry
from screener.training.parts import Effect, Item, Row
from screener.training.rehearsal import fill
from screener.training.scenario import Scenario
from tests.small_pack import PATHWAY, small_pack
from tests.training.by_hand import TAKES, ByHand
from tests.training.guide import FILES, shipped
from tests.training.thursdays import Rehearsing, an_hour, thursday

WALKS, STEPS = range(40), 45
NOW = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)


def story() -> Scenario:
    """Over the small pack: facts of every release, of one question and of several, told rightly and otherwise."""
    reading = {"systolic": 150, "diastolic": 95, "phase": "before"}
    return Scenario.model_validate(
        {
            "id": "small", "title": "Small", "label": "made-up", "level": "easy", "opening_line": "Here I am.",
            "story": "All of it.", "aims": ["Ask."], "stop_word": "Stop", "reference": "MADE-UP-09",
            "visit_date": "2026-11-26", "pathway": PATHWAY, "profiles": ["general", "clinic"],
            "parameters": {"limit": "a"}, "in_room": [{"who": "sister"}],
            "facts": [
                {"id": "attack", "title": "Heart attack", "truth": {"heart.mi": "yes", "heart.mi_on": "2026-11"},
                 "told": [{"words": "No.", "answers": {"heart.mi": "no"}}, {"words": "In November.", "when": "again"}]},
                {"id": "bleed", "title": "Bleed", "truth": {"heart.bleed": {"state": "not_known"}},
                 "told": [{"words": "Nobody said."}, {"words": "She had one.", "by": "sister", "when": "alone",
                                                      "answers": {"heart.bleed": "yes"}}]},
                {"id": "kinds", "title": "Kinds", "truth": {"heart.kinds": ["a"]},
                 "told": [{"words": "One of them.", "when": "open"}]},
                {"id": "breath", "title": "Breath", "truth": {"body.apnoea": "yes", "body.cpap": "no"},
                 "told": [{"words": "I snore.", "answers": {}}, {"words": "I stop.", "when": "alone"}]},
            ],
            "papers": [{"id": "letter", "title": "A letter", "words": "A bleed.", "answers": {"heart.bleed": "yes"}}],
            "measured": [{"minute": m, "question": "heart.pressures", "gives": {**reading, "systolic": 135 + 15 * m},
                          "words": "Hm." if m else ""} for m in range(3)],
            "ordinary": {"body.weight": 110, "body.height": 170},
            "contradiction": {"fact": "bleed", "words": "They do not agree."},
            "interruption": {"minute": 2, "words": "A knock."},
            "expected": [{"rule": "heart.recent", "outcome": "listed", "note": "Recent."},
                         {"rule": "heart.bled", "outcome": "not_established", "note": "Open."}],
            "traps": [{"rule": "heart.any_kind", "looks_like": "A kind", "note": "It is none."}],
            "discussion": [{"ask": "What now?"}], "cuts": {"10": ["bleed", "breath"]},
            "next": ["One.", "Two.", "Three."],
        }
    )  # fmt: skip


@cache
def small() -> Pack:
    return small_pack()


VALUES: dict[str, list[Any]] = {
    "heart.mi": ["yes", "no", {"state": "not_known"}],
    "heart.mi_on": ["2026-11", "2020", {"state": "declined"}],
    "heart.bleed": ["yes", "no", {"state": "not_known"}, {"state": "come_back"}],
    "heart.kinds": [["a"], ["b", "c"], []],
    "heart.pressures": [
        [{"systolic": s, "diastolic": 80, "phase": "before"} for s in figures]
        for figures in ((135,), (135, 150), (135, 150, 165), (120, 118))
    ],
    "body.weight": [110, 60, {"state": "not_known"}],
    "body.height": [170, 150],
    "body.apnoea": ["yes", "no"],
    "body.cpap": ["yes", "no"],
}


def walked(seed: int, *, wrote: bool = True) -> Rehearsal:
    """A rehearsal of a trainee who asks, records, clears, takes back and responds as chance has it."""
    chance = random.Random(seed)
    made = Rehearsing(story(), small())
    cut = chance.random() < 0.25
    if cut:
        for name in ("heart.mi", "heart.mi_on", "heart.kinds"):
            made.record(name, story().truth[name])
    for _ in range(STEPS):
        made.wait(chance.choice([0, 1, 7.5, 40, 130]))
        chance.choices(DEEDS, WEIGHTS)[0](made, chance)
    if wrote:
        made.note(Wrote, words=chance.choice(["", "I was unsure."]))
    before = ("heart.mi", "heart.mi_on", "heart.kinds") if cut else ()
    return made.kept(signed=chance.random() < 0.5, given_before=before, cut_min=10 if cut else None)


def _ask(made: Rehearsing, chance: random.Random) -> None:
    to = chance.choice(["patient", "patient", "sister"])
    openly, alone = chance.random() < 0.3, chance.random() < 0.3
    made.ask(chance.choice(list(VALUES)), to, openly=openly, alone=alone)


def _record(made: Rehearsing, chance: random.Random) -> None:
    name = chance.choice(list(VALUES))
    made.record(name, chance.choice(VALUES[name]), by=chance.choice(["patient", "patient", "sister"]))


def _use(made: Rehearsing, chance: random.Random) -> None:
    several = [name for name, held in made.session.recorded.items() if len(held.entries) > 1]
    if several:
        made.change(lambda session: session.use_account(chance.choice(several), "sister"))


def _clear(made: Rehearsing, chance: random.Random) -> None:
    made.change(lambda session: session.clear(chance.choice(list(VALUES))))


def _undo(made: Rehearsing, chance: random.Random) -> None:
    made.change(chance.choice([Session.undo, Session.redo]))


def _respond(made: Rehearsing, chance: random.Random) -> None:
    rule = chance.choice(list(made.session.outcomes))
    if rule in made.session.responses and chance.random() < 0.4:
        made.change(lambda session: session.respond({rule: None}))
    else:
        made.respond(rule, chance.choice(["reviewed", "more_information"]), chance.choice(["", "Because."]))


def _measure(made: Rehearsing, chance: random.Random) -> None:
    figures = sum(event.kind == "measured" for event in made.events)
    if figures < len(made.scenario.measured):
        made.measure("heart.pressures")
        made.wait(chance.choice([0, 5]))


def _happen(made: Rehearsing, chance: random.Random) -> None:
    match chance.choice(["turned", "turned", "shown", "hinted", "broke in", "predicted", "uncovered", "day"]):
        case "turned":
            made.note(Turned, theme=chance.choice(["heart", "body", "review"]))
        case "shown":
            made.note(Shown, paper="letter")
        case "hinted":
            made.note(Hinted, words="Who is in the room?")
        case "broke in":
            made.note(BrokeIn)
        case "predicted":
            made.note(Predicted, words=f"guess {made.second}")
        case "uncovered":
            made.note(Uncovered)
        case _:
            made.change(lambda session: session.set_visit("visit_date", chance.choice(["2026-11-26", "2027-01-30"])))


DEEDS: list[Callable[[Rehearsing, random.Random], None]] = [
    _ask, _record, _use, _clear, _undo, _respond, _measure, _happen,
]  # fmt: skip
WEIGHTS = [30, 30, 3, 5, 5, 8, 6, 20]


# What a debrief says, held against what follows from the file


def differences(found: Debrief, rehearsal: Rehearsal, scenario: Scenario, pack: Pack) -> list[str]:
    """Everything that a debrief says and the file does not, or the other way round."""
    hand = ByHand(rehearsal.model_dump(mode="json"), scenario.model_dump(mode="json"), pack)
    checks = (_rows, _listed, _untold, _items, _asides, _time, _guessed, _key)
    return [f"{check.__name__}: {said}" for check in checks for said in check(found, hand)]


def _rows(found: Debrief, hand: ByHand) -> Iterator[str]:
    told: dict[str, list[tuple[int, Any, str]]] = {}
    for place, event, how in hand.heard():
        told.setdefault(event["fact"], []).append((place, event, how))
    facts = {fact["id"]: fact for fact in hand.left_to_ask()}
    if facts.keys() - {row.subject for row in found.rows}:
        yield "a fact has no row"
    places = [row.event for row in found.rows]
    if places != sorted(places, key=lambda place: (place is None, place or 0)):
        yield "not in the order of the conversation"
    for row in found.rows:
        if row.subject in facts:
            yield from _fact(row, facts[row.subject], told.get(row.subject, []), hand)
        if row.event is not None and row.second != hand.kept["events"][row.event]["at"]:
            yield f"{row.subject}: not at that second"
        for part in row.parts:
            words = hand.recorded_words(part.question)
            if part.recorded not in ([words] if words else ["Not recorded", "Not shown"]):
                yield f"{row.subject}: {part.recorded} was not recorded, {words} was"
            true = hand.true(part.question)
            given = hand.answers.get(part.question)
            same = given is not None and true is not None and (given.state, given.value) == (true.state, true.value)
            if part.same != same:
                yield f"{row.subject}: {part.question} is wrongly said to be as in the story, or not"
    spoken = {name for fact in hand.scenario["facts"] for name in fact["truth"]} | {"heart.pressures", "bp.readings"}
    others = {
        name
        for name, given in hand.answers.items()
        if name not in spoken
        and (true := hand.true(name)) is not None
        and (given.state, given.value) != (true.state, true.value)
    }
    if others - {row.subject for row in found.rows}:
        yield "an answer that is not the story's has no row"


def _fact(row: Row, fact: Any, told: list[tuple[int, Any, str]], hand: ByHand) -> Iterator[str]:
    observed = bool(hand.events("asked"))
    if told:
        place, event, how = told[-1]
        if (row.event, row.words, row.how) != (place, event["words"], how):
            yield f"{row.subject}: {row.words!r} {row.how}, but {event['words']!r} {how}"
        if row.earlier != tuple(f"“{one['words']}” {how}" for _, one, how in told[:-1]):
            yield f"{row.subject}: something else was told before"
        return
    firsts = [
        place
        for place, event in enumerate(hand.kept["events"])
        if event["kind"] == "recorded"
        and event["step"]["step"] == "answer"
        and event["step"]["question"] in fact["truth"]
        and event["step"]["after"] is not None
    ]
    if (row.words, row.how, row.event) != ("", "not told" if observed else "", min(firsts, default=None)):
        yield f"{row.subject}: nothing of it was told"


def _listed(found: Debrief, hand: ByHand) -> Iterator[str]:
    for row in found.rows:
        names = {part.question for part in row.parts}
        truth = hand.instead(names)
        said = {effect.rule: effect for effect in row.effects}
        for rule, effect in said.items():
            yield from (f"{row.subject}, {rule}: {wrong}" for wrong in _effect(effect, truth, hand))
        for rule, end in hand.end.items():
            gone = end.outcome == "listed" and hand.ever_because(rule, names)
            other = "listed" in (end.outcome, truth[rule].outcome) and end.outcome != truth[rule].outcome
            if (gone or other) and rule not in said:
                yield f"{row.subject}: nothing is said of {rule}"
    wanted = {
        (row.title, effect.rule)
        for row in found.rows
        for effect in row.effects
        if effect.end != effect.truth and "listed" in (effect.end, effect.truth)
    }
    if wanted != {(one.about, one.rule) for one in found.otherwise}:
        yield "what another answer would have listed is not what the rows say"


def _effect(effect: Effect, truth: Any, hand: ByHand) -> Iterator[str]:
    begun, ended = hand.listed(effect.rule)
    outcome = hand.end[effect.rule].outcome
    if (effect.end, effect.truth) != (outcome, truth[effect.rule].outcome):
        yield f"{outcome} and {truth[effect.rule].outcome}, not {effect.end} and {effect.truth}"
    if (effect.listed_at, effect.left_at) != (begun, ended):
        yield f"listed {begun} to {ended}, not {effect.listed_at} to {effect.left_at}"
    if effect.responded_at != hand.responded.get(effect.rule):
        yield "no such response"
    begins = {"listed": "Listed", "not_established": "Not established", "not_listed": "Not listed"}[outcome]
    begins = "Listed" if ended is not None else begins
    if not effect.text.startswith(begins):
        yield f"{effect.text!r} does not begin with {begins}"
    answered = hand.responded.get(effect.rule) if outcome == "listed" else None
    for at, said in ((begun, "Listed {}"), (ended, "left the list {}"), (answered, "response {}")):
        if at is not None and said.format(hand.clock(at)) not in effect.text:
            yield f"{effect.text!r} lacks a time"
    if outcome == "listed" and answered is None and "no response recorded" not in effect.text:
        yield f"{effect.text!r} speaks of a response"
    differ = {"listed": "it is listed", "not_established": "it is not established", "not_listed": "it is not listed"}
    with_truth = differ[truth[effect.rule].outcome]
    if (outcome != truth[effect.rule].outcome) and not effect.text.count(f" {with_truth}"):
        yield f"{effect.text!r} does not say that with the story’s answer {with_truth}"


def _untold(found: Debrief, hand: ByHand) -> Iterator[str]:
    wanted = []
    last: dict[tuple[str, str], int] = {}
    for _, event, _ in hand.heard():
        last[event["fact"], event["to"]] = max(last.get((event["fact"], event["to"]), -1), event["told"])
    for fact in hand.left_to_ask():
        for place, told in enumerate(fact["told"]):
            if place > last.get((fact["id"], told["by"]), -1):
                wanted.append((fact["title"], told["words"], TAKES[told["when"]]))
    seen = {event["paper"] for event in hand.events("shown")}
    wanted += [
        (paper["title"], paper["words"], "asked for") for paper in hand.scenario["papers"] if paper["id"] not in seen
    ]
    wanted = wanted if hand.events("asked") else []
    got = [(one.title, one.words) for one in found.never_told]
    if got != [entry[:2] for entry in wanted]:
        yield f"{got} never came out, but {wanted}"
    elif any(takes not in one.takes for one, (_, _, takes) in zip(found.never_told, wanted, strict=True)):
        yield "it would have taken something else"


def _items(found: Debrief, hand: ByHand) -> Iterator[str]:
    expected = {item["rule"]: item["note"] for item in hand.scenario["expected"]}
    traps = {trap["rule"]: trap["note"] for trap in hand.scenario["traps"]}
    if {item.rule for item in found.items} != set(expected) | set(hand.responded):
        yield "other items were responded to or are written about"
    if [item.rule for item in found.traps] != list(traps):
        yield "other traps"
    for item in (*found.items, *found.traps):
        if item.note != expected.get(item.rule, traps.get(item.rule, "")):
            yield f"{item.rule}: not the author’s note"
        yield from _item(item, hand)


def _item(item: Item, hand: ByHand) -> Iterator[str]:
    begun, ended = hand.listed(item.rule)
    end = hand.end[item.rule].outcome
    words = {"listed": "Listed", "not_established": "Not established", "not_listed": "Not listed"}[end]
    did = [f"Listed {hand.clock(begun)}"] if begun is not None else [words]
    did += [f"left the list {hand.clock(ended)}"] if ended is not None else []
    if item.outcome != end or item.did != ", ".join(did):
        yield f"{item.rule}: {item.did}, but {did}"
    at, given = hand.responded.get(item.rule), hand.responses.get(item.rule) or {}
    if at is None and "recorded" not in item.response and item.response:
        yield f"{item.rule}: {item.response}, but there was none"
    if at is not None and (hand.clock(at) not in item.response or given["note"] not in item.response):
        yield f"{item.rule}: {item.response} is not what was responded"


def _asides(found: Debrief, hand: ByHand) -> Iterator[str]:
    assert found.contradiction is not None
    assert found.interruption is not None
    fact = next(one for one in hand.scenario["facts"] if one["id"] == hand.scenario["contradiction"]["fact"])
    sides = sum(event["fact"] == fact["id"] for _, event, _ in hand.heard())
    papers = [paper["id"] for paper in hand.scenario["papers"] if set(paper["answers"]) & set(fact["truth"])]
    sides += len({event["paper"] for event in hand.events("shown")} & set(papers))
    several = any(name in hand.answers and len(hand.answers[name].accounts) > 1 for name in fact["truth"])
    if found.contradiction.met != (sides > 1 or several):
        yield "the contradiction was met, or was not"
    broke = hand.events("broke in")
    if found.interruption.met != bool(broke):
        yield "it was interrupted, or was not"
    if broke and hand.clock(broke[0]["at"]) not in found.interruption.text:
        yield "the interruption came at another time"


def _time(found: Debrief, hand: ByHand) -> Iterator[str]:
    times = {theme: round(seconds) for theme, seconds in hand.times().items()}
    if {one.theme: one.seconds for one in found.times} != times:
        yield f"the time went elsewhere: {times}"
    told = [event["at"] for event in hand.events("asked", "shown", "measured", "hinted", "broke in", "paused")]
    if [moment.second for moment in found.timeline] != told:
        yield "the timeline lacks something"
    if any(moment.clock != hand.clock(moment.second) for moment in found.timeline):
        yield "a moment has another time"


def _guessed(found: Debrief, hand: ByHand) -> Iterator[str]:
    if [guess for one in found.guesses for guess in one.guesses] != [e["words"] for e in hand.events("predicted")]:
        yield "other guesses"
    wanted: list[tuple[str, set[str]]] = []
    waiting, recorded = False, 0
    for event in hand.kept["events"]:
        recorded += event["kind"] == "recorded"
        if event["kind"] == "uncovered" and waiting:
            wanted.append((hand.clock(event["at"]), _titles(hand, recorded)))
        waiting = event["kind"] == "predicted" or (waiting and event["kind"] != "uncovered")
    wanted += [("", _titles(hand, recorded))] * waiting
    if [(one.at, set(one.listed)) for one in found.guesses] != wanted:
        yield "something else was listed when the list was shown"


def _titles(hand: ByHand, recorded: int) -> set[str]:
    """What was listed after so many recorded steps."""
    return {one.title for one in hand.moments[recorded][1].values() if one.outcome == "listed"}


def _key(found: Debrief, hand: ByHand) -> Iterator[str]:
    texts = [event["words"] for event in hand.events("wrote") if event["words"]]
    if found.wrote != ("\n".join(texts) if hand.events("wrote") else None):
        yield "something else was written"
    if found.discussion != tuple(one["ask"] for one in hand.scenario["discussion"]):
        yield "other questions"
    if found.try_next not in hand.scenario["next"]:
        yield "nothing of the scenario to try"


@pytest.mark.parametrize("seed", WALKS)
def test_a_debrief_says_what_its_file_says(seed: int) -> None:
    kept = walked(seed)
    found = debrief(story(), Rehearsal.model_validate_json(kept.model_dump_json()), small())
    assert differences(found, kept, story(), small()) == []


def test_that_of_the_shipped_content_too() -> None:
    kept = an_hour(shipped())
    assert differences(debrief(thursday(), kept, shipped()), kept, thursday(), shipped()) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("cut", [None, 10])
def test_that_of_every_scenario_too(file: Path, cut: Literal[10] | None) -> None:
    scenario, findings, _ = read_scenario(file)
    assert scenario is not None, findings
    kept = asked_around(scenario, cut)
    found = debrief(scenario, Rehearsal.model_validate_json(kept.model_dump_json()), shipped())
    assert differences(found, kept, scenario, shipped()) == []
    assert found.rows
    assert any(row.effects for row in found.rows) or not scenario.expected


def asked_around(scenario: Scenario, cut: Literal[10] | None) -> Rehearsal:
    """Each fact is asked about once or twice, what was told is recorded as it was told, and some of it is left out."""
    chance = random.Random(f"{scenario.id} {cut}")
    begun = begin(Entry(FILES[0], scenario, (), False, ""), shipped(), FixedClock(NOW), cut)
    made = Rehearsing(scenario, shipped(), list(begun.events))
    for event in begun.events:
        assert isinstance(event, Recorded)
        made.session.follow(event.step)
    left = [fact for fact in scenario.facts if cut is None or fact.id in scenario.cuts["10"]]
    for fact in left:
        made.wait(chance.choice([20, 95, 240]))
        name = chance.choice([name for name in fact.truth if name in made.session.questions])
        made.note(Turned, theme=shipped().theme_of[name].id)
        by = chance.choice(fact.told).by
        for _ in range(chance.choice([1, 1, 2, 3])):
            said = made.ask(name, by, openly=chance.random() < 0.5, alone=chance.random() < 0.5)
            for question, raw in said.answers.items():
                if chance.random() < 0.8 and question in made.session.questions:
                    made.change(partial(_told, question, raw))
    for paper in scenario.papers[::2]:
        made.note(Shown, paper=paper.id)
    listed = [rule for rule, outcome in made.session.outcomes.items() if outcome.outcome == "listed"]
    for rule in listed[::2]:
        made.wait(11)
        made.respond(rule)
    made.note(Wrote, words="")
    return made.kept(signed=True, cut_min=cut, given_before=begun.given_before)


def _told(question: str, raw: Any, session: Session) -> Change:
    """What was told, as it is told: one account, or each of several."""
    steps = [step for change in fill(session, {question: raw}) for step in change.steps]
    return Change(tuple(steps), (), (), (), session.progress())


@pytest.mark.parametrize("seed", WALKS[::4])
def test_a_replay_begins_with_what_stood_at_that_second(seed: int) -> None:
    kept = walked(seed)
    hand = ByHand(kept.model_dump(mode="json"), story().model_dump(mode="json"), small())
    for second in (0.0, 61.5, 400.0, 1e6):
        session = session_at(kept, small(), second)
        wanted = hand.answers_at(second)
        assert {name: (g.state, g.value, g.used) for name, g in session.answers.items()} == {
            name: (g.state, g.value, g.used) for name, g in wanted.items()
        }


def _row(found: Debrief, subject: str, **changed: Any) -> Debrief:
    return replace(found, rows=tuple(replace(r, **changed) if r.subject == subject else r for r in found.rows))


def _an_effect(found: Debrief, subject: str, rule: str, **changed: Any) -> Debrief:
    row = next(row for row in found.rows if row.subject == subject)
    assert any(effect.rule == rule for effect in row.effects)
    return _row(found, subject, effects=tuple(replace(e, **changed) if e.rule == rule else e for e in row.effects))


def _a_part(found: Debrief, subject: str, **changed: Any) -> Debrief:
    row = next(row for row in found.rows if row.subject == subject)
    return _row(found, subject, parts=(replace(row.parts[0], **changed), *row.parts[1:]))


FAULTS: dict[str, Callable[[Debrief], Debrief]] = {
    "told another time": lambda d: _row(d, "thoughts", how="told the first time, alone"),
    "not told alone": lambda d: _row(d, "thoughts", how="told the second time"),
    "other words": lambda d: _row(d, "bladder", words="A dozen times a day. Since March."),
    "nothing told before": lambda d: _row(d, "thoughts", earlier=()),
    "another moment": lambda d: _row(d, "bleed", second=300.0),
    "another event": lambda d: _row(d, "bleed", event=3),
    "recorded after all": lambda d: _a_part(d, "bladder", recorded="no"),
    "not recorded": lambda d: _a_part(d, "bleed", recorded="Not recorded"),
    "as in the story": lambda d: _a_part(d, "bleed", same=True),
    "listed earlier": lambda d: _an_effect(d, "thoughts", "suicide.thoughts", listed_at=100.0),
    "listed at another time": lambda d: _an_effect(
        d, "thoughts", "suicide.thoughts", text="Listed 09:39, response 09:49."
    ),
    "response earlier": lambda d: _an_effect(d, "thoughts", "suicide.thoughts", text="Listed 09:38, response 09:40."),
    "no response": lambda d: _an_effect(
        d, "thoughts", "suicide.thoughts", text="Listed 09:38, no response recorded.", responded_at=None
    ),
    "not listed with the story": lambda d: _an_effect(d, "bladder", "bladder.symptoms_ketamine", truth="not_listed"),
    "listed, not open": lambda d: _an_effect(d, "bladder", "bladder.symptoms_ketamine", end="listed"),
    "nothing of the story": lambda d: _an_effect(
        d, "bladder", "bladder.symptoms_ketamine", text="Not established."
    ),
    "an item left out": lambda d: _row(d, "observer", effects=()),
    "a row left out": lambda d: replace(d, rows=d.rows[1:]),
    "rows in another order": lambda d: replace(d, rows=d.rows[::-1]),
    "told after all": lambda d: replace(d, never_told=d.never_told[1:]),
    "takes something else": lambda d: replace(
        d, never_told=tuple(replace(one, takes="is told when it is asked alone") for one in d.never_told)
    ),
    "another note": lambda d: replace(d, items=tuple(replace(one, note="Fine.") for one in d.items)),
    "an item never answered": lambda d: replace(
        d, items=tuple(replace(one, response="No response recorded") for one in d.items)
    ),
    "a trap on the list": lambda d: replace(d, traps=tuple(replace(one, did="Listed 09:40") for one in d.traps)),
    "a contradiction met": lambda d: replace(d, contradiction=replace(d.contradiction, met=True)),  # type: ignore[type-var]
    "no interruption": lambda d: replace(d, interruption=replace(d.interruption, met=False)),  # type: ignore[type-var]
    "less time": lambda d: replace(d, times=(replace(d.times[0], seconds=60), *d.times[1:])),
    "a moment left out": lambda d: replace(d, timeline=d.timeline[:-1]),
    "a moment at another time": lambda d: replace(d, timeline=tuple(replace(m, clock="10:00") for m in d.timeline)),
    "a better guess": lambda d: replace(d, guesses=(replace(d.guesses[0], guesses=("bladder",)),)),
    "something else listed then": lambda d: replace(d, guesses=(replace(d.guesses[0], listed=("Bladder",)),)),
    "other words written": lambda d: replace(d, wrote="I was sure."),
    "another answer would have listed nothing": lambda d: replace(d, otherwise=()),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_statement_is_found(fault: str) -> None:
    kept = an_hour(shipped())
    wrong = FAULTS[fault](debrief(thursday(), kept, shipped()))
    assert differences(wrong, kept, thursday(), shipped()) != []

"""The rows of a debrief in the order of the conversation, and what the patient never had a chance to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.rules.values import Kind
from screener.training import sentences
from screener.training.effects import Compared
from screener.training.kept import Figure, Shown
from screener.training.parts import Otherwise, Row, Untold
from screener.training.retold import Retold, Telling
from screener.training.scenario import Fact, Scenario


def rows(scenario: Scenario, retold: Retold, compared: Compared) -> tuple[Row, ...]:
    """Each fact that was left to ask, each thing measured, and each other answer that the story has otherwise.

    In the order of the conversation; what was neither told nor recorded comes last, in the order of the story.
    """
    told: dict[str, list[Telling]] = {}
    for one in retold.tellings():
        told.setdefault(one.asked.fact, []).append(one)
    made = [
        *(_fact_row(fact, told.get(fact.id, []), retold, compared) for fact in left_to_ask(scenario, retold)),
        *_measured_rows(scenario, retold, compared),
        *_other_rows(scenario, retold, compared),
    ]
    return tuple(sorted(made, key=lambda row: (row.event is None, row.event or 0)))


def left_to_ask(scenario: Scenario, retold: Retold) -> list[Fact]:
    """The facts that were not answered before it began."""
    cut = str(retold.rehearsal.cut_min)
    names = next((facts for minutes, facts in scenario.cuts.items() if minutes == cut), None)
    return [fact for fact in scenario.facts if names is None or fact.id in names]


def _fact_row(fact: Fact, told: Sequence[Telling], retold: Retold, compared: Compared) -> Row:
    names = [name for name in fact.truth if name in retold.session.questions]
    last = told[-1] if told else None
    say = retold.say
    silent = say.word(sentences.NOT_TOLD) if retold.observed else ""
    event = _recorded_first(names, retold) if last is None else last.event
    return Row(
        subject=fact.id,
        title=fact.title,
        words="" if last is None else last.asked.words,
        how=silent if last is None else sentences.how_told(last.asked, last.nth, say),
        earlier=tuple(f"“{one.asked.words}” {sentences.how_told(one.asked, one.nth, say)}" for one in told[:-1]),
        parts=tuple(compared.part(name) for name in names),
        effects=compared.effects(names),
        remarks=tuple(mean for name in names for mean in compared.means(name)),
        note=fact.note,
        event=event,
        second=_second(event, retold),
    )


def _measured_rows(scenario: Scenario, retold: Retold, compared: Compared) -> Iterator[Row]:
    before = set(retold.rehearsal.given_before)
    for name in dict.fromkeys(figure.question for figure in scenario.measured):
        if name in before or name not in retold.session.questions:
            continue
        taken = [
            (place, event)
            for place, event in enumerate(retold.rehearsal.events)
            if isinstance(event, Figure) and scenario.measured[event.place].question == name
        ]
        words = [scenario.measured[event.place].words for _, event in taken]
        times = ", ".join(retold.clock(event.at) for _, event in taken)
        first = taken[0][0] if taken else _recorded_first([name], retold)
        yield Row(
            subject=name,
            title=retold.session.questions[name].label,
            words=" ".join(word for word in words if word),
            how=_measured(times, retold),
            earlier=(),
            parts=(compared.part(name),),
            effects=compared.effects([name]),
            remarks=tuple(compared.means(name)),
            note="",
            event=first,
            second=_second(first, retold),
        )


def _measured(times: str, retold: Retold) -> str:
    if times:
        return retold.say.tr("measured {times}").format(times=times)
    return retold.say.tr("not measured") if retold.observed else ""


def _other_rows(scenario: Scenario, retold: Retold, compared: Compared) -> Iterator[Row]:
    """Answers that no fact and no figure speaks of, recorded otherwise than they are true."""
    spoken = {name for fact in scenario.facts for name in fact.truth} | {one.question for one in scenario.measured}
    for name, question in retold.session.questions.items():
        if name in spoken or question.kind is Kind.DERIVED or not compared.differs(name):
            continue
        event = _recorded_first([name], retold)
        yield Row(
            subject=name,
            title=question.label,
            words="",
            how="",
            earlier=(),
            parts=(compared.part(name),),
            effects=compared.effects([name]),
            remarks=tuple(compared.means(name)),
            note="",
            event=event,
            second=_second(event, retold),
        )


def _recorded_first(names: Sequence[str], retold: Retold) -> int | None:
    return min((retold.answered[name] for name in names if name in retold.answered), default=None)


def _second(event: int | None, retold: Retold) -> float | None:
    return None if event is None else retold.rehearsal.events[event].at


def never_told(scenario: Scenario, retold: Retold) -> tuple[Untold, ...]:
    """Words that never came out and papers that nobody saw. Nothing where asking was not observed.

    Words that further words of the same person came after were not needed any more.
    """
    if not retold.observed:
        return ()
    furthest: dict[tuple[str, str], int] = {}
    for one in retold.tellings():
        key = (one.asked.fact, one.asked.to)
        furthest[key] = max(furthest.get(key, -1), one.told)
    left = left_to_ask(scenario, retold)
    words = [
        Untold(fact.title, told.words, sentences.takes(told, retold.say))
        for fact in left
        for place, told in enumerate(fact.told)
        if place > furthest.get((fact.id, told.by), -1)
    ]
    seen = {event.paper for event in retold.rehearsal.events if isinstance(event, Shown)}
    on_request = retold.say.word(sentences.ON_REQUEST)
    papers = [Untold(paper.title, paper.words, on_request) for paper in scenario.papers if paper.id not in seen]
    return (*words, *papers)


def otherwise(made: Sequence[Row]) -> tuple[Otherwise, ...]:
    """What the story's answers would have put on the list, or kept from it, one fact at a time."""
    return tuple(
        Otherwise(row.title, effect.rule, effect.title, effect.end, effect.truth, effect.text)
        for row in made
        for effect in row.effects
        if "listed" in (effect.end, effect.truth) and effect.end != effect.truth
    )

"""How a rehearsal went in time: how long each theme was open, and what was asked in which order."""

from __future__ import annotations

from collections.abc import Iterator

from screener.forms.words import by_words
from screener.training.kept import Asked, BrokeIn, Figure, Hinted, Paused, Shown, Turned, Wrote
from screener.training.parts import Moment, ThemeTime
from screener.training.retold import Retold
from screener.training.scenario import PATIENT, Scenario


def times(retold: Retold) -> tuple[ThemeTime, ...]:
    """How long each theme was open, in the order in which they were opened first."""
    spent: dict[str, float] = {}
    turned = [event for event in retold.rehearsal.events if isinstance(event, Turned)]
    for place, event in enumerate(turned):
        until = turned[place + 1].at if place + 1 < len(turned) else max(retold.ended, event.at)
        spent[event.theme] = spent.get(event.theme, 0.0) + until - event.at
    titles = {theme.id: theme.title for theme in retold.pack.themes}
    return tuple(
        ThemeTime(theme, titles.get(theme, theme.capitalize()), round(seconds)) for theme, seconds in spent.items()
    )


def timeline(retold: Retold, scenario: Scenario) -> tuple[Moment, ...]:
    """What was asked, shown and measured, and what broke in, in order."""
    found = []
    events = retold.rehearsal.events
    last = max((place for place, event in enumerate(events) if not isinstance(event, Paused | Wrote)), default=-1)
    for place, event in enumerate(events):
        for kind, words in _words(event, retold, scenario, gone_on=place < last):
            found.append(Moment(place, event.at, retold.clock(event.at), kind, words))
    return tuple(found)


def _words(event: object, retold: Retold, scenario: Scenario, *, gone_on: bool) -> Iterator[tuple[str, str]]:
    """`gone_on`: something was done after it."""
    say = retold.say
    match event:
        case Asked():
            yield "asked", _asked(event, retold)
        case Shown():
            titles = {paper.id: paper.title for paper in scenario.papers}
            yield "shown", say.tr("Seen: {title}").format(title=titles.get(event.paper, event.paper))
        case Figure():
            label = _label(scenario.measured[event.place].question, retold)
            yield "measured", say.tr("Measured: {title}").format(title=label)
        case Hinted():
            yield "hint", say.tr("A hint: {words}").format(words=event.words)
        case BrokeIn():
            yield "broke in", scenario.interruption.words
        case Paused():
            yield "paused", say.tr("Put aside, and gone on with later") if gone_on else say.tr("Ended here")


def _asked(event: Asked, retold: Retold) -> str:
    say = retold.say
    how = [say.tr("in open words")] * event.openly + [say.tr("alone")] * event.alone
    how += [say.tr("to {whom}").format(whom=by_words(event.to, say))] * (event.to != PATIENT)
    return ", ".join([say.tr("Asked: {label}").format(label=_label(event.question, retold)), *how])


def _label(name: str, retold: Retold) -> str:
    question = retold.pack.questions.get(name)
    return name if question is None else question.label

"""Figures of a reference over time: pressure and pulse by phase, weight, scores. Only what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from screener.forms.answering import Given, NotAnAnswer
from screener.forms.evaluation import RuleSet
from screener.forms.figures_read import Figure, FiguresRead
from screener.forms.limits import PRESSURE, PULSE, Limit, Limits
from screener.forms.model import Pack, Question, Rule
from screener.forms.words import PHASE_WORDS, STATE_WORDS, answer_words, interval_words
from screener.language import WINDOW, tr
from screener.records.shown import answer_shown
from screener.records.sitting import Sitting, in_order, last_of_each, questions_of
from screener.rules.values import InstrumentResult, Interval, Kind, Reading, Readings, State
from screener.rules.words import figure_words, part_words, unit_words
from screener.screening.answers import Recorded

WEIGHT = "body.weight"
PULSE_UNIT = "/min"


@dataclass(frozen=True, slots=True)
class Point:
    """One figure at one visit. `low` and `high` are equal where it is known exactly; in the unit of its trend.

    `place` numbers the figures of one visit in the order they were taken, so that they can stand beside each other.
    """

    day: date
    place: int
    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one figure in order of time: systolic, diastolic, weight, one score."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a rule of the latest visit compares with, and whose it is. In the unit of its trend."""

    figure: Fraction
    of: str
    """Which series it speaks of."""
    comparison: str
    """`above`, `at least`, `below`, `at most`."""
    whose: str
    short: str
    """The same in a few words, for beside the line."""

    @property
    def words(self) -> str:
        return f"{WINDOW.word(self.comparison)} {figure_words(_decimal(self.figure))}: {self.whose}"


@dataclass(frozen=True, slots=True)
class Trend:
    """One chart with its table. `rows` say everything that was recorded, also what cannot be drawn.

    Every row has a cell for each of `header`: day of the visit, time or record, then one for each series.
    """

    figure: Figure
    title: str
    unit: str
    """In words, for the axis; empty for a score."""
    series: tuple[Series, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...] = ()

    @property
    def id(self) -> str:
        """What it is told apart by: its question, of readings with the phase, and `pulse` where it is of that."""
        at = f":{self.figure.phase or ''}" if self.figure.parts else ""
        return self.figure.question + at + (":pulse" if self.figure.parts == PULSE else "")

    @property
    def days(self) -> tuple[date, ...]:
        """The days with a point, in order."""
        return tuple(sorted({point.day for series in self.series for point in series.points}))


def trends(sittings: Iterable[Sitting], pack: Pack) -> tuple[Trend, ...]:
    """Pressure first, then pulse, by phase as readings are taken; then weight, then instruments in form order.

    Figures are read by today's questions, and only where they read in the words of the record; what reads otherwise is
    a row of the table and is not drawn. Of a screening that was signed in parts the last part is taken. An answer that
    was hidden by another is left out.
    """
    held = last_of_each(in_order(sittings))
    if not held:
        return ()
    return tuple(_trends([q for theme in pack.themes for q in theme.questions], held, _Lines(_limits(held[-1], pack))))


def trends_behind(rule_id: str, rules: RuleSet, sittings: Iterable[Sitting]) -> tuple[Trend, ...]:
    """The same of the figures that one rule depends on, where any was recorded; the lines are that rule's alone."""
    read = FiguresRead(rules, rule_id)
    asked = [rules.pack.questions[question_id] for question_id in read.questions]
    lines = _Lines(Limits(rules.pack, [rules.rules[rule_id]], rules.parameters))
    found = _trends(asked, last_of_each(in_order(sittings)), lines)
    return tuple(trend for trend in found if trend.days and read.reads(trend.figure))


def _trends(asked: Sequence[Question], held: Sequence[Sitting], lines: _Lines) -> Iterator[Trend]:
    for question in (q for q in asked if q.kind is Kind.READINGS):
        told = _told(question, held)
        yield from _readings(question, told, lines, tr("Pressure"), PRESSURE, unit_words(question.unit, say=WINDOW))
        if "pulse" in question.parts:
            yield from _readings(question, told, lines, tr("Pulse"), PULSE, unit_words(PULSE_UNIT, say=WINDOW))
    for question in (q for q in asked if q.id == WEIGHT):
        yield from _weight(question, _told(question, held), lines)
    for question in (q for q in asked if q.kind is Kind.INSTRUMENT):
        yield from _scores(question, _told(question, held), lines)


# What was recorded


@dataclass(frozen=True, slots=True)
class _Told:
    """What one visit holds under a question: as today's question reads it, or in the record's words only."""

    sitting: Sitting
    given: Given | None
    words: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.sitting.visit_date)


def _told(question: Question, sittings: Sequence[Sitting]) -> list[_Told]:
    found = []
    for sitting in sittings:
        for _, entry in questions_of(sitting.content):
            if entry["id"] == question.id and entry["recorded"] and entry["hidden_because"] is None:
                found.append(_Told(sitting, _as_recorded(question, entry), _in_words(entry)))
    return found


def _in_words(entry: Any) -> str:
    said = answer_shown(entry)
    return f"{said} ({WINDOW.word(STATE_WORDS[State.DIFFERING])})" if entry["state"] == State.DIFFERING else said


def _as_recorded(question: Question, entry: Any) -> Given | None:
    """The answer, where today's question reads it in the words of the record."""
    try:
        given = Recorded.from_json(question, entry["recorded"]).given
    except NotAnAnswer:
        return None
    return given if answer_words(question, given) == entry["words"] else None


def _value(told: _Told) -> Any:
    return None if told.given is None or told.given.state is not State.ANSWERED else told.given.value


def _in_table(words: str, series: int) -> tuple[str, ...]:
    """What is said in place of figures: once, in the first of their columns."""
    return (words, *[""] * (series - 1))


# Readings


def _readings(
    question: Question, told: list[_Told], lines: _Lines, name: str, parts: Sequence[str], unit: str
) -> Iterator[Trend]:
    """One trend of these parts for each phase: readings as they were taken, none averaged."""
    taken = [(one, value) for one in told if isinstance(value := _value(one), Readings)]
    for phase in dict.fromkeys([*PHASE_WORDS, None]):
        here = [(one, place, reading) for one, value in taken for place, reading in _in_phase(value, phase)]
        if parts != PRESSURE and all(getattr(reading, part) is None for _, _, reading in here for part in parts):
            continue  # it was taken in no reading of this phase
        rows = [
            (one.sitting.day, _time(reading), *(_figure(reading, part) for part in parts)) for one, _, reading in here
        ]
        if phase is None and parts == PRESSURE:
            rows += [
                (one.sitting.day, one.sitting.how, *_in_table(one.words, len(parts)))
                for one in told
                if not isinstance(value := _value(one), Readings) or not value.items
            ]
        if rows:
            yield Trend(
                figure=Figure(question.id, phase, tuple(parts)),
                title=f"{name}, {tr('phase not named') if phase is None else WINDOW.word(PHASE_WORDS[phase])}",
                unit=unit,
                series=tuple(Series(_part(part), _points(here, part)) for part in parts),
                header=(tr("Visit"), tr("Time"), *map(_part, parts)),
                rows=tuple(rows),
                lines=lines.of_readings(question.id, phase, parts),
            )


def _in_phase(value: Readings, phase: str | None) -> Iterator[tuple[int, Reading]]:
    return enumerate(reading for reading in value.items if reading.phase == phase)


def _points(here: Iterable[tuple[_Told, int, Reading]], part: str) -> tuple[Point, ...]:
    """0 is how a reading that did not come about is typed: it is in the table and no figure."""
    found = [(one.day, place, getattr(reading, part)) for one, place, reading in here]
    return tuple(Point(day, place, Fraction(figure), Fraction(figure)) for day, place, figure in found if figure)


def _part(part: str) -> str:
    return WINDOW.word(part_words(part)).capitalize()


def _time(reading: Reading) -> str:
    return (reading.at or "")[-5:] if reading.at else tr("no time")


def _figure(reading: Reading, part: str) -> str:
    figure = getattr(reading, part)
    return tr("not taken") if figure is None else figure_words(figure)


# Weight and scores


def _weight(question: Question, told: list[_Told], lines: _Lines) -> Iterator[Trend]:
    if not told:
        return
    points = [_exact(one, Fraction(value)) for one in told if (value := _value(one)) is not None]
    yield Trend(
        figure=Figure(question.id),
        title=question.label,
        unit=unit_words(question.unit, say=WINDOW),
        series=(Series(question.label, tuple(points)),),
        header=(tr("Visit"), tr("Record"), question.label),
        rows=tuple((one.sitting.day, one.sitting.how, _noted(one)) for one in told),
        lines=lines.of_number(question.id, question.label),
    )


def _exact(told: _Told, figure: Fraction) -> Point:
    return Point(told.day, 0, figure, figure)


def _noted(told: _Told) -> str:
    return (
        told.words
        if told.given is not None
        else tr("{words} (read otherwise today, not drawn)").format(words=told.words)
    )


def _scores(question: Question, told: list[_Told], lines: _Lines) -> Iterator[Trend]:
    """The main score of an instrument; while items are missing, from where to where it lies."""
    scoring = question.scoring
    if scoring is None or not scoring.scores or not told:
        return
    name = scoring.title_of(scoring.main)
    points, rows = [], []
    for one in told:
        value = _value(one)
        if isinstance(value, InstrumentResult):
            span: Interval = scoring.score(value)
            points.append(Point(one.day, 0, span.low, span.high))
            rows.append((one.sitting.day, one.sitting.how, _score_words(span)))
        else:
            rows.append((one.sitting.day, one.sitting.how, _noted(one)))
    yield Trend(
        figure=Figure(question.id),
        title=question.label,
        unit="",
        series=(Series(name, tuple(points)),),
        header=(tr("Visit"), tr("Record"), name),
        rows=tuple(rows),
        lines=lines.of_score(question.id, name, scoring.main),
    )


def _score_words(span: Interval) -> str:
    said = interval_words(span, WINDOW)
    return said if span.low == span.high else tr("from {said}: items are missing").format(said=said)


# Whose lines


def _limits(sitting: Sitting, pack: Pack) -> Limits:
    """The figures that the rules of a visit's pathway and profiles compare with."""
    opening = sitting.content["opening"]
    rules: Iterable[Rule] = ()
    if opening["pathway"] in {pathway.id for pathway in pack.pathways}:
        known = {profile.id for profile in pack.profiles}
        profiles = [name for name in opening["profiles"] if name in known]
        rules = RuleSet(pack, opening["pathway"], profiles).rules.values()
    return Limits(pack, rules, dict(opening.get("parameters", {})))


class _Lines:
    """The figures that rules compare with, for each trend, each named by whose it is."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def of_readings(self, question: str, phase: str | None, parts: Sequence[str]) -> tuple[Line, ...]:
        """Of single readings and of means, in one phase or in any."""
        found = self._limits.of_readings(question, (phase,))
        return tuple(_line(limit, _part(limit.part)) for limit in found if limit.part in parts)

    def of_number(self, question: str, name: str) -> tuple[Line, ...]:
        return tuple(_line(limit, name) for limit in self._limits.of_number(question))

    def of_score(self, question: str, name: str, main: str) -> tuple[Line, ...]:
        return tuple(_line(limit, name) for limit in self._limits.of_score(question, main))


def _line(limit: Limit, of: str) -> Line:
    return Line(Fraction(limit.figure), of, limit.comparison, limit.whose, limit.short)


def _decimal(figure: Fraction) -> Decimal:
    return Decimal(figure.numerator) / Decimal(figure.denominator)

"""Conditions against the questions they read: kinds, options, units, figures, parameters."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screener.forms.answering import PHASES
from screener.forms.composition import Places
from screener.forms.findings import Code, Finding, Place
from screener.forms.lint.walking import asked, everywhere, unknown
from screener.forms.model import Pack, Question
from screener.rules.expressions import (
    Ask,
    Bounds,
    Compare,
    Missing,
    Node,
    OfReadings,
    ParameterRef,
    questions_read,
)
from screener.rules.values import Kind

_TEXT_TESTS = ("is", "one_of")
_NUMBER_TESTS = ("above", "at_least", "at_most", "below", "between")
_TIME_TESTS = ("within", "older_than", "after")
_FITS: dict[Kind, tuple[str, ...]] = {
    Kind.YES_NO: _TEXT_TESTS,
    Kind.CHOICE: _TEXT_TESTS,
    Kind.CHOICES: _TEXT_TESTS,
    Kind.NUMBER: _NUMBER_TESTS,
    Kind.DERIVED: _NUMBER_TESTS,
    Kind.DATE: _TIME_TESTS,
    Kind.DATETIME: _TIME_TESTS,
    Kind.TIME: (),
    Kind.TEXT: (),
    Kind.READINGS: (),
    Kind.MEDICINES: (),
    Kind.INSTRUMENT: (),
}
_COMPARABLE = (Kind.NUMBER, Kind.DERIVED)


def unknown_questions(pack: Pack, places: Places) -> Iterator[Finding]:
    """Conditions read questions that exist."""
    for node, place in everywhere(pack, places):
        for name in () if node.children() else dict.fromkeys(questions_read(node)):
            if name not in pack.questions:
                yield unknown(Code.UNKNOWN_QUESTION, place, "question", name, pack.questions)


def tests_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """A test suits the kind of its question, and the moment it counts back from."""
    for node, question, place in asked(pack, places):
        fits = _FITS[question.kind]
        if node.test not in fits:
            hint = f"a {question.kind} takes {', '.join(fits)}" if fits else f"a {question.kind} takes no test by `ask`"
            message = f"`{node.test}` does not fit {question.id}, a {question.kind}"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, hint)
            continue
        length = node.within or node.older_than
        if length is not None and not length.of_days and question.kind is Kind.DATE:
            message = f"{length} needs an hour, and {question.id} is a date"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "count in days, or ask a datetime")
        before = pack.questions.get(node.before or "")
        if before is not None and before.kind not in (Kind.DATE, Kind.DATETIME):
            message = f"`before` names {before.id}, a {before.kind}"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a date or a datetime")
    for part, place in everywhere(pack, places):
        if isinstance(part, Missing) and _kind(pack, part.missing) is Kind.DERIVED:
            message = f"{part.missing} is worked out and never asked"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name the questions it is worked out from")


def _kind(pack: Pack, name: str) -> Kind | None:
    question = pack.questions.get(name)
    return None if question is None else question.kind


def comparisons_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """`compare` takes two figures of the same unit, or two dates."""
    for node, place in everywhere(pack, places):
        if not isinstance(node, Compare):
            continue
        names = [node.compare, node.minus or str(node.limit)]
        found = [pack.questions[name] for name in names if name in pack.questions]
        if len(found) < 2:
            continue
        figures = all(question.kind in _COMPARABLE for question in found)
        dates = all(question.kind is found[0].kind for question in found) and found[0].kind in (
            Kind.DATE,
            Kind.DATETIME,
        )
        if not figures and not dates:
            kinds = " and ".join(f"{question.id}, a {question.kind}," for question in found)
            message = f"{kinds} cannot be compared"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "compare two numbers, or two dates")
        elif dates and (node.minus is not None or node.times is not None):
            message = f"{names[0]}, a {found[0].kind}, has no difference in a unit, and no multiple"
            hint = "write within or older_than with before, or compare without minus and times"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, hint)
        elif figures and found[0].unit != found[1].unit:
            message = f"{names[0]} is in {found[0].unit or 'no unit'}, {names[1]} in {found[1].unit or 'no unit'}"
            yield Finding(Code.UNIT_MISMATCH, place, message, "compare questions of the same unit")


def readings_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """`readings` names a question of that kind, a part that it has, and a phase that readings may have."""
    for node, place in everywhere(pack, places):
        question = pack.questions.get(node.readings) if isinstance(node, OfReadings) else None
        if question is None or not isinstance(node, OfReadings):
            continue
        if question.kind is not Kind.READINGS:
            message = f"{question.id}, a {question.kind}, holds no readings"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a question of kind readings")
            continue
        if node.phase is not None and node.phase not in PHASES:
            yield unknown(Code.UNKNOWN_OPTION, place, "phase", node.phase, PHASES)
        for part in _parts(node):
            wanted = ("systolic", "diastolic") if part == "pulse_pressure" else (part,)
            if not set(wanted) <= set(question.parts):
                yield unknown(Code.UNKNOWN_OPTION, place, f"part of {question.id}", part, question.parts)


def _parts(node: OfReadings) -> tuple[str, ...]:
    return (node.part,) if node.count is None else tuple(node.count.of or ())


def options_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """`is` and `one_of` name options of the question."""
    for node, question, place in asked(pack, places):
        if node.test in _TEXT_TESTS and question.option_ids:
            for name in node.one_of if node.one_of is not None else (node.is_ or "",):
                if name not in question.option_ids:
                    yield unknown(Code.UNKNOWN_OPTION, place, f"option of {question.id}", name, question.option_ids)


def units_that_differ(pack: Pack, places: Places) -> Iterator[Finding]:
    """A rule that compares a measured figure repeats the question's unit."""
    for node, place in everywhere(pack, places):
        match node:
            case Ask() if node.test in _NUMBER_TESTS:
                name, unit = node.ask, node.unit
            case OfReadings() if node.comparison is not None:
                name, unit = node.readings, node.unit
            case Compare(minus=str()):
                name, unit = node.compare, node.unit
            case _:
                continue
        question = pack.questions.get(name)
        if question is None:
            continue
        pulse = isinstance(node, OfReadings) and node.part == "pulse"
        wanted = "/min" if pulse else question.unit
        if (unit or "") != wanted and not (pulse and unit == question.unit):
            said = f"the unit {unit!r} is not that of {name}" if unit else f"the unit of {name} is not repeated"
            yield Finding(Code.UNIT_MISMATCH, place, said, f'write unit: "{wanted}"' if wanted else "take the unit out")


def figures_off_step_or_out_of_range(pack: Pack, places: Places) -> Iterator[Finding]:
    """A figure lies on the question's step and inside its plausible range, each of those a clinic may choose too."""
    for node, question, place in asked(pack, places):
        for figure in (*(node.between or ()), *_figure(node, pack)):
            yield from _on_step(figure, question, place)
            if question.plausible is not None:
                yield from _in_range(figure, question.plausible, question.id, place)
    for part, place in everywhere(pack, places):
        holder = pack.questions.get(part.readings) if isinstance(part, OfReadings) else None
        if not isinstance(part, OfReadings) or holder is None:
            continue
        for name, figure in _figures_of_readings(part, pack):
            if name in holder.plausible_parts:
                yield from _in_range(figure, holder.plausible_parts[name], name, place)


def _figure(node: Bounds, pack: Pack) -> tuple[Decimal, ...]:
    limit = node.limit if node.comparison is not None else None
    if isinstance(limit, ParameterRef):
        parameter = pack.parameters.get(limit.id)
        options = parameter.options if parameter is not None else ()
        return tuple(option.values[limit.part] for option in options if limit.part in option.values)
    return (limit,) if isinstance(limit, Decimal) else ()


def _figures_of_readings(node: OfReadings, pack: Pack) -> Iterator[tuple[str, Decimal]]:
    if node.count is not None:
        for part, test in (node.count.of or {}).items():
            yield from ((part, figure) for figure in _figure(test, pack))
    elif node.statistic != "spread":
        yield from ((node.part, figure) for figure in _figure(node, pack))


def _on_step(figure: Decimal, question: Question, place: Place) -> Iterator[Finding]:
    if question.step and figure % question.step != 0:
        message = f"{figure} is not on the step {question.step} of {question.id}"
        yield Finding(Code.OFF_STEP, place, message, "write a multiple of the step")


def _in_range(figure: Decimal, limits: tuple[Decimal, Decimal], name: str, place: Place) -> Iterator[Finding]:
    low, high = limits
    if not low <= figure <= high:
        message = f"{figure} lies outside {low} to {high}, the plausible range of {name}"
        yield Finding(Code.OUT_OF_RANGE, place, message, "check the figure")


def parameters_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """Parameters that conditions mention exist, and one of their options has that figure."""
    for node, place in everywhere(pack, places):
        for ref in _refs(node):
            parameter = pack.parameters.get(ref.id)
            if parameter is None:
                yield unknown(Code.UNKNOWN_PARAMETER, place, "parameter", ref.id or ref.parameter, pack.parameters)
            elif not any(ref.part in option.values for option in parameter.options):
                parts = sorted({part for option in parameter.options for part in option.values})
                yield unknown(Code.UNKNOWN_PARAMETER, place, f"figure of {ref.id}", ref.part, parts)


def _refs(node: Node) -> list[ParameterRef]:
    bounds: list[Bounds] = [node] if isinstance(node, Bounds) else []
    if isinstance(node, OfReadings) and node.count is not None:
        bounds += (node.count.of or {}).values()
    limits = [bound.limit for bound in bounds if bound.comparison is not None]
    return [limit for limit in limits if isinstance(limit, ParameterRef)]

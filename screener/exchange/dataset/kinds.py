"""Each answer kind as columns: which always stand, which come with an answer, and what an answer puts into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from screener.exchange.dataset.instruments import instrument_cells, instrument_fixed, instrument_part
from screener.exchange.dataset.parts import Cell, Part
from screener.exchange.dataset.rounding import rounded
from screener.forms.answering import NotAnAnswer, read_value
from screener.forms.model import Question
from screener.forms.words import PHASE_WORDS
from screener.rules.readings import statistic, values_of
from screener.rules.values import READING_PARTS, Kind, Medicines, PartialDate, Readings
from screener.rules.words import PART_WORDS

Cells = dict[str, Cell]
"""By the names of parts."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind stands in a table.

    `fixed`: the parts that are there whether or not anybody answered. `cells`: what an answer's JSON puts into which
    part; raises `NotAnAnswer` where the question does not take it. `part`: a part by its name, also one that is not
    fixed.
    """

    fixed: Callable[[Question], tuple[Part, ...]]
    cells: Callable[[Question, Any], Cells]
    part: Callable[[Question, str], Part]


def _value(kind_type: Any, holds: str) -> Callable[[Question], tuple[Part, ...]]:
    def fixed(question: Question) -> tuple[Part, ...]:
        return (Part("", kind_type, holds, unit=question.unit, order=(1,)),)

    return fixed


def _none(question: Question, name: str) -> Part:
    raise KeyError(f"{question.kind} has no column {name}")


# --- chosen -----------------------------------------------------------------------------------------------------------


def _chosen(question: Question) -> tuple[Part, ...]:
    return (Part("", "code", "The option that was chosen", _codes(question), order=(1,)),)


def _codes(question: Question) -> tuple[tuple[str, str], ...]:
    return tuple((option, question.option_text(option)) for option in question.option_ids)


def _choice_cells(_: Question, raw: Any) -> Cells:
    """Also an option that the content at hand has no more: it was chosen."""
    if not isinstance(raw, str):
        raise NotAnAnswer("not an option")
    return {"": raw}


def _options(question: Question) -> tuple[Part, ...]:
    return tuple(_option(question, option) for option in question.option_ids)


def _option(question: Question, option: str) -> Part:
    known = option in question.option_ids
    text = question.option_text(option) if known else option
    place = question.option_ids.index(option) if known else len(question.option_ids)
    return Part(option, "flag", text, (("1", "ticked"), ("0", "not ticked")), order=(1, place, option))


def _choices_cells(question: Question, raw: Any) -> Cells:
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
        raise NotAnAnswer("not a list of options")
    return {option: int(option in raw) for option in (*question.option_ids, *raw)}


# --- figures, days and texts ------------------------------------------------------------------------------------------


def _read_cells(question: Question, raw: Any) -> Cells:
    value = read_value(question, raw)
    assert isinstance(value, str | Decimal | time | datetime)
    return {"": value}


_DAYS = (
    Part("", "text", "As far as it was told: a day, a month or a year", order=(1, 0)),
    Part("first", "date", "The earliest day that it can be", order=(1, 1)),
    Part("last", "date", "The latest day that it can be", order=(1, 2)),
)


def _date_cells(question: Question, raw: Any) -> Cells:
    value = read_value(question, raw)
    assert isinstance(value, PartialDate)
    return {"": value.text, "first": value.first, "last": value.last}


def _derived_fixed(question: Question) -> tuple[Part, ...]:
    said = "as the record prints it"
    return (
        Part("", "number", f"The figure where it is exact, {said}", unit=question.unit, order=(1, 0)),
        Part("low", "number", f"The least that it can be, {said}", unit=question.unit, order=(1, 1)),
        Part("high", "number", f"The most that it can be, {said}", unit=question.unit, order=(1, 2)),
    )


def _derived_cells(_: Question, raw: Any) -> Cells:
    """`raw`: the lowest and the highest figure, as `line` reads them out of the record's words."""
    low, high = Decimal(raw[0]), Decimal(raw[1])
    return {"": low if low == high else None, "low": low, "high": high}


# --- readings ---------------------------------------------------------------------------------------------------------

_FIGURES = ("systolic", "diastolic", "pulse")
_ABOUT = READING_PARTS[3:]
_PHASES = (*PHASE_WORDS, "no_phase")
_READINGS = (
    Part("count", "whole", "How many readings were taken", order=(1, 0)),
    Part("none_taken", "flag", "Said that none were taken", (("1", "said"), ("0", "not said")), order=(1, 1)),
)


def _reading_part(question: Question, name: str) -> Part:
    head, *others = name.split(".")
    if head == "mean":
        phase, part = others
        said = PHASE_WORDS.get(phase, "of those whose phase was not said")
        holds = f"Mean {PART_WORDS[part]} {said}, rounded to 4 places; a pressure of 0 counts as not taken"
        place = (_PHASES.index(phase), _FIGURES.index(part))
        return Part(name, "number", holds, unit=_unit(question, part), order=(3, *place))
    number, (part,) = int(head), others
    place = (number, (*_FIGURES, *_ABOUT).index(part))
    if part in _FIGURES:
        holds = f"Reading {number}: {PART_WORDS[part]}"
        return Part(name, "number", holds, unit=_unit(question, part), order=(2, *place))
    codes = tuple(PHASE_WORDS.items()) if part == "phase" else ()
    about = f"Reading {number}: {part.replace('_', ' ')}"
    return Part(name, "code" if codes else "text", about, codes, order=(2, *place))


def _unit(question: Question, part: str) -> str:
    return "/min" if part == "pulse" else question.unit


def _readings_cells(question: Question, raw: Any) -> Cells:
    value = read_value(question, raw)
    assert isinstance(value, Readings)
    cells: Cells = {"count": len(value.items), "none_taken": int(value.none_taken)}
    for number, reading in enumerate(value.items, start=1):
        for part in (*_FIGURES, *_ABOUT):
            if (said := getattr(reading, part)) is not None:
                cells[f"{number}.{part}"] = said
    return cells | _means(value)


def _means(value: Readings) -> Cells:
    found: Cells = {}
    for phase in dict.fromkeys(reading.phase for reading in value.items):
        of_phase = [reading for reading in value.items if reading.phase == phase]
        for part in _FIGURES:
            mean = statistic("mean", values_of(of_phase, part))  # type: ignore[arg-type]
            if mean is not None:
                found[f"mean.{phase or 'no_phase'}.{part}"] = rounded(mean)
    return found


# --- medicines --------------------------------------------------------------------------------------------------------


def _medicines_cells(question: Question, raw: Any) -> Cells:
    value = read_value(question, raw)
    assert isinstance(value, Medicines)
    return {"count": len(value.items)}


_MEDICINES = (Part("count", "whole", "How many medicines; each has a row in the table of medicines", order=(1,)),)


def _fixed(parts: tuple[Part, ...]) -> Callable[[Question], tuple[Part, ...]]:
    return lambda _: parts


FORMS: Mapping[Kind, Form] = {
    Kind.YES_NO: Form(_chosen, _choice_cells, _none),
    Kind.CHOICE: Form(_chosen, _choice_cells, _none),
    Kind.CHOICES: Form(_options, _choices_cells, _option),
    Kind.NUMBER: Form(_value("number", "The figure, in this unit"), _read_cells, _none),
    Kind.DATE: Form(_fixed(_DAYS), _date_cells, _none),
    Kind.TIME: Form(_value("time", "The time of day"), _read_cells, _none),
    Kind.DATETIME: Form(_value("moment", "The day and time"), _read_cells, _none),
    Kind.TEXT: Form(_value("text", "As it was typed"), _read_cells, _none),
    Kind.READINGS: Form(_fixed(_READINGS), _readings_cells, _reading_part),
    Kind.MEDICINES: Form(_fixed(_MEDICINES), _medicines_cells, _none),
    Kind.INSTRUMENT: Form(instrument_fixed, instrument_cells, instrument_part),
    Kind.DERIVED: Form(_derived_fixed, _derived_cells, _none),
}
"""Every kind has one: `tests/exchange/test_dataset.py` says so."""

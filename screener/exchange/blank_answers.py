"""What each kind of question is answered with on paper."""

from __future__ import annotations

import re
from decimal import Decimal

from screener.forms.answering import PHASES
from screener.forms.instruments import Instrument
from screener.forms.model import Pack, Question
from screener.forms.words import OWN_QUESTION, PHASE_WORDS
from screener.records.document import Grid, ToAnswer
from screener.rules.values import Kind
from screener.rules.words import figure_words, part_words, series, unit_words

NOT_KNOWN, DECLINED = "Not known", "Declined"
STATES = (NOT_KNOWN, DECLINED)
ONE, SEVERAL = "Tick one.", "Tick all that apply."
ALONE = "When alone."
"""What stands at a question that is asked when nobody else is in the room; the head of the form says so."""
ITEMS_LEFT_OUT = "The items of this instrument are left out here."
ON_ITS_SHEET = "What the items say stands on the instrument's own sheet; here stand their figures."
BY_NUMBER = "What that sheet gave, by the numbers of its questions:"
DAY = (("Day", ""), ("Month", ""), ("Year", ""))
CLOCK = (("Hour", ""), ("Minute", ""))
MEDICINE_ROWS = 12
TEXT_LINES = 2
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_READINGS_OF = {"screening": 3, "before": 2, "about_40_min": 2, "leaving": 2}


def to_answer(pack: Pack, question: Question, number: str, when: str) -> ToAnswer:
    """A question with its number, under `when` it is asked, and what it is answered with."""
    made = _answered(pack, question)
    alone = (ALONE,) if question.sensitive else ()
    own = (f"{OWN_QUESTION}.",) if question.own else ()
    return ToAnswer(
        number=number,
        text=question.text,
        when=when,
        notes=(*_help(question), *made.notes, *alone, *own),
        how=made.how,
        boxes=made.boxes,
        places=made.places,
        blank_lines=made.blank_lines,
        grid=made.grid,
        states=STATES,
    )


def _help(question: Question) -> tuple[str, ...]:
    """Its help, less what is said of typing, which is for the screen; an instrument's speaks of its rules."""
    if question.kind is Kind.INSTRUMENT:
        return ()
    told = [part for part in _SENTENCE_END.split(question.help) if part and not part.startswith("Type ")]
    return (" ".join(told),) if told else ()


def _answered(pack: Pack, question: Question) -> ToAnswer:
    match question.kind:
        case Kind.YES_NO:
            return ToAnswer("", "", boxes=("Yes", "No"))
        case Kind.CHOICE:
            return ToAnswer("", "", how=ONE, boxes=_options(question))
        case Kind.CHOICES:
            return ToAnswer("", "", how=SEVERAL, boxes=(*_options(question), "None of these"))
        case Kind.NUMBER:
            return ToAnswer("", "", places=(("", unit_words(question.unit)),), notes=_units(question))
        case Kind.DATE:
            return ToAnswer("", "", places=DAY)
        case Kind.TIME:
            return ToAnswer("", "", places=CLOCK)
        case Kind.DATETIME:
            return ToAnswer("", "", places=(*DAY, *CLOCK))
        case Kind.READINGS:
            return _readings(question)
        case Kind.MEDICINES:
            return _medicines(question)
        case Kind.INSTRUMENT:
            return _instrument(pack, question)
        case _:
            return ToAnswer("", "", blank_lines=TEXT_LINES)


def _options(question: Question) -> tuple[str, ...]:
    return tuple(f"{option.text} ({option.help})" if option.help else option.text for option in question.options)


def _units(question: Question) -> tuple[str, ...]:
    others = [unit_words(unit) for unit in question.units]
    return (f"In another unit, write it beside the figure: {series(others)}.",) if others else ()


def _readings(question: Question) -> ToAnswer:
    parts = [part_words(part).capitalize() for part in question.parts]
    grid = Grid(
        question.label,
        ("Phase", "Time", *parts, "Arm", "Position", "Cuff", "Device", "Taken by"),
        tuple(PHASE_WORDS[phase].capitalize() for phase in PHASES for _ in range(_READINGS_OF[phase])),
        (5.2, 1.7, *(2.3 for _ in parts), 1.5, 2.3, 1.6, 2.2, 2.3),
    )
    return ToAnswer("", "", boxes=("None taken",), grid=grid)


def _medicines(question: Question) -> ToAnswer:
    header = ("Name, as told", "Dose", "How it is taken", "Since", "Last taken", "Now or stopped", "Known from")
    grid = Grid(question.label, header, ("",) * MEDICINE_ROWS, (4.4, 2, 2.6, 2, 2.2, 2.4, 2.4))
    return ToAnswer("", "", boxes=("No medicines",), grid=grid)


# Instruments


def _instrument(pack: Pack, question: Question) -> ToAnswer:
    found = next((one for one in pack.instruments if one.id == question.instrument), None)
    if found is None:
        return ToAnswer("", "", blank_lines=TEXT_LINES)
    scores = tuple((score.title, _range(score.range)) for score in found.scores)
    notes = (f"{found.title}: {_sentence(found.about)}",)
    if "present" in found.licence.uses and found.items:
        items = tuple((entry.title or item, "") for entry in found.items for item in entry.ids)
        return ToAnswer("", "", places=(*items, *scores), notes=(*notes, f"{ON_ITS_SHEET} {_scales(found)}"))
    left_out = f"{ITEMS_LEFT_OUT} Right of use: {_sentence(found.licence.position)}"
    if scores:
        return ToAnswer("", "", places=scores, notes=(*notes, left_out))
    return ToAnswer("", "", blank_lines=TEXT_LINES, notes=(*notes, left_out, BY_NUMBER))


def _scales(instrument: Instrument) -> str:
    """What items are answered with, those that are alike together."""
    alike: dict[str, list[str]] = {}
    for entry in instrument.items:
        alike.setdefault(_range((entry.scale.low, entry.scale.high)), []).append(entry.title or _numbers(entry.ids))
    said = "; ".join(f"{series(items, 'and')}: {scale}" for scale, items in alike.items())
    return f"{said[0].upper()}{said[1:]}."


def _numbers(ids: tuple[str, ...]) -> str:
    return f"item {ids[0]}" if len(ids) == 1 else f"items {ids[0]} to {ids[-1]}"


def _range(ends: tuple[Decimal, Decimal]) -> str:
    return f"{figure_words(ends[0])} to {figure_words(ends[1])}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."

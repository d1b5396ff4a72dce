"""Answers, states and the names of things in English: what the screen, the report and the command line all say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from screener.forms.answering import Account, Given
from screener.forms.content import Strength
from screener.forms.model import OutcomeWord, Pack, Question, Tier
from screener.language import KEPT, Voice, kept
from screener.rules.expressions import ParameterRef
from screener.rules.medicines import Dictionary, folded
from screener.rules.scores import Scoring
from screener.rules.values import (
    InstrumentResult,
    Interval,
    Kind,
    MedicineEntry,
    Medicines,
    PartialDate,
    Ratio,
    Reading,
    Readings,
    State,
    Value,
)
from screener.rules.words import ROUTE_WORDS, figure_words, unit_words, with_unit

STATE_WORDS: Mapping[State, str] = {
    State.ANSWERED: kept("answered"),
    State.NOT_KNOWN: kept("not known"),
    State.DECLINED: kept("declined"),
    State.COME_BACK: kept("to come back to"),
    State.NOT_ASKED: kept("not asked"),
    State.DIFFERING: kept("accounts differ, none named as used"),
    State.GATE_OPEN: kept("not established whether it applies"),
    State.NOT_APPLICABLE: kept("not applicable"),
}
TIER_WORDS: Mapping[Tier, str] = {
    "time-critical": kept("Time-critical"),
    "review": kept("For review"),
    "note": kept("Note"),
    "check": kept("Answers to check"),
}
OUTCOME_WORDS: Mapping[OutcomeWord, str] = {
    "listed": kept("Listed"),
    "not_listed": kept("Not listed on these answers"),
    "not_established": kept("Not established"),
}
STRENGTH_WORDS: Mapping[Strength, str] = {
    "contraindication": kept("Contraindication"),
    "boxed warning": kept("Boxed warning"),
    "warning": kept("Warning"),
    "caution": kept("Caution"),
    "not recommended": kept("Not recommended (the source's word)"),  # own_word_of: the source that has this strength
    "indication": kept("Indication"),
    "dosing": kept("Dosing"),
    "law": kept("Law"),
    "required question": kept("Required question"),
    "guideline": kept("Guideline"),
    "trial exclusion": kept("Trial exclusion"),
    "policy": kept("Policy"),
    "evidence": kept("Evidence"),
    "editorial": kept("Editorial"),
}
PHASE_WORDS: Mapping[str, str] = {
    "screening": kept("at screening"),
    "before": kept("before dose"),
    "about_40_min": kept("about 40 min after"),
    "leaving": kept("on leaving"),
}
MONTHS = (
    kept("January"), kept("February"), kept("March"), kept("April"), kept("May"), kept("June"),
    kept("July"), kept("August"), kept("September"), kept("October"), kept("November"), kept("December"),
)  # fmt: skip
SHORT_MONTHS = (
    kept("Jan"), kept("Feb"), kept("Mar"), kept("Apr"), kept("May"), kept("Jun"),
    kept("Jul"), kept("Aug"), kept("Sep"), kept("Oct"), kept("Nov"), kept("Dec"),
)  # fmt: skip
YES, NO = kept("yes"), kept("no")
NONE_OF_THESE, NO_MEDICINES = kept("none of these"), kept("no medicines")
"""Said of an answer that names nothing."""
OWN_QUESTION = kept("This clinic's own question; no rule reads it")
FURTHER_LEVEL = kept("A further level is not established")
"""Said of a listed item while a level above the one that is met is open; what is missing stands beside it."""


class PackNames:
    """What a pack calls its questions, options, phases and parameters; `chosen` maps parameters to options."""

    def __init__(self, pack: Pack, chosen: Mapping[str, str] | None = None) -> None:
        self._pack = pack
        self._chosen = chosen or {}

    def question(self, question_id: str) -> str:
        found = self._pack.questions.get(question_id)
        return found.label if found is not None else question_id

    def option(self, question_id: str, option_id: str) -> str:
        found = self._pack.questions.get(question_id)
        return option_words(found, option_id) if found is not None else option_id

    def phase(self, phase: str) -> str:
        return PHASE_WORDS.get(phase, phase)

    def parameter(self, ref: ParameterRef, unit: str) -> str:
        found = self._pack.parameters.get(ref.id)
        option = found.option(self._chosen.get(ref.id, "")) if found is not None else None
        if option is None:
            return "the clinic's figure (not chosen)"
        if ref.part not in option.values:
            return f"the clinic's figure (it names no {ref.part})"
        return f"{with_unit(option.values[ref.part], unit)}, the clinic's figure"

    def medicine_class(self, class_id: str) -> str:
        return self._pack.medicines.dictionary.class_title(class_id)

    def score(self, question_id: str, name: str) -> str:
        found = self._pack.questions.get(question_id)
        scoring = None if found is None else found.scoring
        return name if scoring is None else scoring.title_of(scoring.score_id(name)).lower()


# Values and answers


def option_words(question: Question, option_id: str, say: Voice = KEPT) -> str:
    """An option inside a sentence: yes, no, or the option's text."""
    if question.kind is Kind.YES_NO:
        return say.word(option_id)
    if option_id not in question.option_ids:
        return option_id
    return question.option_text(option_id)


def value_words(question: Question, value: Value, *, brief: bool = False, say: Voice = KEPT) -> str:
    """One value of a question in words, with its unit. `brief`: readings without time, arm and position."""
    match value:
        case str():
            return value if question.kind is Kind.TEXT else option_words(question, value, say)
        case frozenset():
            chosen = (option_words(question, option, say) for option in question.option_ids if option in value)
            return ", ".join(chosen) or say.word(NONE_OF_THESE)
        case Decimal():
            return with_unit(value, question.unit, say)
        case Ratio():
            return _derived_words(question, value.fraction, say)
        case Fraction() | Interval():
            return _derived_words(question, value, say)
        case PartialDate():
            return date_words(value, say)
        case datetime():
            return f"{_day_words(value.date(), say)}, {value:%H:%M}"
        case time():
            return f"{value:%H:%M}"
        case Readings():
            return readings_words(value, brief=brief, say=say)
        case Medicines():
            said = medicines_words(value.items, question.dictionary, brief=brief, say=say)
            return said or say.word(NO_MEDICINES)
        case InstrumentResult():
            return _instrument_words(value, question.scoring, brief=brief, say=say)


def _derived_words(question: Question, value: Fraction | Interval, say: Voice) -> str:
    whole = question.formula is not None and question.formula.name in ("age", "days_between")
    places = 0 if whole else 1
    if isinstance(value, Interval):
        span = _span(rounded(value.low, places), rounded(value.high, places), say)
        return f"{span} {unit_words(question.unit, say=say)}".rstrip()
    text = rounded(value, places)
    return f"{text} {unit_words(question.unit, Decimal(text), say)}".rstrip()


def _span(low: str, high: str, say: Voice) -> str:
    return say.tr("{low} to {high}").format(low=low, high=high)


def rounded(value: Fraction, places: int) -> str:
    """An exact fraction rounded for display only, halves away from zero."""
    unit = Decimal(1).scaleb(-places)
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).quantize(unit, ROUND_HALF_UP):f}"


def date_words(value: PartialDate, say: Voice = KEPT) -> str:
    """5 March 2026, March 2026 or 2026."""
    if value.exact:
        return _day_words(value.first, say)
    if (value.first.year, value.first.month) != (value.last.year, value.last.month):
        return str(value.first.year)
    month = say.word(MONTHS[value.first.month - 1])
    return say.tr("{month} {year}").format(month=month, year=value.first.year)


def short_day(iso: str, say: Voice = KEPT) -> str:
    """`2026-10-12` as `12 Oct 2026`; what is no day stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {say.word(SHORT_MONTHS[day.month - 1])} {day.year}"


_OF_RECORD = re.compile(r"record of (\d{1,2}) (\w{3}) (\d{4})")
_OF_FILE = re.compile(r"(.+), by file(?: of (?:(\d{1,2}) (\w{3}) )?(\d{4}(?:-\d\d)?))?")


def record_of(day: str, say: Voice = KEPT) -> str:
    """Under whom an answer is recorded that was taken over from the record of a day: `record of 12 Oct 2026`."""
    return say.tr("record of {day}").format(day=day)


def file_of(by: str, day: str = "", say: Voice = KEPT) -> str:
    """Under whom an answer is recorded that was taken from a file: `patient, by file of 12 Oct 2026`."""
    if not day:
        return say.tr("{by}, by file").format(by=by)
    return say.tr("{by}, by file of {day}").format(by=by, day=day)


def by_words(by: str, say: Voice) -> str:
    """An informant in words: one that is offered, the record of a day, a file; any other as it was typed."""
    found = _OF_FILE.fullmatch(by)
    if found is not None:
        day, month, year = found[2], found[3], found[4] or ""
        return file_of(say.word(found[1]), f"{day} {say.word(month)} {year}" if day else year, say)
    found = _OF_RECORD.fullmatch(by)
    return say.word(by) if found is None else record_of(f"{found[1]} {say.word(found[2])} {found[3]}", say)


def _day_words(day: date, say: Voice) -> str:
    return say.tr("{day} {month} {year}").format(day=day.day, month=say.word(MONTHS[day.month - 1]), year=day.year)


def readings_words(value: Readings, *, brief: bool = False, say: Voice = KEPT) -> str:
    """Readings by phase: `before dose: 151/94 82 (10:31, left arm, seated), 146/91 79; on leaving: 130/80`.

    `brief`: the figures alone, for a line that must be short.
    """
    if not value.items:
        return say.tr("none taken") if value.none_taken else say.tr("no reading")
    groups: dict[str | None, list[str]] = {}
    for reading in value.items:
        groups.setdefault(reading.phase, []).append(reading_words(reading, brief=brief, say=say))
    return "; ".join(
        (f"{say.word(PHASE_WORDS.get(phase, phase))}: " if phase else "") + ", ".join(rows)
        for phase, rows in groups.items()
    )


def reading_words(reading: Reading, *, brief: bool = False, say: Voice = KEPT) -> str:
    """One reading: `151/94 82 (10:31, left arm, seated)`; `brief`: `151/94 82`. What was not taken is a dash."""
    systolic, diastolic = ("–" if v is None else figure_words(v) for v in (reading.systolic, reading.diastolic))
    pulse = "" if reading.pulse is None else f" {figure_words(reading.pulse)}"
    at = _DAY_AND_TIME.sub(r"\1 \2", reading.at or "")
    position = say.word(reading.position or "")
    taken_by = f"{say.word(TAKEN_BY)} {reading.taken_by}" if reading.taken_by else ""
    how = (
        at,
        _with_noun(reading.arm, "arm", say),
        position,
        _with_noun(reading.cuff, "cuff", say),
        reading.device,
        taken_by,
    )
    details = "" if brief else ", ".join(part for part in how if part)
    return f"{systolic}/{diastolic}{pulse}" + (f" ({details})" if details else "")


_DAY_AND_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$")


def _with_noun(text: str | None, noun: str, say: Voice) -> str:
    """`left` as `left arm`; what says `arm` itself stays as it is."""
    said = text or "" if not text or noun in text.lower() else f"{text} {noun}"
    return say.word(said)


TAKEN_BY = kept("taken by")
ARMS, POSITIONS = (kept("left arm"), kept("right arm")), (kept("seated"), kept("lying"))
"""As the details of a reading are offered; any other text stays as it was typed."""
_USE_WORDS = {"current": kept("current"), "stopped": kept("stopped"), "not_known": kept("use not known")}


def medicines_words(
    entries: Iterable[MedicineEntry],
    dictionary: Dictionary | None = None,
    *,
    brief: bool = False,
    say: Voice = KEPT,
) -> str:
    """Medicines in a row; `brief`: without dose, start and who told of them."""
    return "; ".join(medicine_words(entry, dictionary, brief=brief, say=say) for entry in entries)


def medicine_words(
    entry: MedicineEntry, dictionary: Dictionary | None = None, *, brief: bool = False, say: Voice = KEPT
) -> str:
    """One medicine: `Zoloft (sertraline, 50 mg, by mouth, current, since March 2026)`."""
    known = None if dictionary is None else dictionary.find(entry.name)
    generic = "" if known is None or folded(known.name) == folded(entry.name) else known.name
    route = "" if entry.route is None else say.word(ROUTE_WORDS.get(entry.route, entry.route))
    started = last = told = ""
    if entry.started is not None and not brief:
        started = say.tr("since {day}").format(day=date_words(entry.started, say))
    if entry.last_taken is not None:
        last = say.tr("last taken {day}").format(day=date_words(entry.last_taken, say))
    if entry.told_by is not None and not brief:
        told = say.tr("known from {whom}").format(whom=say.word(entry.told_by))
    dose, use = "" if brief else entry.dose or "", say.word(_USE_WORDS[entry.use])
    details = ", ".join(part for part in (generic, dose, route, use, started, last, told) if part)
    return f"{entry.name} ({details})"


def days_before_words(day: PartialDate, visit: date, say: Voice = KEPT) -> str:
    """How far a day lies before a visit, from the fewest days to the most: `24 to 53 days before the visit`."""
    fewest, most = (visit - day.last).days, (visit - day.first).days
    if most < 0:
        return say.tr("after the visit")
    if most == 0:
        return say.tr("on the day of the visit")
    if fewest == most:
        return say.tr_n("{n} day before the visit", "{n} days before the visit", most)
    few = max(fewest, 0)
    return say.tr_n("{few} to {n} day before the visit", "{few} to {n} days before the visit", most, few=few)


def _instrument_words(
    value: InstrumentResult, scoring: Scoring | None, *, brief: bool = False, say: Voice = KEPT
) -> str:
    """What was recorded of an instrument: its scores, worked out where all items are answered, and its items.

    `brief`: of an instrument without a score only the items that are not 0 by themselves, the others counted.
    """
    parts = [] if scoring is None else [score_words(value, scoring, name) for name in scoring.scores]
    if scoring is None and value.total is not None:
        parts.append(say.tr("total {figure}").format(figure=figure_words(value.total)))
    whole = scoring is None or any(scoring.complete(value, name) for name in scoring.scores)
    if scoring is not None and not scoring.scores:
        said = [(item, figure) for item, figure in value.items if figure or not brief]
        parts += [f"{scoring.title_of(item)}: {figure_words(figure)}" for item, figure in said]
        others = len(value.items) - len(said)
        if others and said:
            parts.append(say.tr_n("0 at {n} other", "0 at {n} others", others))
        elif others:
            parts.append(say.tr_n("0 at {n} item", "0 at {n} items", others))
    elif value.items and not whole:
        if scoring is not None and value.total is None:
            span = interval_words(scoring.score(value), say)
            parts.append(
                say.tr("{score} {span} so far").format(score=scoring.title_of(scoring.main).lower(), span=span)
            )
        parts.append(say.tr_n("{n} item answered", "{n} items answered", len(value.items)))
    return ", ".join(part for part in parts if part) or say.tr("nothing recorded")


def score_words(value: InstrumentResult, scoring: Scoring, name: str) -> str:
    """One score as it was recorded or worked out: `total 12`; empty where neither can be told."""
    title, found, given = scoring.title_of(name).lower(), scoring.score(value, name), scoring.given(value, name)
    if given is not None:
        return f"{title} {figure_words(given)}"
    return f"{title} {_fraction_words(found.low)}" if found.low == found.high else ""


def interval_words(value: Interval, say: Voice = KEPT) -> str:
    """A figure known exactly, or from where to where it lies."""
    low, high = _fraction_words(value.low), _fraction_words(value.high)
    return low if low == high else _span(low, high, say)


def _fraction_words(value: Fraction) -> str:
    return rounded(value, 0 if value.denominator == 1 else 1)


def account_words(question: Question, account: Account, *, brief: bool = False, say: Voice = KEPT) -> str:
    """What one informant said, with what was typed where it was typed in another unit. `brief` as in `value_words`."""
    if account.state is not State.ANSWERED or account.value is None:
        return say.word(STATE_WORDS[account.state])
    raw = account.raw
    converted = isinstance(raw, Mapping) and raw.get("unit", question.unit) != question.unit
    if not converted or not isinstance(account.value, Decimal):
        return value_words(question, account.value, brief=brief, say=say)
    step = question.step or Decimal("0.1")
    said = with_unit(account.value.quantize(step, ROUND_HALF_UP), question.unit, say)
    unit = unit_words(str(raw["unit"]), say=say)
    return say.tr("{said} (typed as {value} {unit})").format(said=said, value=raw["value"], unit=unit)


def answer_words(question: Question, given: Given, *, brief: bool = False, say: Voice = KEPT) -> str:
    """Everything recorded under one question: the value, the state, or every account: `patient: no · spouse: yes`.

    `brief` as in `value_words`: for lines that must be short.
    """
    if len(given.accounts) == 1:
        return account_words(question, given.accounts[0], brief=brief, say=say)
    return " · ".join(
        f"{by_words(account.by, say)}: {account_words(question, account, brief=brief, say=say)}"
        + (say.tr(" (used)") if account.by == given.used else "")
        for account in given.accounts
    )


# Statements


def _number_json(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value)
    rounded_one = float(value)
    return rounded_one if Decimal(repr(rounded_one)) == value else f"{value:f}"


def value_json(value: Any) -> Any:
    """A raw answer as JSON: exact numbers become numbers, everything else stays as it was typed.

    A number that JSON's readers would round stands as text.
    """
    match value:
        case Decimal():
            return _number_json(value)
        case Mapping():
            return {str(key): value_json(inner) for key, inner in value.items()}
        case list() | tuple():
            return [value_json(inner) for inner in value]
        case _:
            return value

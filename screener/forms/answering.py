"""Raw JSON or YAML to answers against their questions: one vocabulary for cases, `evaluate`, journal and tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from screener.forms.model import Question
from screener.language import KEPT, Voice, tr
from screener.rules.expressions import ROUTES
from screener.rules.values import (
    ENTERED_STATES,
    READING_PARTS,
    InstrumentResult,
    Kind,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
    State,
    Value,
)
from screener.rules.words import PART_WORDS, figure_words, with_unit

NONE_TAKEN = "none taken"
PHASES = ("screening", "before", "about_40_min", "leaving")
# Linear units accepted at entry, as (from, to): factor. UCUM: an inch is exactly 2.54 cm, a pound 0.45359237 kg.
CONVERSIONS: Mapping[tuple[str, str], Decimal] = {
    ("[in_i]", "cm"): Decimal("2.54"),
    ("m", "cm"): Decimal(100),
    ("[lb_av]", "kg"): Decimal("0.45359237"),
    ("g", "kg"): Decimal("0.001"),
}


_LONGEST_QUOTE = 80


def as_written(raw: Any) -> str:
    """A raw value as messages quote it: much as it is written in JSON, cut where it is long."""
    if isinstance(raw, Decimal):
        return f"{raw}"
    text = repr(raw) if isinstance(raw, str) else json.dumps(raw, default=str)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}..."


class NotAnAnswer(ValueError):  # noqa: N818 - it names what was given
    """A raw value that cannot be stored under its question; says why, and what would do."""

    def __init__(self, message: str, suggestion: str = "", code: str = "wrong-type") -> None:
        super().__init__(message)
        self.suggestion = suggestion
        self.code = code


@dataclass(frozen=True, slots=True)
class Account:
    """What one informant said: a value, or the state recorded in its place."""

    by: str
    state: State
    value: Value | None = None
    raw: Any = None
    """The value as it was typed, in JSON; kept for the record."""


@dataclass(frozen=True, slots=True)
class Given:
    """Everything recorded under one question: one account or several, and which one is used when they differ."""

    accounts: tuple[Account, ...]
    used: str | None = None

    @property
    def differ(self) -> bool:
        """Several accounts do not say the same, and the clinician has not named the one used."""
        if len(self.accounts) == 1:
            return False
        first = self.accounts[0]
        return self.used is None and any((a.state, a.value) != (first.state, first.value) for a in self.accounts[1:])

    @property
    def effective(self) -> Account:
        """The account that holds: the one named as used, or any of those that agree."""
        if len(self.accounts) == 1:
            return self.accounts[0]
        return next((account for account in self.accounts if account.by == self.used), self.accounts[0])

    @property
    def state(self) -> State:
        return State.DIFFERING if self.differ else self.effective.state

    @property
    def value(self) -> Value | None:
        return None if self.differ else self.effective.value


def one(value: Value, by: str = "patient", raw: Any = None) -> Given:
    """A single account with a value."""
    return Given((Account(by, State.ANSWERED, value, raw),))


def stated(state: State, by: str = "patient") -> Given:
    """A single account of not known, declined or come back."""
    return Given((Account(by, state),))


def read_given(question: Question, raw: Any) -> Given:
    """Read one entry of an `answers` mapping; NotAnAnswer where it cannot be stored."""
    if raw is None:
        raise NotAnAnswer("null is not an answer", "leave the question out when it was not asked, or give a state")
    if isinstance(raw, Mapping) and "accounts" in raw:
        return _read_accounts(question, raw)
    return Given((read_account(question, raw, informant(raw)),))


def informant(raw: Any) -> str:
    """Who said it: a state may name them, as an account does; the patient where nobody is named."""
    named = raw.get("by") if isinstance(raw, Mapping) and "state" in raw else None
    return named if isinstance(named, str) and named.strip() else "patient"


def read_account(question: Question, raw: Any, by: str) -> Account:
    """One value or `{"state": ...}` as an account of `by`."""
    if isinstance(raw, Mapping) and "state" in raw:
        _only_keys(raw, ("state", "by", "note"))
        _text_where_given(raw, ("by", "note"))
        return Account(by, read_state(raw["state"]))
    return Account(by, State.ANSWERED, read_value(question, raw), raw)


def read_state(raw: Any) -> State:
    """A state that is recorded in place of a value; NotAnAnswer for any other word."""
    found = next((state for state in ENTERED_STATES if state == raw), None)
    if found is None:
        raise NotAnAnswer(
            f"{as_written(raw)} is not a state to record", "use not_known, declined or come_back", "unknown-state"
        )
    return found


def _text_where_given(raw: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name in raw and not isinstance(raw[name], str):
            raise NotAnAnswer(f"`{name}` is {as_written(raw[name])}, which is not text", "write it as text")


def _read_accounts(question: Question, raw: Mapping[str, Any]) -> Given:
    _only_keys(raw, ("accounts", "used"))
    entries = raw["accounts"]
    if not isinstance(entries, Sequence) or isinstance(entries, str) or not entries:
        raise NotAnAnswer(
            "`accounts` must be a list with at least one account", 'write [{"by": "patient", "value": "no"}, ...]'
        )
    accounts = []
    for entry in entries:
        if (
            not isinstance(entry, Mapping)
            or not isinstance(entry.get("by"), str)
            or not entry["by"].strip()
            or ("value" in entry) == ("state" in entry)
        ):
            raise NotAnAnswer(
                "an account needs `by`, and either `value` or `state`", 'write {"by": "spouse", "value": "yes"}'
            )
        _only_keys(entry, ("by", "value", "state", "note"))
        _text_where_given(entry, ("note",))
        accounts.append(
            read_account(question, entry["value"] if "value" in entry else {"state": entry["state"]}, entry["by"])
        )
    used = raw.get("used")
    names = [account.by for account in accounts]
    if len(set(names)) < len(names):
        raise NotAnAnswer("two accounts have the same `by`", "name each informant once")
    if used is not None and used not in names:
        raise NotAnAnswer(f"`used` names {as_written(used)}, who gave no account", f"use one of: {', '.join(names)}")
    return Given(tuple(accounts), used)


def read_value(question: Question, raw: Any) -> Value:
    """Read a plain JSON value of the question's kind; NotAnAnswer where it cannot be stored."""
    return _READERS[question.kind](question, raw)


def _yes_no(question: Question, raw: Any) -> Value:
    if raw not in ("yes", "no"):
        raise NotAnAnswer(
            f'{as_written(raw)} is neither "yes" nor "no"',
            'write "yes", "no" or {"state": "not_known"}',
            "unknown-option",
        )
    return str(raw)


def _choice(question: Question, raw: Any) -> Value:
    if not isinstance(raw, str):
        raise NotAnAnswer(f"{as_written(raw)} is not an option id", f"use one of: {', '.join(question.option_ids)}")
    if raw not in question.option_ids:
        raise NotAnAnswer(
            f"{as_written(raw)} is not an option of {question.id}",
            f"use one of: {', '.join(question.option_ids)}",
            "unknown-option",
        )
    return raw


def _choices(question: Question, raw: Any) -> Value:
    if not isinstance(raw, list | tuple):
        raise NotAnAnswer(f"{as_written(raw)} is not a list of option ids", "write a list; [] says none of these")
    return frozenset(str(_choice(question, item)) for item in raw)


def _number(question: Question, raw: Any) -> Value:
    unit = question.unit
    if isinstance(raw, Mapping):
        _only_keys(raw, ("value", "unit"))
        unit, raw = raw.get("unit", unit), raw.get("value")
    value = exact(raw)
    if unit != question.unit:
        factor = CONVERSIONS.get((unit, question.unit)) if unit in question.units else None
        if factor is None:
            allowed = ", ".join((question.unit, *question.units))
            raise NotAnAnswer(
                f"{as_written(unit)} is not a unit of {question.id}", f"use one of: {allowed}", "unknown-unit"
            )
        value *= factor
    if value < 0:
        raise NotAnAnswer(tr("{value} is negative").format(value=value), tr("a measurement is 0 or more"), "negative")
    return value


_A_NUMBER = tr("write a number such as 147")


def _no_number(raw: Any) -> str:
    return tr("{said} is not a number").format(said=as_written(raw))


def exact(raw: Any) -> Decimal:
    """An exact number from JSON: a whole number, a decimal, or its text; NotAnAnswer for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise NotAnAnswer(_no_number(raw), _A_NUMBER)
    try:
        # `1_000` is text everywhere, though Decimal would read it.
        value = raw if isinstance(raw, Decimal) else Decimal(str(raw).strip().replace("_", "?"))
    except InvalidOperation:
        raise NotAnAnswer(_no_number(raw), _A_NUMBER) from None
    if not value.is_finite() or abs(value.adjusted()) > 30 or len(value.as_tuple().digits) > 40:
        raise NotAnAnswer(tr("that is not a number that can be measured"), _A_NUMBER)
    return value


_A_DATE = tr('write "2026-03-05", "2026-03" or "2026"')


def _date(question: Question, raw: Any) -> Value:
    if not isinstance(raw, str):
        raise NotAnAnswer(tr("{said} is not a date").format(said=as_written(raw)), _A_DATE)
    try:
        return PartialDate.parse(raw)
    except ValueError as wrong:
        raise NotAnAnswer(str(wrong), _A_DATE) from None


def _time(question: Question, raw: Any) -> Value:
    try:
        text = _text_of(raw)
        if text[2:3] != ":":
            raise ValueError
        return time.fromisoformat(text)
    except ValueError:
        raise NotAnAnswer(tr("{said} is not a time of day").format(said=as_written(raw)), tr('write "10:31"')) from None


def _datetime(question: Question, raw: Any) -> Value:
    try:
        text = _text_of(raw)
        if len(text) < 16 or not PartialDate.parse(text[:10]).exact:
            raise ValueError
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise NotAnAnswer(
            tr("{said} is not a day with a time").format(said=as_written(raw)), tr('write "2026-11-23T10:31"')
        ) from None


def _text(question: Question, raw: Any) -> Value:
    return _text_of(raw)


def _text_of(raw: Any) -> str:
    if not isinstance(raw, str):
        raise NotAnAnswer(f"{as_written(raw)} is not text", "write it as text")
    return raw


def _readings(question: Question, raw: Any) -> Value:
    if raw == NONE_TAKEN:
        return Readings((), none_taken=True)
    if not isinstance(raw, list | tuple):
        raise NotAnAnswer(
            f"{as_written(raw)} is not a list of readings", 'write [{"systolic": 151, "diastolic": 94}] or "none taken"'
        )
    return Readings(tuple(_reading(question, item) for item in raw))


def _reading(question: Question, raw: Any) -> Reading:
    if isinstance(raw, list | tuple):
        if len(raw) > len(question.parts):
            raise NotAnAnswer(
                f"a reading has {len(question.parts)} values at most", f"in this order: {', '.join(question.parts)}"
            )
        raw = dict(zip(question.parts, raw, strict=False))
    if not isinstance(raw, Mapping):
        raise NotAnAnswer(f"{as_written(raw)} is not a reading", "write [151, 94] or {systolic: 151, diastolic: 94}")
    _only_keys(raw, READING_PARTS)
    figures: dict[str, Any] = {part: _measured(raw[part]) for part in READING_PARTS[:3] if raw.get(part) is not None}
    words: dict[str, Any] = {key: _text_of(raw[key]) for key in READING_PARTS[3:] if raw.get(key) is not None}
    if words.get("phase") is not None and words["phase"] not in PHASES:
        raise NotAnAnswer(
            f"{as_written(words['phase'])} is not a phase", f"use one of: {', '.join(PHASES)}", "unknown-option"
        )
    return Reading(**figures, **words)


def _measured(raw: Any) -> Decimal:
    value = exact(raw)
    if value < 0:
        raise NotAnAnswer(tr("{value} is negative").format(value=value), tr("a measurement is 0 or more"), "negative")
    return value


USES = ("current", "stopped", "not_known")


def _medicines(question: Question, raw: Any) -> Value:
    if not isinstance(raw, list | tuple):
        raise NotAnAnswer(f"{as_written(raw)} is not a list of medicines", "write a list; [] says no medicines")
    return Medicines(tuple(_medicine(item) for item in raw))


def _medicine(raw: Any) -> MedicineEntry:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("name"), str) or not raw["name"].strip():
        raise NotAnAnswer("a medicine needs a name", 'write {"name": "sertraline", "use": "current"}')
    _only_keys(raw, ("name", "route", "dose", "started", "last_taken", "use", "told_by"))
    use = raw.get("use", "not_known")
    if use not in USES:
        raise NotAnAnswer(f"{as_written(use)} is not a use", f"use one of: {', '.join(USES)}", "unknown-option")
    if raw.get("route") is not None and raw["route"] not in ROUTES:
        said = f"{as_written(raw['route'])} is not a route"
        raise NotAnAnswer(said, f"use one of: {', '.join(ROUTES)}", "unknown-option")
    try:
        dates: dict[str, Any] = {
            key: PartialDate.parse(_text_of(raw[key])) for key in ("started", "last_taken") if raw.get(key) is not None
        }
    except ValueError as wrong:
        raise NotAnAnswer(str(wrong), _A_DATE) from None
    words: dict[str, Any] = {
        key: _text_of(raw[key]) for key in ("route", "dose", "told_by") if raw.get(key) is not None
    }
    return MedicineEntry(name=raw["name"], use=use, **dates, **words)


def _instrument(question: Question, raw: Any) -> Value:
    if not isinstance(raw, Mapping) or not any(key in raw for key in ("items", "total", "scores")):
        raise NotAnAnswer(
            f"{as_written(raw)} is not an instrument's result", 'write {"items": {"1": 2}} or {"total": 12}'
        )
    _only_keys(raw, ("items", "total", "scores"))
    scoring = question.scoring
    items = _figures(raw, "items", () if scoring is None else scoring.items)
    for number, value in items.items():
        scale = () if scoring is None else scoring.items[number].values
        if value not in scale:
            allowed = ", ".join(figure_words(one) for one in scale)
            said = tr("{value} is no answer to item {number}").format(value=value, number=number)
            raise NotAnAnswer(said, tr("use one of: {allowed}").format(allowed=allowed), "unknown-option")
    others = [] if scoring is None else [name for name in scoring.scores if name != scoring.main]
    scores = _figures(raw, "scores", others)
    total = None if raw.get("total") is None else _measured(raw["total"])
    if total is not None and scoring is not None and not scoring.scores:
        raise NotAnAnswer("this instrument has no total", 'write {"items": {"1": 1}}', "unknown-option")
    return InstrumentResult(tuple(items.items()), total, tuple(scores.items()))


def _figures(raw: Mapping[str, Any], key: str, known: Iterable[str]) -> dict[str, Decimal]:
    """Items or scores by their ids; None is the same as left out."""
    given = raw.get(key, {})
    if not isinstance(given, Mapping):
        raise NotAnAnswer(f"`{key}` must map ids to figures", 'write {"items": {"1": 2}}')
    ids = list(known)
    for name in given:
        if str(name) not in ids:
            allowed = f"use one of: {', '.join(ids)}" if ids else f"leave `{key}` out"
            said = f"this instrument has no {'item' if key == 'items' else 'score'} {as_written(name)}"
            raise NotAnAnswer(said, allowed, "unknown-option")
    return {str(name): _measured(value) for name, value in given.items() if value is not None}


def _derived(question: Question, raw: Any) -> Value:
    raise NotAnAnswer(
        f"{question.id} is worked out, never typed", "give the answers that it is worked out from", "derived"
    )


_READERS: Mapping[Kind, Callable[[Question, Any], Value]] = {
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _datetime,
    Kind.TEXT: _text,
    Kind.READINGS: _readings,
    Kind.MEDICINES: _medicines,
    Kind.INSTRUMENT: _instrument,
    Kind.DERIVED: _derived,
}


def _only_keys(raw: Mapping[str, Any], allowed: Sequence[str]) -> None:
    extra = [str(key) for key in raw if key not in allowed]
    if extra:
        raise NotAnAnswer(f"unknown key {extra[0]!r}", f"the keys are: {', '.join(allowed)}", "unknown-key")


def doubts(question: Question, value: Value, day: date | None = None, say: Voice = KEPT) -> list[str]:
    """What looks mistyped in a value that can be stored, to be looked at again.

    That is a figure outside its plausible range, a diastolic not below its systolic, a date after `day`, the visit's,
    a medicine stopped before it was started, an instrument's total that its items cannot come to.
    """
    found: list[str] = []
    if isinstance(value, Decimal):
        if question.plausible and not question.plausible[0] <= value <= question.plausible[1]:
            low, high = question.plausible
            found.append(_outside(figure_words(value), figure_words(low), with_unit(high, question.unit, say), say))
    elif isinstance(value, PartialDate):
        if day is not None and value.first > day and not question.planned:
            found.append(say.tr("{when} lies after the visit's date, {day}").format(when=value.text, day=day))
    elif isinstance(value, Readings):
        for number, reading in enumerate(value.items, start=1):
            reading_said = say.tr("reading {number}").format(number=number)
            found += [f"{reading_said}: {doubt}" for doubt in _reading_doubts(question, reading, say)]
    elif isinstance(value, Medicines):
        for entry in value.items:
            found += [f"{entry.name}: {doubt}" for doubt in _medicine_doubts(entry, day, say)]
    elif isinstance(value, InstrumentResult) and question.scoring is not None:
        found += question.scoring.doubts(value, say)
    return found


def _outside(figure: str, low: str, high: str, say: Voice) -> str:
    return say.tr("{figure} lies outside {low} to {high}").format(figure=figure, low=low, high=high)


def _medicine_doubts(entry: MedicineEntry, day: date | None, say: Voice) -> list[str]:
    found = []
    if entry.started is not None and entry.last_taken is not None and entry.last_taken.last < entry.started.first:
        found.append(
            say.tr("last taken {last}, before it was started, {started}").format(
                last=entry.last_taken.text, started=entry.started.text
            )
        )
    started = say.tr("started {when}, after the visit's date, {day}")
    last_taken = say.tr("last taken {when}, after the visit's date, {day}")
    for said, when in ((started, entry.started), (last_taken, entry.last_taken)):
        if day is not None and when is not None and when.first > day:
            found.append(said.format(when=when.text, day=day))
    return found


def _reading_doubts(question: Question, reading: Reading, say: Voice) -> list[str]:
    found = []
    for part, (low, high) in question.plausible_parts.items():
        value = getattr(reading, part)
        if value is not None and not low <= value <= high:
            figure = f"{say.word(PART_WORDS.get(part, part))} {figure_words(value)}"
            found.append(_outside(figure, figure_words(low), figure_words(high), say))
    if reading.systolic is not None and reading.diastolic is not None and reading.diastolic >= reading.systolic:
        found.append(
            say.tr("diastolic {diastolic} is not below systolic {systolic}").format(
                diastolic=figure_words(reading.diastolic), systolic=figure_words(reading.systolic)
            )
        )
    return found

"""Records as they come from anywhere, made by chance from a seed: every kind, every state, and what real data hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from screener.forms.answering import PHASES, USES, Given, read_given
from screener.forms.model import Question
from screener.forms.visibility import Form
from screener.rules.expressions import ROUTES
from screener.rules.values import Kind
from tests.rules.running import VISIT

SHARES = (0.2, 0.6, 0.85, 0.95, 1.0)
"""How much of a form is answered."""
_STATES = ("not_known", "declined", "come_back")
_NAMES = (
    "sertraline", "Zoloft", "lithium", "phenelzine", "moclobemide", "selegiline", "diazepam", "lorazepam", "oxycodone",
    "sildenafil", "timolol", "frovatriptan", "bupropion", "quetiapine", "clozapine", "paracetamol", "St John's wort",
    "naltrexone", "clarithromycin", "rifampicin", "dextromethorphan", "a little white one", "ZOLOFT 50",
    "fluoxetine", "fluoxetine", "Fluoxetine", "methylphenidate", "naratriptan",
    "olanzapine with fluoxetine", "dextromethorphan with quinidine",
    "naltrexone with bupropion",
)  # fmt: skip
_PRESSURES = (0, 60, 85, 90, 91, 99, 100, 120, 138, 139, 140, 141, 149, 150, 151, 159, 160, 161, 170, 180, 181, 200)
_STRANGE = ("0", "0.0000000000000001", "123456789012345678901234567890", "7.0000000001", "99", "12.50")


def records(form: Form, count: int, seed: int = 7) -> Iterator[tuple[date, dict[str, Given]]]:
    """So many records with the day of their visit."""
    dice = random.Random(seed)
    for _ in range(count):
        yield day_of(dice), record(form, dice)


def day_of(dice: random.Random) -> date:
    """The day of a visit: mostly the same, else any, the last day of February among them."""
    return dice.choice(
        (VISIT, VISIT, date(2024, 2, 29), date(2026, 3, 31), VISIT - timedelta(days=dice.randrange(800)))
    )


def record(form: Form, dice: random.Random) -> dict[str, Given]:
    """Few to all questions of a form answered, those that are hidden too."""
    share, wild = dice.choice(SHARES), dice.choice((0.02, 0.2))
    asked = [question for question in form.questions.values() if question.kind is not Kind.DERIVED]
    return {question.id: read_given(question, raw(question, dice, wild)) for question in asked if dice.random() < share}


def raw(question: Question, dice: random.Random, wild: float = 0.1) -> Any:
    """One entry of `answers`: a value, a state, or accounts that agree or differ."""
    if dice.random() < wild:
        return {"state": dice.choice(_STATES)}
    if dice.random() < wild / 2:
        accounts = [{"by": by, **_said(question, dice)} for by in ("patient", "spouse")]
        used = dice.choice((None, None, "patient", "spouse"))
        return {"accounts": accounts} if used is None else {"accounts": accounts, "used": used}
    return value(question, dice, wild)


def _said(question: Question, dice: random.Random) -> dict[str, Any]:
    return {"state": dice.choice(_STATES)} if dice.random() < 0.2 else {"value": value(question, dice)}


def value(question: Question, dice: random.Random, wild: float = 0.1) -> Any:
    """A value of the question's kind, in JSON."""
    match question.kind:
        case Kind.YES_NO:
            return dice.choice(("yes", "no", "no"))
        case Kind.CHOICE:
            return dice.choice(question.option_ids)
        case Kind.CHOICES:
            return [option for option in question.option_ids if dice.random() < 0.3]
        case Kind.NUMBER:
            return dice.choice(_STRANGE) if dice.random() < wild / 4 else _number(question, dice)
        case Kind.DATE:
            return _date(dice)
        case Kind.TIME:
            return dice.choice(("00:00", "08:00", "23:59"))
        case Kind.DATETIME:
            minutes = dice.choice((-1, 0, 29, 30, 31, 60, 119, 120, 121, 300, dice.randrange(10_000)))
            return f"{VISIT - timedelta(days=minutes // 1440)}T{12 - minutes % 720 // 60:02}:{minutes % 60:02}"
        case Kind.READINGS:
            return _readings(dice, wild)
        case Kind.MEDICINES:
            return [_medicine(dice) for _ in range(dice.choice((0, 1, 1, 2, 4)))]
        case Kind.INSTRUMENT:
            return _instrument(question, dice)
        case _:
            return dice.choice(("", "as the person said it", "no"))


def _number(question: Question, dice: random.Random) -> Any:
    low, high = question.plausible or (0, 300)
    edges = (17, 18, 20, 21, 24, 25, 34, 35, 64, 65, 66, 74, 75, int(low), int(high))
    figure = dice.choice((dice.choice(edges), dice.randint(int(low), max(int(low), int(high)))))
    return f"{figure}.{dice.randrange(100):02}" if dice.random() < 0.2 else figure


def _date(dice: random.Random) -> str:
    back = dice.choice(
        (-1, 0, 7, 14, 28, 30, 41, 42, 43, 89, 90, 91, 180, 365, 366, 730, dice.randrange(100), dice.randrange(3000))
    )
    day = VISIT - timedelta(days=back)
    return dice.choice((f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y}"))


def _readings(dice: random.Random, wild: float) -> Any:
    if dice.random() < wild:
        return "none taken"
    return [_reading(dice, wild) for _ in range(dice.choice((0, 1, 2, 2, 3, 4)) if wild > 0.1 else dice.randint(1, 3))]


def _reading(dice: random.Random, wild: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in ("systolic", "diastolic"):
        if dice.random() > wild:
            found[part] = dice.choice(_PRESSURES)
    if dice.random() < 0.5:
        found["pulse"] = dice.choice((0, 48, 72, 101, 140))
    if dice.random() < wild / 3:
        found["systolic"] = dice.choice(("140.5", "139.99", "140.00001", "12345678901"))
    if dice.random() < 0.7:
        found["phase"] = dice.choice(PHASES)
    if dice.random() < 0.3:
        found["at"] = dice.choice(
            ("10:31", f"{VISIT}T09:00", f"{VISIT - timedelta(days=1)}", "after lunch", "after lunch, lying", "20261123")
        )
    if dice.random() < 0.2:
        found |= {"arm": dice.choice(("left", "right")), "position": "sitting"}
    return found


def _medicine(dice: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {"name": dice.choice(_NAMES), "use": dice.choice(USES)}
    if dice.random() < 0.5:
        found["route"] = dice.choice(ROUTES)
    if dice.random() < 0.7:
        found["last_taken"] = _date(dice)
    return found


def _instrument(question: Question, dice: random.Random) -> dict[str, Any]:
    scoring = question.scoring
    assert scoring is not None
    share = dice.choice((0.0, 0.5, 0.9, 1.0))
    low = dice.random() < 0.4
    items = {
        name: str(scale.low if low else dice.choice(scale.values))
        for name, scale in scoring.items.items()
        if dice.random() < share
    }
    found: dict[str, Any] = {"items": items}
    scores = {
        name: dice.randint(int(made.low), int(made.high) + (1 if dice.random() < 0.05 else 0))
        for name, made in scoring.scores.items()
        if dice.random() < 0.4
    }
    if scoring.main in scores:
        found["total"] = scores.pop(scoring.main)
    if scores:
        found["scores"] = scores
    return found

"""Random answers to the questions of a form, in the JSON that `evaluate` takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from screener.forms.answering import PHASES, USES, Given, read_given
from screener.forms.model import Question
from screener.forms.visibility import Form
from screener.rules.values import Kind
from tests.rules.running import VISIT

_STATES = st.sampled_from([{"state": "not_known"}, {"state": "declined"}, {"state": "come_back"}])
_PRESSURE = st.one_of(
    st.none(), st.sampled_from([0, 60, 85, 90, 91, 99, 100, 120, 140, 141, 150, 160, 170, 180, 181, 200])
)


def raw_answers(form: Form, only: Iterable[str] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to some of a form's questions (or of `only` these): values, states, accounts that agree or differ."""
    wanted = form.questions if only is None else [name for name in form.questions if name in set(only)]
    questions = [form.questions[name] for name in wanted]
    asked = {q.id: raw_answer(q) for q in questions if q.kind is not Kind.DERIVED}
    return st.fixed_dictionaries({}, optional=asked)


def read(form: Form, raw: dict[str, Any]) -> dict[str, Given]:
    """Raw answers as the form reads them."""
    return {question_id: read_given(form.questions[question_id], value) for question_id, value in raw.items()}


def raw_answer(question: Question) -> st.SearchStrategy[Any]:
    """One entry of `answers`; mostly a value."""
    value = _value(question)
    return st.one_of(value, value, value, value, _STATES, _accounts(value))


def _accounts(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    said = st.one_of(st.builds(lambda v: {"value": v}, value), _STATES)
    pair = st.tuples(said, said, st.sampled_from([None, "patient", "spouse"]))
    return pair.map(_as_accounts)


def _as_accounts(pair: tuple[dict[str, Any], dict[str, Any], str | None]) -> dict[str, Any]:
    first, second, used = pair
    accounts = [{"by": "patient", **first}, {"by": "spouse", **second}]
    return {"accounts": accounts} if used is None else {"accounts": accounts, "used": used}


def _value(question: Question) -> st.SearchStrategy[Any]:
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return st.sampled_from(question.option_ids)
        case Kind.CHOICES:
            return st.lists(st.sampled_from(question.option_ids), unique=True, max_size=3)
        case Kind.NUMBER:
            return _number(question)
        case Kind.DATE:
            return st.one_of(
                _days().map(str), _days().map(lambda day: f"{day:%Y-%m}"), _days().map(lambda d: f"{d:%Y}")
            )
        case Kind.DATETIME:
            return _moments()
        case Kind.TIME:
            return st.sampled_from(["08:00", "10:31", "23:59"])
        case Kind.TEXT:
            return st.sampled_from(["", "as the person said it"])
        case Kind.READINGS:
            return st.one_of(st.just("none taken"), st.lists(_reading(), min_size=1, max_size=3))
        case Kind.MEDICINES:
            return st.lists(_medicine(), max_size=3)
        case Kind.INSTRUMENT:
            return _instrument(question)
        case Kind.DERIVED:
            raise AssertionError("a derived question is never answered")


def _number(question: Question) -> st.SearchStrategy[Any]:
    low, high = question.plausible or (0, 300)
    edges = st.sampled_from([17, 18, 20, 21, 24, 25, 34, 35, 64, 65, 66, 74, 75])
    return st.one_of(st.integers(int(low), int(high)), edges)


_NAMES = (
    "sertraline", "Zoloft", "lithium", "phenelzine", "moclobemide", "diazepam", "oxycodone", "sildenafil", "timolol",
    "frovatriptan", "bupropion", "quetiapine", "paracetamol", "a little white one",
)  # fmt: skip


def _medicine() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"name": st.sampled_from(_NAMES), "use": st.sampled_from(USES)},
        optional={
            "route": st.sampled_from(["oral", "eye", "transdermal"]),
            "last_taken": st.one_of(_days().map(str), _days().map(lambda day: f"{day:%Y-%m}")),
        },
    )


def _instrument(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the items, some of the scores, agreeing or not; never nothing."""
    scoring = question.scoring
    assert scoring is not None
    items = {item: st.sampled_from([int(v) for v in scale.values]) for item, scale in scoring.items.items()}
    figures = {name: st.integers(int(made.low), int(made.high)) for name, made in scoring.scores.items()}
    total = {"total": figures.pop(scoring.main)} if scoring.scores else {}
    parts = {"items": st.fixed_dictionaries({}, optional=items), **total}
    if figures:
        parts["scores"] = st.fixed_dictionaries({}, optional=figures)
    return st.fixed_dictionaries({}, optional=parts).map(lambda raw: raw or {"items": {}})


def _days() -> st.SearchStrategy[date]:
    near = st.integers(-120, 2).map(lambda shift: VISIT + timedelta(days=shift))
    edges = st.sampled_from([-43, -42, -41, -91, -90, -365, -366, 0, 1]).map(
        lambda shift: VISIT + timedelta(days=shift)
    )
    return st.one_of(near, edges, st.dates(date(2019, 1, 1), date(2026, 12, 31)))


def _moments() -> st.SearchStrategy[str]:
    noon = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - a visit's moment has no zone
    minutes = st.sampled_from([-241, -121, -120, -119, -61, -60, -31, -30, -29, 0, 1])
    return minutes.map(lambda shift: (noon + timedelta(minutes=shift)).isoformat(timespec="minutes"))


def _reading() -> st.SearchStrategy[dict[str, Any]]:
    row = st.fixed_dictionaries(
        {"systolic": _PRESSURE, "diastolic": _PRESSURE},
        optional={"pulse": st.sampled_from([48, 72, 101]), "phase": st.sampled_from(PHASES)},
    )
    return row.map(lambda given: {key: value for key, value in given.items() if value is not None})

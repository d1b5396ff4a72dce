"""Every node of the language with its truth table."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from pydantic import ValidationError

from screener.rules.truth import Truth, at_least, conjoin, disjoin, negate
from screener.rules.values import Answer, Interval, State, answered
from tests.rules.running import NO, UNKNOWN, YES, at, node, on, result, truth

UNANSWERED = [State.NOT_KNOWN, State.DECLINED, State.COME_BACK, State.NOT_ASKED, State.DIFFERING, State.GATE_OPEN]
STATED = {YES: "yes", NO: "no", UNKNOWN: State.NOT_KNOWN}


def asked(name: str) -> dict[str, str]:
    return {"ask": name, "is": "yes"}


TABLE: list[tuple[dict[str, Any], Any, Truth]] = [
    ({"ask": "q", "is": "yes"}, "yes", YES),
    ({"ask": "q", "is": "yes"}, "no", NO),
    ({"ask": "q", "is": "no"}, "no", YES),
    ({"ask": "q", "is": "b"}, "a", NO),
    ({"ask": "q", "one_of": ["b", "c"]}, "c", YES),
    ({"ask": "q", "one_of": ["b", "c"]}, "a", NO),
    ({"ask": "q", "one_of": ["b", "c"]}, frozenset(("a", "c")), YES),
    ({"ask": "q", "one_of": ["b", "c"]}, frozenset(("a",)), NO),
    ({"ask": "q", "one_of": ["b", "c"]}, frozenset(), NO),
    ({"ask": "q", "is": "b"}, frozenset(("a", "b")), YES),
    ({"ask": "q", "above": 450}, 450, NO),
    ({"ask": "q", "above": 450}, 451, YES),
    ({"ask": "q", "at_least": 450}, 450, YES),
    ({"ask": "q", "at_least": 450}, 449, NO),
    ({"ask": "q", "at_most": 18}, 18, YES),
    ({"ask": "q", "at_most": 18}, 19, NO),
    ({"ask": "q", "below": 18}, 18, NO),
    ({"ask": "q", "below": 18}, 17, YES),
    ({"ask": "q", "between": [18, 24]}, 18, YES),
    ({"ask": "q", "between": [18, 24]}, 24, YES),
    ({"ask": "q", "between": [18, 24]}, 25, NO),
    ({"ask": "q", "between": [18, 24]}, 17, NO),
    ({"ask": "q", "at_least": "37.5"}, Decimal("37.50"), YES),
    ({"ask": "q", "above": "0.1"}, Fraction(1, 10), NO),
    ({"ask": "q", "above": "0.1"}, Fraction(1, 9), YES),
    ({"ask": "q", "at_least": 18}, Interval(Fraction(17), Fraction(18)), UNKNOWN),
    ({"ask": "q", "at_least": 18}, Interval(Fraction(18), Fraction(19)), YES),
    ({"ask": "q", "at_least": 18}, Interval(Fraction(16), Fraction(17)), NO),
    ({"ask": "q", "between": [18, 24]}, Interval(Fraction(24), Fraction(25)), UNKNOWN),
    ({"missing": "q"}, "yes", NO),
    ({"accounts_differ": "q"}, "yes", NO),
]


@pytest.mark.parametrize(("written", "value", "expected"), TABLE)
def test_a_test_of_one_answer_follows_its_table(written: dict[str, Any], value: Any, expected: Truth) -> None:
    assert truth(written, {"q": value}) is expected


ONE_ANSWER_TESTS = [
    {"ask": "q", "is": "yes"},
    {"ask": "q", "one_of": ["a", "b"]},
    {"ask": "q", "above": 1},
    {"ask": "q", "between": [1, 2]},
    {"ask": "q", "within": "6 wk"},
    {"ask": "q", "older_than": "90 d"},
    {"ask": "q", "after": "visit"},
    {"ask": "q", "within": "2 h", "before": "r"},
    {"compare": "q", "above": "r"},
    {"compare": "q", "minus": "r", "at_least": 40},
    {"readings": "q", "mean": "systolic", "above": 140},
    {"readings": "q", "count": {"below": 2}},
]


@pytest.mark.parametrize("written", ONE_ANSWER_TESTS, ids=str)
@pytest.mark.parametrize("state", UNANSWERED)
def test_every_state_without_a_value_is_unknown_and_names_the_question(written: dict[str, Any], state: State) -> None:
    found, ids = result(written, {"q": state, "r": 3})
    assert found is UNKNOWN
    assert ids == {"q"}


@pytest.mark.parametrize("written", ONE_ANSWER_TESTS, ids=str)
def test_what_does_not_apply_is_no_for_every_test_and_yes_for_its_not(written: dict[str, Any]) -> None:
    answers = {"q": State.NOT_APPLICABLE, "r": State.NOT_KNOWN}
    assert truth(written, answers) is NO
    assert truth({"not": written}, answers) is YES


@pytest.mark.parametrize("written", ONE_ANSWER_TESTS, ids=str)
def test_a_question_that_nobody_gave_is_unknown(written: dict[str, Any]) -> None:
    assert truth(written, {"r": State.NOT_ASKED}) is UNKNOWN


@pytest.mark.parametrize("parts", list(product(Truth, repeat=3)), ids=str)
def test_all_any_count_and_not_are_kleene(parts: tuple[Truth, ...]) -> None:
    answers = {name: STATED[part] for name, part in zip("abc", parts, strict=True)}
    asks = [asked(name) for name in "abc"]
    assert truth({"all": asks}, answers) is conjoin(parts)
    assert truth({"any": asks}, answers) is disjoin(parts)
    assert truth({"not": {"any": asks}}, answers) is negate(disjoin(parts))
    for needed in (1, 2, 3):
        assert truth({"count": {"at_least": needed, "of": asks}}, answers) is at_least(needed, parts)


@pytest.mark.parametrize("parts", list(product(Truth, repeat=3)), ids=str)
@pytest.mark.parametrize(
    "written",
    [
        {"all": [asked("a"), asked("b"), asked("c")]},
        {"any": [asked("a"), asked("b"), asked("c")]},
        {"count": {"at_least": 2, "of": [asked("a"), asked("b"), asked("c")]}},
        {"any": [{"all": [asked("a"), {"not": asked("b")}]}, asked("c")]},
    ],
    ids=str,
)
def test_what_a_node_rests_on_is_enough_and_nothing_in_it_can_go(written: Any, parts: tuple[Truth, ...]) -> None:
    answers = {name: STATED[part] for name, part in zip("abc", parts, strict=True)}
    found, ids = result(written, answers)
    if found is UNKNOWN:
        assert ids <= {name for name, part in zip("abc", parts, strict=True) if part is UNKNOWN}
        return
    kept = {name: answers[name] for name in ids}
    assert truth(written, kept) is found
    for name in ids:
        assert truth(written, {other: said for other, said in kept.items() if other != name}) is UNKNOWN


COMPARE: list[tuple[dict[str, Any], Any, Any, Truth]] = [
    ({"compare": "q", "at_least": "r"}, 90, 90, YES),
    ({"compare": "q", "at_least": "r"}, 89, 90, NO),
    ({"compare": "q", "above": "r"}, 90, 90, NO),
    ({"compare": "q", "below": "r"}, 89, 90, YES),
    ({"compare": "q", "at_most": "r"}, 91, 90, NO),
    ({"compare": "q", "above": "r", "times": 4}, 16, 4, NO),
    ({"compare": "q", "above": "r", "times": 4}, 17, 4, YES),
    ({"compare": "q", "minus": "r", "at_least": 40}, 180, 140, YES),
    ({"compare": "q", "minus": "r", "at_least": 40}, 179, 140, NO),
    ({"compare": "q", "minus": "r", "below": 0}, 139, 140, YES),
    ({"compare": "q", "below": "r"}, on("2026-02"), on("2026-03-01"), YES),
    ({"compare": "q", "below": "r"}, on("2026-03"), on("2026-03-01"), NO),
    ({"compare": "q", "below": "r"}, on("2026-03"), on("2026-03-15"), UNKNOWN),
    ({"compare": "q", "above": "r"}, on("2026"), on("2025"), YES),
    ({"compare": "q", "above": "r"}, at("2026-11-23T11:01"), at("2026-11-23T11:00"), YES),
    ({"compare": "q", "above": "r"}, at("2026-11-23T11:00"), at("2026-11-23T11:00"), NO),
    ({"compare": "q", "at_least": "r"}, at("2026-11-23T11:00"), at("2026-11-23T11:00"), YES),
    ({"compare": "q", "below": "r"}, at("2026-11-22T23:59:59"), at("2026-11-23T00:00"), YES),
    ({"compare": "q", "at_most": "r"}, at("2026-11-24T08:00"), at("2026-11-23T11:00"), NO),
]


@pytest.mark.parametrize(("written", "left", "right", "expected"), COMPARE)
def test_two_answers_are_compared_exactly(written: dict[str, Any], left: Any, right: Any, expected: Truth) -> None:
    assert truth(written, {"q": left, "r": right}) is expected


def test_a_comparison_at_the_edge_of_a_month_misses_only_the_vague_answer() -> None:
    written = {"compare": "q", "below": "r"}
    assert result(written, {"q": on("2026-03"), "r": on("2026-03-15")}) == (UNKNOWN, frozenset("q"))
    assert result(written, {"q": on("2026-03"), "r": on("2026")}) == (UNKNOWN, frozenset("qr"))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.NOT_ASKED, YES),
        (State.COME_BACK, YES),
        (State.NOT_KNOWN, NO),
        (State.DECLINED, NO),
        (State.DIFFERING, NO),
        (State.NOT_APPLICABLE, NO),
        (State.GATE_OPEN, UNKNOWN),
    ],
)
def test_missing_is_yes_only_while_nothing_is_recorded(state: State, expected: Truth) -> None:
    assert truth({"missing": "q"}, {"q": state}) is expected


def test_accounts_that_differ_are_yes_and_name_the_question() -> None:
    assert result({"accounts_differ": "q"}, {"q": State.DIFFERING}) == (YES, frozenset("q"))
    assert truth({"accounts_differ": "q"}, {"q": State.NOT_KNOWN}) is NO
    assert truth({"accounts_differ": "q"}, {"q": State.NOT_ASKED}) is UNKNOWN


LIMIT = {"parameter": "limit.systolic"}


@pytest.mark.parametrize(
    ("value", "chosen", "expected"),
    [
        (150, {"limit": {"systolic": Decimal(140)}}, (YES, {"q", "parameter:limit"})),
        (140, {"limit": {"systolic": Decimal(140)}}, (NO, {"q", "parameter:limit"})),
        (150, {}, (UNKNOWN, {"parameter:limit"})),
        (State.NOT_KNOWN, {}, (UNKNOWN, {"parameter:limit", "q"})),
        (State.NOT_KNOWN, {"limit": {"systolic": Decimal(140)}}, (UNKNOWN, {"q"})),
        (150, {"limit": {"diastolic": Decimal(90)}}, (NO, {"parameter:limit"})),
        (State.NOT_ASKED, {"limit": {"diastolic": Decimal(90)}}, (NO, {"parameter:limit"})),
        (State.NOT_APPLICABLE, {}, (NO, {"q"})),
    ],
)
def test_a_figure_of_the_clinic_is_unknown_until_chosen_and_no_where_the_option_names_none(
    value: Any, chosen: dict[str, dict[str, Decimal]], expected: tuple[Truth, set[str]]
) -> None:
    found, ids = result({"ask": "q", "above": LIMIT}, {"q": value}, chosen)
    assert (found, set(ids)) == expected


def test_an_answer_kept_behind_a_gate_rests_on_its_gate_too() -> None:
    behind = Answer(State.ANSWERED, "yes", frozenset(("gate", "q")), frozenset(("q",)))
    found, ids = result({"all": [asked("q"), asked("r")]}, {"q": behind, "r": answered("r", "yes")})
    assert found is YES
    assert ids == {"gate", "q", "r"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"ask": "q"},
        {"ask": "q", "is": "yes", "above": 3},
        {"ask": "q", "above": 1.5},
        {"ask": "q", "between": [24, 18]},
        {"ask": "q", "is": "yes", "before": "r"},
        {"ask": "q", "within": "six weeks"},
        {"ask": "q", "after": "visit.dose_at"},
        {"ask": "q", "after": "visit", "within": "6 wk"},
        {"ask": "q", "after": "visit", "before": "r"},
        {"ask": "q", "within": "6 weeks"},
        {"ask": "q", "default": "no"},
        {"all": []},
        {"count": {"at_least": 0, "of": [asked("a"), asked("b")]}},
        {"compare": "q", "minus": "r", "above": "s"},
        {"compare": "q", "above": 4},
        {"compare": "q", "above": "r", "below": "s"},
        {"readings": "q", "mean": "systolic"},
        {"readings": "q", "mean": "systolic", "last": "systolic", "above": 1},
        {"readings": "q", "count": {"below": 2}, "above": 3},
        {"readings": "q", "zero": "systolic", "above": 3},
        {"readings": "q", "zero": "pulse_pressure"},
        {"readings": "q", "count": {"below": 2, "at_least": 1}},
        {"if": asked("q")},
        {"coalesce": ["q", "no"]},
    ],
    ids=str,
)
def test_what_the_language_does_not_have_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        node(wrong)


def test_hours_count_between_two_moments() -> None:
    written = {"ask": "q", "within": "2 h", "before": "r"}
    dose = at("2026-11-23T12:00")
    assert truth(written, {"q": at("2026-11-23T10:00"), "r": dose}) is YES
    assert truth(written, {"q": at("2026-11-23T09:59"), "r": dose}) is NO
    assert truth(written, {"q": at("2026-11-23T12:01"), "r": dose}) is NO
    assert truth({"not": written}, {"q": at("2026-11-23T10:00"), "r": State.NOT_ASKED}) is UNKNOWN

"""When a question is shown, as FHIR says it: `enableWhen` with `enableBehavior`, on the item or a group around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from screener.exchange.fhir.elements import Json, quantity
from screener.exchange.fhir.values import option_coding
from screener.forms.model import Question
from screener.rules.expressions import All, Any_, Ask, Node
from screener.rules.values import Kind

_OPERATORS: Mapping[str, str] = {"above": ">", "at_least": ">=", "at_most": "<=", "below": "<"}
_BY_OPTION = (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES)


@dataclass(frozen=True, slots=True)
class Condition:
    """Conditions of which all, or any, have to hold."""

    tests: tuple[Json, ...]
    behavior: Literal["all", "any"]

    def to_json(self) -> Json:
        behavior = {"enableBehavior": self.behavior} if len(self.tests) > 1 else {}
        return {"enableWhen": list(self.tests), **behavior}


@dataclass(frozen=True, slots=True)
class Enabling:
    """What enables a question: its own condition, and those of groups around it, outermost first.

    A list of options inside an `all` needs such a group: FHIR joins the conditions of one item in one way only.
    `whole`: nothing of it had to be left out.
    """

    own: Condition | None = None
    around: tuple[Condition, ...] = ()
    whole: bool = True


def enabling(question: Question, asked: Mapping[str, Question]) -> Enabling:
    """The display condition of a question. A test that FHIR has no words for leaves the item without a condition."""
    if question.shown_when is None:
        return Enabling()
    found = _conditions(question.shown_when, asked)
    if found is None:
        return Enabling(whole=False)
    return Enabling(found[-1], tuple(found[:-1]))


def _conditions(node: Node, asked: Mapping[str, Question]) -> list[Condition] | None:
    match node:
        case Ask():
            condition = _condition(node, asked)
            return None if condition is None else [condition]
        case Any_():
            return _any([_condition(part, asked) for part in node.any])
        case All():
            return _all([_condition(part, asked) for part in node.all])
        case _:
            return None


def _any(parts: list[Condition | None]) -> list[Condition] | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or any(part.behavior == "all" and len(part.tests) > 1 for part in known):
        return None
    return [Condition(tuple(test for part in known for test in part.tests), "any")]


def _all(parts: list[Condition | None]) -> list[Condition] | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    lists = [part for part in known if part.behavior == "any" and len(part.tests) > 1]
    plain = tuple(test for part in known if part not in lists for test in part.tests)
    return [*lists, Condition(plain, "all")] if plain else lists


def _condition(node: Any, asked: Mapping[str, Question]) -> Condition | None:
    """One test of one question."""
    question = asked.get(node.ask) if isinstance(node, Ask) else None
    if question is None:
        return None
    match node.test:
        case "is" | "one_of" if question.kind in _BY_OPTION:
            options = (node.is_,) if node.test == "is" else node.one_of
            return Condition(tuple(_equals(question, option) for option in options), "any")
        case "between" if question.kind is Kind.NUMBER:
            low, high = node.between
            return Condition((_against(question, ">=", low), _against(question, "<=", high)), "all")
        case test if test in _OPERATORS and question.kind is Kind.NUMBER and isinstance(node.limit, Decimal):
            return Condition((_against(question, _OPERATORS[test], node.limit),), "any")
        case _:
            return None


def _equals(question: Question, option: str) -> Json:
    test: Json = {"question": question.id, "operator": "="}
    if question.kind is Kind.YES_NO:
        return test | {"answerBoolean": option == "yes"}
    return test | {"answerCoding": option_coding(question, option)}


def _against(question: Question, operator: str, limit: Decimal) -> Json:
    test: Json = {"question": question.id, "operator": operator}
    if question.unit:
        return test | {"answerQuantity": quantity(limit, question.unit)}
    return test | {"answerDecimal": limit}

"""A rule's condition changed in one small way at a time: what its worked cases must notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from screener.forms.cases import Cases, as_written, given_answers, visit_day
from screener.forms.evaluation import WORDS
from screener.forms.model import Case, Pack, Question, Rule
from screener.rules.evaluate import Chosen, Facts, compile_condition, evaluate
from screener.rules.expressions import (
    All,
    Any_,
    Ask,
    Bounds,
    Compare,
    Count,
    Duration,
    HalfLives,
    Node,
    Not,
    OfReadings,
    Score,
    Takes,
)
from screener.rules.values import Kind

Levels = list[tuple[str | None, Any]]
_SWAPPED = {"above": "at_least", "at_least": "above", "below": "at_most", "at_most": "below"}


@dataclass(frozen=True, slots=True)
class Shifted(Duration):
    """A length of time with some days more or less, calendar months and years included."""

    more_days: int

    def before(self, day: date) -> date:
        return Duration(self.count, self.unit).before(day) - timedelta(days=self.more_days)


def mutants(rule: Rule, questions: Mapping[str, Question]) -> Iterator[tuple[str, Levels]]:
    """What was changed, and the rule's levels with that change."""
    written: Levels = [(level.id, level.when) for level in rule.levels] or [(None, rule.when)]
    for index, (name, node) in enumerate(written):
        yield f"{name or 'the condition'} gone", [*written[:index], *written[index + 1 :]]
        for what, changed in _changed(node, questions):
            yield what, [*written[:index], (name, changed), *written[index + 1 :]]


def _changed(node: Node, questions: Mapping[str, Question]) -> Iterator[tuple[str, Node]]:
    match node:
        case All() | Any_():
            yield from _parts(node, "all" if isinstance(node, All) else "any", node.children(), questions)
        case Count():
            for what, of in _parts_of(node.count.of, questions, drop=len(node.count.of) > node.count.at_least):
                yield what, node.model_copy(update={"count": node.count.model_copy(update={"of": of})})
            for more in (1, -1):
                count = node.count.model_copy(update={"at_least": node.count.at_least + more})
                yield f"count {more:+}", node.model_copy(update={"count": count})
        case Not():
            yield "not gone", node.not_
            for what, inner in _changed(node.not_, questions):
                yield what, node.model_copy(update={"not_": inner})
        case Ask():
            yield from _of_ask(node, questions)
        case OfReadings():
            yield from _of_readings(node)
        case Compare():
            yield from _of_compare(node, questions)
        case Takes():
            yield from _of_takes(node)
        case Score():
            yield from _of_score(node)


def _parts(
    node: Node, key: str, parts: tuple[Any, ...], questions: Mapping[str, Question]
) -> Iterator[tuple[str, Node]]:
    for what, inside in _parts_of(parts, questions, drop=len(parts) > 1):
        yield what, node.model_copy(update={key: inside})


def _parts_of(
    parts: tuple[Any, ...], questions: Mapping[str, Question], *, drop: bool
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for index, part in enumerate(parts):
        if drop:
            yield f"without {_said(part)}", (*parts[:index], *parts[index + 1 :])
        for what, changed in _changed(part, questions):
            yield what, (*parts[:index], changed, *parts[index + 1 :])


def _said(node: Node) -> str:
    return str(node.model_dump(mode="json", by_alias=True, exclude_none=True))


def _of_ask(node: Ask, questions: Mapping[str, Question]) -> Iterator[tuple[str, Node]]:
    question = questions[node.ask]
    step = question.step or Decimal("0.1" if question.kind is Kind.DERIVED else 1)
    yield from _of_bounds(node, step, node.ask)
    if node.between is not None:
        low, high = node.between
        for move in (step, -step):
            yield f"{node.ask} from {low + move}", node.model_copy(update={"between": (low + move, high)})
            yield f"{node.ask} to {high + move}", node.model_copy(update={"between": (low, high + move)})
    for option in node.one_of or ():
        rest = tuple(other for other in node.one_of or () if other != option)
        yield f"{node.ask} without {option}", node.model_copy(update={"one_of": rest})
    for word in ("within", "older_than"):
        length = getattr(node, word)
        for more in (1, -1) if length is not None else ():
            yield f"{node.ask} {word} {length} {more:+}", node.model_copy(update={word: _moved(length, more)})


def _moved(length: Duration, more: int) -> Duration:
    if length.of_days:
        return Shifted(length.count, length.unit, more)
    return Duration(length.count * (60 if length.unit == "h" else 1) + more, "min")


def _of_bounds(node: Bounds, step: Decimal, name: str) -> Iterator[tuple[str, Any]]:
    word = node.comparison
    if word is None:
        return
    limit = node.limit
    if isinstance(limit, Decimal):
        for move in (step, -step):
            yield f"{name} {word} {limit + move}", node.model_copy(update={word: limit + move})
    yield f"{name} {_SWAPPED[word]} {limit}", node.model_copy(update={word: None, _SWAPPED[word]: limit})


def _of_readings(node: OfReadings) -> Iterator[tuple[str, Node]]:
    if node.comparison is not None:
        yield from _of_bounds(node, Decimal(1), f"{node.statistic} {node.part}")
    elif node.count is not None:
        count = node.count
        for word in ("at_least", "below"):
            number = getattr(count, word)
            for more in (1, -1) if number is not None else ():
                moved = count.model_copy(update={word: number + more})
                yield f"readings {word} {number + more}", node.model_copy(update={"count": moved})
        for part, test in (count.of or {}).items():
            for what, changed in _of_bounds(test, Decimal(1), part):
                yield what, node.model_copy(update={"count": count.model_copy(update={"of": {part: changed}})})
    if node.phase is not None:
        yield "any phase", node.model_copy(update={"phase": None})


def _of_compare(node: Compare, questions: Mapping[str, Question]) -> Iterator[tuple[str, Node]]:
    word, limit = node.comparison, node.limit
    if isinstance(limit, Decimal):
        step = questions[node.compare].step or Decimal(1)
        for move in (step, -step):
            yield f"difference {word} {limit + move}", node.model_copy(update={word: limit + move})
    yield f"difference {_SWAPPED[word]}", node.model_copy(update={word: None, _SWAPPED[word]: limit})


def _of_takes(node: Takes) -> Iterator[tuple[str, Node]]:
    """Without each name, without the route or one of them, with a window a day or an hour longer or shorter."""
    for key in ("class_", "substance", "route"):
        names = getattr(node.takes, key) or ()
        for name in names if len(names) > 1 else ():
            fewer = tuple(other for other in names if other != name)
            yield f"takes without {name}", _with(node, **{key: fewer})
    if node.takes.route is not None:
        yield "any route", _with(node, route=None)
    length = node.within
    if isinstance(length, HalfLives):
        for more in (1, -1):
            yield f"{length} {more:+}", node.model_copy(update={"within": HalfLives(length.count + more)})
    elif length is not None:
        for more in (1, -1):
            moved = Shifted(length.count, length.unit, more) if length.of_days else _day_moved(length, more)
            yield f"takes within {length} {more:+}", node.model_copy(update={"within": moved})
    else:
        yield "ever taken", node.model_copy(update={"within": Duration(200, "a")})


def _with(node: Takes, **changes: Any) -> Takes:
    return node.model_copy(update={"takes": node.takes.model_copy(update=changes)})


def _day_moved(length: Duration, more: int) -> Duration:
    """A window of hours by a day: when a medicine was last taken is known by the day."""
    return Duration(length.count * (60 if length.unit == "h" else 1) + more * 24 * 60, "min")


def _of_score(node: Score) -> Iterator[tuple[str, Node]]:
    yield from _of_bounds(node, Decimal(1), node.score)
    if node.between is not None:
        low, high = node.between
        for move in (1, -1):
            yield f"{node.score} from {low + move}", node.model_copy(update={"between": (low + move, high)})
            yield f"{node.score} to {high + move}", node.model_copy(update={"between": (low, high + move)})


class Noticing:
    """Runs a rule's cases over changed conditions, with the answers of each case read only once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._cases = Cases(pack)

    def unnoticed(self, rule: Rule) -> list[str]:
        """The changes that leave every case of the rule as written."""
        ready = [(case, *self._ready(rule, case)) for case in rule.cases]
        return [
            what
            for what, levels in mutants(rule, self.pack.questions)
            if all(as_written(case, *_outcome(rule, levels, facts, chosen)) for case, facts, chosen in ready)
        ]

    def _ready(self, rule: Rule, case: Case) -> tuple[Facts, Chosen]:
        rules = self._cases.rules_for(rule, case)
        chosen: dict[str, dict[str, Decimal]] = {}
        for name, option_id in case.parameters.items():
            option = self.pack.parameters[name].option(option_id)
            assert option is not None
            chosen[name] = dict(option.values)
        return rules.form.facts(given_answers(rules, case), visit_day(case)), chosen


def _outcome(rule: Rule, levels: Levels, facts: Facts, chosen: Chosen) -> tuple[str, str | None]:
    found = evaluate(compile_condition(rule.id, levels, chosen, facts.layout), facts)
    return WORDS[found.truth], found.level

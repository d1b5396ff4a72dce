"""Answers that stand for everything a question may be answered with, as far as some conditions can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import NamedTuple

from screener.forms.model import Question
from screener.forms.possible import possible_values
from screener.rules.evaluate import Chosen
from screener.rules.expressions import (
    Ask,
    Compare,
    Duration,
    HalfLives,
    Node,
    OfReadings,
    ParameterRef,
    Score,
    Selector,
    Takes,
    questions_read,
    walk,
)
from screener.rules.medicines import Dictionary, Product
from screener.rules.values import (
    InstrumentResult,
    Kind,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
    Value,
)

MOST_SETS = 64
_PIECES = 6
"""What is plausible of a number is cut into so many, where a test sets it against another number."""
_AT_MOST = (Decimal(0), Decimal(200))
"""Where nothing is said to be plausible."""
_FINE = Decimal("0.1")
_UNREMARKABLE = {"systolic": Decimal(120), "diastolic": Decimal(75), "pulse": Decimal(70)}
_PARTS_OF = {"pulse_pressure": ("systolic", "diastolic")}


class StandIns(NamedTuple):
    """Values, the unremarkable ones first. `whole`: each test comes out in every way that it can with one of them."""

    values: Sequence[Value]
    whole: bool


def stand_ins(question: Question, conditions: Iterable[Node], chosen: Chosen, day: date) -> StandIns:
    """Of one recorded question. `conditions`: everything that reads it, display conditions included."""
    roots = list(conditions)
    few = possible_values(question, roots, chosen, day)
    if few is not None:
        return StandIns(few or _any_of(question, day), whole=True)
    leaves = [node for root in roots for node in walk(root) if not node.children()]
    tests = [node for node in leaves if question.id in questions_read(node)]
    match question.kind:
        case Kind.CHOICES:
            return StandIns(_sets(question), whole=False)
        case Kind.NUMBER:
            return StandIns(_numbers(question, tests, chosen), whole=False)
        case Kind.DATE:
            return StandIns([PartialDate.on(moment.date()) for moment in _moments(tests, day)], whole=False)
        case Kind.DATETIME:
            return StandIns([*_moments(tests, day)], whole=False)
        case Kind.READINGS:
            found = _readings([node for node in tests if isinstance(node, OfReadings)], chosen, day)
            return StandIns(list(found), whole=False)
        case Kind.MEDICINES:
            takes = [node for node in tests if isinstance(node, Takes)]
            return StandIns(list(_medicines(question, takes, day)), whole=False)
        case Kind.INSTRUMENT:
            return StandIns(list(_results(question, [node for node in tests if isinstance(node, Score)])), whole=False)
        case _:
            return StandIns(_any_of(question, day), whole=True)


def _any_of(question: Question, day: date) -> list[Value]:
    """Any answer at all: no test looks at what it says."""
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return list(question.option_ids[:1])
        case Kind.CHOICES:
            return [frozenset()]
        case Kind.NUMBER:
            return [question.plausible[0] if question.plausible else Decimal(1)]
        case Kind.DATE:
            return [PartialDate.on(day)]
        case Kind.TIME:
            return [time(9)]
        case Kind.DATETIME:
            return [datetime.combine(day, time(12))]
        case _:
            return ["said"]


def _sets(question: Question) -> list[Value]:
    single: list[Value] = [frozenset((option,)) for option in question.option_ids]
    return [frozenset[str](), *single, frozenset(question.option_ids)][:MOST_SETS]


def _numbers(question: Question, tests: Iterable[Node], chosen: Chosen) -> list[Value]:
    step = question.step or _FINE
    low, _ = question.plausible or _AT_MOST
    found = set(spread(question, _PIECES))
    for node in tests:
        limit = _limit(node, chosen)
        if limit is not None:
            found |= {limit - step, limit, limit + step, low + limit, low + limit + step, low + limit - step}
    return [value.quantize(step) for value in sorted(found) if value >= 0]


def spread(question: Question, pieces: int) -> list[Decimal]:
    """Numbers over the whole of what is plausible, as fine as the question takes them."""
    low, high = question.plausible or _AT_MOST
    step = question.step or _FINE
    return [(low + (high - low) * place / pieces).quantize(step) for place in range(pieces + 1)]


def _limit(node: Node, chosen: Chosen) -> Decimal | None:
    if isinstance(node, Compare):
        return node.limit if isinstance(node.limit, Decimal) else None
    if isinstance(node, Ask | OfReadings | Score) and node.comparison is not None:
        limit = node.limit
        return chosen.get(limit.id, {}).get(limit.part) if isinstance(limit, ParameterRef) else limit
    return None


def _moments(tests: Iterable[Node], day: date) -> list[datetime]:
    """About noon of the visit, and every length of time before and behind it, just inside and just outside."""
    noon = datetime.combine(day, time(12))
    found = {noon, *(noon + sign * length for sign in (-1, 1) for length in (timedelta(hours=1), timedelta(days=1)))}
    for node in tests:
        length = getattr(node, "within", None) or getattr(node, "older_than", None)
        if isinstance(length, HalfLives):
            length = Duration(length.count * 7, "d")
        if length is None:
            continue
        edge = datetime.combine(length.before(day), time(12)) if length.of_days else length.before_moment(noon)
        shift = timedelta(days=1) if length.of_days else timedelta(minutes=1)
        found |= {edge - shift, edge, edge + shift, noon + (noon - edge) + shift}
    return [*sorted(found, reverse=True)]


# --- Readings ---------------------------------------------------------------------------------------------------------


def _readings(tests: Sequence[OfReadings], chosen: Chosen, day: date) -> Iterator[Readings]:
    """None taken; for each phase that is asked for, one, two and more readings at, below and above each figure."""
    phases: list[str | None] = list(dict.fromkeys(node.phase for node in tests)) or [None]
    figures = {part: sorted(_figures(tests, part, chosen)) for part in ("systolic", "diastolic", "pulse")}
    yield Readings((_reading({}, phases[0]), _reading({}, phases[0])))
    yield Readings((), none_taken=True)
    for phase in phases:
        for part, values in figures.items():
            for value in values:
                high = _reading({part: value}, phase)
                yield Readings((high, high))
                yield Readings((_reading({}, phase), high))
                yield Readings((high, _reading({}, phase)))
                yield Readings((high,))
        for upper, lower in product(figures["systolic"], figures["diastolic"]):
            both = _reading({"systolic": upper, "diastolic": lower}, phase)
            yield Readings((both, both))
    for count in {
        wanted for node in tests if node.count for wanted in (node.count.at_least, node.count.below) if wanted
    }:
        for many in (count - 1, count, count + 1):
            if many > 0:
                for part, values in figures.items():
                    for value in values[-1:]:
                        yield Readings(tuple(_reading({part: value}, phases[0]) for _ in range(many)))
                        days = (f"{day - timedelta(days=back)}T09:00" for back in range(many))
                        yield Readings(tuple(_reading({part: value}, phases[0], at) for at in days))
                yield Readings(tuple(_reading({}, phases[0]) for _ in range(many)))
    # A phase against another, and each with the highest figure in it.
    tops = {part: values[-1] for part, values in figures.items() if values}
    yield Readings(tuple(_reading(tops, phase) for phase in phases for _ in range(2)))
    for part in ("systolic", "diastolic", "pulse"):
        if any(node.zero == part for node in tests):
            yield Readings((_reading({part: Decimal(0)}, phases[0]),))


def _figures(tests: Iterable[OfReadings], part: str, chosen: Chosen) -> set[Decimal]:
    found: set[Decimal] = set()
    for node in tests:
        if node.count is not None:
            for name, test in (node.count.of or {}).items():
                if part in _PARTS_OF.get(name, (name,)) and isinstance(test.limit, Decimal):
                    found |= {test.limit + shift for shift in (-1, 0, 1)}
            continue
        limit = _limit(node, chosen)
        if limit is None or node.zero is not None:
            continue
        if part not in _PARTS_OF.get(node.part, (node.part,)):
            continue
        if node.spread is not None or node.part == "pulse_pressure":
            base = _UNREMARKABLE["diastolic" if node.part == "pulse_pressure" else part]
            if node.part == "pulse_pressure" and part == "diastolic":
                continue
            found |= {base + limit + shift for shift in (-1, 0, 1)}
        else:
            found |= {limit + shift for shift in (-1, 0, 1)}
    return {value for value in found if value >= 0}


def _reading(given: Mapping[str, Decimal], phase: str | None, at: str | None = None) -> Reading:
    values = {**_UNREMARKABLE, **given}
    return Reading(values["systolic"], values["diastolic"], values["pulse"], phase=phase, at=at)


# --- Medicines --------------------------------------------------------------------------------------------------------


def _medicines(question: Question, tests: Sequence[Takes], day: date) -> Iterator[Medicines]:
    """None; one that each test means, taken now, just inside and just outside its window; all of them together."""
    dictionary = question.dictionary or Dictionary()
    yield Medicines(())
    now: list[MedicineEntry] = []
    for node in tests:
        for name, route in _meant(node.takes, dictionary):
            current = MedicineEntry(name, route=route, use="current")
            now.append(current)
            yield Medicines((current,))
            for moment in _moments([node], day):
                if moment.date() <= day:
                    stopped = MedicineEntry(name, route=route, use="stopped", last_taken=PartialDate.on(moment.date()))
                    yield Medicines((stopped,))
    if len(now) > 1:
        yield Medicines(tuple(dict.fromkeys(now)))


def _meant(selector: Selector, dictionary: Dictionary) -> Iterator[tuple[str, str | None]]:
    """Names that a selector means, each with a route by which it counts: one for each class or substance."""
    if selector.unrecognised:
        yield "a name that nobody knows", None
        return
    products = list({product.name: product for product in dictionary.products.values()}.values())
    if selector.any:
        yield from ((product.name, None) for product in products[:1])
        return
    for name in selector.substance or ():
        yield from islice(_by_route(products, name, None, selector), 1)
    for name in selector.class_ or ():
        yield from islice(_by_route(products, None, name, selector), 1)


def _by_route(
    products: Iterable[Product], substance: str | None, of_class: str | None, selector: Selector
) -> Iterator[tuple[str, str]]:
    for found in products:
        route = _route_of(found, substance, of_class, selector)
        if route is not None:
            yield found.name, route


def _route_of(product: Product, substance: str | None, of_class: str | None, selector: Selector) -> str | None:
    """A route of a product by which it counts; None where it is not meant."""
    for part in product.parts:
        if part.name == substance:
            counts = None
        elif of_class in part.classes:
            counts = part.classes[str(of_class)]
        else:
            continue
        allowed = [
            route
            for route in sorted(product.routes)
            if (counts is None or route in counts) and (selector.route is None or route in selector.route)
        ]
        if allowed:
            return allowed[0]
    return None


# --- Instruments ------------------------------------------------------------------------------------------------------


def _results(question: Question, tests: Sequence[Score]) -> Iterator[InstrumentResult]:
    """The lowest of everything, each figure at, below and above its line, each item at its ends, the highest."""
    scoring = question.scoring
    if scoring is None:
        return
    lowest = {name: scale.low for name, scale in scoring.items.items()}
    if lowest:
        yield InstrumentResult(tuple(lowest.items()))
    for node in tests:
        if node.item is not None and node.item in scoring.items:
            for value in scoring.items[node.item].values:
                yield InstrumentResult(tuple({**lowest, node.item: value}.items()))
            continue
        name = scoring.score_id(node.part)
        made = scoring.scores.get(name)
        if made is None:
            continue
        for limit in node.limits():
            for figure in (limit - 1, limit, limit + 1):
                if made.low <= figure <= made.high:
                    alone = {"total": figure} if name == scoring.main else {"scores": ((name, figure),)}
                    yield InstrumentResult(**alone)
    if lowest:
        yield InstrumentResult(tuple((name, scale.high) for name, scale in scoring.items.items()))

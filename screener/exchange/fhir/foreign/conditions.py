"""When a foreign item is asked, as a display condition can say it; what it cannot say is named, and asked more often.

A part that cannot be said is left out only where that asks a question more often than there, never less often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.foreign.asked import Asked
from screener.exchange.fhir.foreign.items import Item
from screener.exchange.fhir.foreign.shapes import Refused, Remark, number_at, objects_at, value_at, yes_at
from screener.language import tr
from screener.rules.values import Kind

Test = dict[str, Any]
"""One `ask`, as it is written."""
_BOUNDS: Mapping[str, str] = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}
_CHOSEN = (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES)
_FIGURES = ("Integer", "Decimal", "Quantity")
MOST_TESTS = 200


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests of which all, or any, have to hold."""

    mode: Literal["all", "any"]
    tests: tuple[Test, ...]

    @property
    def plain(self) -> bool:
        """Whether it can stand inside an `all`."""
        return self.mode == "all" or len(self.tests) == 1

    def written(self) -> Json:
        """As it stands behind `shown_when`."""
        return self.tests[0] if len(self.tests) == 1 else {self.mode: list(self.tests)}


class NotSaid(ValueError):  # noqa: N818 - it names what has no words here
    """A test for which a display condition has no words."""


class Conditions:
    """Finds the display condition of each item of a form: its own, and those of all that it stands in."""

    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self._asked = asked
        """By linkId: what can be tested, as it is asked here."""

    def of(self, item: Item, remarks: list[Remark]) -> Condition | None:
        """None where it is always asked."""
        found = [one for holder in (*item.around, item) for one in self._own(holder, item, remarks)]
        return _joined(found, item, remarks)

    def _own(self, holder: Item, item: Item, remarks: list[Remark]) -> list[Condition]:
        """The conditions of one item, all of which have to hold for what is asked inside it."""
        whens = list(objects_at(holder.raw, "enableWhen", holder.place))
        if len(whens) > MOST_TESTS:
            raise Refused(f"{holder.place}.enableWhen", tr("it has more than {most} tests").format(most=MOST_TESTS))
        behavior = holder.raw.get("enableBehavior") or "any"
        if len(whens) > 1 and "enableBehavior" not in holder.raw and holder is item:
            what = tr("it does not say whether all or any have to hold; any is taken, which asks more often")
            remarks.append(Remark(f"{holder.place}.enableBehavior", item.link, what))
        found: list[Condition] = []
        lost = False
        for place, when in whens:
            for name in when:
                if name not in ("question", "operator", "id") and not name.startswith("answer"):
                    remarks.append(Remark(f"{place}.{name}", item.link, tr("it does nothing here")))
            try:
                found.append(self._test(place, when))
            except NotSaid as wrong:
                lost = True
                remarks.append(Remark(place, item.link, f"{wrong}; {_MORE_OFTEN}"))
        if behavior == "all" or len(whens) == 1:
            return found
        if lost:
            return []
        return self._any(found, holder, item, remarks)

    def _any(self, found: list[Condition], holder: Item, item: Item, remarks: list[Remark]) -> list[Condition]:
        if not found:
            return []
        if any(one.mode == "all" and len(one.tests) > 1 for one in found):
            what = tr("a range beside other tests has no words here")
            remarks.append(Remark(f"{holder.place}.enableWhen", item.link, f"{what}; {_MORE_OFTEN}"))
            return []
        return [Condition("any", tuple(_merged(test for one in found for test in one.tests)))]

    def _test(self, place: str, when: Json) -> Condition:
        asked, operator = self._asked.get(when["question"]), when["operator"]
        kind, value = value_at(when, "answer", place)
        if asked is None:
            raise NotSaid(tr("it tests {link}, which is not asked here").format(link=repr(when["question"])))
        if operator == "exists":
            return _answered(asked, yes=yes_at(when, f"answer{kind}", place), place=place)
        if asked.kind in _CHOSEN:
            return _chosen(asked, operator, kind, value)
        if asked.kind is Kind.NUMBER and kind in _FIGURES:
            return _figure(asked, operator, kind, when, place)
        what = tr("a test of {kind} by {operator} has no words here")
        raise NotSaid(what.format(kind=str(asked.kind).replace("_", " "), operator=operator))


_MORE_OFTEN = tr("it is left out, so the question is asked more often than there")


def _answered(asked: Asked, *, yes: bool, place: str) -> Condition:
    """Whether there is an answer at all."""
    if not yes:
        raise NotSaid(tr("“not answered” has no words here: what is missing is never an answer"))
    if asked.kind in _CHOSEN and asked.option_ids:
        return Condition("any", (_one_of(asked, asked.option_ids),))
    if asked.kind is Kind.NUMBER:
        low = asked.plausible[0] if asked.plausible is not None else Decimal(0)
        every = _bound(asked, "at_least", low)
        return Condition("any", (every,) if low <= 0 else (_bound(asked, "below", low), every))
    raise NotSaid(tr("“answered at all” has no words here for {kind}").format(kind=str(asked.kind).replace("_", " ")))


def _one_of(asked: Asked, options: Iterable[str]) -> Test:
    named = [option for option in asked.option_ids if option in set(options)]
    return {"ask": asked.id, "is": named[0]} if len(named) == 1 else {"ask": asked.id, "one_of": named}


def _chosen(asked: Asked, operator: str, kind: str, value: Any) -> Condition:
    if operator not in ("=", "!="):
        raise NotSaid(tr("options have no order here, so {operator} has no words").format(operator=operator))
    if asked.kind is Kind.YES_NO:
        if not isinstance(value, bool):
            raise NotSaid(tr("a yes or no is tested against something else"))
        meant = ["yes" if value else "no"]
    else:
        meant = [choice.id for choice in asked.choices if choice.is_(kind, value)]
    if not meant:
        raise NotSaid(tr("it tests for an option that the question does not have"))
    if operator == "=":
        return Condition("any", (_one_of(asked, meant),))
    if asked.kind is Kind.CHOICES:
        raise NotSaid(tr("“another option” has no words where several can be chosen"))
    others = [option for option in asked.option_ids if option not in meant]
    if not others:
        raise NotSaid(tr("it tests for another option, and there is only one"))
    return Condition("any", (_one_of(asked, others),))


def _figure(asked: Asked, operator: str, kind: str, when: Json, place: str) -> Condition:
    holder, name = (when, f"answer{kind}")
    if kind == "Quantity":
        quantity = when[name]
        if not isinstance(quantity, dict):
            raise Refused(f"{place}.{name}", tr("it must be an object"))
        unit = quantity.get("code") or quantity.get("unit")
        if unit and unit != asked.unit:
            raise NotSaid(tr("it tests in another unit than the question has"))
        holder, name = quantity, "value"
    figure = number_at(holder, name, place)
    low, high = asked.plausible or (figure, figure)
    if asked.step and figure % asked.step != 0:
        raise NotSaid(tr("the figure {figure} is none that the question can have").format(figure=figure))
    if not low <= figure <= high or figure < 0:
        raise NotSaid(tr("the figure {figure} lies outside the range of the question").format(figure=figure))
    if operator == "=":
        return Condition("all", (_between(asked.id, figure, figure, asked.unit),))
    if operator == "!=":
        return Condition("any", (_bound(asked, "below", figure), _bound(asked, "above", figure)))
    return Condition("any", (_bound(asked, _BOUNDS[operator], figure),))


def _bound(asked: Asked, name: str, figure: Decimal) -> Test:
    return {"ask": asked.id, name: figure} | ({"unit": asked.unit} if asked.unit else {})


def _between(name: str, low: Decimal, high: Decimal, unit: str) -> Test:
    return {"ask": name, "between": [low, high]} | ({"unit": unit} if unit else {})


# --- putting together -------------------------------------------------------------------------------------------------


def _merged(tests: Iterable[Test]) -> Iterator[Test]:
    """Tests of which any has to hold: options of one question become one test, in the place of the first."""
    options: dict[str, list[str]] = {}
    first: dict[str, Test] = {}
    kept: list[Test] = []
    for test in tests:
        named = [test["is"]] if "is" in test else test.get("one_of")
        if named is None:
            if test not in kept:
                kept.append(test)
            continue
        known = options.setdefault(test["ask"], [])
        known += [name for name in named if name not in known]
        if test["ask"] not in first:
            first[test["ask"]] = test
            kept.append(test)
    for test in kept:
        if first.get(test["ask"]) is test:
            named = options[test["ask"]]
            yield {"ask": test["ask"], "is": named[0]} if len(named) == 1 else {"ask": test["ask"], "one_of": named}
        else:
            yield test


def _ranges(tests: Iterable[Test]) -> list[Test]:
    """Tests all of which have to hold: a lowest and a highest figure of one question become one test."""
    kept: list[Test] = []
    for test in tests:
        if test in kept:
            continue
        low = next((one for one in kept if "at_least" in one and one["ask"] == test["ask"]), None)
        if low is not None and "at_most" in test and low["at_least"] <= test["at_most"]:
            kept[kept.index(low)] = _between(test["ask"], low["at_least"], test["at_most"], test.get("unit", ""))
        else:
            kept.append(test)
    return kept


def _joined(found: list[Condition], item: Item, remarks: list[Remark]) -> Condition | None:
    """All of several conditions as one; what does not fit into one is left out, and said."""
    kept: list[Condition] = []
    for one in found:
        if one not in kept:
            kept.append(one)
    if not kept:
        return None
    if len(kept) == 1:
        return Condition(kept[0].mode, tuple(_ranges(kept[0].tests))) if kept[0].mode == "all" else kept[0]
    plain = [one for one in kept if one.plain]
    if len(plain) < len(kept):
        what = tr("several tests of which any is enough cannot stand beside others")
        remarks.append(Remark(f"{item.place}.enableWhen", item.link, f"{what}; {_MORE_OFTEN}"))
    if not plain:
        return kept[0]
    return Condition("all", tuple(_ranges(test for one in plain for test in one.tests)))

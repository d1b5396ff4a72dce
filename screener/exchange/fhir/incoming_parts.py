"""Values of a response that came from elsewhere, one by one, and the answers that are made of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.names import UCUM
from screener.exchange.fhir.values import (
    CIRCUMSTANCES,
    FIGURE_UNITS,
    FIGURES,
    NONE,
    PHASE_CODES,
    ROUTE_CODES,
    USE_CODES,
    under,
)
from screener.forms.answering import NONE_TAKEN, PHASES, USES
from screener.forms.model import Question
from screener.language import tr
from screener.rules.expressions import ROUTES
from screener.rules.values import Kind

Json = Mapping[str, Any]
Read = Callable[[Any, str], Any]


class NotTaken(ValueError):  # noqa: N818 - it names what was found
    """What keeps an answer from being offered, each with its place."""

    def __init__(self, place: str, what: str, *more: tuple[str, str]) -> None:
        super().__init__(what)
        self.found: tuple[tuple[str, str], ...] = ((place, what), *more)


# --- single values ----------------------------------------------------------------------------------------------------


def text_value(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise NotTaken(place, tr("it is no text"))
    return value


def decimal_of(value: Any, place: str) -> str:
    """A figure as somebody types it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise NotTaken(place, tr("it is no number"))
    return format(Decimal(value), "f")


def figure_of(value: Any, units: Sequence[str], place: str) -> tuple[str, str]:
    """A figure and its unit, one of those that are taken."""
    if not isinstance(value, Mapping):
        raise NotTaken(place, tr("it is no quantity"))
    if "comparator" in value:
        raise NotTaken(f"{place}.comparator", tr("it says less or more than a figure, and no figure"))
    if value.get("system", UCUM) != UCUM:
        raise NotTaken(f"{place}.system", tr("its unit is not written in UCUM"))
    unit = value.get("code", value.get("unit"))
    if unit not in units:
        said = tr("its unit is {unit}, and it is taken in {units}")
        raise NotTaken(place, said.format(unit=repr(unit)[:60], units=", ".join(units)))
    return decimal_of(value.get("value"), f"{place}.value"), str(unit)


def coded(value: Any, system: str, codes: Sequence[str], place: str) -> str:
    """A code out of a list of our own."""
    if not isinstance(value, Mapping):
        raise NotTaken(place, tr("it is no code"))
    if value.get("system", system) != system:
        said = tr("its code is one of {system}, and not of this question's")
        raise NotTaken(f"{place}.system", said.format(system=repr(value["system"])[:120]))
    code = value.get("code")
    if code not in codes:
        said = tr("{code} is none of its options: {codes}")
        raise NotTaken(f"{place}.code", said.format(code=repr(code)[:60], codes=", ".join(codes)[:400]))
    return str(code)


# --- answers made of several ------------------------------------------------------------------------------------------


def group_of(question: Question, items: Any, place: str) -> Any:
    """What was typed under a question whose answer is made of items; None where nothing was."""
    found = list(_items(items, place))
    if question.kind is Kind.INSTRUMENT:
        return _result(question, found)
    part = "reading" if question.kind is Kind.READINGS else "medicine"
    readers = _READING if question.kind is Kind.READINGS else _MEDICINE
    rows, none, wrong = [], False, _Wrong()
    for item, at in found:
        link = item["linkId"]
        if link == under(question.id, NONE):
            none = wrong.collect(_value, item, ("valueBoolean",), _truth, at) or none
        elif link == under(question.id, part):
            rows.append(wrong.collect(_row, item, link, readers, at))
        else:
            wrong.add(at, _no_part(link))
    if none and rows:
        wrong.add(place, tr("it says that there is none, and lists some"))
    wrong.end()
    if none:
        return NONE_TAKEN if question.kind is Kind.READINGS else []
    return [row for row in rows if row] or None


class _Wrong:
    """Gathers everything that is wrong with one answer: it is offered whole or not at all."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    def add(self, place: str, what: str) -> None:
        self._found.append((place, what))

    def collect(self, read: Callable[..., Any], *what: Any) -> Any:
        try:
            return read(*what)
        except NotTaken as wrong:
            self._found += wrong.found
            return None

    def end(self) -> None:
        if self._found:
            (place, what), *more = self._found
            raise NotTaken(place, what, *more)


def _no_part(link: str) -> str:
    return tr("{link} is no part of it").format(link=link[:80])


def _items(items: Any, place: str) -> Iterator[tuple[Json, str]]:
    if not isinstance(items, list):
        raise NotTaken(f"{place}.item", tr("it is no list"))
    for number, item in enumerate(items):
        at = f"{place}.item[{number}]"
        if not isinstance(item, Mapping) or not isinstance(item.get("linkId"), str):
            raise NotTaken(at, tr("it is no item with a linkId"))
        if item["linkId"].endswith("/help"):
            continue
        yield item, at


def _row(item: Json, link: str, readers: Mapping[str, tuple[str, Read]], place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    wrong = _Wrong()
    if "answer" in item:
        wrong.add(f"{place}.answer", tr("its answer is made of items"))
    for inner, at in _items(item.get("item", []), place):
        name = inner["linkId"].removeprefix(f"{link}/")
        if name not in readers or name == inner["linkId"]:
            wrong.add(at, _no_part(inner["linkId"]))
        elif name in found:
            wrong.add(at, tr("it is said twice"))
        elif inner.get("answer") not in (None, []):
            value_name, read = readers[name]
            found[name] = wrong.collect(_value, inner, (value_name,), read, at)
    wrong.end()
    return found


def _value(item: Json, names: Sequence[str], read: Read, place: str) -> Any:
    answers = item.get("answer")
    if not isinstance(answers, list) or len(answers) != 1 or not isinstance(answers[0], Mapping):
        raise NotTaken(f"{place}.answer", tr("it takes one answer"))
    if item.get("item") or item.get("extension"):
        raise NotTaken(place, tr("it holds more than an answer"))
    at = f"{place}.answer[0]"
    if len(answers[0]) != 1 or next(iter(answers[0])) not in names:
        found = ", ".join(map(str, answers[0])) or tr("nothing")
        raise NotTaken(at, tr("it takes {wanted}, and has {found}").format(wanted=names[0], found=found[:120]))
    return read(next(iter(answers[0].values())), at)


def _truth(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise NotTaken(place, tr("it is neither true nor false"))
    return value


def _result(question: Question, items: Sequence[tuple[Json, str]]) -> dict[str, Any] | None:
    scoring = question.scoring
    found: dict[str, Any] = {}
    wrong, met = _Wrong(), set()
    for item, at in items:
        link = item["linkId"]
        kind, _, name = link.removeprefix(f"{question.id}/").partition("/")
        known = scoring is not None and (
            (kind == "item" and name in scoring.items)
            or (kind == "score" and name in scoring.scores)
            or (kind == "total" and not name)
        )
        if not known or not link.startswith(f"{question.id}/"):
            wrong.add(at, _no_part(link))
        elif link in met:
            wrong.add(at, tr("it is said twice"))
        elif item.get("answer") not in (None, []):
            met.add(link)
            figure = wrong.collect(_value, item, ("valueDecimal", "valueInteger"), decimal_of, at)
            if kind == "total":
                found["total"] = figure
            else:
                found.setdefault({"item": "items", "score": "scores"}[kind], {})[name] = figure
    wrong.end()
    return found or None


def _figure(name: str) -> Read:
    return lambda value, place: figure_of(value, (FIGURE_UNITS[name],), place)[0]


def _of(system: str, codes: Sequence[str]) -> Read:
    return lambda value, place: coded(value, system, codes, place)


_TEXT: tuple[str, Read] = ("valueString", text_value)
_DATE: tuple[str, Read] = ("valueDate", text_value)
_READING: Mapping[str, tuple[str, Read]] = {
    **{name: ("valueQuantity", _figure(name)) for name in FIGURES},
    "phase": ("valueCoding", _of(PHASE_CODES, PHASES)),
    **dict.fromkeys(CIRCUMSTANCES, _TEXT),
}
_MEDICINE: Mapping[str, tuple[str, Read]] = {
    **dict.fromkeys(("name", "dose", "told_by"), _TEXT),
    **dict.fromkeys(("started", "last_taken"), _DATE),
    "route": ("valueCoding", _of(ROUTE_CODES, tuple(ROUTES))),
    "use": ("valueCoding", _of(USE_CODES, tuple(USES))),
}

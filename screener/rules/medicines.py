"""The medicines list against a dictionary of names: what is taken, by which route, and when it last was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from screener.rules import spans
from screener.rules.expressions import Duration, HalfLives, Selector, Takes
from screener.rules.truth import Truth
from screener.rules.values import NOT_APPLICABLE, MedicineEntry, Medicines, PartialDate, is_exact

_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
Routes = frozenset[str]
_HOUR = 3_600_000_000
"""Microseconds: lengths stay exact."""
Moment = PartialDate | datetime
_SPACES = re.compile(r"[\s\-_/]+")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00b4": "'"})


def folded(name: str) -> str:
    """A name as it is looked up: without case, accents, marks of registration and doubled spaces."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "\u00ae\u2122")
    return _SPACES.sub(" ", letters.casefold()).strip(" .")


@dataclass(frozen=True, slots=True)
class Substance:
    """One medicine that the dictionary holds.

    `classes` maps each class, parents included, to the routes by which membership counts, None for every route.
    `half_life`, in hours, from the shortest that a source gives to the longest, active metabolites included.
    """

    name: str
    classes: Mapping[str, Routes | None]
    routes: Routes = frozenset(("oral",))
    half_life: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What one name stands for: a substance, or several in one product, and the routes that it is given by."""

    name: str
    parts: tuple[Substance, ...]
    routes: Routes


@dataclass(frozen=True)
class Dictionary:
    """Names to products. `find` knows generic names, trade names and other spellings that the pack lists."""

    products: Mapping[str, Product] = field(default_factory=dict)
    """By folded name."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What classes are called."""

    def find(self, name: str) -> Product | None:
        return self.products.get(folded(name))

    def class_title(self, class_id: str) -> str:
        return self.titles.get(class_id, class_id.replace("_", " "))


class Found(NamedTuple):
    """What one entry comes to, and whether the entry itself says too little to tell."""

    truth: Truth
    lacking: bool


def of_entry(node: Takes, entry: MedicineEntry, dictionary: Dictionary, reference: Moment | None) -> Found:
    """One entry against a node. `reference` is the moment counted back from; None where it is not known."""
    best = Found(_NO, False)
    for kind, part in kinds_of(node.takes, entry, dictionary):
        found = _both(kind, _timing(node, entry, part, reference))
        if found.truth > best.truth or (found.truth is best.truth and found.lacking):
            best = found
    return best


def kinds_of(selector: Selector, entry: MedicineEntry, dictionary: Dictionary) -> list[tuple[Truth, Substance | None]]:
    """Whether each substance of an entry is of the kind that is meant; None for a name that nobody knows."""
    product = dictionary.find(entry.name)
    if product is None:
        return [(_YES if selector.unrecognised or selector.any else _UNKNOWN, None)]
    if selector.unrecognised:
        return []
    return [(_kind(selector, part, product, entry), part) for part in product.parts]


def _both(kind: Truth, timed: Found) -> Found:
    """A medicine of that kind, at that time; what is surely of another kind or time is NO."""
    truth = min(kind, timed.truth)
    return Found(truth, truth is _UNKNOWN and (kind is _UNKNOWN or timed.lacking))


def _kind(selector: Selector, part: Substance, product: Product, entry: MedicineEntry) -> Truth:
    if selector.any:
        return _YES
    best = _NO
    if selector.substance is not None and part.name in selector.substance:
        best = _by_route(selector.route, None, product, entry)
    for name in selector.class_ or ():
        if name in part.classes:
            best = max(best, _by_route(selector.route, part.classes[name], product, entry))
    return best


def _by_route(asked: tuple[str, ...] | None, counts: Routes | None, product: Product, entry: MedicineEntry) -> Truth:
    """Whether it is taken by a route that counts; where nobody said the route, all that the product has must."""
    if asked is None and counts is None:
        return _YES
    allowed = frozenset(asked) if asked is not None else counts
    assert allowed is not None
    if asked is not None and counts is not None:
        allowed &= counts
    if entry.route is not None:
        return _YES if entry.route in allowed else _NO
    if product.routes <= allowed:
        return _YES
    return _NO if product.routes.isdisjoint(allowed) else _UNKNOWN


def _timing(node: Takes, entry: MedicineEntry, part: Substance | None, reference: Moment | None) -> Found:
    """Whether it is taken now, or was within the length of time before the reference."""
    length = node.within
    if length is None:
        now = {"current": _YES, "stopped": _NO}.get(entry.use, _UNKNOWN)
        return Found(now, now is _UNKNOWN)
    by_hours = isinstance(length, Duration) and not length.of_days
    if entry.use == "current" and (entry.last_taken is None or not by_hours):
        # A course that goes on reaches into every window; of single doses, hours apart, the last one is what counts.
        return Found(_YES, False)
    if entry.last_taken is None:
        return Found(_UNKNOWN, True)
    if reference is None:
        return Found(_UNKNOWN, False)
    if isinstance(length, HalfLives):
        if part is None or part.half_life is None:
            return Found(_UNKNOWN, True)
        truth = _half_lives(length.count, part.half_life, entry.last_taken, reference)
    elif by_hours:
        most = timedelta(minutes=length.count * (60 if length.unit == "h" else 1))
        truth = _elapsed(entry.last_taken, reference, most, most)
    else:
        truth = spans.within(entry.last_taken, length, reference)
    if truth is _NO and entry.use == "not_known":
        return Found(_UNKNOWN, True)
    return Found(truth, truth is _UNKNOWN and not entry.last_taken.exact)


def _half_lives(count: int, half_life: tuple[Decimal, Decimal], event: PartialDate, reference: Moment) -> Truth:
    low, high = (timedelta(microseconds=length) for length in lengths_us(count, half_life))
    return _elapsed(event, reference, low, high)


def lengths_us(count: int, half_life: tuple[Decimal, Decimal]) -> tuple[int, int]:
    """The shortest and the longest that so many half-lives take, in microseconds."""
    low, high = half_life
    return int(low * count * _HOUR), int(high * count * _HOUR)


def _elapsed(event: PartialDate, reference: Moment, low: timedelta, high: timedelta) -> Truth:
    """Whether no more time has gone by than a length between `low` and `high`; days are taken from hour to hour."""
    first, last = _moments(event)
    ref_first, ref_last = _moments(reference)
    least, most = ref_first - last, ref_last - first
    if most < timedelta(0):
        return _NO
    if most <= low:
        return _YES
    return _NO if least > high else _UNKNOWN


def _moments(moment: Moment) -> tuple[datetime, datetime]:
    if isinstance(moment, datetime):
        plain = moment.replace(tzinfo=None)
        return plain, plain
    last = moment.last
    end = datetime.combine(last, time.max)
    return datetime.combine(moment.first, time.min), end


def of_list(node: Takes, value: Medicines, dictionary: Dictionary, reference: Moment | None) -> Found:
    """The whole list: the greatest of its entries; UNKNOWN at least where more are taken than it holds."""
    best = Found(_NO, False)
    for entry in value.items:
        found = of_entry(node, entry, dictionary, reference)
        if found.truth > best.truth or (found.truth is best.truth and found.lacking):
            best = found
    if not value.complete and best.truth is not _YES:
        return Found(_UNKNOWN, True)
    return best


def taken(node: Takes, value: Medicines, dictionary: Dictionary, reference: Moment | None) -> list[MedicineEntry]:
    """The entries that make a node YES."""
    return [entry for entry in value.items if of_entry(node, entry, dictionary, reference).truth is _YES]


def lacking(node: Takes, value: Medicines, dictionary: Dictionary, reference: Moment | None) -> list[MedicineEntry]:
    """The entries that leave a node open."""
    return [entry for entry in value.items if of_entry(node, entry, dictionary, reference).truth is _UNKNOWN]


def judge(node: Takes, dictionary: Dictionary) -> Callable[[Medicines, date], Truth]:
    """The test of a node that counts back from the visit, or from nothing, ready to run."""
    return lambda value, day: of_list(node, value, dictionary, PartialDate.on(day)).truth


def judge_before(
    node: Takes, dictionary: Dictionary, yes: tuple[int, int], no: tuple[int, int, int], open_: tuple[int, int]
) -> Callable[[object, object], int]:
    """The test of a list against a moment, which gives codes.

    `yes` by the list alone, by both; `no` by the list, by the moment, by both; `open_` for the list, for the moment.
    """
    first, second = open_

    def run(value: object, moment: object) -> int:
        if value is NOT_APPLICABLE:
            return no[0]
        if value is None:
            return first | second if moment is None else first
        assert isinstance(value, Medicines)
        # What the list alone decides comes first: a moment that is named later must not overturn it.
        alone = of_list(node, value, dictionary, None)
        if alone.truth is _YES:
            return yes[0]
        if alone.truth is _NO:
            return no[0]
        if moment is NOT_APPLICABLE:
            return no[1]
        if moment is None:
            return first | second if alone.lacking else second
        found = of_list(node, value, dictionary, moment)  # type: ignore[arg-type]
        if found.truth is _YES:
            return yes[1]
        if found.truth is _NO:
            return no[2]
        loose = second if not is_exact(moment) else 0  # type: ignore[arg-type]
        return (first if found.lacking or not loose else 0) | loose

    return run

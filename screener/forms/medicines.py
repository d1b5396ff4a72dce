"""The dictionary of medicines as content: substances with their names and classes, and products that hold several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field

from screener.forms.content import Content, Id, OwnWordOf, Text
from screener.rules.expressions import Exact, Route
from screener.rules.medicines import Dictionary, Product, Routes, Substance, folded

ClassId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class MedicineClass(Content):
    """A class of medicines. A member of it is a member of its parents too."""

    id: ClassId
    title: Text
    parents: tuple[ClassId, ...] = ()
    routes: tuple[Route, ...] = ()
    """The routes by which membership counts: an eye drop is not a beta-blocker by mouth. Empty: every route."""
    own_words: tuple[OwnWordOf, ...] = ()


def _span(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Hours = Annotated[tuple[Exact, Exact], BeforeValidator(_span)]


class HalfLife(Content):
    """A half-life as its source gives it, in hours from the shortest to the longest."""

    hours: Hours
    longest: Hours | None = None
    """That of an active metabolite that lasts longer."""
    of: str = ""
    """That metabolite."""
    source: Id
    basis: Text
    note: str = ""


class MedicineName(Content):
    """One substance, or a product that holds several, with the names it goes by."""

    name: Text
    trade: tuple[Text, ...] = ()
    also: tuple[Text, ...] = ()
    classes: tuple[ClassId, ...] = ()
    routes: tuple[Route, ...] = ("oral",)
    holds: tuple[Text, ...] = ()
    half_life: HalfLife | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also, *self.trade)


class MedicineList(Content):
    """All classes and names of a pack."""

    classes: tuple[MedicineClass, ...] = ()
    names: tuple[MedicineName, ...] = ()

    @cached_property
    def substances(self) -> Mapping[str, MedicineName]:
        """What is no combination, by its name."""
        return {entry.name: entry for entry in self.names if not entry.holds}

    @cached_property
    def dictionary(self) -> Dictionary:
        """The names as rules look them up."""
        above = self._above()
        made = {name: _substance(entry, above) for name, entry in self.substances.items()}
        products: dict[str, Product] = {}
        for entry in self.names:
            parts = tuple(made[held] for held in entry.holds if held in made) if entry.holds else (made[entry.name],)
            product = Product(entry.name, parts, frozenset(entry.routes))
            for name in entry.names:
                products.setdefault(folded(name), product)
        return Dictionary(products, {entry.id: entry.title for entry in self.classes})

    def _above(self) -> Mapping[str, Mapping[str, Routes | None]]:
        """Each class with all it belongs to, itself included, and the routes by which it does."""
        classes = {entry.id: entry for entry in self.classes}
        known: dict[str, dict[str, Routes | None]] = {}

        def closure(class_id: str, inside: frozenset[str]) -> dict[str, Routes | None]:
            if class_id in known:
                return known[class_id]
            entry = classes.get(class_id)
            if entry is None or class_id in inside:
                return {}
            own = frozenset(entry.routes) or None
            found: dict[str, Routes | None] = {class_id: own}
            for parent in entry.parents:
                for name, routes in closure(parent, inside | {class_id}).items():
                    _add(found, name, _narrower(own, routes))
            known[class_id] = found
            return found

        return {class_id: closure(class_id, frozenset()) for class_id in classes}


def _narrower(one: Routes | None, other: Routes | None) -> Routes | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _add(found: dict[str, Routes | None], name: str, routes: Routes | None) -> None:
    """A class reached in two ways counts by the routes of both."""
    if name in found and (found[name] is None or routes is None):
        found[name] = None
    else:
        known = found.get(name)
        found[name] = routes if known is None else known | (routes or frozenset())


def _substance(entry: MedicineName, above: Mapping[str, Mapping[str, Routes | None]]) -> Substance:
    classes: dict[str, Routes | None] = {}
    for class_id in entry.classes:
        for name, routes in above.get(class_id, {}).items():
            _add(classes, name, routes)
    return Substance(entry.name, classes, frozenset(entry.routes), _longest(entry.half_life))


def _longest(half_life: HalfLife | None) -> tuple[Decimal, Decimal] | None:
    """From the shortest half-life that a source gives, its longest metabolite's included, to the longest."""
    if half_life is None:
        return None
    spans = [span for span in (half_life.hours, half_life.longest) if span is not None]
    return max(low for low, _ in spans), max(high for _, high in spans)


def duplicate_names(names: Iterable[MedicineName]) -> Iterable[tuple[int, str, str]]:
    """Names that stand for two entries: the place of the second, the name, and the entry that had it first."""
    seen: dict[str, str] = {}
    for index, entry in enumerate(names):
        for name in dict.fromkeys(map(folded, entry.names)):
            if name in seen:
                yield index, name, seen[name]
            seen.setdefault(name, entry.name)

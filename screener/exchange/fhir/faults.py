"""A fault of a Bundle, and walking through one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, and where: a path such as `Observation[3].status`."""

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Element:
    """One element inside a resource. `path` has no numbers, and an item inside an item has the path of an item."""

    path: str
    place: str
    value: Any


def elements(kind: str, place: str, value: Mapping[str, Any]) -> Iterator[Element]:
    """Every element of a resource, from the outside in."""
    yield from _inside(kind, place, value)


def _inside(path: str, place: str, value: Mapping[str, Any]) -> Iterator[Element]:
    for name, inner in value.items():
        inner_path = path if name == "item" and path.endswith(".item") else f"{path}.{name}"
        many = isinstance(inner, list)
        for number, one in enumerate(inner if many else (inner,)):
            here = f"{place}.{name}[{number}]" if many else f"{place}.{name}"
            yield Element(inner_path, here, one)
            if isinstance(one, Mapping):
                yield from _inside(inner_path, here, one)
        if many and not inner:
            yield Element(inner_path, f"{place}.{name}", inner)

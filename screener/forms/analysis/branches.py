"""Parts of a condition that change nothing: wherever they are met, what stands beside them is met already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screener.forms.analysis.asking import is_yes
from screener.forms.analysis.search import Searched, Undecided
from screener.rules.expressions import All, Any_, Expression, Not

Path = tuple[str | int, ...]
MOST_PARTS = 40
"""A condition with more parts side by side is not taken apart."""


@dataclass(frozen=True, slots=True)
class Idle:
    """A part that can be left out. `path`: where it stands inside the condition."""

    path: Path
    of: str
    """`any` or `all`."""


def idle_parts(searched: Searched, node: Expression, path: Path = ()) -> Iterator[Idle | Undecided]:
    """Every such part of a condition, as far as the search is sure of it."""
    match node:
        case Any_():
            parts, key = node.any, "any"
        case All():
            parts, key = node.all, "all"
        case Not():
            yield from idle_parts(searched, node.not_, (*path, "not"))
            return
        case _:
            return
    for place, part in enumerate(parts):
        here = (*path, key, place)
        yield from idle_parts(searched, part, here)
        others = [other for at, other in enumerate(parts) if at != place]
        if others and len(parts) <= MOST_PARTS:
            found = searched.find(searched.condition("part", _alone(key, part, others)), is_yes)
            if found.ended:
                yield Undecided(inside(here))
            elif found.answers is None and found.sure:
                yield Idle(here, key)


def inside(path: Path) -> str:
    """Where a part stands, as it is said."""
    return ".".join(str(step) for step in path)


def _alone(key: str, part: Expression, others: list[Expression]) -> All:
    """Met where only this part of an `any` is met, or only this part of an `all` is not."""
    if key == "any":
        return All(all=(part, *(Not(not_=other) for other in others)))
    return All(all=(Not(not_=part), *others))

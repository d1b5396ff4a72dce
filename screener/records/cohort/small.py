"""Small numbers in a table with totals: hidden, with as many others as it takes that none can be worked out."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 5
"""Numbers below it are not shown, unless they are 0."""
Shown = int | None
"""A number, or None where it is hidden."""
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """Rows of counts with a row of all of them together. The total of each row is shown beside it."""

    rows: tuple[tuple[Shown, ...], ...]
    overall: tuple[Shown, ...]


def is_small(count: int, limit: int) -> bool:
    return 0 < count < limit


def shown_row(counts: Sequence[int], limit: int = LIMIT) -> tuple[Shown, ...]:
    """One row of counts whose total is known."""
    return shown_table((), counts, limit).overall


def shown_table(rows: Sequence[Sequence[int]], overall: Sequence[int], limit: int = LIMIT) -> ShownTable:
    """Rows that add up to `overall`, each with a total that is known and not small, as they can be shown.

    What is hidden can be at least two numbers, one of them not below the limit, whatever is added or taken away of what
    is shown.
    """
    if limit <= 1:
        return ShownTable(tuple(tuple(row) for row in rows), tuple(overall))
    if sum(overall) < limit:
        return ShownTable(tuple((None,) * len(overall) for _ in rows), (None,) * len(overall))
    table = _Table(rows, overall, limit)
    table.hide_enough()
    told = [[None if hidden else count for hidden, count in zip(*both, strict=True)] for both in table.told()]
    return ShownTable(tuple(tuple(row) for row in told[:-1]) if rows else (), tuple(told[-1]))


class _Table:
    """The rows, and below them what is missing from each column's sum to all records: then every margin is known.

    With the last row turned about like this, all rows and all columns have fixed sums, and a number can be another one
    where a round trip through hidden places leads back to it.
    """

    def __init__(self, rows: Sequence[Sequence[int]], overall: Sequence[int], limit: int) -> None:
        self._limit, self._all = limit, sum(overall)
        parts = [list(row) for row in rows]
        self._made_up = not parts
        if self._made_up:
            parts = [list(overall)]  # nobody sees it: it only lets the sums vary
        self._counts = [*parts, [self._all - count for count in overall]]
        self._last = len(self._counts) - 1
        self._width = len(overall)
        self._hidden = [[self._made_up and row < self._last] * self._width for row in range(len(self._counts))]

    def told(self) -> list[tuple[list[bool], list[int]]]:
        """Which of each row are hidden, and its counts."""
        return [(self._hidden[row], [self._count(row, place) for place in range(self._width)]) for row in self._rows()]

    def _rows(self) -> range:
        return range(self._last, self._last + 1) if self._made_up else range(self._last + 1)

    def _count(self, row: int, column: int) -> int:
        held = self._counts[row][column]
        return self._all - held if row == self._last else held

    def hide_enough(self) -> None:
        """Hide what is small, then more until nothing of it can be worked out."""
        for row in self._rows():
            for column in range(self._width):
                self._hidden[row][column] |= is_small(self._count(row, column), self._limit)
        while (open_place := self._told_by_others()) is not None:
            if not self._hide_beside(open_place):
                return

    def _told_by_others(self) -> Place | None:
        places = ((row, column) for row in self._rows() for column in range(self._width))
        return next((place for place in places if self._hidden[place[0]][place[1]] and not self._is_safe(place)), None)

    def _hide_beside(self, place: Place) -> bool:
        """Hide one more number: in its row, or else in its column, or else anywhere; of all records only at last."""
        row, column = place
        groups = [one for one in self._rows() if one != self._last]
        near = [(row, other) for other in range(self._width)]
        below = [(other, column) for other in groups]
        anywhere = [(r, c) for r in groups for c in range(self._width)]
        all_records = [(self._last, other) for other in range(self._width)]
        for places in (near, below, anywhere, all_records):
            free = [(r, c) for r, c in places if not self._hidden[r][c]]
            if free:
                r, c = min(free, key=lambda one: (self._count(*one) == 0, self._count(*one)))
                self._hidden[r][c] = True
                return True
        return False

    def _is_safe(self, place: Place) -> bool:
        row, column = place
        up, down = (self._raise, self._lower) if row != self._last else (self._lower, self._raise)
        held = self._count(row, column)
        if held < self._limit:
            return up(place, self._limit - held)
        return up(place, 1) or down(place, 1)

    def _raise(self, place: Place, by: int) -> bool:
        return self._move(place, by, 1)

    def _lower(self, place: Place, by: int) -> bool:
        return self._counts[place[0]][place[1]] >= by and self._move(place, by, -1)

    def _move(self, place: Place, by: int, sign: int) -> bool:
        """Whether the number at a place could be greater (or less) by so much, with every sum as it is."""
        kept = [row.copy() for row in self._counts]
        try:
            return all(self._one_round(place, sign) for _ in range(by))
        finally:
            self._counts = kept

    def _one_round(self, place: Place, sign: int) -> bool:
        """Change a place by one and others on a round trip, which alternates along columns and rows; False if none."""
        row, column = place
        before: dict[int, tuple[int, int]] = {column: (-1, -1)}
        waiting = deque([column])
        while waiting:
            at = waiting.popleft()
            for other in range(self._last + 1):
                if (other, at) == place or not self._changes(other, at, -sign):
                    continue
                if other == row:
                    self._apply(place, sign, before, at)
                    return True
                for further in range(self._width):
                    if further not in before and self._changes(other, further, sign):
                        before[further] = (other, at)
                        waiting.append(further)
        return False

    def _changes(self, row: int, column: int, sign: int) -> bool:
        return self._hidden[row][column] and (sign > 0 or self._counts[row][column] > 0)

    def _apply(self, place: Place, sign: int, before: dict[int, tuple[int, int]], at: int) -> None:
        row, column = place
        self._counts[row][at] -= sign
        while at != column:
            other, came_from = before[at]
            self._counts[other][at] += sign
            self._counts[other][came_from] -= sign
            at = came_from
        self._counts[row][column] += sign


def merged(counts: Sequence[int], limit: int = LIMIT) -> list[tuple[int, int, int]]:
    """Neighbouring places put together until no count is small: first place, last place, count."""
    found: list[tuple[int, int, int]] = []
    for place, count in enumerate(counts):
        found.append((place, place, count))
    while len(found) > 1:
        small = [number for number, (_, _, count) in enumerate(found) if is_small(count, limit)]
        if not small:
            break
        at = small[-1]
        # A small number goes to its lower neighbour, the first to its upper one.
        low = at - 1 if at else 0
        (first, _, one), (_, last, other) = found[low], found[low + 1]
        found[low : low + 2] = [(first, last, one + other)]
    return found


def small_groups(sizes: Sequence[int], limit: int = LIMIT) -> list[int]:
    """The groups that are put together because they are too small to be told apart; none, or at least the limit."""
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place], place))
    together = [place for place in order if sizes[place] < limit]
    rest = [place for place in order if sizes[place] >= limit]
    while together and rest and (sum(sizes[place] for place in together) < limit or len(together) < 2):
        together.append(rest.pop(0))
    return sorted(together)

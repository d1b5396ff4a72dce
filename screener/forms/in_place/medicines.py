"""Lists of medicines, each medicine in columns of its own, against the dictionary that knows their names.

The names that stand in the table are read and looked up first, as the live engine does it; the database compares them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from screener.forms.in_place import measures
from screener.forms.in_place.parts import (
    VISIT,
    Between,
    NoFormError,
    any_of,
    is_true,
    literal,
    null,
    of_rails,
    within_days,
)
from screener.forms.in_place.seen import Seen
from screener.rules.expressions import Duration, HalfLives, Takes
from screener.rules.medicines import Dictionary, Substance, kinds_of, lengths_us
from screener.rules.truth import Truth
from screener.rules.values import Kind, MedicineEntry

MOST_NAMES = 10_000
"""So many different names, each with its routes, are looked up at most."""
_DAY_US = 86_400_000_000
_BETWEEN = "\x1f"
Lengths = tuple[int, int] | None
"""The shortest and the longest that a window takes, in microseconds; None where that is not known."""


class Reference(NamedTuple):
    """What is counted back from: its days, its moment where it has an hour, and whether it is known at all."""

    days: Between
    moment: Any
    known: Any


def key_columns(seen: Seen, question_id: str) -> dict[str, Any]:
    """For each medicine a column with its name and its route in one text; empty where there is none."""
    found = {}
    for number in _numbers(seen, question_id):
        name, route = (_column(seen, question_id, number, part) for part in ("name", "route"))
        text = name if route is None else name + _BETWEEN + route.fill_null("")
        found[_key(question_id, number)] = text.fill_null("")
    return found


def names(seen: Seen, question_id: str) -> list[str]:
    """What stands in these columns."""
    found = set[str]()
    for number in _numbers(seen, question_id):
        different = seen.table.select(key=seen.table[_key(question_id, number)]).distinct().limit(MOST_NAMES + 1)
        found |= set(different.to_pyarrow().column("key").to_pylist())
    found.discard("")
    if len(found) > MOST_NAMES:
        raise NoFormError(f"{question_id} holds more than {MOST_NAMES} different names")
    return sorted(found)


def judge(seen: Seen, node: Takes, dictionary: Dictionary) -> Any:
    """The test of a node against the whole list."""
    question = seen.asked(node.in_, Kind.MEDICINES)
    if question is None:
        return null()
    complete = seen.said_to_be_all(question)
    lists = _Lists(seen, node, dictionary)
    if node.before is None:
        visit = seen.table[VISIT]
        return seen.answered(
            question.id, of_rails(*lists.rails(Reference(Between(visit, visit), None, literal(True)), complete))
        )
    yes, no = lists.rails(None, complete)
    # What the list alone decides comes first; the moment decides only what it leaves open.
    left_open = ~(yes | no)
    reference = _reference(seen, node.before)
    if reference is not None:
        later_yes, later_no = lists.rails(reference, complete)
        yes, no = yes | (reference.known & left_open & later_yes), no | (reference.known & left_open & later_no)
    return seen.answered(question.id, of_rails(yes, no | (seen.hidden(node.before) & left_open)))


def _reference(seen: Seen, question_id: str) -> Reference | None:
    """A day or a moment that is counted back from; None where nobody was asked."""
    question = seen.asked(question_id, Kind.DATE, Kind.DATETIME)
    days = None if question is None else measures.days(seen, question)
    if question is None or days is None:
        return None
    moment = seen.table[question.id] if question.kind is Kind.DATETIME else None
    known = seen.has_answer(question.id)
    if seen.instead(question_id) is not None:
        known = known | seen.hidden(question_id)
    return Reference(days, moment, known & seen.standing(question_id)[1])


class _Lists:
    """What a node makes of every medicine that has columns."""

    def __init__(self, seen: Seen, node: Takes, dictionary: Dictionary) -> None:
        self._seen, self._node, self._dictionary = seen, node, dictionary

    def rails(self, reference: Reference | None, complete: Any) -> tuple[Any, Any]:
        """Where the list surely holds what is meant, and where it surely does not; never NULL."""
        yes, possible = [literal(False)], [literal(False)]
        by_kind = self._by_kind
        for number in _numbers(self._seen, self._node.in_):
            key = self._seen.table[_key(self._node.in_, number)]
            for (kind, lengths), keys in by_kind.items():
                holds, fails = self._timing(number, lengths, reference)
                meant = key.isin(keys)
                if kind is Truth.YES:
                    yes.append(meant & holds)
                possible.append(meant & ~fails)
        return any_of(yes), ~any_of(possible) & complete

    @cached_property
    def _by_kind(self) -> dict[tuple[Truth, Lengths], list[str]]:
        """The names that are of the kind that is meant, or may be, by how long their window is."""
        found = defaultdict[tuple[Truth, Lengths], list[str]](list)
        for key in self._seen.names(self._node.in_):
            name, _, route = key.partition(_BETWEEN)
            entry = MedicineEntry(name, route or None)
            ways = {
                (kind, self._lengths(substance))
                for kind, substance in kinds_of(self._node.takes, entry, self._dictionary)
                if kind is not Truth.NO
            }
            for way in ways:
                found[way].append(key)
        return found

    def _lengths(self, substance: Substance | None) -> Lengths:
        length = self._node.within
        if isinstance(length, HalfLives):
            known = substance is not None and substance.half_life is not None
            return lengths_us(length.count, substance.half_life) if known else None  # type: ignore[union-attr,arg-type]
        if length is None or length.of_days:
            return None
        most = length.count * (60 if length.unit == "h" else 1) * 60_000_000
        return most, most

    def _timing(self, number: int, lengths: Lengths, reference: Reference | None) -> tuple[Any, Any]:
        """Where a medicine is surely taken then, and where surely not; never NULL."""
        use = _column(self._seen, self._node.in_, number, "use")
        current, stopped = (literal(False) if use is None else is_true(use == one) for one in ("current", "stopped"))
        length = self._node.within
        if length is None:
            return current, stopped
        first, last = (_column(self._seen, self._node.in_, number, end) for end in ("first", "last"))
        dated = literal(False) if first is None or last is None else first.notnull() & last.notnull()
        # A course that goes on reaches into every window; of single doses, hours apart, the last one is what counts.
        goes_on = current & ~dated if isinstance(length, Duration) and not length.of_days else current
        if first is None or last is None or reference is None:
            return goes_on, literal(False)
        event = Between(first, last)
        if isinstance(length, Duration) and length.of_days:
            holds, fails = within_days(event, length, reference.days)
        elif lengths is None:
            return goes_on, literal(False)
        else:
            holds, fails = _elapsed(event, reference, *lengths)
        there = dated & reference.known
        return goes_on | (there & holds), ~goes_on & there & fails & (current | stopped)


def _elapsed(event: Between, reference: Reference, low: int, high: int) -> tuple[Any, Any]:
    """Whether no more time has gone by than a length between `low` and `high`; days are taken from hour to hour."""
    import ibis

    if reference.moment is not None:
        begin, end = event.first.cast("timestamp"), event.last.cast("timestamp") + ibis.interval(days=1)
        earliest = reference.moment - ibis.interval(microseconds=high)
        later = begin > reference.moment
        # The last moment of a day is a microsecond before the next one.
        holds = (begin >= reference.moment - ibis.interval(microseconds=low)) & ~later
        return holds, later | (end - ibis.interval(microseconds=1) < earliest)
    days = reference.days
    later = event.first > days.last
    holds = (event.first >= days.last - ibis.interval(days=(low + 1 - _DAY_US) // _DAY_US)) & ~later
    return holds, later | (event.last < days.first - ibis.interval(days=(high + _DAY_US - 1) // _DAY_US))


def _numbers(seen: Seen, question_id: str) -> Iterable[int]:
    parts = (name.split("/") for name in seen.held if name.startswith(f"{question_id}/") and name.endswith("/name"))
    return sorted(int(part[1]) for part in parts if part[1].isdigit())


def _column(seen: Seen, question_id: str, number: int, part: str) -> Any:
    full = f"{question_id}/{number}/{part}"
    return seen.table[full] if full in seen.held else None


def _key(question_id: str, number: int) -> str:
    return f"{question_id}/{number}/key"

"""Events of many records against a day or moment: `within`, `older_than` and `after` over partial dates."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from screener.rules.columns.column import Column, refuse
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.figures import DAY_US, Dates, Moments
from screener.rules.columns.masks import Mask, of_both, of_three, open_unless_hidden
from screener.rules.columns.states import Bools, Days
from screener.rules.expressions import Duration

MINUTE_US = 60_000_000


class Between(NamedTuple):
    """The first and the last day that an event may lie on."""

    first: Days
    last: Days


def days_of(column: Column) -> Between | None:
    """The days of a column; None where it holds none."""
    match column:
        case Dates():
            return Between(column.first, column.last)
        case Moments():
            days = (column.micros // DAY_US).astype(np.int32)
            return Between(days, days)
    return None


def starts(length: Duration, days: Days) -> Days:
    """The first day still inside a length that is counted back from each of these."""
    if length.unit in ("d", "wk"):
        back = length.count * (7 if length.unit == "wk" else 1)
        found: Days = np.maximum(days - np.int32(min(back, date.max.toordinal())), date.min.toordinal())
        return found
    if not len(days):
        return days
    # Months are counted by the calendar; each day that there is is counted back from once.
    lowest = int(days.min())
    there = np.zeros(int(days.max()) - lowest + 1, dtype=np.bool_)
    there[days - lowest] = True
    table = np.zeros(len(there), dtype=np.int32)
    for place in np.flatnonzero(there).tolist():
        table[place] = _start(length, lowest + place)
    return table[days - lowest]


@lru_cache(maxsize=200_000)
def _start(length: Duration, day: int) -> int:
    return length.before(date.fromordinal(day)).toordinal() if day > 0 else 0


def start_of(length: Duration, before: Between) -> Between:
    """Where a length starts that ends on days that are not sure."""
    first = starts(length, before.first)
    return Between(first, first if before.first is before.last else starts(length, before.last))


def lies_within(event: Between, start: Between, before: Between) -> tuple[Bools, Bools]:
    """Where an event surely lies between a start and the days that it is counted back from, and where it does not."""
    inside = (event.first >= start.last) & (event.last <= before.first)
    return inside, (event.last < start.first) | (event.first > before.last)


def lies_further_back(event: Between, start: Between, _: Between) -> tuple[Bools, Bools]:
    """Where an event surely lies further back than a start, and where it surely does not."""
    return event.last < start.first, event.first >= start.last


def from_visit(column: Column, length: Duration, facts: ColumnFacts, *, older: bool) -> Mask:
    """`older_than` or else `within`, counted back from the day of each visit."""
    event = days_of(column)
    if event is None:
        refuse(column, "days")
        return open_unless_hidden(column)
    if not length.of_days:  # a day is not enough to count hours from
        return open_unless_hidden(column)
    judge = lies_further_back if older else lies_within
    start = facts.counted_back(length, lambda: starts(length, facts.days))
    return of_three(column, *judge(event, Between(start, start), Between(facts.days, facts.days)))


def from_moment(column: Column, length: Duration, before: Column, *, older: bool) -> Mask:
    """The same, counted back from another question's day or moment."""
    if not length.of_days and isinstance(column, Moments) and isinstance(before, Moments):
        gone, most = before.micros - column.micros, length_us(length)
        # Read as unsigned, what lies ahead is more than any length.
        return of_both(column, before, gone > most if older else gone.view(np.uint64) <= np.uint64(most), None)
    event, reference = days_of(column), days_of(before)
    nothing = np.zeros(len(column), dtype=np.bool_)
    if event is None or reference is None:
        refuse(column if event is None else before, "days", column.answered & before.answered)
        return of_both(column, before, nothing, nothing)
    if not length.of_days:  # a day is not enough to count hours from
        return of_both(column, before, nothing, nothing)
    judge = lies_further_back if older else lies_within
    return of_both(column, before, *judge(event, start_of(length, reference), reference))


def length_us(length: Duration) -> int:
    """A length in minutes or hours as microseconds."""
    return length.count * (60 if length.unit == "h" else 1) * MINUTE_US


def after(column: Column, days: Days) -> Mask:
    """Whether an event lies after the day of the visit."""
    event = days_of(column)
    if event is None:
        refuse(column, "days")
        return open_unless_hidden(column)
    return of_three(column, event.first > days, event.last <= days)

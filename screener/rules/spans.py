"""Events against a day or moment: `within`, `older_than` and `after` over partial dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from screener.rules.expressions import Duration
from screener.rules.truth import Truth
from screener.rules.values import PartialDate

Moment = PartialDate | datetime
_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def _days(moment: Moment) -> tuple[date, date]:
    return (moment.date(), moment.date()) if isinstance(moment, datetime) else (moment.first, moment.last)


def _naive(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.replace(tzinfo=None)


def within(event: Moment, length: Duration, before: Moment) -> Truth:
    """Whether the event lies in the `length` before, its last day included; what lies after is not within.

    Days count whole; hours need both moments with their time and are UNKNOWN otherwise.
    """
    if not length.of_days:
        return _within_hours(event, length, before)
    (first, last), (ref_first, ref_last) = _days(event), _days(before)
    if first >= length.before(ref_last) and last <= ref_first:
        return Truth.YES
    if last < length.before(ref_first) or first > ref_last:
        return Truth.NO
    return Truth.UNKNOWN


def older_than(event: Moment, length: Duration, before: Moment) -> Truth:
    """Whether the event lies further back than `length`; the last day of it is not older, nor is anything later."""
    if not length.of_days:
        if not isinstance(event, datetime) or not isinstance(before, datetime):
            return Truth.UNKNOWN
        return Truth.of(_naive(event) < length.before_moment(_naive(before)))
    (first, last), (ref_first, ref_last) = _days(event), _days(before)
    if last < length.before(ref_first):
        return Truth.YES
    return Truth.NO if first >= length.before(ref_last) else Truth.UNKNOWN


def after(event: Moment, day: date) -> Truth:
    """Whether the event lies after a day; a month or a year that the day parts is UNKNOWN."""
    first, last = _days(event)
    if first > day:
        return Truth.YES
    return Truth.NO if last <= day else Truth.UNKNOWN


def _within_hours(event: Moment, length: Duration, before: Moment) -> Truth:
    if not isinstance(event, datetime) or not isinstance(before, datetime):
        return Truth.UNKNOWN
    start = length.before_moment(_naive(before))
    return Truth.of(start <= _naive(event) <= _naive(before))


@lru_cache(maxsize=256)
def counted_back(length: Duration) -> Callable[[date], date]:
    """Gives the first day inside a length of days that ends on a given day; that of the last visits is kept."""
    return lru_cache(maxsize=8)(length.before)


def from_visit(length: Duration, *, older: bool) -> Callable[[Moment, date], Truth]:
    """`older_than` or else `within`, counted back from a day, ready to run."""
    judge = older_than if older else within
    return lambda event, day: judge(event, length, PartialDate.on(day))


def from_moment(length: Duration, *, older: bool) -> Callable[[Moment, Moment], Truth]:
    """`older_than` or else `within`, counted back from another moment, ready to run."""
    judge = older_than if older else within
    if length.of_days:
        return lambda event, before: judge(event, length, before)
    most, none = timedelta(minutes=length.count * (60 if length.unit == "h" else 1)), timedelta(0)

    def test(event: Moment, before: Moment) -> Truth:
        if event.__class__ is not datetime or before.__class__ is not datetime:
            return _UNKNOWN
        if event.tzinfo is not None or before.tzinfo is not None:
            event, before = _naive(event), _naive(before)
        gone = before - event
        if older:
            return _YES if gone > most else _NO
        return _YES if none <= gone <= most else _NO

    return test

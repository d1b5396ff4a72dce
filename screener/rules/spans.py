"""Lengths of time between an event and a day or moment: `within` and `older_than` over partial dates."""

from __future__ import annotations

from datetime import date, datetime

from screener.rules.expressions import Duration
from screener.rules.truth import Truth
from screener.rules.values import PartialDate

Moment = PartialDate | datetime


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


def _within_hours(event: Moment, length: Duration, before: Moment) -> Truth:
    if not isinstance(event, datetime) or not isinstance(before, datetime):
        return Truth.UNKNOWN
    start = length.before_moment(_naive(before))
    return Truth.of(start <= _naive(event) <= _naive(before))

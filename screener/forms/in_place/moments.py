"""Days and moments against the visit or against each other, and figures of two questions compared."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from screener.forms.in_place import measures, parts
from screener.forms.in_place.parts import VISIT, Between, NoFormError
from screener.forms.in_place.seen import Seen
from screener.forms.model import Question
from screener.rules.expressions import Ask, Compare, Duration
from screener.rules.values import Kind

_EVENTS = (Kind.DATE, Kind.DATETIME)


def from_visit(seen: Seen, node: Ask) -> Any:
    """`within`, `older_than` or `after` against the day of the visit."""
    question = seen.asked(node.ask, *_EVENTS)
    days = None if question is None else measures.days(seen, question)
    if days is None:
        return parts.null()
    visit = seen.table[VISIT]
    if node.test == "after":
        return parts.of_rails(days.first > visit, days.last <= visit)
    length = _length(node)
    # A day is not enough to count hours from.
    return _spanned(node, length, days, Between(visit, visit)) if length.of_days else parts.null()


def before(seen: Seen, node: Ask) -> Any:
    """`within` or `older_than`, counted back from another question."""
    event, other = seen.asked(node.ask, *_EVENTS), seen.asked(str(node.before), *_EVENTS)
    if event is None or other is None:
        return parts.null()
    length = _length(node)
    if length.of_days:
        days, reference = measures.days(seen, event), measures.days(seen, other)
        if days is None or reference is None:
            return parts.null()
        return _spanned(node, length, days, reference)
    if event.kind is not Kind.DATETIME or other.kind is not Kind.DATETIME:
        return parts.null()
    return _by_the_hour(node, length, seen.table[event.id], seen.table[other.id])


def _length(node: Ask) -> Duration:
    length = node.within or node.older_than
    assert length is not None
    return length


def _spanned(node: Ask, length: Duration, event: Between, reference: Between) -> Any:
    """Counted back from the first or the last day that the other may be."""
    if node.older_than is None:
        return parts.of_rails(*parts.within_days(event, length, reference))
    earliest, latest = parts.start(reference.first, length), parts.start(reference.last, length)
    return parts.of_rails(event.last < earliest, event.first >= latest)


def _by_the_hour(node: Ask, length: Duration, event: Any, reference: Any) -> Any:
    import ibis

    earliest = reference - ibis.interval(minutes=length.count * (60 if length.unit == "h" else 1))
    return event < earliest if node.older_than is not None else (event >= earliest) & (event <= reference)


def compared(seen: Seen, node: Compare, left: str, right: str) -> Any:
    """Two questions against each other, or their difference against a figure."""
    one, other = seen.question(left), seen.question(right)
    if one is None or other is None:
        return parts.null()
    if Kind.DATETIME in (one.kind, other.kind):
        return _in_time(seen, node, one, other)
    ours, theirs = measures.measure(seen, one), measures.measure(seen, other)
    if ours is None or theirs is None:
        return parts.null()
    if isinstance(node.limit, Decimal):
        if not isinstance(ours.over, int) or not isinstance(theirs.over, int):
            raise NoFormError(f"what {left} and {right} differ by has no form")
        return measures.less(ours, theirs).meets(node.comparison, Fraction(node.limit))
    times, over = (node.times or 1), (ours.over, theirs.over)
    low, high, other_low, other_high = _on_one_scale(ours, theirs, times, over)
    return parts.ends_hold(low, high, node.comparison, other_low, other_high)


def _on_one_scale(ours: parts.Measure, theirs: parts.Measure, times: int, over: tuple[Any, Any]) -> tuple[Any, ...]:
    """The ends of both, multiplied by each other's scales."""
    if isinstance(over[0], int) and isinstance(over[1], int):
        finest = max(over)
        if not finest % over[0] and not finest % over[1]:
            return (
                *_times(ours, finest // over[0]),
                *_times(theirs, times * finest // over[1]),
            )
    wide = parts.Measure(parts.wide(ours.low), parts.wide(ours.high))
    wide = parts.Measure(wide.low, wide.low) if ours.high is ours.low else wide
    far = parts.Measure(parts.wide(theirs.low), parts.wide(theirs.high))
    far = parts.Measure(far.low, far.low) if theirs.high is theirs.low else far
    return *_times(wide, parts.wide(over[1])), *_times(far, parts.wide(times) * parts.wide(over[0]))


def _times(measure: parts.Measure, factor: Any) -> tuple[Any, Any]:
    low = measure.low * factor
    return low, low if measure.high is measure.low else measure.high * factor


def _in_time(seen: Seen, node: Compare, one: Question, other: Question) -> Any:
    """Days and moments against each other; a day begins at its midnight."""
    if isinstance(node.limit, Decimal) or (node.times or 1) > 1:
        raise NoFormError(
            f"{one.id} and {other.id} are moments, of which neither differences nor multiples have a form"
        )
    ends = [_moments(seen, question) for question in (one, other)]
    if ends[0] is None or ends[1] is None:
        return parts.null()
    return parts.ends_hold(*ends[0], node.comparison, *ends[1])


def _moments(seen: Seen, question: Question) -> tuple[Any, Any] | None:
    if seen.asked(question.id, *_EVENTS) is None:
        return None
    if question.kind is Kind.DATETIME:
        if seen.instead(question.id) is not None:
            raise NoFormError(f"{question.id} has a moment while it is hidden")
        return (seen.table[question.id],) * 2
    days = measures.days(seen, question)
    assert days is not None
    return days.first.cast("timestamp"), days.last.cast("timestamp")

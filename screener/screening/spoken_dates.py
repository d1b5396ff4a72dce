"""Dates as people say them, turned into the partial dates that are stored: "3w", "about March", "end of last month"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_ISO = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
_AGO = re.compile(r"^(\d{1,3}) ?(d|days?|w|wk|weeks?|m|mo|months?|y|a|years?)( ago)?$")
_DAY_MONTH = re.compile(r"^(\d{1,2})\.? ([a-z]+)\.?,? ?(\d{4})?$")
_MONTH_YEAR = re.compile(r"^([a-z]+)\.? ?(\d{4})?$")


def parse(text: str, today: date) -> str | None:
    """The stored form (`2026-03-05`, `2026-03` or `2026`) of what was typed, or None where it is no date.

    What is said in weeks is exact to the day only as far as people mean it; it is stored as the day so many weeks back
    and echoed, so that the clinician can widen it. Months and years are stored as months and years. A month without a
    year is the last one that is past.
    """
    said = re.sub(r"^(about|around|ca\.?|in|early|late|mid|since) ", "", text.strip().lower())
    if _ISO.match(said):
        return said
    if said in ("today", "yesterday"):
        return (today - timedelta(days=said == "yesterday")).isoformat()
    if said in ("last month", "end of last month", "beginning of last month"):
        return _month(today.year, today.month - 1)
    if said == "this month":
        return _month(today.year, today.month)
    if said in ("last year", "this year"):
        return str(today.year - (said == "last year"))
    for pattern, read in ((_AGO, _ago), (_DAY_MONTH, _day_month), (_MONTH_YEAR, _month_year)):
        match = pattern.match(said)
        if match is not None:
            return read(match, today)
    return None


def _month(year: int, month: int) -> str:
    whole = year * 12 + month - 1
    return f"{whole // 12:04}-{whole % 12 + 1:02}"


def _ago(match: re.Match[str], today: date) -> str:
    count, unit = int(match[1]), match[2][0]
    if match[2] in ("m", "mo") or match[2].startswith("month"):
        return _month(today.year, today.month - count)
    if unit in "ya":
        return str(today.year - count)
    return (today - timedelta(days=count * (7 if unit == "w" else 1))).isoformat()


def _day_month(match: re.Match[str], today: date) -> str | None:
    month = _MONTHS.get(match[2])
    if month is None:
        return None
    year = int(match[3]) if match[3] else today.year
    try:
        found = date(year, month, int(match[1]))
    except ValueError:
        return None
    if match[3] is None and found > today:
        found = date(year - 1, month, int(match[1]))
    return found.isoformat()


def _month_year(match: re.Match[str], today: date) -> str | None:
    month = _MONTHS.get(match[1])
    if month is None:
        return None
    year = int(match[2]) if match[2] else today.year - (month > today.month)
    return _month(year, month)

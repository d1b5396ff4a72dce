"""Dates as people say them, turned into the partial dates that are stored: "3w", "about March", "end of last month"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from screener.forms.words import MONTHS
from screener.language import spoken
from screener.rules.values import PartialDate

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1} | {name: number for number, name in enumerate(_COUNTS, start=1)}
_UNIT = r"(d|days?|w|wk|weeks?|m|mo|months?|y|a|years?)"
_LEADING = re.compile(r"^((about|around|ca\.?|in|on|early|late|mid|since) +)+")
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_AGO = re.compile(rf"(\d{{1,3}}) ?{_UNIT}( ago)?", re.ASCII)
_COUNTED_AGO = re.compile(rf"({'|'.join(_NUMBERS)}) +{_UNIT} ago")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? ([a-z]+)\.?,? ?(\d{4})?", re.ASCII)
_MONTH_DAY_YEAR = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? ?(?<!\d)(\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(r"([a-z]+)\.?,? ?(\d{4})?", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTH_IN_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{4})", re.ASCII)


def parse(text: str, today: date) -> str | None:
    """The stored form (`2026-03-05`, `2026-03` or `2026`) of what was typed, or None where it is no date.

    What is said in weeks is exact to the day only as far as people mean it; it is stored as the day so many weeks back
    and echoed, so that the clinician can widen it. Months and years are stored as months and years. A month without a
    year is the last one that is past. A window in Spanish reads Spanish beside English. A day in figures that can be
    read in two ways is not read: see `ambiguous`.
    """
    try:
        found = _read(_plainly(text), today) or _read_elsewhere(text, today)
        return None if found is None else PartialDate.parse(found).text
    except (ValueError, OverflowError):
        return None


def ambiguous(text: str) -> tuple[str, str] | None:
    """Both days (`2019-04-03`, `2019-03-04`) that a text such as `03/04/2019` can mean; None where there is no doubt.

    The first is the one with the day written first, the second the one with the month written first. `parse` gives None
    for such a text: a field can say which two days it could be and let a person say which.
    """
    match = _FIGURES.fullmatch(_plainly(text))
    days = [] if match is None else _days_in_figures(match)
    return (days[0], days[1]) if len(days) == 2 else None


def _read_elsewhere(text: str, today: date) -> str | None:
    """In the language of the window, which is read beside English."""
    if spoken() != "es":
        return None
    from screener.screening.spoken_dates_es import in_english

    return _read(in_english(text.strip().lower()), today)


def _plainly(text: str) -> str:
    """What was typed in small letters, without "about", "since" and the like before it."""
    return _LEADING.sub("", text.strip().lower())


def _read(said: str, today: date) -> str | None:
    if _ISO.fullmatch(said):
        return said
    if said in ("today", "yesterday"):
        return (today - timedelta(days=said == "yesterday")).isoformat()
    if said in ("last month", "end of last month", "beginning of last month"):
        return _month(today.year, today.month - 1)
    if said == "this month":
        return _month(today.year, today.month)
    if said in ("last year", "this year"):
        return _year(today.year - (said == "last year"))
    for pattern, read in _WAYS:
        match = pattern.fullmatch(said)
        if match is not None:
            return read(match, today)
    return None


def _year(year: int) -> str:
    return f"{year:04}"


def _month(year: int, month: int) -> str:
    whole = year * 12 + month - 1
    return f"{whole // 12:04}-{whole % 12 + 1:02}"


def _ago(match: re.Match[str], today: date) -> str:
    count, unit = _NUMBERS.get(match[1]) or int(match[1]), match[2][0]
    if match[2] in ("m", "mo") or match[2].startswith("month"):
        return _month(today.year, today.month - count)
    if unit in "ya":
        return _year(today.year - count)
    return (today - timedelta(days=count * (7 if unit == "w" else 1))).isoformat()


def _day_month(match: re.Match[str], today: date) -> str | None:
    month = _MONTHS.get(match[2])
    if month is None:
        return None
    if match[3]:
        return date(int(match[3]), month, int(match[1])).isoformat()
    past = [day for year in (today.year, today.year - 1) for day in _days((year, month, int(match[1]))) if day <= today]
    return past[0].isoformat() if past else None


def _month_day_year(match: re.Match[str], today: date) -> str | None:
    month = _MONTHS.get(match[1])
    return None if month is None else date(int(match[3]), month, int(match[2])).isoformat()


def _month_year(match: re.Match[str], today: date) -> str | None:
    month = _MONTHS.get(match[1])
    if month is None:
        return None
    year = int(match[2]) if match[2] else today.year - (month > today.month)
    return _month(year, month)


def _figures(match: re.Match[str], today: date) -> str | None:
    days = _days_in_figures(match)
    return days[0] if len(days) == 1 else None


def _month_in_figures(match: re.Match[str], today: date) -> str:
    return f"{match[2]}-{int(match[1]):02}"


def _days_in_figures(match: re.Match[str]) -> list[str]:
    """The days that `03/04/2019` can mean: with the day written first, then with the month; one where they agree."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return list(dict.fromkeys(day.isoformat() for day in _days((year, second, first), (year, first, second))))


def _days(*written: tuple[int, int, int]) -> list[date]:
    """Those of these years, months and days that are in the calendar."""
    found = []
    for year, month, day in written:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]], ...] = (
    (_AGO, _ago),
    (_COUNTED_AGO, _ago),
    (_DAY_MONTH, _day_month),
    (_MONTH_DAY_YEAR, _month_day_year),
    (_MONTH_YEAR, _month_year),
    (_FIGURES, _figures),
    (_MONTH_IN_FIGURES, _month_in_figures),
)

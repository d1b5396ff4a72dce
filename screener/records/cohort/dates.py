"""How a table writes its dates: a format such as DD.MM.YYYY, read strictly, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screener.rules.values import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "YYYY": r"(?P<year>\d{4})",
    "MMM": rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
    "hh": r"(?P<hour>\d{2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
}
_TOKEN = re.compile("|".join(_PARTS))
ISO = "YYYY-MM-DD"
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?$", re.ASCII)
"""What a typed column of days becomes as text in some tables."""


class NoFormat(ValueError):  # noqa: N818 - it names what was written
    """A text that says no way of writing dates; with what would."""


@dataclass(frozen=True, slots=True)
class DateFormat:
    """One way of writing dates."""

    written: str
    pattern: re.Pattern[str]

    @classmethod
    def parse(cls, written: str) -> DateFormat:
        """Read YYYY, MM or M, MMM (jan), DD or D, hh, mm, ss with signs between; NoFormat says what is wrong."""
        names = _TOKEN.findall(written)
        left = _TOKEN.sub("", written)
        if "YYYY" not in names:
            hint = "two figures of a year say two centuries" if "YY" in written else "the year is missing"
            raise NoFormat(hint)
        if re.search(r"[A-Za-z]", left.replace("T", "")):
            raise NoFormat("it holds letters that stand for nothing")
        months = any(name.startswith("M") for name in names)
        if len(names) != len(set(_kinds(names))) or (any(name.startswith("D") for name in names) and not months):
            raise NoFormat("it says one part twice, or a day without a month")
        pattern, at = "", 0
        for found in _TOKEN.finditer(written):
            pattern += re.escape(written[at : found.start()]) + _PARTS[found[0]]
            at = found.end()
        return cls(written, re.compile(pattern + re.escape(written[at:]), re.ASCII | re.IGNORECASE))

    def read(self, text: str) -> str | None:
        """The text as ISO, as far as it goes; None where it is not written so, or is no day of the calendar."""
        match = self.pattern.fullmatch(text)
        if match is None:
            return None
        found = match.groupdict()
        month = found.get("month")
        if found.get("name"):
            month = str(_MONTHS.index(found["name"].lower()) + 1)
        parts = [found["year"], *(part.zfill(2) for part in (month, found.get("day")) if part)]
        try:
            return PartialDate.parse("-".join(parts)).text + _clock(found)
        except ValueError:
            return None


def _kinds(names: Sequence[str]) -> list[str]:
    return [name if name[0] in "hms" else name[0] for name in names]


def _clock(found: dict[str, str | None]) -> str:
    if not found.get("hour") or not found.get("day"):
        return ""
    return f"T{found['hour']}:{found.get('minute') or '00'}" + (f":{found['second']}" if found.get("second") else "")


@dataclass(frozen=True, slots=True)
class Dates:
    """The ways in which one column writes dates. Without any: 2026-03-05, 2026-03 or 2026."""

    formats: tuple[DateFormat, ...] = ()

    @classmethod
    def parse(cls, written: Sequence[str]) -> Dates:
        return cls(tuple(DateFormat.parse(one) for one in written))

    def read(self, text: str) -> str | None:
        """ISO text; None where no format fits, or two fit and say different days."""
        if not self.formats:
            plain = _MIDNIGHT.sub("", text)
            return plain if re.match(r"\d{4}", plain, re.ASCII) else None
        found = {said for one in self.formats if (said := one.read(text)) is not None}
        return found.pop() if len(found) == 1 else None

    @property
    def expected(self) -> str:
        """How a cell is written that can be read."""
        written = [one.written for one in self.formats] or [ISO, "YYYY-MM", "YYYY"]
        return "a day of the calendar, written " + " or ".join(written)

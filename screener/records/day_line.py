"""A line typed over the list of a dose day: whose it is, whether the second mark says so too, and what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener.forms.shorthand import Typed, typed_readings
from screener.language import tr
from screener.records.browse import LastVisit
from screener.records.dose_day import PersonOfDay

Whom = PersonOfDay | LastVisit
_CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.]?([0-5]\d)$")
_LEAST = 2
"""So many letters of a word are enough."""


class Deed(StrEnum):
    """What is told with a time, or as being now."""

    DOSE = "dose"
    LEAVING = "leaving"


WORDS = {Deed.DOSE: tr("dose"), Deed.LEAVING: tr("leaving")}
"""As they are typed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The dose or the leaving, and its time of day as `HH:MM`; empty: now."""

    deed: Deed
    at: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """What a line says. `whom`: everybody who can be meant, and one alone once it is clear."""

    whom: tuple[Whom, ...] = ()
    by_mark: bool = False
    """The second mark stands in the line as well, whole: who this is was said in two ways."""
    tells: Typed | Moment | None = None
    unread: str = ""
    """What stands behind the person and tells nothing."""


def read_line(text: str, people: Sequence[Whom]) -> DayLine:
    """A part of a reference, or the whole of it; the second mark; a reading, the dose or the leaving.

    Whoever is here today comes before a record of today that is signed already, under the same reference.
    """
    text = " ".join(text.split())
    if not text:
        return DayLine()
    found = list(_by_reference(text, people))
    marked = [(one, cut) for one, rest in found if (cut := _marked(rest, one.second_mark)) is not None]
    meant = marked or found
    whom = _still_here([one for one, _ in meant])
    rests = {rest for one, rest in meant if one in whom}
    rest = rests.pop() if len(rests) == 1 else ""
    tells = _told(rest)
    return DayLine(whom, bool(marked), tells, rest if tells is None else "")


def _by_reference(text: str, people: Sequence[Whom]) -> Iterator[tuple[Whom, str]]:
    """Everybody whose reference the line begins with, each with what stands behind; else by a part of it.

    Of references with blanks that begin alike the longest is meant, as long as what stands behind it can be read.
    """
    folded = text.casefold()
    whole = [one for one in people if f"{folded} ".startswith(f"{one.reference.casefold()} ")]
    cuts = sorted({len(one.reference) for one in whole}, reverse=True)
    alike = [[(one, text[cut:].strip()) for one in whole if len(one.reference) == cut] for cut in cuts]
    if alike:
        yield from next((found for found in alike if any(_is_read(*one) for one in found)), alike[0])
        return
    part, _, rest = text.partition(" ")
    yield from ((one, rest) for one in people if part.casefold() in one.reference.casefold())


def _is_read(one: Whom, rest: str) -> bool:
    cut = _marked(rest, one.second_mark)
    return any(part is not None and (not part or _told(part) is not None) for part in (rest, cut))


def _marked(rest: str, mark: str) -> str | None:
    """What stands behind the second mark; None where all of it is a reading or a time that begins as the mark does."""
    cut = _behind_mark(rest, mark)
    return None if cut and _told(rest) is not None else cut


def _behind_mark(rest: str, mark: str) -> str | None:
    """What stands behind the second mark; None where it does not stand there whole. Blanks in it do not count."""
    signs = "".join(mark.split())
    if not signs:
        return None
    match = re.match(r"\s*".join(map(re.escape, signs)) + r"(?:\s+|$)", rest, re.IGNORECASE)
    return None if match is None else rest[match.end() :]


def _still_here(found: Sequence[Whom]) -> tuple[Whom, ...]:
    open_ones = [one for one in found if not (isinstance(one, PersonOfDay) and one.record)]
    same = len({one.reference for one in found}) == 1
    return tuple(open_ones if same and open_ones else found)


def _told(rest: str) -> Typed | Moment | None:
    word, _, time = rest.partition(" ")
    for deed, name in WORDS.items():
        if len(word) >= _LEAST and name.casefold().startswith(word.casefold()):
            match = _CLOCK.match(time)
            if not time:
                return Moment(deed)
            return None if match is None else Moment(deed, f"{int(match[1]):02}:{match[2]}")
    return typed_readings(rest) if rest else None

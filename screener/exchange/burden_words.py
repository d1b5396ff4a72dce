"""The words of a burden: counts, shares and findings, the same in the terminal, on paper and in HTML."""

from __future__ import annotations

from collections.abc import Mapping

from screener.records.cohort.burden import EFFICACY
from screener.records.cohort.shown import Bin, ShownBurden
from screener.records.cohort.small import is_small

HIDDEN = "hidden"
KIND_TITLES: Mapping[str, str] = {
    "time-critical": "Time-critical",
    "review": "For review",
    "note": "Notes",
    "check": "Checks",
    EFFICACY: "Efficacy notes",
}
FINDING_WORDS: Mapping[str, str] = {
    "broken-row": "a row that cannot be told apart into cells",
    "outside-codes": "a value outside its codes",
    "tiny-number": "a number that is nearly nothing",
    "not-a-number": "no number",
    "negative": "a negative number",
    "not-a-date": "no date",
    "no-visit-date": "no day of the visit",
    "implausible": "looks mistyped",
    "id-twice": "an id that stands twice",
    "no-id": "no id",
    "id-unknown": "rows of an unknown id in another table",
    "no-weight": "no weight",
    "medicine-without-name": "a medicine without a name",
    "two-medicines": "two medicines in one cell",
    "contradiction": "cells that contradict each other",
    "not-as-signed": "a record whose signature does not fit",
    "other-pathway": "a record of another pathway",
    "not-a-record": "a file that is no record",
    "earlier-part": "a part of a screening that another file holds a later part of",
    "not-asked-here": "an answer to a question that is not asked here",
}


def number(count: int, word: str) -> str:
    """A number of things, in words."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def share(part: float) -> str:
    """A share as it is read: 12.3 %, and never 0.0 % of something."""
    percent = round(part * 100, 1)
    if part > 0 and percent == 0:
        return "< 0.1 %"
    return "> 99.9 %" if part < 1 and percent == 100 else f"{percent:.1f} %"


def part_of(count: int | None, limit: int, records: int = 0) -> str:
    """A count, with its share of all records; a hidden one says so."""
    if count is None:
        return HIDDEN
    if not records:
        return f"fewer than {limit}" if is_small(count, limit) else f"{count:,}"
    return f"{count:,} ({share(count / records)})" if count else "0"


def flags(one: Bin) -> str:
    """How many flags: one number, or the numbers that stand together."""
    if one.is_open:
        return f"{one.first} or more" if one.first else "any number"
    if one.first == one.last:
        return "none" if not one.first else str(one.first)
    return f"{one.first} to {one.last}"


def left_out_words(shown: ShownBurden) -> str:
    """How many records were counted, and how many rows are in no number."""
    burden = shown.of
    said = f"fewer than {shown.limit}" if shown.hides_size else f"{burden.records:,}"
    if burden.left_out:
        said += f"; {number(burden.left_out, 'row')} left out, see what was found in the table"
    return said


def visits(shown: ShownBurden) -> str:
    """From when to when the visits were."""
    burden = shown.of
    if shown.hides_size:
        said = HIDDEN
    elif burden.days is None:
        said = "no day is known"
    elif burden.days[0] == burden.days[1]:
        said = burden.days[0].isoformat()
    else:
        said = f"{burden.days[0].isoformat()} to {burden.days[1].isoformat()}"
    if burden.undated:
        few = f"fewer than {shown.limit} records"
        some = few if shown.is_small(burden.undated) else number(burden.undated, "record")
        said += f"; {some} without a day: what is measured from it is not established"
    return said


def few_words(shown: ShownBurden) -> str:
    """Why no number is shown."""
    if not shown.of.records:
        return "The table has no record that could be read."
    return f"Fewer than {shown.limit} records: no number of them is shown."


def finding_rows(shown: ShownBurden) -> list[tuple[str, ...]]:
    """Findings by what and where: in words, with how many cells, and what was made of them."""
    return [
        (
            FINDING_WORDS.get(code, code.replace("-", " ")),
            column.lstrip("\0"),
            question,
            part_of(many, shown.limit),
            made_of(code, question, kept),
        )
        for code, column, question, kept, many in shown.of.findings
    ]


def made_of(code: str, question: str, kept: bool) -> str:
    """What was made of a cell."""
    if kept:
        return "kept"
    if question:
        return "not asked"
    return {"no-visit-date": "not measured", "no-weight": "in no weighted share"}.get(code, "left out")

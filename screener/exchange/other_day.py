"""What a report says of readings that lapsed when the visit moved on to a later day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screener.exchange.carried import carried_words
from screener.forms.words import short_day
from screener.records.document import Block, Heading, Paragraph, Table, words
from screener.text import moment

Json = Mapping[str, Any]
TITLE = "Readings of another day, not used"
_INTRO = (
    "The visit was moved on to a later day after these were written down. They stand as of their own day; no rule read "
    "them, and what was measured on the day of the visit stands above."
)


def other_day(content: Json) -> list[Block]:
    """The readings with their day and who gave them; a record without any, or of an earlier version, has none."""
    found = content.get("readings_of_another_day", ())
    if not found:
        return []
    rows = tuple((words(one["label"]), words(one["words"]), words(_of_day(one))) for one in found)
    header = ("Question", "Readings, not used", "Day; informant, time, note")
    return [
        Heading(TITLE, 2),
        Paragraph(words(_INTRO), tone="muted"),
        Table("Readings of another day", header, rows, (4, 3, 3)),
    ]


def other_day_lines(content: Json) -> list[str]:
    """The same as lines of plain text."""
    return [
        f"{one['label']}: {one['words']} (of {short_day(one['day'])}; no rule read them)"
        for one in content.get("readings_of_another_day", ())
    ]


def other_day_words(content: Json) -> dict[str, str]:
    """What stands beside a question with such readings, by the question: that they are told of below."""
    days: dict[str, list[str]] = {}
    for one in content.get("readings_of_another_day", ()):
        days.setdefault(one["question"], []).append(short_day(one["day"]))
    return {name: f"readings of {', '.join(of)} stand below; no rule read them" for name, of in days.items()}


def _of_day(one: Json) -> str:
    said = [_account(account) for account in one["recorded"]["accounts"]]
    return "\n".join((short_day(one["day"]), *said))


def _account(account: Json) -> str:
    parts = (account["by"], moment(account["at"]), carried_words(account), account.get("note", ""))
    return ", ".join(part for part in parts if part)

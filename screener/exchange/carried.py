"""What a report says of answers that an earlier record holds: the same when asked today, taken over, or not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screener.forms.words import short_day
from screener.records.document import Block, Heading, Inline, Paragraph, Table, words
from screener.records.sitting import not_asked
from screener.screening.answers import Carried
from screener.text import moment

Json = Mapping[str, Any]


def carried_words(account: Json) -> str:
    """How an account came from an earlier record; empty where it did not."""
    held = account.get("carried")
    if not held:
        return ""
    day = short_day(held["visit_date"])
    return f"asked today, same as in the record of {day}" if held["asked"] else f"taken over from the record of {day}"


def not_asked_words(question: Json, today: str) -> str:
    """What an earlier record holds for a question that was not asked today; empty where it holds nothing."""
    held = question.get("earlier")
    if not held:
        return ""
    record = Carried(**{key: value for key, value in held.items() if key != "words"})
    return f"{not_asked(short_day(record.visit_date), record, today)}: {held['words']}"


def records_carried_from(content: Json) -> list[Block]:
    """The earlier records that answers were carried from, each with what proves which one it was."""
    found = {held["record"]: held for held in _carried(content)}
    if not found:
        return []
    rows: list[tuple[Inline, ...]] = [
        (words(short_day(held["visit_date"])), words(moment(held["signed_at"])), words(_proof(held)))
        for held in sorted(found.values(), key=lambda held: str(held["visit_date"]))
    ]
    said = "“Not asked today” is what an earlier record holds: no rule read it, and the question stands as not asked."
    header = ("Visit", "Signed", "Record and SHA-256 of its content")
    return [
        Heading("Earlier records that answers were carried from", 2),
        Paragraph(words(said), tone="muted"),
        Table("Earlier records", header, tuple(rows), (2, 2, 6)),
    ]


def _proof(held: Json) -> str:
    return f"{held['record']}\n{held['sha256']}"


def _carried(content: Json) -> Iterator[Json]:
    for theme in content["themes"]:
        for question in theme["questions"]:
            if question.get("earlier"):
                yield question["earlier"]
            for account in question["recorded"]["accounts"] if question["recorded"] else ():
                if account.get("carried"):
                    yield account["carried"]

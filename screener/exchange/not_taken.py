"""What a report says of answers that a file offered and nobody took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screener.forms.words import short_day
from screener.records.document import Block, Bullets, Heading, Paragraph, Table, words
from screener.text import moment

Json = Mapping[str, Any]
TITLE = "Offered and not taken"
_INTRO = (
    "These answers stand in a file that was offered in this screening. Nobody took them there; no rule read them, and "
    "what is recorded under their questions stands above."
)


def not_taken(content: Json) -> list[Block]:
    """The answers with who gave them and when, and the files with what proves which they were.

    A record without any, or of an earlier version, has none.
    """
    files = content.get("offered_not_taken", ())
    if not files:
        return []
    rows = tuple(
        (words(answer["label"]), words(answer["words"]), words(_said_by(file)))
        for file in files
        for answer in file["answers"]
    )
    return [
        Heading(TITLE, 2),
        Paragraph(words(_INTRO), tone="muted"),
        Table(
            "Answers offered and not taken", ("Question", "Answer in the file", "Informant, day, file"), rows, (4, 3, 3)
        ),
        Bullets(tuple(words(_proof(file)) for file in files)),
    ]


def not_taken_lines(content: Json) -> list[str]:
    """The same as lines of plain text."""
    return [
        f"{answer['label']}: {answer['words']} ({_said_by(file)}; {_read(file)})"
        for file in content.get("offered_not_taken", ())
        for answer in file["answers"]
    ]


def _said_by(file: Json) -> str:
    return f"{file['by']}, {short_day(file['authored']) or 'no date'}, {file['name']}"


def _read(file: Json) -> str:
    return f"read {moment(file['read_at'])} by {file['read_by']}"


def _proof(file: Json) -> str:
    return f"{file['name']}, {_read(file)}; SHA-256 {file['sha256']}"

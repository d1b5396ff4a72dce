"""A document as data: what a report or a debrief says, before anybody decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    strong: bool = False
    muted: bool = False


Inline = tuple[Run, ...]


def words(text: str) -> Inline:
    """Plain text as a line of one run."""
    return (Run(text),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the document (the title stands above), no level is skipped."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `tone` is plain, muted or note (set off from the text)."""

    content: Inline
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with their values, two columns: a definition list."""

    pairs: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. `widths` are relative; `caption` names it for a screen reader."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed or open item: mark by shape (time_critical, review, note, check, open), heading, lines below it."""

    mark: str
    mark_name: str
    heading: str
    lines: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list."""

    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Lines for names and signatures, or what was signed, by whom and with which key."""

    pairs: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Facts | Table | Entry | Bullets | SignatureBlock


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `standing` is printed at the foot of every page; `banner`, when given, at the head of every page.
    """

    title: str
    language: str
    standing: str
    subtitle: str = ""
    banner: str = ""
    blocks: tuple[Block, ...] = field(default_factory=tuple)

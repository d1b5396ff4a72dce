"""A document as data: what a report or a debrief says, before anybody decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field


def _text(*parts: object) -> None:
    """A record may come from a file that anybody could have changed: what is no text is refused while it is laid out.

    Raises TypeError.
    """
    for part in parts:
        if not isinstance(part, str):
            raise TypeError(f"{type(part).__name__} in place of a text")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    strong: bool = False
    muted: bool = False

    def __post_init__(self) -> None:
        _text(self.text)


Inline = tuple[Run, ...]


def words(text: str) -> Inline:
    """Plain text as a line of one run."""
    return (Run(text),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the document (the title stands above), no level is skipped."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        _text(self.text)


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

    def __post_init__(self) -> None:
        _text(self.caption)


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed or open item: mark by shape (time_critical, review, note, check, open), heading, lines below it."""

    mark: str
    mark_name: str
    heading: str
    lines: tuple[tuple[str, Inline], ...]

    def __post_init__(self) -> None:
        _text(self.mark, self.mark_name, self.heading)


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unordered list."""

    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Lines for names and signatures, or what was signed, by whom and with which key."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """An empty table to write into. `rows`: what stands in the first place of each; empty, it is written too."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[str, ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A question on paper, as a heading with its number, and what it is answered with."""

    number: str
    text: str
    when: str = ""
    """Under which answers it is asked; empty where it always is."""
    notes: tuple[str, ...] = ()
    how: str = ""
    """How its boxes are used: one of them, or several."""
    boxes: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    """Places for a figure or a date: what stands before each, and after it."""
    blank_lines: int = 0
    """Whole lines to write on."""
    grid: Grid | None = None
    states: tuple[str, ...] = ()
    """Boxes for what stands instead of an answer."""


@dataclass(frozen=True, slots=True)
class Cards:
    """The same text as cards on one page, each with a title, in the largest letters that it has room for."""

    title: str
    text: str
    many: int = 1
    foot: str = ""


Block = Heading | Paragraph | Facts | Table | Entry | Bullets | SignatureBlock | ToAnswer | Cards


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `standing` is printed at the foot of every page; `banner`, when given, at the head of every page.
    `to_write` names lines to write on at the head of every page but the first, `stamp` stands below the page's number.
    """

    title: str
    language: str
    standing: str
    subtitle: str = ""
    banner: str = ""
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    to_write: tuple[str, ...] = ()
    stamp: str = ""

    def __post_init__(self) -> None:
        _text(self.title, self.standing, self.subtitle, self.banner, self.stamp)

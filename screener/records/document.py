"""A document as data: what a report or a debrief says, before anybody decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field

_NO_TEXTS = ("strong", "muted", "level", "widths", "blank_lines", "grid", "many", "shares")
"""Fields that hold figures, or what looks after itself."""


class _OfTexts:
    """A record may come from a file that anybody could have changed: what is no text is refused while it is laid out.

    Raises TypeError.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:  # type: ignore[attr-defined]
            if name not in _NO_TEXTS:
                _refuse_other_than_texts(getattr(self, name))


def _refuse_other_than_texts(held: object) -> None:
    if isinstance(held, tuple):
        for one in held:
            _refuse_other_than_texts(one)
    elif not isinstance(held, str | _OfTexts):
        raise TypeError(f"{type(held).__name__} in place of a text")


@dataclass(frozen=True, slots=True)
class Run(_OfTexts):
    """A stretch of text in one weight."""

    text: str
    strong: bool = False
    muted: bool = False


Inline = tuple[Run, ...]


def words(text: str) -> Inline:
    """Plain text as a line of one run."""
    return (Run(text),)


@dataclass(frozen=True, slots=True)
class Heading(_OfTexts):
    """A heading; level 1 is a section of the document (the title stands above), no level is skipped."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph(_OfTexts):
    """One paragraph. `tone` is plain, muted or note (set off from the text)."""

    content: Inline
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Facts(_OfTexts):
    """Terms with their values, two columns: a definition list."""

    pairs: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Table(_OfTexts):
    """A table with a header row. `widths` are relative; `caption` names it for a screen reader."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry(_OfTexts):
    """A listed or open item: mark by shape (time_critical, review, note, check, open), heading, lines below it."""

    mark: str
    mark_name: str
    heading: str
    lines: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Bullets(_OfTexts):
    """An unordered list."""

    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock(_OfTexts):
    """Lines for names and signatures, or what was signed, by whom and with which key."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid(_OfTexts):
    """An empty table to write into. `rows`: what stands in the first place of each; empty, it is written too."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[str, ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ToAnswer(_OfTexts):
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
class Cards(_OfTexts):
    """The same text as cards on one page, each with a title, in the largest letters that it has room for."""

    title: str
    text: str
    many: int = 1


@dataclass(frozen=True, slots=True)
class NewSheet(_OfTexts):
    """What follows begins on a sheet of its own, also where both sides are printed on: `text` says who gets it."""

    text: str


@dataclass(frozen=True, slots=True)
class Bar(_OfTexts):
    """One bar of a chart, parted: `shares` are shares of its whole length, `said` says the same in words."""

    label: str
    said: str
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars(_OfTexts):
    """A chart of bars. `parts` names what each share is of; nothing is said by it alone that no table says."""

    caption: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def said(self) -> str:
        """The chart in words."""
        return f"{self.caption}: " + "; ".join(f"{bar.label}: {bar.said}" for bar in self.bars)


Block = Heading | Paragraph | Facts | Table | Entry | Bullets | SignatureBlock | ToAnswer | Cards | NewSheet | Bars


@dataclass(frozen=True, slots=True)
class Document(_OfTexts):
    """A whole document.

    `standing` is printed at the foot of every page; `banner`, when given, at the head of every page, and `watermark`
    across each of them.
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
    watermark: str = ""

"""A document as the plain values that the report's template sets; what no page could show rightly is refused here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from screener.records.document import (
    Bars,
    Block,
    Bullets,
    Cards,
    Document,
    Entry,
    Facts,
    Grid,
    Heading,
    Inline,
    NewSheet,
    Paragraph,
    SignatureBlock,
    Table,
    ToAnswer,
    words,
)

MARKS = ("time_critical", "review", "note", "check", "open")
TONES = ("plain", "muted", "note")
CARDS_A_PAGE = (1, 4)
MOST_PARTS = 3
"""No more can be told apart in print, and without colour."""

Clean = Callable[[str], str]
Values = dict[str, Any]


def template_values(document: Document, paper: str, made_at: datetime, clean: Clean) -> Values:
    """The values of a whole document, each text through `clean`.

    ValueError where the document breaks its own promises.
    """
    language, _, region = document.language.partition("-")
    return {
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "standing": clean(document.standing),
        "banner": clean(document.banner),
        "language": [language, region.lower() or None],
        "paper": paper,
        "made": f"Made {made_at:%Y-%m-%d %H:%M}",
        "page": "Page",
        "of": "of",
        "to_write": [clean(name) for name in document.to_write],
        "stamp": clean(document.stamp),
        "watermark": clean(document.watermark),
        "blocks": list(_blocks(document.blocks, clean)),
    }


def _blocks(blocks: Iterable[Block], clean: Clean) -> Iterable[Values]:
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if not 1 <= block.level <= level + 1:
                raise ValueError(f"a heading of level {block.level} stands below one of level {level}")
            level = block.level
        yield _block(block, level, clean)


def _block(block: Block, level: int, clean: Clean) -> Values:
    match block:
        case Heading():
            return {"kind": "heading", "text": clean(block.text), "level": level}
        case Paragraph():
            tone = _one_of(TONES, block.tone)
            return {"kind": "paragraph", "content": _runs(block.content, clean), "tone": tone}
        case Facts():
            return {"kind": "facts", "pairs": _pairs(block.pairs, clean)}
        case Table():
            return _table(block, clean)
        case Entry():
            return _entry(block, level + 1, clean)
        case Bullets():
            return {"kind": "bullets", "items": [_runs(item, clean) for item in block.items]}
        case SignatureBlock():
            return {"kind": "signature", "pairs": [[clean(name), clean(value)] for name, value in block.pairs]}
        case ToAnswer():
            return _to_answer(block, level + 1, clean)
        case Cards():
            return _cards(block, clean)
        case NewSheet():
            return {"kind": "new_sheet", "text": clean(block.text)}
        case Bars():
            return _bars(block, clean)


def _table(block: Table, clean: Clean) -> Values:
    columns = len(block.header)
    widths = block.widths or (1,) * columns
    if not columns or len(widths) != columns or any(len(row) != columns for row in block.rows):
        raise ValueError("a table's rows and widths must have as many places as its header")
    return {
        "kind": "table",
        "caption": clean(block.caption),
        "header": [clean(name) for name in block.header],
        "rows": [[_runs(cell, clean) for cell in row] for row in block.rows],
        "widths": list(widths),
    }


def _entry(block: Entry, level: int, clean: Clean) -> Values:
    """An entry's heading is a real one, a level below the heading it stands under: a screen reader can leap to it."""
    return {
        "kind": "entry",
        "level": level,
        "mark": _one_of(MARKS, block.mark),
        "mark_name": clean(block.mark_name),
        "heading": clean(block.heading),
        "lines": _pairs(block.lines, clean),
    }


def _to_answer(block: ToAnswer, level: int, clean: Clean) -> Values:
    return {
        "kind": "to_answer",
        "level": level,
        "number": clean(block.number),
        "text": clean(block.text),
        "when": clean(block.when),
        "notes": [clean(note) for note in block.notes],
        "how": clean(block.how),
        "boxes": [clean(box) for box in block.boxes],
        "places": [[clean(before), clean(after)] for before, after in block.places],
        "blank_lines": block.blank_lines,
        "grid": None if block.grid is None else _grid(block.grid, clean),
        "states": [clean(state) for state in block.states],
    }


def _grid(grid: Grid, clean: Clean) -> Values:
    """A table whose cells are empty but for the first of a row."""
    others = ((),) * (len(grid.header) - 1)
    rows = tuple((words(clean(first)), *others) for first in grid.rows)
    return _table(Table(grid.caption, grid.header, rows, grid.widths), clean)


def _cards(block: Cards, clean: Clean) -> Values:
    if block.many not in CARDS_A_PAGE or not block.text.strip():
        raise ValueError("a page holds one card or four, and none is without a text")
    return {
        "kind": "cards",
        "title": clean(block.title),
        "lines": [clean(line) for line in block.text.strip().split("\n")],
        "many": block.many,
    }


def _bars(block: Bars, clean: Clean) -> Values:
    """A chart, and all of it in words for those who do not see it."""
    if not 1 <= len(block.parts) <= MOST_PARTS or any(len(bar.shares) > len(block.parts) for bar in block.bars):
        raise ValueError(f"a bar has from one to {MOST_PARTS} parts, each of which has a name")
    if any(share < 0 for bar in block.bars for share in bar.shares) or any(sum(b.shares) > 1.001 for b in block.bars):
        raise ValueError("the shares of a bar are parts of one")
    return {
        "kind": "bars",
        "caption": clean(block.caption),
        "said": clean(block.said),
        "parts": [clean(part) for part in block.parts],
        "bars": [{"label": clean(b.label), "said": clean(b.said), "shares": list(b.shares)} for b in block.bars],
    }


def _pairs(pairs: Iterable[tuple[str, Inline]], clean: Clean) -> list[list[Any]]:
    return [[clean(name), _runs(value, clean)] for name, value in pairs]


def _runs(content: Inline, clean: Clean) -> list[Values]:
    return [{"text": clean(run.text), "strong": run.strong, "muted": run.muted} for run in content if run.text]


def _one_of(known: tuple[str, ...], name: str) -> str:
    if name not in known:
        raise ValueError(f"{name!r} is none of {', '.join(known)}")
    return name

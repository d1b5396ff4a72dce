"""A document as HTML whose meaning is in its elements: without any style, it stands in another system's note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import assert_never

from screener.exchange.plain import BLANK_LINE
from screener.exchange.printable import printable
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

_TITLE = 1
"""The level of the document's title: a section stands one below it."""
_LOWEST = 6


def render_html(document: Document) -> str:
    """The whole document as one file: nothing in it is fetched, no script runs, and what was typed is only text."""
    body = "\n".join(Elements().of(document))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text_of(document.title)}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


@dataclass(frozen=True, slots=True)
class Elements:
    """What a document becomes. `classes`: a style is there that tells notes and muted words by their class."""

    classes: bool = False

    def of(self, document: Document) -> Iterable[str]:
        """Everything below the body, in order."""
        if document.banner:
            yield f"<p{self._class('note')}><strong>{text_of(document.banner)}</strong></p>"
        yield _heading(document.title, 0)
        if document.subtitle:
            yield f"<p{self._class('muted')}>{text_of(document.subtitle)}</p>"
        level = 0
        for block in document.blocks:
            level = block.level if isinstance(block, Heading) else level
            yield from self._block(block, level)
        yield f"<p{self._class('muted')}>{text_of(document.standing)}</p>"

    def _block(self, block: Block, level: int) -> Iterable[str]:
        match block:
            case Heading():
                yield _heading(block.text, block.level)
            case Paragraph():
                yield f"<p{'' if block.tone == 'plain' else self._class(block.tone)}>{self._inline(block.content)}</p>"
            case Facts():
                yield self._pairs(block.pairs)
            case Table():
                yield self._table(block)
            case Entry():
                yield _heading(f"[{block.mark_name}] {block.heading}", level + 1)
                yield self._pairs(block.lines)
            case Bullets():
                yield _list(self._inline(item) for item in block.items)
            case SignatureBlock():
                yield self._pairs(tuple((name, words(value or BLANK_LINE)) for name, value in block.pairs))
            case ToAnswer():
                yield from self._to_answer(block, level + 1)
            case Cards():
                yield _heading(block.title, level + 1)
                yield from (f"<p>{text_of(part)}</p>" for part in block.text.strip().split("\n\n"))
            case NewSheet():
                yield f"<hr>\n<p>{text_of(block.text)}</p>"
            case Bars():
                yield from self.chart(block)
            case _:
                assert_never(block)

    def chart(self, block: Bars) -> Iterable[str]:
        """A chart in words: what other systems do with a picture nobody knows."""
        yield f"<p>{text_of(block.caption)}</p>"
        yield _list(text_of(f"{bar.label}: {bar.said}") for bar in block.bars)

    def _pairs(self, pairs: Iterable[tuple[str, Inline]]) -> str:
        """Terms with their values: a table, since other systems keep those and not every one keeps a list of terms."""
        rows = "\n".join(
            f'<tr><th scope="row">{text_of(name)}</th><td>{self._inline(value)}</td></tr>' for name, value in pairs
        )
        return f"<table>\n<tbody>\n{rows}\n</tbody>\n</table>"

    def _table(self, block: Table) -> str:
        head = "".join(f'<th scope="col">{text_of(name)}</th>' for name in block.header)
        rows = "\n".join(
            "<tr>" + "".join(f"<td>{self._inline(cell)}</td>" for cell in row) + "</tr>" for row in block.rows
        )
        return (
            f"<table>\n<caption>{text_of(block.caption)}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n"
            f"<tbody>\n{rows}\n</tbody>\n</table>"
        )

    def _to_answer(self, block: ToAnswer, level: int) -> Iterable[str]:
        yield _heading(f"{block.number} {block.text}", level)
        yield from (f"<p>{text_of(line)}</p>" for line in (block.when, *block.notes, block.how) if line)
        boxes = [*block.boxes, *block.states]
        if boxes:
            yield _list(text_of(f"[ ] {box}") for box in boxes)
        places = [f"{before} {BLANK_LINE} {after}".strip() for before, after in block.places]
        yield from (f"<p>{text_of(line)}</p>" for line in (*places, *[BLANK_LINE * 2] * block.blank_lines))
        if block.grid is not None:
            yield self._table(_to_fill(block.grid))

    def _inline(self, content: Inline) -> str:
        found = []
        for run in content:
            text = text_of(run.text)
            if run.muted and self.classes:
                text = f'<span class="muted">{text}</span>'
            found.append(f"<strong>{text}</strong>" if run.strong else text)
        return "".join(found)

    def _class(self, name: str) -> str:
        return f' class="{name}"' if self.classes else ""


def _heading(text: str, level: int) -> str:
    name = f"h{min(_TITLE + level, _LOWEST)}"
    return f"<{name}>{text_of(text)}</{name}>"


def _list(items: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _to_fill(grid: Grid) -> Table:
    blank = (words(BLANK_LINE),) * (len(grid.header) - 1)
    return Table(grid.caption, grid.header, tuple((words(first or BLANK_LINE), *blank) for first in grid.rows))


def text_of(text: str) -> str:
    """Text alone, whatever was typed; its line ends stay."""
    return escape(printable(text)).replace("\n", "<br>\n")

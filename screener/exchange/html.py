"""A document as HTML that stands in another system's note: its meaning is in its elements, and it has no style."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from screener.exchange.plain import BLANK_LINE
from screener.exchange.printable import printable
from screener.records.document import (
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
    body = "\n".join(_body(document))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_text(document.title)}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _body(document: Document) -> Iterable[str]:
    if document.banner:
        yield f"<p><strong>{_text(document.banner)}</strong></p>"
    yield _heading(document.title, 0)
    if document.subtitle:
        yield f"<p>{_text(document.subtitle)}</p>"
    level = 0
    for block in document.blocks:
        level = block.level if isinstance(block, Heading) else level
        yield from _block(block, level)
    yield f"<p>{_text(document.standing)}</p>"


def _block(block: Block, level: int) -> Iterable[str]:
    match block:
        case Heading():
            yield _heading(block.text, block.level)
        case Paragraph():
            yield f"<p>{_inline(block.content)}</p>"
        case Facts():
            yield _pairs(block.pairs)
        case Table():
            yield _table(block)
        case Entry():
            yield _heading(f"[{block.mark_name}] {block.heading}", level + 1)
            yield _pairs(block.lines)
        case Bullets():
            yield _list(_inline(item) for item in block.items)
        case SignatureBlock():
            yield _pairs(tuple((name, words(value or BLANK_LINE)) for name, value in block.pairs))
        case ToAnswer():
            yield from _to_answer(block, level + 1)
        case Cards():
            yield _heading(block.title, level + 1)
            yield from (f"<p>{_text(part)}</p>" for part in block.text.strip().split("\n\n"))
        case NewSheet():
            yield f"<hr>\n<p>{_text(block.text)}</p>"


def _heading(text: str, level: int) -> str:
    name = f"h{min(_TITLE + level, _LOWEST)}"
    return f"<{name}>{_text(text)}</{name}>"


def _pairs(pairs: Iterable[tuple[str, Inline]]) -> str:
    """Terms with their values: a table, since other systems keep those and not every one keeps a list of terms."""
    rows = "\n".join(f'<tr><th scope="row">{_text(name)}</th><td>{_inline(value)}</td></tr>' for name, value in pairs)
    return f"<table>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in block.header)
    rows = "\n".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
    return (
        f"<table>\n<caption>{_text(block.caption)}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _list(items: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _to_answer(block: ToAnswer, level: int) -> Iterable[str]:
    yield _heading(f"{block.number} {block.text}", level)
    yield from (f"<p>{_text(line)}</p>" for line in (block.when, *block.notes, block.how) if line)
    boxes = [*block.boxes, *block.states]
    if boxes:
        yield _list(_text(f"[ ] {box}") for box in boxes)
    places = [f"{before} {BLANK_LINE} {after}".strip() for before, after in block.places]
    yield from (f"<p>{_text(line)}</p>" for line in (*places, *[BLANK_LINE * 2] * block.blank_lines))
    if block.grid is not None:
        yield _table(_to_fill(block.grid))


def _to_fill(grid: Grid) -> Table:
    blank = (words(BLANK_LINE),) * (len(grid.header) - 1)
    return Table(grid.caption, grid.header, tuple((words(first or BLANK_LINE), *blank) for first in grid.rows))


def _inline(content: Inline) -> str:
    return "".join(f"<strong>{_text(run.text)}</strong>" if run.strong else _text(run.text) for run in content)


def _text(text: str) -> str:
    """Text alone, whatever was typed; its line ends stay."""
    return escape(printable(text)).replace("\n", "<br>\n")

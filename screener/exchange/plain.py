"""A document as plain text, for another system's note."""

from __future__ import annotations

from screener.exchange.printable import printable
from screener.records.document import (
    Bars,
    Block,
    Bullets,
    Cards,
    Document,
    Entry,
    Facts,
    Heading,
    Inline,
    NewSheet,
    Paragraph,
    SignatureBlock,
    Table,
    ToAnswer,
)

BLANK_LINE = "_" * 30
_INDENT = "    "


def render_text(document: Document) -> str:
    """The document as lines of text: headings, facts, items with their marks in words.

    Nothing is wrapped, and one line end closes the text.
    """
    head = [document.banner, document.title.upper(), document.subtitle]
    parts = ["\n".join(printable(line) for line in head if line)]
    parts += ["\n".join(plain_block(block)) for block in document.blocks]
    parts.append(printable(document.standing))
    return "\n\n".join(part for part in parts if part) + "\n"


def plain_block(block: Block) -> list[str]:
    """One block as lines of text."""
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return [_said(block.content)]
        case Facts():
            return [_pair(term, _said(value)) for term, value in block.pairs]
        case Table():
            return _table(block)
        case Entry():
            head = f"[{printable(block.mark_name)}] {printable(block.heading)}"
            return [head, *(_INDENT + _pair(name, _said(value), _INDENT) for name, value in block.lines)]
        case Bullets():
            return ["- " + _hanging(_said(item), "  ") for item in block.items]
        case SignatureBlock():
            return [_pair(name, printable(value) or BLANK_LINE) for name, value in block.pairs]
        case ToAnswer():
            return _to_answer(block)
        case Cards():
            return [printable(line) for line in (block.title, *block.text.strip().split("\n")) if line]
        case NewSheet():
            return [printable(block.text)]
        case Bars():
            bars = [f"- {printable(bar.label)}: {printable(bar.said)}" for bar in block.bars]
            return [printable(block.caption) + ":", *bars]


def _heading(block: Heading) -> list[str]:
    text = printable(block.text)
    if block.level > 1:
        return [text]
    return [text.upper(), "=" * len(text)]


def _to_answer(block: ToAnswer) -> list[str]:
    """A question with its boxes and its places to write on."""
    lines = [block.when, *block.notes, block.how]
    lines += ["   ".join(f"[ ] {box}" for box in block.boxes)]
    lines += ["   ".join(f"{before} {BLANK_LINE} {after}".strip() for before, after in block.places)]
    lines += [BLANK_LINE * 2] * block.blank_lines
    if block.grid is not None:
        lines.append(f"{block.grid.caption}: {' | '.join(block.grid.header)}")
        lines += [f"{first or BLANK_LINE}: {BLANK_LINE}" for first in block.grid.rows]
    lines.append("   ".join(f"[ ] {state}" for state in block.states))
    return [f"{block.number} {printable(block.text)}", *(_INDENT + printable(line) for line in lines if line)]


def _table(block: Table) -> list[str]:
    """A row a line, each value named by its column: columns of blanks fall apart in another system's font."""
    head, *others = (printable(name) for name in block.header)
    lines = [printable(block.caption) + ":"]
    for row in block.rows:
        first, *rest = (_hanging(_said(cell), _INDENT) for cell in row)
        named = "; ".join(f"{name}: {cell}" for name, cell in zip(others, rest, strict=True) if cell)
        lines.append(f"- {head}: {first}" + (f"; {named}" if named else ""))
    return lines


def _pair(name: str, value: str, indent: str = "") -> str:
    return f"{printable(name)}: {_hanging(value, indent + _INDENT)}"


def _hanging(text: str, indent: str) -> str:
    """Further lines of a value are indented, so that none of them looks like a fact of its own."""
    return text.replace("\n", "\n" + indent)


def _said(content: Inline) -> str:
    return printable("".join(run.text for run in content))

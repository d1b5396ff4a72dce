"""A document as tagged PDF (PDF/UA-1), as page pictures, and as plain text."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal

from screener.places import resources_folder
from screener.records.document import (
    Block,
    Bullets,
    Document,
    Entry,
    Facts,
    Heading,
    Inline,
    Paragraph,
    SignatureBlock,
    Table,
)

Paper = Literal["a4", "us-letter"]


def render_pdf(document: Document, *, paper: Paper, made_at: datetime) -> bytes:
    """The document as PDF/UA-1. The same document, paper and moment give the same bytes; nothing touches the disk."""
    return _compile(document, paper, made_at, format="pdf", pdf_standards=["ua-1"])[0]


def render_pages(document: Document, *, paper: Paper, made_at: datetime, ppi: float = 144) -> list[bytes]:
    """Each page as a PNG picture, for a preview."""
    return _compile(document, paper, made_at, format="png", ppi=ppi)


def _compile(document: Document, paper: Paper, made_at: datetime, **options: Any) -> list[bytes]:
    import typst

    template = (resources_folder() / "report" / "report.typ").read_bytes()
    fonts = resources_folder() / "fonts"
    data = json.dumps(_data(document, paper, made_at), ensure_ascii=True)
    made = typst.compile(template, sys_inputs={"document": data}, font_paths=[str(fonts)] if fonts.is_dir() else [], **options)
    if isinstance(made, bytes):
        return [made]
    return [bytes(page) for page in made or ()]


def _data(document: Document, paper: Paper, made_at: datetime) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "standing": document.standing,
        "banner": document.banner,
        "paper": paper,
        "made_at": [made_at.year, made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second],
        "of": "of",
        "colon": ":",
        "words": ["Name", "Value"],
        "blocks": [_block(block) for block in document.blocks],
    }


def _runs(content: Inline) -> list[dict[str, Any]]:
    return [{"text": run.text, "strong": run.strong, "muted": run.muted} for run in content]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "content": _runs(block.content), "tone": block.tone}
        case Facts():
            return {"kind": "facts", "pairs": [[term, _runs(value)] for term, value in block.pairs]}
        case Table():
            rows = [[_runs(cell) for cell in row] for row in block.rows]
            widths = list(block.widths) or [1] * len(block.header)
            return {"kind": "table", "caption": block.caption, "header": list(block.header), "rows": rows, "widths": widths}
        case Entry():
            lines = [[name, _runs(value)] for name, value in block.lines]
            return {"kind": "entry", "mark": block.mark, "mark_name": block.mark_name, "heading": block.heading, "lines": lines}
        case Bullets():
            return {"kind": "bullets", "items": [_runs(item) for item in block.items]}
        case SignatureBlock():
            return {"kind": "signature", "pairs": [list(pair) for pair in block.pairs]}


def render_text(document: Document) -> str:
    """The document as plain text, for another system's note: headings, facts, items with their marks in words."""
    lines = [document.title.upper(), document.subtitle, document.banner, ""]
    for block in document.blocks:
        lines += _text(block)
    return "\n".join(line for line in [*lines, "", document.standing]).strip() + "\n"


def _plain(content: Inline) -> str:
    return "".join(run.text for run in content)


def _text(block: Block) -> list[str]:
    match block:
        case Heading():
            return ["", block.text.upper() if block.level == 1 else block.text]
        case Paragraph():
            return [_plain(block.content)]
        case Facts():
            return [f"{term}: {_plain(value)}" for term, value in block.pairs]
        case Table():
            return [" | ".join(_plain(cell) for cell in row) for row in block.rows]
        case Entry():
            head = f"- [{block.mark_name}] {block.heading}"
            return [head, *(f"    {name}: {_plain(value)}" for name, value in block.lines)]
        case Bullets():
            return [f"- {_plain(item)}" for item in block.items]
        case SignatureBlock():
            return [f"{name}: {value or '____________'}" for name, value in block.pairs]

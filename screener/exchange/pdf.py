"""A document as tagged PDF (PDF/UA-1) and as pictures of its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from screener.exchange.plain import render_text
from screener.exchange.printable import printable
from screener.exchange.typeset import template_values
from screener.places import resources_folder
from screener.records.document import Document

if TYPE_CHECKING:
    import typst

__all__ = ["Paper", "render_pages", "render_pdf", "render_text"]

Paper = Literal["a4", "us-letter"]

# The font that travels with the program has every sign below; others are tried one by one before they are set.
_ALWAYS_SETTABLE_BELOW = 0x250


def render_pdf(document: Document, *, paper: Paper, made_at: datetime) -> bytes:
    """The document as PDF/UA-1; `made_at` knows its offset and is printed as it is.

    The same document, paper and moment give the same bytes on one machine. Nothing is written to disk or fetched. A
    sign that no font of this machine can draw is printed as its number, "[U+12000]".
    """
    return _compile(document, paper, made_at, format="pdf", pdf_standards=["ua-1"])[0]


def render_pages(document: Document, *, paper: Paper, made_at: datetime, ppi: float = 144) -> list[bytes]:
    """Each page as a PNG picture, for a preview."""
    return _compile(document, paper, made_at, format="png", ppi=ppi)


def _compile(document: Document, paper: Paper, made_at: datetime, **options: Any) -> list[bytes]:
    import typst

    try:
        made = typst.compile(
            (resources_folder() / "report" / "report.typ").read_bytes(),
            sys_inputs={"document": json.dumps(_values(document, paper, made_at))},
            font_paths=_fonts(),
            timestamp=_with_fixed_offset(made_at),
            **options,
        )
    except typst.TypstError:
        # Its message quotes the document, and no exception carries an answer. Only a fault of the template comes here.
        raise RuntimeError("the report's template could not be set") from None
    return [made] if isinstance(made, bytes) else [bytes(page) for page in made or ()]


def _values(document: Document, paper: Paper, made_at: datetime) -> dict[str, Any]:
    values = template_values(document, paper, made_at, printable)
    signs = {sign for text in _texts(values) for sign in text if ord(sign) >= _ALWAYS_SETTABLE_BELOW}
    unknown = frozenset(sign for sign in signs if not _is_settable(sign))
    if not unknown:
        return values
    return template_values(document, paper, made_at, lambda text: printable(text, unknown))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _with_fixed_offset(made_at: datetime) -> datetime:
    offset = made_at.utcoffset()
    if offset is None:
        raise ValueError("the moment a document is made must know its offset")
    return made_at.replace(tzinfo=timezone(offset), microsecond=0)


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the program first, those of the machine for scripts they lack; looked for once."""
    import typst

    return typst.Fonts(font_paths=[str(resources_folder() / "fonts")])


@cache
def _is_settable(sign: str) -> bool:
    import typst

    source = b'#set document(title: "x")\n#set text(font: "Inter")\n#text(sys.inputs.sign)'
    try:
        typst.compile(source, sys_inputs={"sign": sign}, font_paths=_fonts(), format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True

"""A tagged PDF as assistive software reads it: the structure tree and the text that hangs from it, nothing else."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_SHOWS = {"Tj", "TJ"}


@dataclass(slots=True)
class Element:
    """One element of the structure: its role (H1, P, TH, ...), its attributes by name, its text and what is in it."""

    role: str
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the element and all below it, in reading order."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, *roles: str) -> Iterator[Element]:
        """The elements below with one of these roles, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.role in roles:
                    yield child
                yield from child.all(*roles)


def structure(pdf: bytes) -> Element:
    """The structure of a document, from its root."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        texts = {page.obj.objgen: _texts_by_mark(page) for page in opened.pages}
        return Element("Root", children=_children(opened.Root.StructTreeRoot.K, None, texts))


def artifacts(pdf: bytes) -> list[str]:
    """The text outside the structure, page by page: what stands at the head and foot and is not read out."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [_texts_by_mark(page)[None] for page in opened.pages]


Texts = dict[tuple[int, int], dict[int | None, str]]


def _children(kids: Any, page: Any, texts: Texts) -> list[Element | str]:
    if isinstance(kids, pikepdf.Array):
        return [made for kid in kids for made in _children(kid, page, texts)]
    if isinstance(kids, int):
        return [texts[page.objgen][kids]]
    page = kids.get("/Pg", page)
    if "/S" not in kids:
        return [texts[page.objgen][int(kids.MCID)]] if "/MCID" in kids else []
    return [Element(str(kids.S)[1:], _attributes(kids), _children(kids.get("/K", pikepdf.Array()), page, texts))]


def _attributes(element: Any) -> dict[str, Any]:
    owners = element.get("/A", pikepdf.Array())
    return {str(name)[1:]: str(value) for owner in owners for name, value in owner.items()}


def _texts_by_mark(page: pikepdf.Page) -> dict[int | None, str]:
    """The text of each marked part of a page by its number; None collects what is marked as no part of the text."""
    fonts = {str(name): _glyphs(font) for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items()}
    found: dict[int | None, str] = defaultdict(str)
    marks: list[int | None] = []
    font: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                number = operands[1].get("/MCID") if len(operands) > 1 else None
                marks.append(int(number) if number is not None else marks[-1] if marks else None)
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case show if show in _SHOWS:
                assert marks, "text outside of all marked parts"
                found[marks[-1]] += _decoded(operands[0], font)
    return found


def _decoded(shown: Any, font: dict[bytes, str]) -> str:
    parts = (
        [part for part in shown if isinstance(part, pikepdf.String)] if isinstance(shown, pikepdf.Array) else [shown]
    )
    codes = b"".join(bytes(part) for part in parts)
    return "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))


def _glyphs(font: Any) -> dict[bytes, str]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>\n", cmap)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}

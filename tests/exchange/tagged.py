"""A tagged PDF as assistive software reads it: the structure tree and the text that hangs from it, nothing else."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf

SHOWS = {"Tj", "TJ"}
_PAINTS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"))
_OUTSIDE = -1


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
        """The elements below with one of these roles (with any, when none is named), in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                if not roles or child.role in roles:
                    yield child
                yield from child.all(*roles)


@lru_cache(maxsize=4)
def structure(pdf: bytes) -> Element:
    """The structure of a document, from its root."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        texts = {page.obj.objgen: _texts_by_mark(page) for page in opened.pages}
        return Element("Root", children=_children(opened.Root.StructTreeRoot.K, None, texts))


def artifacts(pdf: bytes) -> list[str]:
    """The text outside the structure, page by page: what stands at the head and foot and is not read out."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [_texts_by_mark(page)[None] for page in opened.pages]


def unmarked(pdf: bytes) -> str:
    """The text that is neither in the structure nor marked as no part of it: there is none in a tagged document."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "".join(_texts_by_mark(page)[_OUTSIDE] for page in opened.pages)


def painted_outside(pdf: bytes) -> int:
    """How often a page draws something, be it a line, that is neither in the structure nor marked as no part of it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sum(_painted_outside(page) for page in opened.pages)


def _painted_outside(page: pikepdf.Page) -> int:
    marks: list[bool] = []
    found = 0
    for instruction in pikepdf.parse_content_stream(page):
        match str(instruction.operator):
            case "BDC" | "BMC":
                operands = instruction.operands
                properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
                marks.append(operands[0] == "/Artifact" or "/MCID" in properties)
            case "EMC":
                marks.pop()
            case operator:
                found += operator in _PAINTS and not any(marks)
    return found


def figures_without_words(pdf: bytes) -> int:
    """How many figures of the structure say nothing to whoever does not see them."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        return sum(not str(one.get("/Alt", "")).strip() for one in found)


def roles(pdf: bytes) -> dict[str, str]:
    """Every role that occurs, with the standard role that it stands for."""
    found = {element.role for element in structure(pdf).all()}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        mapped = opened.Root.StructTreeRoot.get("/RoleMap", pikepdf.Dictionary())
        return {role: str(mapped.get(f"/{role}", f"/{role}"))[1:] for role in found}


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
    """The text of each marked part of a page by its number; None collects what is marked as no part of the text.

    Where a part says what its signs stand for (ActualText: an accent in two pieces, a joined sign), that is its text.
    """
    fonts = {str(name): glyphs(font) for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items()}
    found: dict[int | None, str] = defaultdict(str)
    marks: list[tuple[int | None, bool]] = []
    font: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                number, replaced = marks[-1] if marks else (_OUTSIDE, False)
                properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
                number = int(properties["/MCID"]) if "/MCID" in properties else number
                number = None if operands[0] == "/Artifact" else number
                if "/ActualText" in properties and not replaced:
                    found[number] += str(properties["/ActualText"])
                    replaced = True
                marks.append((number, replaced))
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case show if show in SHOWS:
                number, replaced = marks[-1] if marks else (_OUTSIDE, False)
                if not replaced:
                    found[number] += "".join(font[code] for code in codes(operands[0]))
    return found


def codes(shown: Any) -> Iterator[bytes]:
    """The signs that an operator shows, each as its code of two bytes."""
    for part in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(part, pikepdf.String):
            text = bytes(part)
            yield from (text[at : at + 2] for at in range(0, len(text), 2))


def glyphs(font: Any) -> dict[bytes, str]:
    """What each code of a font stands for."""
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>\n", cmap)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}

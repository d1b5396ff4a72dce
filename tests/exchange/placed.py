"""Where the text of a page stands: each line that is shown, with the box that it fills. Points, from the lower left."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf

from tests.exchange.tagged import SHOWS, codes, glyphs

# Of a letter's size: what a line of text fills without its accents and tails, so that lines may stand close.
_RISE, _FALL = 0.7, 0.1
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of text that stands on a page."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float

    def covers(self, other: Shown) -> bool:
        """The two boxes share more than an edge."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return self.page == other.page and across > 0.5 and up > 0.5


@lru_cache(maxsize=4)
def shown(pdf: bytes) -> list[Shown]:
    """Everything that the pages show as text, in the order of drawing."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [text for number, page in enumerate(opened.pages) for text in _of_page(number, page)]


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        boxes = [[float(edge) for edge in page.mediabox.as_list()] for page in opened.pages]
        return [(right - left, top - bottom) for left, bottom, right, top in boxes]


def outside(pdf: bytes, margin: float) -> list[Shown]:
    """Text that comes nearer to an edge of its page than `margin`."""
    boxes = sizes(pdf)
    return [
        text
        for text in shown(pdf)
        if text.left < margin
        or text.bottom < margin
        or text.right > boxes[text.page][0] - margin
        or text.top > boxes[text.page][1] - margin
    ]


def overlapping(pdf: bytes) -> list[tuple[Shown, Shown]]:
    """Pairs of texts that stand on each other."""
    found, open_lines = [], list[Shown]()
    for text in sorted(shown(pdf), key=lambda text: (text.page, text.bottom)):
        open_lines = [line for line in open_lines if line.page == text.page and line.top > text.bottom]
        found += [(line, text) for line in open_lines if line.covers(text)]
        open_lines.append(text)
    return found


def _of_page(number: int, page: pikepdf.Page) -> Iterator[Shown]:
    fonts = {str(name): _Font(font) for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items()}
    now, kept, text_at = _PLAIN, [], _PLAIN
    behind: list[bool] = []
    font, size = next(iter(fonts.values()), None), 0.0
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                behind.append(_lies_behind(operands) or any(behind[-1:]))
            case "EMC":
                behind.pop()
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = _after(_matrix(operands), now)
            case "BT":
                text_at = _PLAIN
            case "Tm":
                text_at = _matrix(operands)
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "Td" | "TD" | "T*" | "Do" as other:
                raise AssertionError(f"{other}: not written by typst so far, and not read here")
            case show if show in SHOWS:
                assert font is not None
                if any(behind[-1:]):
                    continue  # a watermark: drawn behind the page, across it, for text to stand on
                a, b, _, d, left, base = _after(text_at, now)
                assert b == 0 and a == abs(d), "text that is turned or stretched"
                said, width = font.set(operands[0])
                if said.strip():
                    right = left + a * size * width
                    yield Shown(number, said, left, base - a * size * _FALL, right, base + a * size * _RISE)


def _lies_behind(operands: Any) -> bool:
    """Whether what is marked so is the background of its page, and no part of what is read out."""
    properties = operands[1] if len(operands) > 1 else {}
    return operands[0] == "/Artifact" and properties.get("/Type") == "/Background"


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _after(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, l, m, n, o, p = then  # noqa: E741
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p


class _Font:
    """How wide each sign of a font is."""

    def __init__(self, font: Any) -> None:
        self._glyphs = glyphs(font)
        drawn = font.DescendantFonts[0]
        self._default = float(drawn.get("/DW", 1000))
        self._widths: dict[int, float] = {}
        entries = list(drawn.get("/W", pikepdf.Array()))
        while entries:
            first, second = int(entries.pop(0)), entries.pop(0)
            if isinstance(second, pikepdf.Array):
                self._widths |= {first + at: float(width) for at, width in enumerate(second)}
            else:
                width = float(entries.pop(0))
                self._widths |= dict.fromkeys(range(first, int(second) + 1), width)

    def set(self, shown: Any) -> tuple[str, float]:
        """The text of one operator and its width, both without trailing blanks, in sizes of the font."""
        said, width, blank = "", 0.0, 0.0
        for part in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if not isinstance(part, pikepdf.String):
                blank -= float(part) / 1000
                continue
            for code in codes(part):
                sign = self._glyphs[code]
                blank += self._widths.get(int.from_bytes(code), self._default) / 1000
                said += sign
                if sign.strip():
                    width, blank = width + blank, 0.0
        return said, width

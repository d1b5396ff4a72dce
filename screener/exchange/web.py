"""A document as a page for a browser: the same elements with a style, and charts that are drawn. Nothing is fetched."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from hashlib import sha256
from html import escape

from screener.exchange.html import Elements, text_of
from screener.records.document import Bars, Document

_STYLE = """
:root { color-scheme: light dark; --ink: #16202a; --muted: #55636f; --hair: #c9d2d9; --accent: #0f5e73;
  --slate: #44525f; --paper: #fff; --note: #f2f4f6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebef; --muted: #a9b6c1; --hair: #3b4853; --accent: #7cc3d6;
  --slate: #b6c2cc; --paper: #12181e; --note: #1c252d; } }
body { font: 1rem/1.5 Inter, system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem;
  margin: 2rem auto; padding: 0 1.25rem; font-variant-numeric: tabular-nums; }
h1, h2 { color: var(--accent); line-height: 1.25; }
h1 { margin-bottom: .25rem; }
.muted, footer, caption, figcaption { color: var(--muted); }
footer { border-top: 1px solid var(--hair); margin-top: 3rem; padding: .75rem 0; font-size: .875rem; }
.note { background: var(--note); border-left: 3px solid var(--accent); padding: .5rem .9rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: 1rem 0; }
main { overflow-x: auto; }
caption { text-align: left; padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--hair); }
th { font-weight: 400; }
thead th { font-weight: 600; border-bottom: 2px solid var(--slate); }
th[scope="row"] { color: var(--muted); width: 16rem; }
figure { margin: 1.25rem 0; }
figure svg { max-width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); font-size: 13px; }
svg .said { fill: var(--muted); }
svg .outline { stroke: var(--slate); stroke-width: 1; }
svg .part0 { fill: var(--accent); }
svg .part1 { fill: url(#hatched); }
svg .part2 { fill: var(--paper); }
@media print { body { margin: 0; max-width: none; } }
"""
_WIDTH, _LABEL, _SAID, _ROW, _HIGH = 900, 340, 190, 26, 15
_LONGEST_LABEL = 46
_HATCHED = (
    '<svg width="0" height="0" aria-hidden="true"><defs><pattern id="hatched" width="5" height="5" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#e3e8ec"/>'
    '<rect width="2" height="5" fill="#55636f"/></pattern></defs></svg>'
)
"""What fills the second part of a bar, once for all charts of a page."""


def render_page(document: Document, *, made_at: datetime) -> bytes:
    """The document as HTML in UTF-8, whole in itself."""
    body = "\n".join(_Styled(classes=True).of(document))
    hatched = _HATCHED if any(isinstance(block, Bars) for block in document.blocks) else ""
    page = f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{_style_hash()}'">
<title>{text_of(document.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
{hatched}<main>
{body}
</main>
<footer><p>Made {made_at:%Y-%m-%d %H:%M}</p></footer>
</body>
</html>
"""
    return page.encode("utf-8", "xmlcharrefreplace")


@cache
def _style_hash() -> str:
    """The one style that the page allows itself: nothing in it could fetch or run anything."""
    return b64encode(sha256(_STYLE.encode()).digest()).decode()


class _Styled(Elements):
    """The same elements, with charts drawn."""

    def chart(self, block: Bars) -> Iterable[str]:
        yield _drawn(block)


def _drawn(block: Bars) -> str:
    """One picture with its words as its name; parts are told apart by what fills them."""
    room = _WIDTH - _LABEL - _SAID
    high = (len(block.bars) + 1) * _ROW + 6
    drawn: list[str] = []
    at = 0
    for part, name in enumerate(block.parts):
        drawn.append(f'<rect class="part{part} outline" x="{at + 1}" y="4" width="14" height="12"/>')
        drawn.append(f'<text x="{at + 21}" y="15">{text_of(name)}</text>')
        at += 36 + 8 * len(name)
    for number, bar in enumerate(block.bars, start=1):
        top = number * _ROW + 4
        label = bar.label if len(bar.label) <= _LONGEST_LABEL else bar.label[: _LONGEST_LABEL - 1].rstrip() + "…"
        drawn.append(f'<text x="{_LABEL - 10}" y="{top + 12}" text-anchor="end">{text_of(label)}</text>')
        left = float(_LABEL)
        for part, share in enumerate(bar.shares):
            if share > 0:
                place = f'x="{left:.1f}" y="{top}" width="{room * share:.1f}" height="{_HIGH}"'
                drawn.append(f'<rect class="part{part} outline" {place}/>')
            left += room * share
        drawn.append(f'<text class="said" x="{_WIDTH - _SAID + 10}" y="{top + 12}">{text_of(bar.said)}</text>')
    return (
        f'<figure><figcaption>{text_of(block.caption)}</figcaption><svg role="img" aria-label="{text_of(block.said)}" '
        f'viewBox="0 0 {_WIDTH} {high}" width="{_WIDTH}" height="{high}">'
        f"{''.join(drawn)}</svg></figure>"
    )

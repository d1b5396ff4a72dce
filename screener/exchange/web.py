"""A document as one HTML file: nothing is fetched, tables are tables, charts are drawn and said in words."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from hashlib import sha256
from html import escape

from screener.exchange.plain import plain_block
from screener.exchange.printable import printable
from screener.records.document import (
    Bars,
    Block,
    Bullets,
    Document,
    Entry,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Table,
)

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
.scrolls { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: 1rem 0; }
caption { text-align: left; padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--hair); }
th { font-weight: 400; }
thead th { font-weight: 600; border-bottom: 2px solid var(--slate); }
dl { display: grid; grid-template-columns: minmax(10rem, 16rem) 1fr; gap: .25rem 1rem; }
dt { color: var(--muted); }
dd { margin: 0; }
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


def render_html(document: Document, *, made_at: datetime) -> bytes:
    """The document as HTML in UTF-8, whole in itself."""
    body = "\n".join(_blocks(document.blocks))
    subtitle = f'<p class="muted">{_text(document.subtitle)}</p>' if document.subtitle else ""
    banner = f'<p class="note"><strong>{_text(document.banner)}</strong></p>' if document.banner else ""
    made = f"Made {made_at:%Y-%m-%d %H:%M}"
    page = f"""<!doctype html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{_style_hash()}'">
<title>{_text(document.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
{banner}
<h1>{_text(document.title)}</h1>
{subtitle}
{body}
</main>
<footer><p>{_text(document.standing)}</p><p>{made}</p></footer>
</body>
</html>
"""
    return page.encode("utf-8", "xmlcharrefreplace")


@cache
def _style_hash() -> str:
    """The one style that the page allows itself: nothing in it could fetch or run anything."""
    return b64encode(sha256(_STYLE.encode()).digest()).decode()


def _blocks(blocks: Iterable[Block]) -> Iterable[str]:
    first_chart = True
    for block in blocks:
        if isinstance(block, Bars):
            yield _bars(block, with_pattern=first_chart)
            first_chart = False
        else:
            yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{_text(block.text)}</h{block.level + 1}>"
        case Paragraph():
            tone = "" if block.tone == "plain" else f' class="{block.tone}"'
            return f"<p{tone}>{_inline(block.content)}</p>"
        case Facts():
            pairs = "".join(f"<dt>{_text(term)}</dt><dd>{_inline(value)}</dd>" for term, value in block.pairs)
            return f"<dl>{pairs}</dl>"
        case Table():
            return _table(block)
        case Bullets():
            return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in block.items) + "</ul>"
        case Entry():
            lines = "".join(f"<dt>{_text(term)}</dt><dd>{_inline(value)}</dd>" for term, value in block.lines)
            return f"<h3>{_text(block.mark_name)}: {_text(block.heading)}</h3><dl>{lines}</dl>"
        case _:
            # What is written on is for paper; here its words are left.
            return "".join(f"<p>{_text(line)}</p>" for line in plain_block(block))


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in block.header)
    rows = "".join(
        f'<tr><th scope="row">{_inline(first)}</th>' + "".join(f"<td>{_inline(cell)}</td>" for cell in rest) + "</tr>"
        for first, *rest in block.rows
    )
    caption = _text(block.caption)
    return (
        f'<div class="scrolls" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _bars(block: Bars, *, with_pattern: bool) -> str:
    """One picture with its words as its name; parts are told apart by what fills them."""
    room = _WIDTH - _LABEL - _SAID
    high = (len(block.bars) + 1) * _ROW + 6
    drawn: list[str] = []
    at = 0
    for part, name in enumerate(block.parts):
        drawn.append(f'<rect class="part{part} outline" x="{at + 1}" y="4" width="14" height="12"/>')
        drawn.append(f'<text x="{at + 21}" y="15">{_text(name)}</text>')
        at += 36 + 8 * len(name)
    for number, bar in enumerate(block.bars, start=1):
        top = number * _ROW + 4
        label = bar.label if len(bar.label) <= _LONGEST_LABEL else bar.label[: _LONGEST_LABEL - 1].rstrip() + "…"
        drawn.append(f'<text x="{_LABEL - 10}" y="{top + 12}" text-anchor="end">{_text(label)}</text>')
        left = float(_LABEL)
        for part, share in enumerate(bar.shares):
            if share > 0:
                place = f'x="{left:.1f}" y="{top}" width="{room * share:.1f}" height="{_HIGH}"'
                drawn.append(f'<rect class="part{part} outline" {place}/>')
            left += room * share
        drawn.append(f'<text class="said" x="{_WIDTH - _SAID + 10}" y="{top + 12}">{_text(bar.said)}</text>')
    hatched = (
        '<defs><pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" fill="#e3e8ec"/><rect width="2" height="5" fill="#55636f"/></pattern></defs>'
    )
    return (
        f'<figure><figcaption>{_text(block.caption)}</figcaption><svg role="img" aria-label="{_text(block.said)}" '
        f'viewBox="0 0 {_WIDTH} {high}" width="{_WIDTH}" height="{high}">'
        f"{hatched if with_pattern else ''}{''.join(drawn)}</svg></figure>"
    )


def _inline(content: Inline) -> str:
    found = []
    for run in content:
        text = _text(run.text).replace("\n", "<br>")
        text = f'<span class="muted">{text}</span>' if run.muted else text
        found.append(f"<strong>{text}</strong>" if run.strong else text)
    return "".join(found)


def _text(text: str) -> str:
    return escape(printable(text))

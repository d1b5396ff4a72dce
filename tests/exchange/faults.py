"""What a reader with a screen reader, or with paper, would find wrong with a report: one sentence each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf

from screener.records.document import Document, Entry, Heading, ToAnswer
from tests.exchange.placed import outside, overlapping, shown, sizes
from tests.exchange.tagged import Element, figures_without_words, painted_outside, roles, structure, unmarked

MARGIN = 28
"""Points: a centimetre, which every printer leaves white."""
_STANDARD = frozenset(
    {"Document", "Part", "Sect", "Div", "BlockQuote", "P", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Figure"}
    | {"L", "LI", "Lbl", "LBody", "Table", "Caption", "THead", "TBody", "TFoot", "TR", "TH", "TD"}
)
_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def faults(pdf: bytes, document: Document) -> list[str]:
    """Everything that is wrong with the document as it was set."""
    return [fault for check in _CHECKS for fault in check(pdf, document)]


def _says_what_it_is(pdf: bytes, document: Document) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root, nothing = opened.Root, pikepdf.Dictionary()
        if str(root.get("/Lang", "")) != document.language:
            yield f"the language is not {document.language}"
        if not root.get("/MarkInfo", nothing).get("/Marked", False):
            yield "not marked as tagged"
        if not root.get("/ViewerPreferences", nothing).get("/DisplayDocTitle", False):
            yield "a window shows the file's name in place of the title"
        with opened.open_metadata() as metadata:
            if metadata.get("pdfuaid:part") != "1":
                yield "does not say that it is PDF/UA-1"
            if metadata.get("dc:title") != document.title:
                yield "the title is not in its metadata"
        if any(page.get("/Tabs") != "/S" for page in opened.pages):
            yield "keys do not follow the structure"


def _is_tagged(pdf: bytes, document: Document) -> Iterator[str]:
    if unmarked(pdf):
        yield "text that is neither tagged nor marked as no part of the text"
    if painted_outside(pdf):
        yield "something is drawn that is neither tagged nor marked as no part of the text"
    for role, standard in roles(pdf).items():
        if standard not in _STANDARD:
            yield f"the role {role} is known to nobody"


def _figures_are_told(pdf: bytes, document: Document) -> Iterator[str]:
    if figures_without_words(pdf):
        yield "a figure without words for whoever does not see it"


def _headings_follow(pdf: bytes, document: Document) -> Iterator[str]:
    found = [(int(heading.role[1]), heading.text) for heading in structure(pdf).all(*_HEADINGS)]
    for (above, _), (level, text) in pairwise([(0, ""), *found]):
        if level > above + 1:
            yield f"the heading {text!r} skips a level"
    named = [block.heading if isinstance(block, Entry) else block.text for block in _headed(document)]
    missing = [name for name in named if not any(text.endswith(name) for _, text in found)]
    yield from (f"{name!r} is no real heading" for name in missing)
    if not missing and len(found) != len(named):
        yield "headings that the document does not have"


def _headed(document: Document) -> list[Heading | Entry | ToAnswer]:
    return [block for block in document.blocks if isinstance(block, Heading | Entry | ToAnswer)]


def _tables_have_heads(pdf: bytes, document: Document) -> Iterator[str]:
    for table in structure(pdf).all("Table"):
        heads = list(table.all("THead"))
        if len(heads) != 1 or not list(heads[0].all("TH")) or list(heads[0].all("TD")):
            yield "a table without one head of header cells"
        if any(cell.attributes.get("Scope") != "/Column" for cell in table.all("TH")):
            yield "a header cell that does not say what it heads"
        if len({_cells(row) for row in table.all("TR")}) != 1:
            yield "a table whose rows have not all as many cells"
    # The name is in the table or, where typst parts the two at the end of a page, right before it.
    walked = ["", *(part.role for part in structure(pdf).all("Caption", "Table"))]
    inside = [bool(list(table.all("Caption"))) for table in structure(pdf).all("Table")]
    before = [one == "Caption" for one, other in pairwise(walked) if other == "Table"]
    if not all(map(max, inside, before)):
        yield "a table without a name"


def _cells(row: Element) -> int:
    return sum(isinstance(cell, Element) and cell.role in ("TH", "TD") for cell in row.children)


def _lists_are_lists(pdf: bytes, document: Document) -> Iterator[str]:
    for listed in structure(pdf).all("L"):
        for item in listed.children:
            inside = item.children if isinstance(item, Element) and item.role == "LI" else []
            if [part.role for part in inside if isinstance(part, Element)] != ["Lbl", "LBody"]:
                yield "a list whose entries are not each a label and a body"


def _lists_are_all_there(pdf: bytes, document: Document) -> Iterator[str]:
    tagged = {item.text for item in structure(pdf).all("Lbl")}
    for block in document.blocks:
        for name, _ in (*getattr(block, "pairs", ()), *getattr(block, "lines", ())):
            if name not in tagged:
                yield f"{name!r} is not the label of a list"


def _standing_line(pdf: bytes, document: Document) -> Iterator[str]:
    heard = structure(pdf).text.count(document.standing)
    if heard != 1:
        yield f"the standing line is heard {heard} times"
    for number, page in enumerate(_pages(pdf), start=1):
        if page.count(document.standing) != 1:
            yield f"the standing line stands {page.count(document.standing)} times on page {number}"
        if document.banner and page.count(document.banner) != 1:
            yield f"the banner stands {page.count(document.banner)} times on page {number}"
    if document.banner and structure(pdf).text.count(document.banner) != 1:
        yield "the banner is not heard once"


def _pages(pdf: bytes) -> list[str]:
    found = ["" for _ in sizes(pdf)]
    for text in shown(pdf):
        found[text.page] += text.text
    return found


def _stands_on_its_page(pdf: bytes, document: Document) -> Iterator[str]:
    if outside(pdf, MARGIN):
        yield "text runs off the page"
    if overlapping(pdf):
        yield "text stands on text"


_CHECKS: tuple[Callable[[bytes, Document], Iterator[str]], ...] = (
    _says_what_it_is,
    _is_tagged,
    _figures_are_told,
    _headings_follow,
    _tables_have_heads,
    _lists_are_lists,
    _lists_are_all_there,
    _standing_line,
    _stands_on_its_page,
)

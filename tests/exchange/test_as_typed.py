"""What a person typed is printed as it was typed: never as markup, never hidden, never in another order."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.exchange.pdf import render_pdf
from screener.exchange.plain import render_text
from screener.exchange.printable import printable
from screener.records.document import (
    Block,
    Bullets,
    Document,
    Entry,
    Facts,
    Heading,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    words,
)
from tests.exchange.sample import MADE_AT, document
from tests.exchange.tagged import structure

MARKUP = [
    "#panic()",
    "#let x = 1",
    '#include "/etc/passwd"',
    '#read("report.typ")',
    "$x$",
    "$",
    "*a*",
    "_b_",
    "*",
    "= Heading",
    "- item",
    "+ item",
    "/ term: body",
    "`raw`",
    "```",
    "<label>",
    "@reference",
    "a\\b",
    "\\u{202e}",
    "a \\ b",
    "[x] {y} (z)",
    "\"quoted\" and 'quoted'",
    "-- --- ... ~ -> => != <= >=",
    "// no comment",
    "/* no comment */",
    "https://example.org/a?b=c#d",
    "10x20 1/2 10^9 H_2O",
    "<script>alert(1)</script>",
    "%s {0} %(x)s ${HOME}",
    "two  blanks   and more",
    "  a blank in front",
    "fi ffi fl st",
    "é ü ß ñ Ł ş ğ",
    "≥ ≤ ≠ ± ° µ • → “ ” ’ – —",
    "Αθήνα Київ",
    "fachkräfte\u00adgespräch",
]
NO_FONT = "\U00012000"
"""A sign of cuneiform: another system may well have a font for it, so the plain text leaves it as it is."""
BY_NUMBER = {
    "a\x00b": "a[U+0000]b",
    "a\x07b": "a[U+0007]b",
    "\x1b[31mred": "[U+001B][31mred",
    "abc\u202edef": "abc[U+202E]def",
    "\u2066abc\u2069": "[U+2066]abc[U+2069]",
    "\u200fabc": "[U+200F]abc",
    "a\u200bb": "a[U+200B]b",
    "a\ufeffb": "a[U+FEFF]b",
    "a\u2060b": "a[U+2060]b",
    "a\U000e0041b": "a[U+E0041]b",
    "a\u034fb": "a[U+034F]b",
    "\ud800": "[U+D800]",
    "\ue000": "[U+E000]",
    "\u0378": "[U+0378]",
    NO_FONT: "[U+12000]",
    "tab\tbed": "tab    bed",
}


def everywhere(text: str) -> Document:
    """A document that holds a text wherever one can stand."""
    line = words(text)
    blocks: tuple[Block, ...] = (
        Heading(text),
        Heading(text, 2),
        Paragraph(line),
        Paragraph((Run(text, strong=True), Run(text, muted=True)), tone="note"),
        Facts(((text, line),)),
        Entry("note", text, text, ((text, line),)),
        Bullets((line,)),
        Table(text, (text,), ((line,),)),
        SignatureBlock(((text, text),)),
    )
    return document(*blocks, title=text, subtitle=text, banner=text, standing=text)


def heard(text: str) -> set[str]:
    """What each place of such a document reads."""
    read = structure(render_pdf(everywhere(text), paper="a4", made_at=MADE_AT))
    whole = [e.text for e in read.all("Title", "P", "H1", "H2", "Lbl", "LBody", "TH", "TD", "Caption")]
    return {part for place in whole if place != "•" for part in (place.split(" · ") if " · " in place else [place])}


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_wherever_it_stands(text: str) -> None:
    assert heard(text) == {text, text * 2}


@pytest.mark.parametrize(("text", "said"), BY_NUMBER.items(), ids=lambda text: ascii(text))
def test_what_hides_or_reorders_or_cannot_be_drawn_is_printed_by_its_number(text: str, said: str) -> None:
    assert heard(text) == {said, said * 2}


def test_a_line_end_of_any_kind_begins_a_line() -> None:
    text = "one\r\ntwo\rthree\u2028four\u2029five\x0bsix\x0cseven\x85eight\nnine"
    assert printable(text) == "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine"
    assert render_text(document(Paragraph(words(text)))).count("\n") >= 8


def test_the_title_of_the_file_is_made_of_the_same_signs() -> None:
    printed = render_pdf(document(title="a\u202eb\x00"), paper="a4", made_at=MADE_AT)
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert str(opened.docinfo["/Title"]) == "a[U+202E]b[U+0000]"


@pytest.mark.parametrize("text", [*MARKUP, *(text for text in BY_NUMBER if text != NO_FONT)])
def test_the_plain_text_says_the_same(text: str) -> None:
    said = BY_NUMBER.get(text, text)
    lines = render_text(document(Heading("Note"), Paragraph(words(text)))).split("\n")
    assert said in lines


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text_can_be_set_and_none_of_it_is_lost(text: str) -> None:
    read = structure(render_pdf(document(Paragraph(words(f"<{text}>"))), paper="a4", made_at=MADE_AT))
    said = list(read.all("P"))[-1].text
    assert said.startswith("<") and said.endswith(">")
    lost = [sign for sign in printable(text) if not sign.isspace() and sign not in said]
    assert [sign for sign in lost if f"[U+{ord(sign):04X}]" not in said] == []


@given(st.text())
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)

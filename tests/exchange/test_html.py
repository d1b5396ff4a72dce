"""The report as HTML: elements that say what they are, nothing that is fetched or runs, the same words as the text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.exchange.blank_form import blank_form
from screener.exchange.crisis_card import crisis_card
from screener.exchange.html import render_html
from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.records.document import Bullets, Document, Facts, Heading, Paragraph, SignatureBlock, Table, words
from screener.records.record import build
from screener.training.rehearsal import read_patient
from tests.exchange.sample import STANDING, document, entry, row, sample
from tests.records.sittings import shipped
from tests.training.test_rehearsal import FIRST, rehearsed

EMPTY = {"meta", "br", "hr"}
ALLOWED = {
    "html", "head", "meta", "title", "body", "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "strong", "ul", "li",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {("html", "lang"), ("meta", "charset"), ("th", "scope")}


class Read(HTMLParser):
    """Every element in order, that each is closed where it was opened, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert not self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


def documents() -> dict[str, Document]:
    return {
        "sample": sample(),
        "report": report(build(rehearsed(read_patient(FIRST)))),
        "form": blank_form(shipped(), "ketamine-home", ("us-label",)),
        "card": crisis_card("Somebody is there.\n\nNorthside: 555 0100", STANDING, 4),
    }


DOCUMENTS = documents()


def gist(text: str) -> str:
    """What is said, without blanks, rules and signs of the layout."""
    return re.sub(r"[\s=:;_\[\]·-]+", "", text).casefold()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_has_only_elements_that_say_what_they_are_and_nothing_is_fetched(name: str) -> None:
    found = Read(render_html(DOCUMENTS[name]))
    assert set(found.tags) <= ALLOWED
    assert {(tag, attribute) for tag, has in found.elements for attribute in has} <= ATTRIBUTES
    assert found.elements[1] == ("html", {"lang": "en"}) or found.elements[0] == ("html", {"lang": "en"})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_headings_follow_each_other_without_a_jump(name: str) -> None:
    levels = [int(tag[1]) for tag in Read(render_html(DOCUMENTS[name])).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_table_has_header_cells_that_say_what_they_head(name: str) -> None:
    html = render_html(DOCUMENTS[name])
    for table in re.findall(r"<table>.*?</table>", html, re.DOTALL):
        heads = re.findall(r"<th\b(.*?)>", table)
        assert heads
        assert set(heads) <= {' scope="col"', ' scope="row"'}
        assert ('scope="col"' in table) is ("<caption>" in table)


@pytest.mark.parametrize("name", ["sample", "report"])
def test_it_says_what_the_plain_text_says(name: str) -> None:
    said = Read(render_html(DOCUMENTS[name]))
    html, text = gist("".join(said.texts)), gist(render_text(DOCUMENTS[name]))
    for block in DOCUMENTS[name].blocks:
        for part in parts(block):
            assert gist(part) in html, part
            assert gist(part) in text, part
    assert html.endswith(gist(DOCUMENTS[name].standing))


def parts(block: Any) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return ["".join(run.text for run in block.content)]
        case Table():
            return ["".join(run.text for run in cell) for line in block.rows for cell in line]
        case Bullets():
            return ["".join(run.text for run in item) for item in block.items]
        case _:
            pairs = getattr(block, "pairs", ()) or getattr(block, "lines", ())
            return [value if isinstance(value, str) else "".join(run.text for run in value) for _, value in pairs]


@given(st.text(max_size=60))
def test_whatever_was_typed_is_text_and_no_markup(typed: str) -> None:
    text = f"<script>alert(1)</script><img src=x onerror=y>&lt; \" ' {typed}"
    given = document(
        Heading(text),
        Paragraph(words(text)),
        Facts(((text, words(text)),)),
        Table(text, (text, text), (row(text, text),)),
        entry("note", "Note", text, Fact=text),
        Bullets((words(text),)),
        SignatureBlock(((text, text),)),
        title=text,
        subtitle=text,
        banner=text,
        standing=text,
    )
    found = Read(render_html(given))
    assert set(found.tags) <= ALLOWED
    assert {(tag, attribute) for tag, has in found.elements for attribute in has} <= ATTRIBUTES
    assert "".join(found.texts).count("<script>alert(1)</script>") == 19


def test_a_banner_stands_before_everything_and_strong_words_stay_strong() -> None:
    html = render_html(sample())
    body = html.partition("<body>\n")[2]
    assert body.startswith("<p><strong>MADE-UP PATIENT: for practice, not a record of care</strong></p>\n<h1>")
    assert "<strong>Signed as incomplete: </strong>the patient had to leave" in body

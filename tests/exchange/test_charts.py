"""A chart: one picture with its words, in print and in HTML; what is no chart is refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape

import pikepdf
import pytest

from screener.exchange.html import render_html
from screener.exchange.pdf import render_pdf
from screener.exchange.web import render_page
from screener.records.document import Bar, Bars, Bullets, Facts, Heading, Paragraph, words
from tests.exchange.faults import faults
from tests.exchange.sample import MADE_AT, document, sample
from tests.exchange.tagged import structure

PARTS = ("listed", "not established", "not listed")
CHART = Bars(
    "What is listed most often",
    PARTS,
    (
        Bar("Mean pressure above the figure", "30 (50.0 %) listed", (0.5, 0.25, 0.25)),
        Bar("W" * 90, "6 (10.0 %) listed", (0.1, 0.0, 0.9)),
        Bar("Nothing <b>&", "0", ()),
    ),
)


def alternatives(pdf: bytes) -> Iterator[str]:
    """What is heard in place of each picture."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        waiting = [opened.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting += list(element)
            elif isinstance(element, pikepdf.Dictionary):
                if "/Alt" in element:
                    yield str(element.Alt)
                waiting += [element.K] if "/K" in element else []


def test_a_chart_in_print_is_one_picture_that_is_heard_in_words() -> None:
    given = document(Heading("Rules"), CHART)
    pdf = render_pdf(given, paper="a4", made_at=MADE_AT)
    assert len(list(structure(pdf).all("Figure"))) == 1
    assert list(alternatives(pdf)) == [CHART.said]
    assert "Mean pressure above the figure: 30 (50.0 %) listed" in CHART.said
    assert faults(pdf, given) == []


def test_a_long_chart_goes_on_over_the_page() -> None:
    bars = tuple(Bar(f"Rule {number}", "1", (0.5,)) for number in range(20))
    chart = Bars("A chart", ("listed",), bars)
    given = document(*[Paragraph(words("A line"))] * 40, chart)
    assert faults(render_pdf(given, paper="us-letter", made_at=MADE_AT), given) == []


def test_a_chart_in_html_has_its_words_and_no_markup_of_others() -> None:
    page = render_page(document(CHART, CHART), made_at=MADE_AT).decode()
    assert page.count(f'aria-label="{escape(CHART.said)}"') == 2
    assert page.count('id="hatched"') == 1
    assert "<b>" not in page and "Nothing &lt;b&gt;&amp;" in page
    assert page.count("<rect class=") == 2 * (len(PARTS) + 5)


def test_a_chart_in_another_system_s_note_is_said_in_words() -> None:
    note = render_html(document(CHART))
    assert all(f"<li>{escape(f'{bar.label}: {bar.said}')}</li>" in note for bar in CHART.bars)
    assert CHART.caption in note and "<svg" not in note


def test_every_block_of_a_report_stands_in_html() -> None:
    page = render_page(sample(), made_at=MADE_AT).decode()
    for block in sample().blocks:
        match block:
            case Heading():
                assert f">{escape(block.text)}<" in page
            case Facts():
                assert all(f'<th scope="row">{escape(term)}</th>' in page for term, _ in block.pairs)
            case Bullets():
                assert page.count("<li>") >= len(block.items)
    assert "MADE-UP PATIENT" in page and "Made 2026-11-23 10:58" in page


@pytest.mark.parametrize(
    "chart",
    [
        Bars("A", (), (Bar("a", "b", ()),)),
        Bars("A", ("a", "b", "c", "d"), ()),
        Bars("A", ("a",), (Bar("a", "b", (0.5, 0.5)),)),
        Bars("A", ("a", "b"), (Bar("a", "b", (0.9, 0.5)),)),
        Bars("A", ("a", "b"), (Bar("a", "b", (-0.1, 0.5)),)),
    ],
)
def test_a_chart_whose_bars_say_no_parts_of_one_is_refused(chart: Bars) -> None:
    with pytest.raises(ValueError, match="bar"):
        render_pdf(document(chart), paper="a4", made_at=MADE_AT)

"""The crisis card on paper: the site's words, once or four times, on one page; a blank one is not printed."""

from __future__ import annotations

from typing import get_args

import pytest

from screener.exchange.crisis_card import Many, crisis_card
from screener.exchange.pdf import Paper, render_pages, render_pdf
from screener.exchange.plain import render_text
from tests.exchange.faults import faults
from tests.exchange.placed import shown, sizes
from tests.exchange.sample import MADE_AT, STANDING
from tests.exchange.tagged import structure

WORDS = "If you feel in danger, tell somebody near you now.\n\nNorthside, day and night: 555 0100\nEmergency: 112"


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("many", get_args(Many))
def test_a_card_stands_on_one_page_as_often_as_it_was_asked_for(paper: Paper, many: Many) -> None:
    card = crisis_card(WORDS, STANDING, many)
    made = render_pdf(card, paper=paper, made_at=MADE_AT)
    assert len(sizes(made)) == 1
    printed = "".join(part.text for part in shown(made))
    assert printed.replace(" ", "").count("Emergency:112") == many
    assert structure(made).text.replace(" ", "").count("Emergency:112") == 1
    assert faults(made, card) == []


def test_words_without_room_on_a_quarter_of_a_page_are_one_card() -> None:
    made = render_pdf(crisis_card(WORDS * 8, STANDING, 4), paper="a4", made_at=MADE_AT)
    assert len(sizes(made)) == 1
    assert "".join(part.text for part in shown(made)).count("112") == 8


@pytest.mark.parametrize("text", [WORDS * 60, "W" * 400, "12\u2007" * 90])
@pytest.mark.parametrize("many", get_args(Many))
def test_nothing_of_a_long_card_is_cut_off(text: str, many: Many) -> None:
    card = crisis_card(text, STANDING, many)
    made = render_pdf(card, paper="us-letter", made_at=MADE_AT)
    assert faults(made, card) == []
    assert len(render_pages(card, paper="us-letter", made_at=MADE_AT, ppi=20)) == len(sizes(made))


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_blank_card_is_not_printed(text: str) -> None:
    with pytest.raises(ValueError, match="is blank"):
        crisis_card(text, STANDING)


def test_a_card_as_text_is_the_site_s_words() -> None:
    assert "Emergency: 112" in render_text(crisis_card(WORDS, STANDING, 4))

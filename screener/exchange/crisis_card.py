"""The site's crisis card on paper: its own words, as one page or as four cards to cut out."""

from __future__ import annotations

from typing import Literal

from screener.language import kept
from screener.records.document import Cards, Document

TITLE = "Crisis card"
BLANK = kept("The crisis card is blank. Its wording and numbers are the site's own.")
Many = Literal[1, 4]


def crisis_card(text: str, standing: str, many: Many = 1) -> Document:
    """The card as a document. ValueError for a blank one: nothing is printed that looks like a card."""
    if not text.strip():
        raise ValueError(BLANK)
    return Document(title=TITLE, language="en", standing=standing, blocks=(Cards(TITLE, text.strip(), many),))

"""The choice of a paper."""

from __future__ import annotations

from collections.abc import Sequence

from screener.exchange.pdf import Paper
from screener.language import tr
from screener.ui.widgets.controls import Segmented

_PAPERS: Sequence[tuple[Paper, str]] = (("a4", "A4"), ("us-letter", tr("Letter")))
_AMERICAN = "us-label"


def paper_of_clinic(country: str) -> Paper:
    """The paper that stands chosen at first in a clinic of this country, which is named by its labels."""
    return "us-letter" if country == _AMERICAN else "a4"


class PaperChoice(Segmented):
    """One of the papers; there is always one."""

    def __init__(self, paper: Paper = "a4") -> None:
        super().__init__(tr("Paper"), _PAPERS, always=True)
        self.show_chosen(paper)

    @property
    def paper(self) -> Paper:
        return next(paper for paper, _ in _PAPERS if paper == self.chosen)

"""Everything that can be taken out, in one place: each way with what is in the file and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal

from screener.language import tr
from screener.ui.shell.form_page import FormPage
from screener.ui.widgets.big_choice import BigChoice
from screener.ui.widgets.controls import ActionButton


@dataclass(frozen=True, slots=True)
class Offer:
    """One way out: its id, what it is called, what is in it."""

    id: str
    title: str
    text: str


class ExportPage(FormPage):
    """Asks which of the ways is wanted; where the file goes is asked on the page after it.

    Without an offer the lead says why there is none.
    """

    chosen = Signal(str)
    """The id of an offer."""
    closed = Signal()

    def __init__(self, title: str, lead: str, offers: Sequence[Offer]) -> None:
        super().__init__(title, lead)
        self.choices = [BigChoice(offer.title, offer.text, least_px=64) for offer in offers]
        for offer, choice in zip(offers, self.choices, strict=True):
            choice.clicked.connect(partial(self.chosen.emit, offer.id))
            self.body.addWidget(choice)
        self._back = ActionButton(tr("Back"), "Esc")
        self._back.clicked.connect(self.closed)
        self.finish(self._back)
        self._back.setShortcut("Esc")

    def focus_first(self) -> None:
        first = self.choices[0] if self.choices else self._back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

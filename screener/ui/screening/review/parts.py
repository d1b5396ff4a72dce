"""The line of the review that says which parts of the screening are signed."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from screener.records.browse import SignedRecord
from screener.records.parts import signed_parts_in_words
from screener.screening.course import AFTER, BEFORE
from screener.screening.session import Session
from screener.text import WorldError
from screener.ui.screening.desk import Desk
from screener.ui.widgets.controls import label
from screener.ui.widgets.visible import reveal


class PartsLine:
    """Asks the shelf once, and again when another part is signed. On a dose day both parts are named from the start."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self._desk = desk
        self._expected = (BEFORE, AFTER) if session.rules.pathway.course is not None else ()
        self._asked = False
        self.label: QLabel = label("", "small", wrap=True)
        self.label.hide()

    def open(self) -> None:
        """Show what is signed, asked of the shelf the first time."""
        if not self._asked:
            self.ask()

    def ask(self) -> None:
        """Ask the shelf what is signed now."""
        self._asked = True
        desk = self._desk
        desk.jobs.submit(lambda: desk.shelf.parts(desk.screening), self._show, self._not_read)

    def _show(self, parts: list[SignedRecord]) -> None:
        self._say(" · ".join(signed_parts_in_words(parts, self._expected)))

    def _not_read(self, problem: WorldError) -> None:
        self._say(f"Which parts are signed could not be read. {problem.said}")

    def _say(self, text: str) -> None:
        self.label.setText(text)
        reveal(self.label, bool(text))

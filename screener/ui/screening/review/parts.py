"""What stands below the items of a review: which parts of the screening are signed, and which are not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.records.browse import SignedRecord
from screener.records.parts import signed_parts_in_words
from screener.screening.part_names import AFTER, BEFORE
from screener.screening.session import Session
from screener.text import WorldError
from screener.ui.screening.desk import Desk
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import clear, hairline
from screener.ui.widgets.visible import reveal


class SignedParts(QWidget):
    """Asks the shelf once, and again when another part is signed. On a dose day both parts stand from the start."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._expected = (BEFORE, AFTER) if session.rules.pathway.course is not None else ()
        self._asked = False
        self.setAccessibleName(tr("Signed parts"))
        self.setProperty("look", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(16, 10, 16, 12)
        self._lines.setSpacing(3)
        column.addLayout(self._lines)
        self.hide()

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
        self._say(signed_parts_in_words(parts, self._expected))

    def _not_read(self, problem: WorldError) -> None:
        self._say([tr("Which parts are signed could not be read. {said}").format(said=problem.said)])

    def _say(self, lines: Sequence[str]) -> None:
        clear(self._lines)
        for text in lines:
            self._lines.addWidget(label(text, "" if ": signed" in text else "muted", wrap=True))
        reveal(self, bool(lines))

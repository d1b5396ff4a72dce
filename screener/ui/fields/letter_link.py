"""A link that a letter presses too, with the letter on a cap beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.ui.key_switches import SingleKeys, letters
from screener.ui.widgets.controls import KeyCap, LinkButton
from screener.ui.widgets.layout import FlowLayout


class LetterLink(QWidget):
    """Says which key works now: the letter alone, or with Alt where letters alone are switched off.

    It hears no key itself: the card of the question does.
    """

    clicked = Signal()

    def __init__(self, letter: str, text: str = "", name: str = "", *, by_line: bool = False) -> None:
        """`by_line`: it stands by a line that is typed into, where a letter alone is a letter."""
        super().__init__()
        self._letter, self._before, self._by_line = letter, "", by_line
        flow = FlowLayout(self, gap_px=6)
        self._link, self._cap = LinkButton(text, name), KeyCap(letter)
        self._link.clicked.connect(self.clicked)
        for part in (self._link, self._cap):
            flow.addWidget(part)
        SingleKeys.current().changed.connect(self._show_key)
        self._show_key()

    def show_words(self, text: str, name: str) -> None:
        """What it is called on screen, and by its accessible name."""
        self._link.setText(text)
        self._link.setAccessibleName(name)

    def describe(self, before: str) -> None:
        """What a screen reader says of it before its key."""
        self._before = before
        self._show_key()

    def _show_key(self) -> None:
        alone = letters() and not self._by_line
        said = tr("Key {letter}, Alt+{letter} while typing") if alone else tr("Key Alt+{letter}")
        how = said.format(letter=self._letter)
        self._link.setAccessibleDescription(f"{self._before}. {how}" if self._before else how)
        self._cap.show_key(self._letter if alone else f"Alt+{self._letter}")

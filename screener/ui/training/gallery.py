"""The gallery: who there is to rehearse with, by their first words, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from screener.language import tr
from screener.training.library import Entry
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import ScrollPage, clear

Wanted = Literal["practise", "play", "sheets"]
"""What somebody wants with a patient."""


class GalleryPage(ScrollPage):
    """Shows the patients by their first words only: nothing here gives away what is to be found."""

    wanted = Signal(str, object, object)
    """(`Wanted`, `Entry`, minutes that it is cut to or None)"""
    first_look = Signal()

    def __init__(self, pathways: Mapping[str, str], own_folder: Path, said: str = "") -> None:
        super().__init__("page", 1180, 32)
        self.setAccessibleName(tr("Made-up patients"))
        self._pathways, self._own_folder = pathways, own_folder
        self.body.addWidget(label(tr("Made-up patients"), "page"))
        self._first = ActionButton(tr("First look: a half-filled patient"))
        self._first.clicked.connect(self.first_look)
        self.body.addWidget(self._first, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = QVBoxLayout()
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show who there is."""
        clear(self._list)
        for entry in entries:
            if entry.scenario is not None:
                self._list.addWidget(label(entry.scenario.title, "large"))

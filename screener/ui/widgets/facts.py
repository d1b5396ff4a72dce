"""Names and what is said of them, in two columns."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from screener.ui.style.theme import scaled
from screener.ui.widgets.text import label


def fact_grid(pairs: Iterable[tuple[str, str]], name_px: int = 132) -> QGridLayout:
    """One line a pair; names are at least so wide, so that grids below one another line up."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, scaled(name_px))
    for place, (name, text) in enumerate(pairs):
        grid.addWidget(label(name, "muted", wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, wrap=True), place, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    return grid

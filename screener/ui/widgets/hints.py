"""Lines that are as wide as what stands in them while they are empty, in whatever language."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from screener.ui.style.theme import scaled

_AROUND_PX = 24


def hold_hint(line: QLineEdit, width_px: int) -> None:
    """Give a line a width at which its hint is read whole: `width_px` at a text size of 100 %, or more."""
    line.ensurePolished()
    words = line.fontMetrics().horizontalAdvance(line.placeholderText())
    line.setFixedWidth(max(scaled(width_px), words + scaled(_AROUND_PX)))

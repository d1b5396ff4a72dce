"""A control with its caption above it, in a part of its own: both come and go together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.ui.widgets.text import label


def captioned(text: str, control: QWidget, help_text: str = "", *, whole_width: bool = False) -> QWidget:
    """The caption is the control's accessible name; `whole_width`: the control takes what there is."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    caption = label(text, "strong")
    caption.setBuddy(control)
    control.setAccessibleName(text)
    column.addWidget(caption)
    if help_text:
        column.addWidget(label(help_text, "small", wrap=True))
    column.addWidget(control, 0, Qt.AlignmentFlag(0) if whole_width else Qt.AlignmentFlag.AlignLeft)
    return holder

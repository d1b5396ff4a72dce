"""A control with its caption, in a part of its own: both come and go together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from screener.ui.widgets.text import label


def captioned(
    text: str, control: QWidget, help_text: str = "", *, level: str = "strong", whole_width: bool = False
) -> QWidget:
    """The caption, above, is the control's accessible name; an empty one keeps its room, and the control its own name.

    `whole_width`: the control takes what there is.
    """
    holder, column = _part(QBoxLayout.Direction.TopToBottom, 4)
    caption = label(text, level)
    if text:
        caption.setBuddy(control)
        control.setAccessibleName(text)
    column.addWidget(caption)
    if help_text:
        column.addWidget(label(help_text, "small", wrap=True))
    column.addWidget(control, 0, Qt.AlignmentFlag(0) if whole_width else Qt.AlignmentFlag.AlignLeft)
    return holder


def captioned_beside(text: str, control: QWidget, parent: QWidget | None = None) -> QWidget:
    """The caption, quiet and before it, stays in sight when something stands in the control, which has its own name."""
    holder, row = _part(QBoxLayout.Direction.LeftToRight, 6, parent)
    row.addWidget(label(text, "small"))
    row.addWidget(control)
    return holder


def _part(direction: QBoxLayout.Direction, gap_px: int, parent: QWidget | None = None) -> tuple[QWidget, QBoxLayout]:
    holder = QWidget(parent)
    layout = QBoxLayout(direction, holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap_px)
    return holder, layout

"""The way of the Tab key through parts that are made anew: as they read, not as they were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

_BY_TAB = (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus, Qt.FocusPolicy.TabFocus)
"""All that Tab comes to. To look for one here is quicker than to take its bits apart, and pages are full of them."""


def tab_stops(part: QWidget) -> Iterator[QWidget]:
    """What Tab can come to inside a part, in the order in which its widgets were added."""
    window = part.window()
    for child in part.findChildren(QWidget):
        policy = child.focusPolicy()
        if policy is Qt.FocusPolicy.NoFocus:
            continue  # Qt leaves out a step that has such an end, and the way would break there
        if child.window() is not window:
            continue  # what drops down from a list is a window of its own
        # Buttons of a group where Tab stops once are members of the way too: which one it is may change.
        if policy in _BY_TAB or isinstance(child, QAbstractButton):
            yield child


def enter(part: QWidget) -> None:
    """Put the keyboard on the first control inside a part that Tab comes to, or on the part itself."""
    for child in (part, *part.findChildren(QWidget)):
        reached = child.focusPolicy() & Qt.FocusPolicy.TabFocus or child.focusProxy() is not None
        if reached and child.isVisible() and child.isEnabled():
            child.setFocus(Qt.FocusReason.TabFocusReason)
            return


def order_tab(*parts: QWidget) -> None:
    """Have Tab go through one part after the other."""
    for before, after in pairwise(stop for part in parts for stop in tab_stops(part)):
        QWidget.setTabOrder(before, after)

"""Showing and hiding parts of a page, whether or not they have their place in it yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def keep_room(widget: QWidget, kept: bool = True) -> None:
    """Have a part of a page take its room also while it is hidden, so that nothing moves when it comes; or not."""
    policy = widget.sizePolicy()
    if policy.retainSizeWhenHidden() is not kept:
        policy.setRetainSizeWhenHidden(kept)
        widget.setSizePolicy(policy)


def give_keyboard_back(had: QWidget | None, inside: QWidget) -> bool:
    """To what had it before something came in between; False where that is gone from there, or out of sight."""
    if had is None or not isValid(had) or not inside.isAncestorOf(had) or not had.isVisible():
        return False
    had.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def reveal(widget: QWidget, shown: bool) -> None:
    """Show or hide a part of a page. One without a place yet is shown with the page, not in a window of its own."""
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(shown)

"""The keys that go from one part of a page to the next that is worth stopping at."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.ui.actions import bind
from screener.ui.widgets.growing import GrowingPage
from screener.ui.widgets.speech import announce


def bind_steps(holder: QWidget, page: GrowingPage) -> None:
    """J and K go through a page, wherever on its holder the keyboard is; none of them has a field for text."""

    def on() -> None:
        if not page.step(1):
            announce(page, tr("Nothing further"))

    def back() -> None:
        if not page.step(-1):
            announce(page, tr("Nothing before this"))

    bind(holder, "next_difference", on)
    bind(holder, "previous_difference", back)

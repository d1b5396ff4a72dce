"""What the two parts are called in which a dose day is signed; a list that opens no screening says it too."""

from __future__ import annotations

from screener.language import WINDOW, kept

BEFORE, AFTER = kept("before the dose"), kept("after the dose")


def spoken(name: str) -> str:
    """A part's name as the window says it."""
    return WINDOW.word(name)

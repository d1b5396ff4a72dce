"""The controls that pages are made of, gathered from the files that own them."""

from __future__ import annotations

from screener.ui.widgets.buttons import ActionButton, KeyButton, LinkButton
from screener.ui.widgets.chips import Chip, KeyCap, chip
from screener.ui.widgets.choosing import CheckRow, MultiChoice, RadioRow
from screener.ui.widgets.segments import Segmented
from screener.ui.widgets.text import ElidedLabel, WrapLabel, heading, label, restyle

__all__ = [
    "ActionButton",
    "CheckRow",
    "Chip",
    "ElidedLabel",
    "KeyButton",
    "KeyCap",
    "LinkButton",
    "MultiChoice",
    "RadioRow",
    "Segmented",
    "WrapLabel",
    "chip",
    "heading",
    "label",
    "restyle",
]

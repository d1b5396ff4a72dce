"""What the installed Qt must be able to do, so that a version that cannot is noticed here and not at a desk."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 1000


def test_calls_that_return_nothing_take_no_reference_to_none_away(qtbot: QtBot) -> None:
    label = QLabel("figure")
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("figure")
    # A version that counts wrongly loses one with each call, and the program aborts once none is left.
    assert sys.getrefcount(None) > before - CALLS // 2

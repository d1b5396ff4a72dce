"""The screen that nobody sees, on which tests open the window: as large as a usual one."""

from __future__ import annotations

import os
from pathlib import Path

PLATFORM = f"offscreen:configfile={Path(__file__).with_suffix('.json')}"


def platform() -> str:
    """What Qt is to open windows on: that screen, unless another platform was asked for."""
    asked = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return PLATFORM if asked == "offscreen" else asked

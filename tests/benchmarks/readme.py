"""Where the table of costs goes in the README, as it was last measured."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence

from screener.clock import SystemClock, today
from tests.proofs.table import README, ROOT, commit_of

BEGIN, END = "<!-- benchmarks -->", "<!-- /benchmarks -->"
HEADINGS = ("what", "ratio", "goal", "it takes", "against", "which takes")


def write(lines: Sequence[Sequence[str]]) -> None:
    """Put these lines between the markers, with the day, the commit and the machine."""
    measured = f"Measured on {today(SystemClock()).isoformat()} at {commit_of(ROOT)}, {machine()}."
    README.write_text(with_table(README.read_text(encoding="utf-8"), measured, lines), encoding="utf-8")


def with_table(readme: str, measured: str, lines: Sequence[Sequence[str]]) -> str:
    """The README with this table between its markers; ValueError where the markers are missing."""
    if readme.count(BEGIN) != 1 or readme.count(END) != 1:
        raise ValueError(f"README.md has not one pair of {BEGIN} and {END}")
    head = [HEADINGS, ("---", "---:", "---", "---:", "---", "---:")]
    table = "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in [*head, *lines])
    between = f"{BEGIN}\n{measured}\n\n{table}\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: between, readme, flags=re.DOTALL)


def machine() -> str:
    """What it was measured on, and how busy that was: under load times rise, and those on a screen most of all."""
    busy = f", {os.getloadavg()[0]:.0f} at work on average" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors{busy}"

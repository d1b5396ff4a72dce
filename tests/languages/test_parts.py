"""The parts of a dose day are named in the window's language also where no screening was opened yet."""

from __future__ import annotations

import subprocess
import sys

_ASKED = """
from screener import language
language.speak("es")
import sys
from screener.records.parts import called
from screener.ui.shell import screening_table
assert "screener.screening.course" not in sys.modules
print(called("before the dose", 1))
"""


def test_a_list_names_the_parts_before_any_screening_is_opened() -> None:
    said = subprocess.run([sys.executable, "-c", _ASKED], capture_output=True, text=True, check=True, encoding="utf-8")
    assert said.stdout.strip() == "antes de la dosis"

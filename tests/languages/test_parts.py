"""What stands in the content or in a record as a word is said in the language of the window, wherever it stands."""

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


_FIGURE = """
from screener import language
language.speak("es")
from screener.ui.shell.clinic_section import sources_of
from tests.ui.desks import shipped
pack = shipped()
print(*sources_of(pack, pack.parameters["pressure_limit"]), sep="\\n")
"""


def test_the_strength_of_a_figure_is_said_in_the_language_of_the_window() -> None:
    said = subprocess.run([sys.executable, "-c", _FIGURE], capture_output=True, text=True, check=True, encoding="utf-8")
    assert "exclusión de un ensayo" in said.stdout and "trial exclusion" not in said.stdout

"""From a key to the painted frame, opening a screening that is answered, and memory, each against something bare."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

KEYS = 100
ROUNDS = 3
BARE = f"""
import json, statistics, time
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))

def frames(application, line):
    # Digits and their taking back: from the key to the frame that shows it.
    taken = []
    for number in range({KEYS}):
        begun = time.perf_counter()
        if number % 2:
            QTest.keyClick(line, Qt.Key.Key_Backspace)
        else:
            QTest.keyClick(line, "7")
        application.processEvents()
        # Which a running event loop does by itself between two keys.
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        taken.append(time.perf_counter() - begun)
    return [statistics.median(taken), statistics.quantiles(taken, n=100, method="inclusive")[-1]]

from PySide6.QtCore import QEvent, Qt
application = QApplication([])
window = QWidget()
line = QLineEdit("10")
QVBoxLayout(window).addWidget(line)
window.resize(1440, 900)
window.show()
line.setFocus()
application.processEvents()
"""
IN_A_BARE_WINDOW = f"{BARE}\nprint(json.dumps([*frames(application, line), resident()]))"
IN_A_SCREENING = f"""{BARE}
window.close()
from PySide6.QtWidgets import QAbstractButton
from screener.forms.visibility import Form
from screener.screening.session import Session
from screener.ui.fields.typing import LineField
from screener.ui.style.theme import Theme
from tests.ui.desks import CLOCK, session_of, shipped
from tests.ui.walk.made_up import Patients
from tests.ui.walk.screening import sitting

Theme.of(application).apply("light", 1.0)
longest = max(shipped().pathways, key=lambda pathway: len(Form(shipped(), pathway.id).questions))

def open_one(session):
    begun = time.perf_counter()
    opened = sitting(session)
    workspace = opened.__enter__()
    workspace.identity.confirm.click()
    workspace.resize(1440, 868)
    workspace.show()
    application.processEvents()
    return time.perf_counter() - begun, workspace

empty, workspace = open_one(session_of(longest.id))
workspace.hide()
empty, workspace = open_one(session_of(longest.id))
workspace.hide()
session = session_of(longest.id)
Patients(shipped(), longest.id).fill(session, set())
answered, workspace = open_one(session)
interview = workspace.interview
theme = max(session.form.themes, key=lambda theme: len(session.shown_in(theme.id)))
interview.show_theme(theme.id)
while not interview.whole:
    application.processEvents()
for button in workspace.findChildren(QAbstractButton):
    name = button.accessibleName()
    opens = name.endswith(": why it is asked") or name.startswith(("Which questions are not asked", "All of them"))
    if opens and button.isVisible():
        button.click()
        application.processEvents()
line = next(field.line for field in interview.findChildren(LineField) if field.isVisible())
line.setFocus()
application.processEvents()
said = [theme.id, len(session.shown_in(theme.id)), *frames(application, line), empty, answered, resident()]
print(json.dumps(said))
"""


def rows() -> Iterator[tuple[Any, ...]]:
    """Four lines of the table; none where there is no /proc to ask."""
    if not os.path.exists("/proc/self/status"):  # noqa: PTH110
        return
    # In turn, and of each figure the least: whatever else runs would else meet one side only.
    runs = [(_run(IN_A_BARE_WINDOW), _run(IN_A_SCREENING)) for _ in range(ROUNDS)]
    bare = [min(figures) for figures in zip(*(plain for plain, _ in runs), strict=True)]
    theme, questions = runs[0][1][:2]
    median, slowest, empty, answered, memory = (
        min(figures) for figures in zip(*(whole[2:] for _, whole in runs), strict=True)
    )
    where = f"{theme}, {questions} questions, everything answered and open"
    line = "the same keys in a bare line"
    yield f"key to painted frame, median ({where})", median, bare[0], line
    yield "key to painted frame, 99th percentile", slowest, bare[1], line
    yield "opening a screening with everything answered", answered, empty, "opening an empty one of the same pathway"
    yield "memory with that screening open", memory, bare[2], "an empty PySide6 window", 0, "B"


def _run(program: str) -> list[Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    found: list[Any] = json.loads(ran.stdout.splitlines()[-1])
    return found

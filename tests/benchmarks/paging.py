"""How long a key waits while somebody pages through all themes of the longest pathway, in the real interview.

Once with nothing answered, and once with everything: cards are tallest then, and most numerous.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

LONGEST_WAIT_S = 0.1
"""What the design allows without a sign that something is being done."""
ROUNDS = 3

IN_A_WINDOW = """
import json, os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from screener.forms.visibility import Form
from tests.ui.desks import session_of, shipped
from tests.ui.walk.made_up import Patients
from screener.ui.screening.interview import InterviewPage
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import Theme

application = QApplication([])
Theme.of(application).apply("light", 1.0)
longest = max(shipped().pathways, key=lambda pathway: len(Form(shipped(), pathway.id).questions))
session = session_of(longest.id)
if sys.argv[1] == "answered":
    Patients(shipped(), longest.id).fill(session, set())
page = InterviewPage(SessionController(session))
page.resize(1440, 900)
page.show()
application.processEvents()
turns, frames = [], []
for _ in session.form.themes[1:]:
    while not page.whole:
        begun = time.perf_counter()
        application.processEvents()
        # Which a running event loop does by itself: the page before goes.
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        frames.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    page.next_theme()
    application.processEvents()
    turns.append(time.perf_counter() - begun)
print(json.dumps([longest.id, len(session.form.questions), turns, frames]))
"""


def rows() -> Iterator[tuple[str, float, float, str, float]]:
    """Three lines of the table each time: turning a page, in the mean and at worst, and the frames that follow it."""
    yield from _rows("empty", "nothing answered")
    yield from _rows("answered", "everything answered")


def _rows(state: str, said: str) -> Iterator[tuple[str, float, float, str, float]]:
    best: tuple[float, float, float] | None = None
    named, asked = "", 0
    for _ in range(ROUNDS):
        found = subprocess.run(
            [sys.executable, "-c", IN_A_WINDOW, state],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        named, asked, turns, frames = json.loads(found.stdout.splitlines()[-1])
        seen = (sum(turns) / len(turns), max(turns), max(frames, default=0.0))
        best = seen if best is None else (min(best[0], seen[0]), min(best[1], seen[1]), min(best[2], seen[2]))
    assert best is not None
    against = "the longest wait without a sign, 100 ms"
    where = f"{named}, {asked} questions, {said}"
    yield f"turning to the next theme, mean ({where})", best[0], LONGEST_WAIT_S, against, 1.0
    yield f"turning to the next theme, worst ({said})", best[1], LONGEST_WAIT_S, against, 1.0
    yield f"a frame while the rest of a page is made, worst ({said})", best[2], LONGEST_WAIT_S, against, 1.0

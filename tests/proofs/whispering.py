"""The real program and somebody who types words of which none may lie in the clear. Run: HOME ENDING [--leaking].

ENDING is `kill` (says `ready` and waits for it) or `close`. Both the words that are typed and the titles that windows
have meanwhile go to the descriptor in SCREENER_SAVED_FD.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pytestqt.qt_compat import qt_api

from tests.kills.typist import end, say
from tests.proofs.words import WORDS

LEAKING = "--leaking"
READY, TITLE = "ready", "title"
LOOK_MS = 20


def run(home: Path, ending: str) -> None:
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]
    from screener.ui.app import build
    from tests.journeys.person import Person
    from tests.kills.hands import pause, wait_until

    app = qt_api.QtWidgets.QApplication([])
    program = build(app, home=home)
    window = program.window
    titles: set[str] = set()

    def look() -> None:
        for title in {widget.windowTitle() for widget in app.topLevelWidgets()} - titles:
            titles.add(title)
            say(f"{TITLE} {title}")

    looking = qt_api.QtCore.QTimer(interval=LOOK_MS)
    looking.timeout.connect(look)
    looking.start()
    window.show()
    person = Person(wait_until, window)
    _type_everything(person)
    if ending == "kill":
        say(READY)
        pause(600_000)
    _sign(person)
    look()
    window.close()
    wait_until(window.isHidden, timeout=60_000)
    program.shut()


def _type_everything(person: Any) -> None:
    """Every kind of text, by keys; the last of it is seen to be saved."""
    from tests.journeys.ways import begin, set_up, turn_to

    set_up(person)
    begin(person, WORDS["reference"], product=WORDS["product"])
    person.write("Reason for the visit", WORDS["answer"])
    person.activate("Reason for the visit: open the note")
    person.write("Reason for the visit: note", WORDS["note"])
    person.press("Tab")
    person.write("Who is in the room", WORDS["room"])
    person.press("Ctrl+J")
    person.type(WORDS["jot"])
    person.press("Ctrl+Return")
    turn_to(person, "Medicines and washout")
    person.tab_to("Medicines: add a medicine by its name or trade name")
    person.type(WORDS["medicine"])
    person.press("Return")
    person.waits_for("not in the dictionary")
    person.press("Ctrl+PgUp")
    person.waits_for("Saved ")


def _sign(person: Any) -> None:
    """The review with a response, the report on the screen, the home list."""
    from tests.journeys.ways import PASSPHRASE

    person.press("F6")
    person.waits_for("Your response")
    person.tab_to("Your response: Reviewed")
    person.press("Space")
    person.write("Note to the response", WORDS["response"])
    person.press("Ctrl+Return")
    person.activate("Sign as incomplete…")
    person.waits_for("Without a response")
    person.press("Space")
    person.tab_to("Passphrase")
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2", "Report, page 1")
    person.press("Escape")
    person.waits_for(WORDS["reference"])


def leaking() -> Any:
    """The planted failure: a build that notes in a temporary file what it saves."""
    from screener.store.shelf import VaultShelf

    append = VaultShelf.append

    def noted(self: VaultShelf, screening: str, steps: Any, digest: Any) -> Any:
        with tempfile.NamedTemporaryFile("a", prefix="autosave-", delete=False, encoding="utf-16") as file:
            file.write(str(list(steps)))
        return append(self, screening, steps, digest)

    return patch.object(VaultShelf, "append", noted)


if __name__ == "__main__":
    sys.excepthook = end
    with leaking() if LEAKING in sys.argv else nullcontext():
        run(Path(sys.argv[1]), sys.argv[2])

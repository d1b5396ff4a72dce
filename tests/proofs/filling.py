"""The real program on a disk that is full at each write, while somebody types. Run: HOME SEED WRITES [--forgetting].

Says the lines of `tests.kills.lines`, and besides: `refused` when a write found the disk full and the window said so in
words, `wordless` when it did not, `closed` at the end.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pytestqt.qt_compat import qt_api

from screener.records.browse import Saved
from screener.store.shelf import VaultShelf
from tests.kills.lines import BEGUN
from tests.kills.typist import end, reference_of, say
from tests.proofs.small_disk import Filler

FORGETTING = "--forgetting"
REFUSED, WORDLESS, CLOSED = "refused", "wordless", "closed"
NOT_SAVED = "Not saved"
WORDS = ("is full", "The last change is not on disk.", "as soon as there is room")
RETRY_MS = 120
LONGEST_FULL_MS = 500
MOST_PAGES = 5
LOOK_MS = 15
SETTLED_WITHIN_MS = 20_000


class FullAtEachWrite:
    """Fills the disk before each write that is no second try, and makes room some time after the window said so."""

    def __init__(self, filler: Filler, writes: int, chance: random.Random) -> None:
        self._filler, self._left, self._chance = filler, writes, chance
        self._went_through = True
        self._said = False

    @property
    def going_on(self) -> bool:
        return self._left > 0

    def around(self, append: Callable[..., Saved]) -> Callable[..., Saved]:
        """`append` of the store, on a full disk. Called on the store's thread."""

        def on_a_full_disk(*given: Any) -> Saved:
            if self._went_through and self._left:
                self._went_through = self._said = False
                self._filler.fill(self._chance.randint(0, MOST_PAGES))
            saved = append(*given)
            self._went_through = True
            self._filler.free()
            return saved

        return on_a_full_disk

    def look(self, window: Any, sees: Callable[..., bool]) -> None:
        """Called now and then on the window's thread."""
        labels = window.findChildren(qt_api.QtWidgets.QLabel)
        if self._said or self._went_through or not any(label.text() == NOT_SAVED for label in labels):
            return
        self._said = True
        self._left -= 1
        say(REFUSED if sees(*WORDS) else WORDLESS)
        qt_api.QtCore.QTimer.singleShot(self._chance.randint(0, LONGEST_FULL_MS), self._filler.free)


def run(home: Path, seed: int, writes: int) -> None:
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]
    from screener.ui import autosave
    from screener.ui.app import build
    from tests.journeys.person import Person
    from tests.kills.hands import Hands, pause, wait_until
    from tests.kills.oracle import shipped_pack

    app = qt_api.QtWidgets.QApplication([])
    full = FullAtEachWrite(Filler(home.parent / "filler"), writes, random.Random(seed))
    program = build(app, home=home)
    window = program.window
    window.show()
    person = Person(wait_until, window)
    hands = Hands(window, shipped_pack(home), seed, say)
    hands.begin(reference_of(seed))
    say(f"{BEGUN} {reference_of(seed)}")
    looking = qt_api.QtCore.QTimer(interval=LOOK_MS)
    looking.timeout.connect(lambda: full.look(window, person.sees))
    looking.start()
    with (
        patch.object(autosave, "RETRY_MS", RETRY_MS),
        patch.object(VaultShelf, "append", full.around(VaultShelf.append)),
    ):
        hands.type_while(lambda: full.going_on)
        pause(autosave.PAUSE_MS)
        # Where it never comes, the lines say so.
        with suppress(TimeoutError):
            wait_until(lambda: person.sees("Saved "), timeout=SETTLED_WITHIN_MS)
        window.close()
        wait_until(window.isHidden, timeout=60_000)
    program.shut()
    say(CLOSED)


def forgetful() -> Any:
    """The planted failure: what could not be written is let go, as if there were nothing left to save."""
    from screener.ui.autosave import Autosave

    failed = Autosave._failed

    def forget(self: Any, problem: Any) -> None:
        self._pending.clear()
        failed(self, problem)

    return patch.object(Autosave, "_failed", forget)


if __name__ == "__main__":
    sys.excepthook = end
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]
    with forgetful() if FORGETTING in sys.argv else nullcontext():
        run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

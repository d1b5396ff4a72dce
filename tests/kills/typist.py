"""The real program with somebody who types into it for ever, until it is killed. Run: HOME SEED [--without-journal].

The typist, the program's window and its store write to the descriptor in SCREENER_SAVED_FD, whole lines each: see
`lines`.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import patch

from pytestqt.qt_compat import qt_api

from screener.records.browse import Saved
from screener.store import journal
from screener.store.shelf import VaultShelf
from tests.kills.lines import BEGUN, FD, SENT

# A typist that nobody kills ends by itself.
LONGEST_S = 120
WITHOUT_JOURNAL = "--without-journal"


def reference_of(seed: int) -> str:
    """The reference of the screening that the typist of this seed begins."""
    return f"K-{seed}"


def run(home: Path, seed: int) -> None:
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]
    from screener.ui.app import build
    from tests.kills.hands import Hands
    from tests.kills.oracle import shipped_pack

    app = qt_api.QtWidgets.QApplication([])
    program = build(app, home=home)
    program.window.show()
    hands = Hands(program.window, shipped_pack(home), seed, say)
    hands.begin(reference_of(seed))
    say(f"{BEGUN} {reference_of(seed)}")
    hands.type_while(lambda: True)


def say(line: str) -> None:
    """One line, through the pipe before anything else happens."""
    os.write(int(os.environ[FD]), f"{line}\n".encode())


def telling(append: Callable[..., Saved]) -> Callable[..., Saved]:
    """`append` of the store, which says first that it begins: a kill can be aimed at what it does then."""

    def told(*given: Any) -> Saved:
        say(SENT)
        return append(*given)

    return told


def end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An exception ends the typist, also one in a slot, which Qt would go on after."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(3)


if __name__ == "__main__":
    sys.excepthook = end
    signal.alarm(LONGEST_S)
    # The planted failure stands here and not in the product: the program says "Saved", and nothing was written.
    no_write = patch.object(journal, "append", lambda _, last, *__: last)
    told = patch.object(VaultShelf, "append", telling(VaultShelf.append))
    with told, no_write if WITHOUT_JOURNAL in sys.argv else nullcontext():
        run(Path(sys.argv[1]), int(sys.argv[2]))

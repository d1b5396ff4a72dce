"""The debrief: the page to write on, the rows with every kind of part, and what keys and buttons answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from screener.language import WINDOW
from screener.training.debrief import Debrief, debrief
from screener.training.kept import Predicted, Wrote
from screener.ui.style.theme import scaled
from screener.ui.training.debrief_page import DebriefPage
from screener.ui.training.debrief_row import DebriefRow
from tests.training.thursdays import Rehearsing, an_hour, thursday
from tests.ui.desks import shipped
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

SCREEN = "debrief"


def whole(wrote: str | None = "I was unsure about the bladder.") -> Debrief:
    """Of an hour with a patient card."""
    return debrief(thursday(), an_hour(shipped(), wrote=wrote), shipped(), WINDOW)


def bare() -> Debrief:
    """One thing was recorded, nobody asked the card, and the list was never shown after the guesses."""
    made = Rehearsing(thursday(), shipped())
    made.record("home.observer", "yes")
    made.note(Predicted, words="bladder")
    made.note(Wrote, words="")
    kept = made.kept(cut_min=40)
    other = {**kept.opening, "pack": {**kept.opening["pack"], "hash": "other"}}
    return debrief(thursday(), kept.model_copy(update={"opening": other}), shipped(), WINDOW)


def walk_debrief(reader: Reader) -> None:
    """Read it before and after the trainee has written, and where nearly nothing happened."""
    page = DebriefPage(whole(None))
    _read(reader, page, "before the key")
    for found, state in ((whole(), "an hour"), (bare(), "nearly nothing")):
        page.show_debrief(found)
        page.body.finish()
        _read(reader, page, state)
        for row in page.findChildren(DebriefRow):
            row.chosen.emit(row.row)
            _press(row, Qt.Key.Key_Return)
            _read(reader, page, f"{state}, a row")
        for action_id in ("next_row", "previous_row"):
            for _ in range(len(found.rows) + 1):
                next(a for a in page.actions() if a.objectName() == f"action.{action_id}").trigger()
    page.deleteLater()
    forget()


def _press(row: DebriefRow, key: Qt.Key) -> None:
    QApplication.sendEvent(row, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def _read(reader: Reader, page: DebriefPage, state: str) -> None:
    page.resize(scaled(1440), scaled(900))
    reader.read(SCREEN, state, page)

"""A story before a class: every kind of step, the list covered and shown again, what if, the presenter's own window."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication

from screener.places import forms_folder
from screener.training.library import read_entry
from screener.training.script import Kind
from screener.ui.presenting import Presenting
from screener.ui.shell.window import MainWindow
from screener.ui.style.theme import Theme
from tests.ui.desks import CLOCK, shipped
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import as_wide_as_a_window, forget

SCREEN = "a story, played"
STORIES = ("the-lift-home", "three-readings-one-cuff", "asked-twice")
GUESS = "the way home"


def walk_playing(reader: Reader) -> None:
    """Several stories to their ends, so that every kind of step is met; then what a presenter does beside them."""
    with TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        for story in STORIES:
            _Played(reader, story, settings).walk()


class _Played:
    """One story, as a walk goes through it."""

    def __init__(self, reader: Reader, story: str, settings: QSettings) -> None:
        self._reader, self._jobs = reader, ByHand()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        entry = read_entry(shipped(), forms_folder() / "scenarios" / f"{story}.yaml", own=False, judged=True)
        self._window = MainWindow(settings, name="training")
        theme = Theme.of(application)
        self._made = Presenting(self._window, entry, shipped(), self._jobs, settings, theme, CLOCK)
        as_wide_as_a_window(self._made.workspace)
        self._resize(1440, 900)
        self._made.open()

    def walk(self) -> None:
        made, seen = self._made, set[tuple[Kind, bool, bool]]()
        made.turn_predicting()
        made.uncover()
        made.turn_presenter_view()
        while made.play.on():
            beat = made.play.beat
            looks = (beat.step.kind, beat.told, bool(beat.step.note))
            if looks not in seen:
                seen.add(looks)
                self._read(f"{beat.step.kind}, told: {beat.told}")
                self._read_notes(f"{beat.step.kind}, told: {beat.told}")
        self._beside()
        made.shut()
        self._window.deleteLater()
        forget()

    def _beside(self) -> None:
        made = self._made
        made.back()
        made.turn_what_if()
        self._read("what if")
        self._read_notes("what if")
        made.turn_what_if()
        made.choose_theme()
        self._read("themes")
        made.workspace.interview.show_panel(None)
        made.turn_predicting()
        made.turn_predicting()
        self._read("covered")
        panel = made.workspace.interview._side.currentWidget()
        panel.guessed.emit(GUESS)  # type: ignore[union-attr]
        self._read("guessed")
        made.uncover()
        self._read("shown again")
        made.end()
        self._read("end asked")
        made.end()
        self._resize(900, 420)
        self._read("low")
        self._resize(1440, 900)
        made.turn_large_text()
        self._read("large")
        made.turn_large_text()

    def _resize(self, width: int, height: int) -> None:
        page, size = self._made.page, self._made.page.size()
        page.resize(width, height)
        QApplication.sendEvent(page, QResizeEvent(page.size(), size))
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _read(self, state: str) -> None:
        self._reader.read(SCREEN, state, self._made.page)

    def _read_notes(self, state: str) -> None:
        view = self._made._view
        assert view is not None
        self._reader.read("the presenter's window", state, view)

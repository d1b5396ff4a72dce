"""A story before a class: the window it is played in, a hand at its keys, and what a screen reader is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.places import forms_folder
from screener.training.kept import Rehearsal
from screener.training.library import read_entry
from screener.training.script import Cut
from screener.ui.jobs import Jobs
from screener.ui.presenting import Presenting
from screener.ui.shell.window import MainWindow
from screener.ui.style.theme import Theme
from tests.ui.desks import CLOCK, shipped

STORY = "three-readings-one-cuff"


class Stage:
    """One play on the screen. `close` ends it and its threads."""

    def __init__(self, qtbot: QtBot, place: Path, story: str = STORY, cut: Cut | None = None) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme = Theme.of(application)
        self.theme.apply("light", 1.0)
        self.settings = QSettings(str(place / "settings.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self.settings, name="training")
        self.window.resize(1280, 800)
        qtbot.addWidget(self.window)
        self._jobs = Jobs("training", None)
        entry = read_entry(shipped(), forms_folder() / "scenarios" / f"{story}.yaml", own=False, judged=True)
        self.presenting = Presenting(self.window, entry, shipped(), self._jobs, self.settings, self.theme, CLOCK, cut)
        self.play, self.workspace = self.presenting.play, self.presenting.workspace
        self.session = self.workspace.controller.session
        self.ended: list[Rehearsal | None] = []
        self.presenting.ended.connect(self.ended.append)
        self.presenting.open()
        self.window.show()
        qtbot.waitExposed(self.window)
        qtbot.waitUntil(self.presenting.page.strip.hasFocus)

    def press(self, *keys: str) -> None:
        """Keys, one after another, where the keyboard is."""
        for key in keys:
            pressed = QKeySequence(key)[0]  # type: ignore[index]  # the stubs do not know that it is one
            QTest.keyClick(QApplication.focusWidget() or self.window, pressed.key(), pressed.keyboardModifiers())
            QTest.qWait(0)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def on_to(self, *, recorded: bool) -> None:
        """On by Space until words have come, or until what they amount to is recorded."""
        for _ in self.play.beats:
            self.press("Space")
            if self.play.beat.step.fact and bool(self.play.beat.records) is recorded:
                return
        raise AssertionError("the story has no such step")

    def state(self) -> dict[str, Any]:
        """All that a screening holds."""
        held = self.session
        return {
            "recorded": dict(held.recorded),
            "visit": dict(held.visit),
            "jots": dict(held.jots),
            "responses": dict(held.responses),
            "summary": held.summary,
            "rooms": list(held.rooms),
            "outcomes": dict(held.outcomes),
            "informant": self.workspace.controller.informant,
            "theme": self.workspace.interview.theme_id,
        }

    def close(self) -> None:
        self.presenting.shut()
        self.workspace.shut()
        self.window.close()
        self._jobs.close()
        self.window.deleteLater()
        self.theme.apply("light", 1.0)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Ears:
    """In place of Qt's way to a screen reader: what is said goes to `hear`."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    def __init__(self, hear: Callable[[str], object]) -> None:
        self._hear = hear

    def updateAccessibility(self, event: Any) -> None:  # noqa: N802 - Qt's name
        self._hear(event.message())


def heard(widget: QWidget) -> str:
    """Every name, description and value that a screen reader comes to in a window."""
    return "\n".join(_texts(QAccessible.queryAccessibleInterface(widget)))


def _texts(interface: Any) -> Iterator[str]:
    if interface is None or interface.state().invisible:
        return
    kinds = QAccessible.Text
    for kind in (kinds.Name, kinds.Description, kinds.Value):
        yield str(interface.text(kind))
    for index in range(interface.childCount()):
        yield from _texts(interface.child(index))

"""The training window for tests: alone, or beside a clinic whose records are open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from screener.training.checking import read_scenario
from screener.training.files import FOLDER, kept_in
from screener.training.kept import Rehearsal
from screener.training.library import files_in
from screener.ui.practice import Practice
from screener.ui.school import School
from screener.ui.school_alone import TrainingOnly
from screener.ui.training.gallery import GalleryPage
from tests.ui.desks import CLOCK, SCENARIOS

PATIENCE_MS = 20_000
Page = TypeVar("Page", bound=QWidget)
Key, Mod = Qt.Key, Qt.KeyboardModifier


class Classroom:
    """A training window with nothing else in the program."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot, self.home = qtbot, home
        self._alone = TrainingOnly(application, home, clock=CLOCK)
        self.school: School = self._alone.school
        self.window = self.school.window
        self.window.resize(1440, 900)
        self.school.show()

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def page(self, kind: type[Page]) -> Page:
        """The page, once it is of this kind."""
        self.waits(lambda: isinstance(self.window.page, kind))
        shown = self.window.page
        assert isinstance(shown, kind)
        return shown

    def gallery(self) -> GalleryPage:
        """The gallery, once everybody is there."""
        page = self.page(GalleryPage)
        self.waits(lambda: not self.school.jobs.busy)
        return page

    def reads(self, page: QWidget, *said: str) -> None:
        """All of this stands on a page, in a moment."""

        def there() -> bool:
            shown = texts(page)
            return all(one in shown for one in said)

        self.qtbot.waitUntil(there, timeout=PATIENCE_MS)

    def button(self, name: str) -> QAbstractButton:
        """The button of this name that is in sight."""
        found = list[QAbstractButton]()

        def there() -> bool:
            found[:] = buttons(self.window.page, name)
            return bool(found)

        self.waits(there)
        return found[0]

    def press(self, name: str) -> None:
        """Click the button of this name."""
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def practises(self, title: str = "The vine weekend") -> Practice:
        """Open a rehearsal from the gallery, with the person on the strip confirmed."""
        self.gallery()
        self.press(f"Practise: {first_words(title)}")
        return self.confirmed()

    def confirmed(self) -> Practice:
        """The rehearsal that is open, once its person is confirmed."""
        self.waits(lambda: self.school.practice is not None)
        practice = self.school.practice
        assert practice is not None
        self.waits(practice.workspace.identity.confirm.hasFocus)
        QTest.mouseClick(practice.workspace.identity.confirm, Qt.MouseButton.LeftButton)
        return practice

    def kept(self) -> Rehearsal:
        """What stands in the file of the one rehearsal that is kept."""
        self.waits(lambda: not self.school.jobs.busy)
        [one] = kept_in(self.home / FOLDER)
        assert one.rehearsal is not None
        return one.rehearsal

    def close(self) -> None:
        self._alone.shut()


@cache
def _opening_lines() -> dict[str, str]:
    found = (read_scenario(file)[0] for file in files_in(SCENARIOS))
    return {scenario.title: scenario.opening_line for scenario in found if scenario is not None}


def first_words(title: str) -> str:
    """As the gallery names the patient of a shipped scenario."""
    return f"“{_opening_lines()[title]}”"


def buttons(page: QWidget, name: str) -> list[QAbstractButton]:
    """The buttons of this name that are in sight on a page."""
    return [one for one in page.findChildren(QAbstractButton) if one.accessibleName() == name and one.isVisible()]


def texts(page: QWidget) -> str:
    """Everything that stands on a page in labels."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def classroom(qtbot: QtBot, home: Path) -> Iterator[Classroom]:
    """One classroom, closed afterwards."""
    made = Classroom(qtbot, home)
    yield made
    made.close()

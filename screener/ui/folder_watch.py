"""Watches the folder that content is read from, and says when something in it may have been saved."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

PAUSE_MS = 300
"""Editors write a file in several strokes, or put a new one in its place: what follows within this belongs together."""


class FolderWatch(QObject):
    """Says once, after a pause, that something happened in what is watched; whether it matters is for others to see."""

    stirred = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher: QFileSystemWatcher | None = None
        self._folder, self._above, self._number = Path(), "", 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.stirred)

    def watch(self, folder: Path, inside: Iterable[str]) -> None:
        """Watch a folder, with these folders and files inside it, and nothing else.

        To be told anew after each stir: a file that an editor put in another's place is watched no more.
        """
        above = next((place for place in folder.parents if place.is_dir()), None)
        self._folder, self._above, self._number = folder, str(above), _number(folder)
        self._only({*inside, *(() if above is None else (self._above,))})

    def _only(self, wanted: set[str]) -> None:
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(self._stir)
            self._watcher.directoryChanged.connect(self._stir)
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := sorted(watched - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - watched):
            self._watcher.addPaths(new)

    def end(self) -> None:
        """Watch nothing any more."""
        self._pause.stop()
        if self._watcher is not None:
            self._only(set())

    def _stir(self, path: str) -> None:
        # Above the folder all kinds of things happen. What matters there is that it goes, comes back, or is another.
        if path != self._above or _number(self._folder) != self._number:
            self._pause.start()


def _number(folder: Path) -> int:
    """The system's number of a folder; 0 where there is none."""
    try:
        return folder.stat().st_ino
    except OSError:
        return 0

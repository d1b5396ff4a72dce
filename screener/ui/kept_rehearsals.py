"""The folder of kept rehearsals: listed, taken off the list and brought back, on the thread of the jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from screener.text import WorldError
from screener.training import files
from screener.training.files import Kept
from screener.training.kept import Rehearsal
from screener.ui.jobs import Jobs


class KeptRehearsals(QObject):
    """One folder. What was removed last can be brought back until the window closes."""

    def __init__(self, home: Path, jobs: Jobs, say: Callable[[WorldError], None], parent: QObject) -> None:
        super().__init__(parent)
        self.folder, self._jobs, self._say = home / files.FOLDER, jobs, say
        self._removed: Path | None = None

    @property
    def can_undo(self) -> bool:
        return self._removed is not None

    def read(self, then: Callable[[Sequence[Kept]], None]) -> None:
        """Everything that is kept, told once it is read."""
        self._jobs.submit(partial(files.kept_in, self.folder), then, self._say)

    def keep(self, rehearsal: Rehearsal) -> Path:
        """Write one that is over, into a file of its own."""
        file = files.file_for(self.folder, rehearsal)
        self._jobs.submit(partial(files.write, file, rehearsal), lambda _: None, self._say)
        return file

    def remove(self, kept: Kept, then: Callable[[], object]) -> None:
        """Take one off the list."""

        def done(_: object) -> None:
            self._removed = kept.file
            then()

        self._jobs.submit(partial(files.set_aside, kept.file), done, self._say)

    def undo(self, then: Callable[[], object]) -> None:
        """Bring the last one back."""
        file, self._removed = self._removed, None
        if file is not None:
            self._jobs.submit(partial(files.bring_back, file), partial(_then, then), self._say)

    def forget(self) -> None:
        """What was taken off the list is deleted for good."""
        self._removed = None
        self._jobs.submit(partial(files.sweep, self.folder), lambda _: None, self._say)


def _then(do: Callable[[], object], _: object) -> None:
    do()

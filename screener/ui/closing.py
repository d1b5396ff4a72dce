"""What comes before the window closes: what was typed is on disk, and the daily backup has been made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from screener.language import tr
from screener.text import WorldError, problem_words
from screener.ui.jobs import Jobs
from screener.ui.progress import LeftUndone, Progress
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.ui.adjusting import PutAside
    from screener.ui.autosave import SaveStatus
    from screener.ui.clinic import Clinic
    from screener.ui.shell.closing_page import ClosingPage


class _Stage(Enum):
    OPEN = auto()
    WAITING = auto()
    HINDERED = auto()
    """Something stands in the way, and that was said: closing again leaves without it."""
    FREE = auto()


class Closing(QObject):
    """Asked each time somebody closes the window. While it waits for something, closing again leaves without that."""

    def __init__(self, window: MainWindow, jobs: Jobs, clinic: Callable[[], Clinic | None], aside: PutAside) -> None:
        """`aside`: what waits while no records are open."""
        super().__init__(window)
        self._window, self._jobs, self._clinic, self._aside = window, jobs, clinic, aside
        self._stage = _Stage.OPEN
        self._warned_of: Mapping[str, object] = {}
        """What was said to be half written: closing again leaves without that, until somebody goes on."""
        self._progress: Progress | None = None
        self._page: ClosingPage | None = None
        window.turned.connect(self._go_on)

    def may_close(self) -> bool:
        """Whether the window may close now; where not, it says why and closes by itself."""
        if self._stage is not _Stage.OPEN:
            self.leave()
            return True
        clinic = self._clinic()
        if clinic is not None and clinic.adjusting.asks_first(self._window.close):
            return False
        if self._warns(deepcopy(self._aside.half_written) if clinic is None else clinic.half_written):
            return False
        if clinic is None or (clinic.workspace is None and not clinic.backing_up.daily):
            return True
        self._stage = _Stage.WAITING
        if clinic.workspace is None:
            self._saved()
        else:
            said = tr("Saving before the window closes… Close again to leave without what is not saved.")
            clinic.workspace.above.say(said)
            clinic.workspace.when_paused(self._saved, self._not_saved)
        return False

    def _warns(self, written: Mapping[str, object]) -> bool:
        """Say what is half written and nowhere on the disk, once as long as it stands so; whether that was said."""
        if not written or written == self._warned_of:
            return False
        self._warned_of = written
        said = tr("Half written, and gone when the program ends: {titles}. Close again to leave without it.")
        self._window.say_below(said.format(titles=", ".join(written)))
        return True

    def leave(self) -> None:
        """Wait for nothing any more."""
        if self._progress is not None:
            self._progress.leave()

    def _not_saved(self, problem: WorldError) -> None:
        self._stage = _Stage.HINDERED
        clinic = self._clinic()
        if clinic is not None and clinic.workspace is not None:
            clinic.workspace.above.say(
                tr("{problem} Close again to leave without what is not saved.").format(problem=problem_words(problem))
            )
            clinic.workspace.autosave.status_changed.connect(self._hear_status)

    def _hear_status(self, status: SaveStatus) -> None:
        """What could not be saved is on disk after all: the next closing waits for everything again."""
        from screener.ui.autosave import SaveState

        if status.state is SaveState.SAVED:
            self._go_on()

    def _go_on(self) -> None:
        """Somebody went on with the program instead of closing it."""
        self._warned_of = {}
        if self._stage is _Stage.HINDERED:
            self._stage = _Stage.OPEN

    # The daily backup

    def _saved(self) -> None:
        clinic = self._clinic()
        if clinic is None or not clinic.backing_up.daily:
            self._close()
        else:
            self._jobs.submit(clinic.backing_up.due, partial(self._asked, clinic), self._failed)

    def _asked(self, clinic: Clinic, due: bool) -> None:
        from screener.ui.shell.closing_page import ClosingPage

        if not due:
            self._close()
            return
        page = ClosingPage()
        page.leave.connect(self._window.close)
        page.stay.connect(self._stay)
        self._page, self._progress = page, Progress(self)
        self._progress.moved.connect(page.show_progress)
        self._window.close_over()
        self._window.show_over(page)
        self._jobs.submit(partial(clinic.backing_up.make_daily, self._progress), self._made, self._failed)

    def _made(self, _: object) -> None:
        if self._stage is _Stage.WAITING:
            self._close()

    def _failed(self, problem: WorldError) -> None:
        """It is said, and does not stand in the way of closing."""
        if self._stage is not _Stage.WAITING or isinstance(problem, LeftUndone):
            return
        self._stage = _Stage.HINDERED
        if self._page is not None and self._window.page is self._page:
            self._page.show_problem(problem)
        else:
            self._window.news.tell(
                tr("The daily backup was not made. {problem}").format(problem=problem_words(problem)), attention=True
            )

    def _stay(self) -> None:
        self.leave()
        self._stage = _Stage.OPEN
        if self._window.page is self._page:
            self._window.close_over()
        self._page = None

    def _close(self) -> None:
        self._stage = _Stage.FREE
        QTimer.singleShot(0, self._window, self._window.close)

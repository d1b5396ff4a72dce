"""A file dropped on the window: a patient's answers come to the open screening, of others it is said what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent

from screener.language import tr
from screener.text import WorldError
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.ui.recognising import Brought
    from screener.ui.screening.workspace import Workspace

NOT_NOW = tr("Answers from a file are offered in a screening that is not signed, once the person is confirmed.")
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Dropping(QObject):
    """Over open records alone. Behind the cover and in the patient's hands nothing is taken."""

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        workspace: Callable[[], Workspace | None],
        handed_over: Callable[[], bool],
        pack: Callable[[], Pack],
        parent: QObject,
    ) -> None:
        """`pack`: the content of today, which a form is held against."""
        super().__init__(parent)
        self._window, self._jobs, self._workspace, self._handed_over = window, jobs, workspace, handed_over
        self._pack = pack
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def end(self) -> None:
        """The records are closed: nothing is taken any more."""
        self._window.removeEventFilter(self)
        self._window.setAcceptDrops(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent):
            return False
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths or not self._open_to_it:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._take(paths)
        return True

    @property
    def _open_to_it(self) -> bool:
        workspace = self._workspace()
        return not self._handed_over() and (workspace is None or not workspace.is_covered)

    def _take(self, paths: list[Path]) -> None:
        from screener.ui.recognising import recognised

        if len(paths) > 1:
            self._window.say_below(one_at_a_time(len(paths)))
            return
        (path,) = paths
        done = self._window.while_shown(self._window.base, self._recognised)
        self._jobs.submit(partial(recognised, path, self._pack()), done, self._not_recognised)

    def _not_recognised(self, problem: WorldError) -> None:
        self._window.show_problem(problem)

    def _recognised(self, brought: Brought) -> None:
        from screener.ui.recognising import What

        workspace = self._workspace()
        if brought.what is What.ANSWERS and workspace is not None and workspace.takes_files:
            workspace.files.take(brought.path)
        elif brought.what is What.ANSWERS and workspace is not None and brought.problem is None:
            self._window.say_below(NOT_NOW)
        else:
            self._window.say_below(brought.said)


def one_at_a_time(count: int) -> str:
    """What is said where several files are dropped at once."""
    return tr("One file at a time: {count} were dropped.").format(count=count)

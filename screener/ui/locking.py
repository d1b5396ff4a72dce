"""Locks the records of an open screening: what was typed goes to disk first, behind the cover that hides it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.language import tr
from screener.text import WorldError, problem_words
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.ui.handing_over import HandingOver
    from screener.ui.screening.workspace import Workspace


class Locking(QObject):
    """Asked for as often as somebody likes. Where the disk takes nothing the screening stays open, covered."""

    ready = Signal()
    """Everything is on disk: the records can be closed."""

    def __init__(self, window: MainWindow, workspace: Workspace, handing: HandingOver) -> None:
        super().__init__(workspace)
        self._window, self._workspace, self._handing = window, workspace, handing
        self._hindered = False
        """It was asked for, and something could not be brought to the disk."""
        workspace.autosave.status_changed.connect(self._hear)

    def lock(self) -> None:
        """Cover at once; `ready` follows once everything is on disk."""
        self._handing.end_for_lock()
        self._workspace.cover_for_lock()
        self._go_on()

    def _go_on(self) -> None:
        self._hindered = False
        self._workspace.when_paused(self.ready.emit, self._hinder)

    def _hinder(self, problem: WorldError) -> None:
        """Closing the records now would lose what is not on disk: they stay open, behind the cover."""
        self._hindered = True
        self._handing.end_without_lock()
        self._workspace.cover_for_lock()
        self._window.say_below(tr("Covered, but not locked. {problem}").format(problem=problem_words(problem)))

    def _hear(self, status: SaveStatus) -> None:
        """On disk after all: locked now, unless somebody has given the passphrase meanwhile."""
        if self._hindered and status.state is SaveState.SAVED and self._workspace.is_covered:
            self._go_on()

"""Erasing under a reference, and what comes after: a fresh backup in place of those that still hold it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from screener.ui.choices import BACKUPS, BackupChoices
from screener.ui.jobs import Jobs, as_long_as_open
from screener.ui.progress import Progress
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.store.archive import BackupLine
    from screener.store.erasing import KeptUnder
    from screener.store.vault import Vault
    from screener.ui.shell.erase_page import ErasedPage, ErasePage

    _Left = tuple[Path, list[BackupLine], list[Path]]
    """The folder of backups, those that hold what was erased, folders of records that were replaced."""

T = TypeVar("T")


class Erasing(QObject):
    """Leads through one erasing. What was erased is not named again."""

    closed = Signal()

    def __init__(self, window: MainWindow, vault: Vault, jobs: Jobs, forget: Callable[[str], object]) -> None:
        """`forget`: is told the reference of what was erased, so that nothing about it waits anywhere."""
        super().__init__(window)
        self._window, self._vault, self._jobs, self._forget = window, vault, jobs, forget
        self._kept: KeptUnder | None = None
        self._progress: Progress | None = None
        self._over = False

    def open(self) -> None:
        from screener.ui.shell.erase_page import ErasePage

        page = ErasePage()
        page.look.connect(partial(self._look, page))
        page.erase.connect(partial(self._erase, page))
        page.back.connect(self.closed)
        self._window.show_page(page)

    def end(self) -> None:
        """The records are locked: a backup that is being made is left."""
        self._over = True
        if self._progress is not None:
            self._progress.leave()

    def _is_over(self) -> bool:
        return self._over

    def _for(self, page: ErasePage | ErasedPage, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Have something done for a page, as long as that page stands and the records are open."""
        shown = self._window.while_shown
        self._jobs.submit(as_long_as_open(self._is_over, work), shown(page, done), shown(page, page.show_problem))

    def _look(self, page: ErasePage, reference: str) -> None:
        shelf = self._vault.shelf
        self._for(page, lambda: shelf.kept_under(reference), partial(self._looked, page, reference))

    def _looked(self, page: ErasePage, reference: str, kept: KeptUnder) -> None:
        self._kept = kept
        page.show_kept(reference, kept.unfinished, kept.signed)

    def _erase(self, page: ErasePage, reference: str) -> None:
        vault, filling, forget = self._vault, page.filling, self._forget
        show = self._window.while_shown(page, self._erased)

        def work() -> _Left:
            vault.shelf.erase(reference)
            folder = self._folder()
            return folder, vault.backups.kept(folder), sorted(vault.people.folder.glob("replaced-*"))

        def erased(left: _Left) -> None:
            filling.done = True  # also if the records were locked meanwhile
            forget(reference)
            show(left)

        failed = self._window.while_shown(page, page.show_problem)
        self._jobs.submit(as_long_as_open(self._is_over, work), erased, failed)

    def _folder(self) -> Path:
        """Where backups of this vault lie. For the store thread."""
        return BackupChoices.of(self._vault.shelf.recall(BACKUPS), self._vault.people.folder).folder

    def _erased(self, left: _Left) -> None:
        from screener.ui.shell.erase_page import ErasedPage, counted

        if self._kept is None:  # nothing was looked at: nothing can have been erased
            return
        folder, backups, replaced = left
        said = counted(self._kept.unfinished, self._kept.signed)
        page = ErasedPage(said, folder, [line.manifest.made_at for line in backups], replaced)
        page.fresh.connect(partial(self._make_fresh, page))
        page.closed.connect(self.closed)
        self._window.show_page(page)

    def _make_fresh(self, page: ErasedPage) -> None:
        vault, progress = self._vault, Progress(self)
        self._progress = progress
        progress.moved.connect(page.show_progress)

        def work() -> tuple[Path, int]:
            line = vault.backups.make(self._folder(), progress=progress.hear)
            return line.path, len(vault.backups.clear_before(line))

        self._for(page, work, lambda made: page.show_fresh(*made))

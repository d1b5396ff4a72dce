"""Erasing under a reference, and what comes after: a fresh backup in place of those that still hold it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.text import WorldError
from screener.ui.jobs import Jobs, as_long_as_open
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.store.archive import BackupLine
    from screener.store.erasing import KeptUnder
    from screener.store.vault import Vault
    from screener.ui.shell.erase_page import ErasedPage, ErasePage

    _Left = tuple[Path, list[BackupLine], list[Path]]
    """The folder of backups, those that hold what was erased, folders of records that were replaced."""

BACKUPS = "backups"
"""Where the vault keeps what the clinic chose about backups, and the folder beside the records where it chose none."""


class Erasing(QObject):
    """Leads through one erasing. What was erased is not named again."""

    closed = Signal()
    _written = Signal(int, int)
    """Comes from the store's thread: how many bytes of how many of the backup are written."""

    def __init__(self, window: MainWindow, vault: Vault, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._vault, self._jobs = window, vault, jobs
        self._page: ErasePage | ErasedPage | None = None
        self._kept: KeptUnder | None = None
        self._over = False
        self._written.connect(self._show_so_far)

    def open(self) -> None:
        from screener.ui.shell.erase_page import ErasePage

        page = ErasePage()
        page.look.connect(self._look)
        page.erase.connect(self._erase)
        page.back.connect(self._close)
        self._page = page
        self._window.show_page(page)

    def end(self) -> None:
        """The records are locked: what is still on its way is shown no more."""
        self._over, self._page = True, None

    def _is_over(self) -> bool:
        return self._over

    def _close(self) -> None:
        self._page = None
        self.closed.emit()

    def _say(self, problem: WorldError) -> None:
        if self._page is not None:
            self._page.show_problem(problem)

    def _look(self, reference: str) -> None:
        shelf = self._vault.shelf
        self._jobs.submit(lambda: shelf.kept_under(reference), partial(self._looked, reference), self._say)

    def _looked(self, reference: str, kept: KeptUnder) -> None:
        from screener.ui.shell.erase_page import ErasePage

        self._kept = kept
        if isinstance(self._page, ErasePage):
            self._page.show_kept(reference, kept.unfinished, kept.signed)

    def _erase(self, reference: str) -> None:
        vault = self._vault

        def work() -> _Left:
            vault.shelf.erase(reference)
            folder = backups_of(vault)
            return folder, vault.backups.kept(folder), sorted(vault.people.folder.glob("replaced-*"))

        self._jobs.submit(as_long_as_open(self._is_over, work), self._erased, self._say)

    def _erased(self, left: _Left) -> None:
        from screener.ui.shell.erase_page import ErasedPage, counted

        if self._page is None or self._kept is None:
            return
        folder, backups, replaced = left
        said = counted(self._kept.unfinished, self._kept.signed)
        page = ErasedPage(said, folder, [line.manifest.made_at for line in backups], replaced)
        page.fresh.connect(self._make_fresh)
        page.closed.connect(self._close)
        self._page = page
        self._window.show_page(page)

    def _make_fresh(self) -> None:
        vault = self._vault

        def work() -> tuple[Path, int]:
            line = vault.backups.make(backups_of(vault), progress=self._written.emit)
            return line.path, len(vault.backups.clear_before(line))

        self._jobs.submit(as_long_as_open(self._is_over, work), self._is_fresh, self._say)

    def _show_so_far(self, done: int, size: int) -> None:
        from screener.ui.shell.erase_page import ErasedPage

        if isinstance(self._page, ErasedPage) and size:
            self._page.show_so_far(f"Writing the backup: {done * 100 // size} %.")

    def _is_fresh(self, made: tuple[Path, int]) -> None:
        from screener.ui.shell.erase_page import ErasedPage

        if isinstance(self._page, ErasedPage):
            self._page.show_fresh(*made)


def backups_of(vault: Vault) -> Path:
    """The folder of this vault's backups: the one that the clinic chose, else one in the folder of the records."""
    chosen = (vault.shelf.recall(BACKUPS) or {}).get("folder")
    return Path(str(chosen)) if chosen else vault.people.folder / BACKUPS

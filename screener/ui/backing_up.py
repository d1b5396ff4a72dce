"""Backups over an open vault: made by hand, made when the window closes, listed, and how the clinic wants them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from screener.store.files import same_disk
from screener.store.roles import Right
from screener.ui.choices import BACKUPS, BackupChoices
from screener.ui.jobs import Jobs
from screener.ui.progress import Progress
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.store.archive import BackupLine
    from screener.store.vault import Vault
    from screener.ui.keeping import Keeping
    from screener.ui.shell.backups_page import BackupsPage, Listed
    from screener.ui.shell.half_written import Filling


class BackingUp(QObject):
    """Shows the page of backups, and makes them."""

    def __init__(self, window: MainWindow, vault: Vault, jobs: Jobs, home: Path, keeping: Keeping) -> None:
        super().__init__(window)
        self._window, self._vault, self._jobs, self._home, self._keeping = window, vault, jobs, home, keeping
        # Read while nobody else is at the vault: later the store thread may hold it for a while.
        self.choices = BackupChoices.of(vault.shelf.recall(BACKUPS), home)
        self._progress: Progress | None = None

    @property
    def folder(self) -> Path:
        """Where backups of this vault lie."""
        return self.choices.folder

    @property
    def daily(self) -> bool:
        """Whether one is made when the window closes, where it is due."""
        return self.choices.daily and self._vault.on_disk

    def due(self) -> bool:
        """Whether the daily one is due. For the store thread."""
        return self._vault.backups.due(self.choices.folder)

    def make_daily(self, progress: Progress) -> BackupLine:
        """The daily backup, and old ones cleared away. For the store thread."""
        backups, choices = self._vault.backups, self.choices
        made = backups.make(choices.folder, automatic=True, progress=progress.hear)
        backups.clear(choices.folder, choices.keep)
        return made

    def end(self) -> None:
        """The records are locked: a backup that was begun is left."""
        self._leave()

    def _leave(self) -> None:
        if self._progress is not None:
            self._progress.leave()

    # The page

    def open(self, back: Callable[[], None]) -> None:
        """The page of backups, and from there `back`."""
        from screener.ui.shell.backups_page import BackupsPage

        may_choose = Right.CHOOSE in self._vault.account.rights
        page = BackupsPage(
            self.choices,
            may_choose=may_choose,
            choosers=self._keeping.choosers,
            same_disk=self._same,
            usual=BackupChoices.of(None, self._home),
        )
        # First the backup that is being made, if one is: whoever goes on with screenings does not wait for it.
        page.back.connect(self._leave)
        page.back.connect(back)
        page.make.connect(partial(self._make, page))
        page.save.connect(partial(self._save, page))
        self._window.show_page(page)
        self._list(page)

    def _same(self, folder: Path) -> bool:
        """Whether this folder is on the disk that the records are on."""
        return same_disk(folder, self._home)

    def _list(self, page: BackupsPage) -> None:
        vault, folder = self._vault, self.choices.folder
        shown = self._window.while_shown
        self._jobs.submit(lambda: _listed(vault, folder), shown(page, page.show_lines), shown(page, page.show_problem))

    def _make(self, page: BackupsPage) -> None:
        backups, folder = self._vault.backups, self.choices.folder
        progress = self._progress = Progress(self)
        progress.moved.connect(page.show_progress)
        shown = self._window.while_shown
        self._jobs.submit(
            lambda: backups.make(folder, progress=progress.hear),
            shown(page, partial(self._made, page)),
            shown(page, page.show_problem),
        )

    def _made(self, page: BackupsPage, line: BackupLine) -> None:
        page.show_made(line.path.name)
        self._list(page)

    def _save(self, page: BackupsPage, choices: BackupChoices) -> None:
        shelf = self._vault.shelf
        self._jobs.submit(
            lambda: shelf.remember(BACKUPS, choices.to_json()),
            partial(self._saved, page, page.filling, choices),
            self._window.while_shown(page, page.show_problem),
        )

    def _saved(self, page: BackupsPage, filling: Filling, choices: BackupChoices, _: object) -> None:
        self.choices = choices
        filling.done = True
        if self._window.shows(page):
            page.show_saved(choices)
            self._list(page)


def _listed(vault: Vault, folder: Path) -> list[Listed]:
    from screener.ui.shell.backups_page import Listed

    return [Listed(line, line.path.stat().st_size) for line in vault.backups.kept(folder)]

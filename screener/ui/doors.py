"""The ways in: first start with its two doors, setting up, the recovery key, unlocking, a backup restored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from screener.clock import Clock
from screener.text import WorldError
from screener.ui.choices import CHOICES, KEPT, NOT_KEPT, SHEET, ClinicChoices
from screener.ui.jobs import Jobs
from screener.ui.progress import Progress
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.store.archive import Told
    from screener.store.restore import Restored
    from screener.store.vault import Vault
    from screener.ui.shell.first_start import SetUp
    from screener.ui.shell.restore_page import RestorePage, Way
    from screener.ui.shell.unlock import UnlockPage

_LAST, _FOLDER = "door/account", "door/backups"
"""Who opened the records last on this computer, and where backups were made: an account's number and a folder."""


class Doors(QObject):
    """Shows the door that fits: the two of the first start, or the one that asks for the passphrase."""

    opened = Signal(object)
    """An open `Vault`."""
    try_out = Signal()

    def __init__(self, window: MainWindow, home: Path, jobs: Jobs, clock: Clock, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._home, self._jobs, self._clock, self._settings = window, home, jobs, clock, settings
        self._waiting: Vault | None = None
        """Open already, while its first page is read."""
        self._again: Callable[[], None] = lambda: None

    def show(self) -> None:
        from screener.store import vault as vaults

        if vaults.exists(self._home):
            self._show_unlock()
        else:
            self._show_first_start()

    def remember(self, vault: Vault, backups: Path) -> None:
        """Who opened the records, and where their backups lie: both are wanted when they cannot be opened."""
        self._settings.setValue(_LAST, vault.account.id)
        self._settings.setValue(_FOLDER, str(backups))

    def _show_first_start(self) -> None:
        from screener.ui.shell.first_start import FirstStartPage

        page = FirstStartPage()
        page.set_up.connect(self._show_set_up)
        page.try_out.connect(self.try_out)
        page.restore.connect(self._show_restore)
        self._window.show_page(page)

    # Setting up

    def _show_set_up(self) -> None:
        from screener.ui.shell.first_start import SetUpPage

        page = SetUpPage()
        page.back.connect(self.show)
        page.done.connect(self._set_up)
        self._window.show_page(page)

    def _set_up(self, wanted: SetUp) -> None:
        from screener.store.vault import Vault

        def create() -> tuple[Vault, str]:
            vault, key = Vault.create(
                self._home, name=wanted.name, role=wanted.role, passphrase=wanted.passphrase, clock=self._clock
            )
            vault.shelf.remember(CHOICES, ClinicChoices({}, "", wanted.country).to_json())
            vault.shelf.remember(SHEET, NOT_KEPT)
            return vault, key.text

        self._jobs.submit(create, self._is_set_up, self._window.show_problem)

    def _is_set_up(self, made: tuple[Vault, str]) -> None:
        from screener.ui.shell.first_start import RecoveryPage

        vault, key = made
        self._waiting = vault
        page = RecoveryPage(key)
        page.done.connect(partial(self._key_is_kept, vault))
        self._window.show_page(page)

    def _key_is_kept(self, vault: Vault) -> None:
        failed = self._window.show_problem
        self._jobs.submit(lambda: vault.shelf.remember(SHEET, KEPT), lambda _: self._go_in(vault), failed)

    # Unlocking

    def _show_unlock(self) -> None:
        from screener.store import vault as vaults
        from screener.ui.shell.unlock import UnlockPage

        page = UnlockPage(vaults.names(self._home), str(self._settings.value(_LAST, "")))
        page.unlock.connect(partial(self._unlock, page))
        page.recover.connect(partial(self._recover, page))
        page.as_they_stand.connect(self._open_again)
        page.restore.connect(self._show_restore)
        page.try_out.connect(self.try_out)
        self._window.show_page(page)

    def _unlock(self, page: UnlockPage, passphrase: str, account: str, *, accept_loss: bool = False) -> None:
        from screener.store.vault import Vault

        self._again = partial(self._unlock, page, passphrase, account, accept_loss=True)
        self._open(
            page,
            lambda: Vault.open(
                self._home, passphrase, account=account or None, clock=self._clock, accept_loss=accept_loss
            ),
        )

    def _recover(self, page: UnlockPage, key: str, passphrase: str, account: str, *, accept_loss: bool = False) -> None:
        from screener.store.vault import Vault

        self._again = partial(self._recover, page, key, passphrase, account, accept_loss=True)
        self._open(
            page,
            lambda: Vault.open_with_recovery(
                self._home, key, passphrase, account=account or None, clock=self._clock, accept_loss=accept_loss
            ),
        )

    def _open(self, page: UnlockPage, way: Callable[[], Vault]) -> None:
        failed = self._window.while_shown(page, partial(self._not_open, page))
        self._jobs.submit(way, partial(self._is_open, page), failed)

    def _open_again(self) -> None:
        self._again()

    def _is_open(self, page: UnlockPage, vault: Vault) -> None:
        self._again = lambda: None  # what was typed is not kept longer than it is needed
        if self._window.shows(page):
            self.opened.emit(vault)
        else:  # somebody went through another door meanwhile
            self._jobs.submit(vault.close, lambda _: None, self._window.show_problem)

    def _not_open(self, page: UnlockPage, problem: WorldError) -> None:
        from screener.store.failures import AlteredRows, DamagedHead, DamagedKeys, DamagedVault, MissingRows

        page.show_problem(problem)
        if isinstance(problem, MissingRows | AlteredRows | DamagedHead):
            page.offer(as_they_stand=True)
        else:
            self._again = lambda: None
            if isinstance(problem, DamagedVault | DamagedKeys):
                page.offer(as_they_stand=False)

    # A backup restored

    def _show_restore(self) -> None:
        from screener.store import archive
        from screener.store import vault as vaults
        from screener.ui.shell.restore_page import RestorePage

        self._again = lambda: None
        folder = Path(str(self._settings.value(_FOLDER, self._home / "backups")))
        page = RestorePage(folder, replaces=vaults.exists(self._home))
        page.back.connect(self.show)
        page.look.connect(partial(self._look, page))
        page.restore.connect(partial(self._restore, page))
        self._window.show_page(page)
        shown = self._window.while_shown
        self._jobs.submit(lambda: archive.listed(folder), shown(page, page.offer), shown(page, page.show_problem))

    def _look(self, page: RestorePage, path: Path) -> None:
        from screener.store import archive

        home, shown = self._home, self._window.while_shown
        self._jobs.submit(
            lambda: (archive.told(path), _vault_of(home)),
            shown(page, partial(_show_told, page)),
            shown(page, partial(page.show_untold, path)),
        )

    def _restore(self, page: RestorePage, told: Told, way: Way) -> None:
        from screener.store.restore import restore

        progress = Progress(page)
        progress.moved.connect(page.show_progress)
        opening = partial(_open_restored, self._home, way, self._clock)
        self._jobs.submit(
            lambda: restore(told.path, self._home, opening, self._clock, progress.hear),
            self._is_restored,
            self._window.while_shown(page, page.show_problem),
        )

    def _is_restored(self, restored: Restored) -> None:
        from screener.ui.shell.restore_page import RestoredPage

        page = RestoredPage(restored.manifest, restored.replaced)
        self._waiting = restored.vault
        page.done.connect(partial(self._go_in, restored.vault))
        self._window.show_page(page)

    def _go_in(self, vault: Vault) -> None:
        self._waiting = None
        self.opened.emit(vault)

    def end(self) -> None:
        """The window was closed before anybody went in: what is open behind the door is closed too."""
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None


def _show_told(page: RestorePage, found: tuple[Told, str | None]) -> None:
    told, here = found
    page.show_told(told, same=None if here is None else told.manifest.vault == here)


def _open_restored(home: Path, way: Way, clock: Clock, folder: Path) -> Vault:
    """Open what a backup held: on trial beside the records, and then in their place."""
    from screener.store.vault import Vault

    if way.recovery and folder != home:
        return Vault.open_with_recovery(folder, way.recovery, way.passphrase, account=way.account, clock=clock)
    # In its place the new passphrase opens it: the recovery key was used once, and that is what the log says.
    return Vault.open(folder, way.passphrase, account=way.account, clock=clock)


def _vault_of(home: Path) -> str | None:
    """Which vault is here now; None where there is none, or none that can be told."""
    from screener.store.keyring import Keyring

    try:
        return Keyring.read(home).vault
    except WorldError:
        return None

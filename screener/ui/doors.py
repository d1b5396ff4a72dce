"""The ways in: first start with its two doors, setting up, the recovery key, unlocking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.text import WorldError
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.store.vault import Vault
    from screener.ui.shell.first_start import SetUp


class Doors(QObject):
    """Shows the door that fits: the two of the first start, or the one that asks for the passphrase."""

    opened = Signal(object)
    """An open `Vault`."""
    try_out = Signal()

    def __init__(self, window: MainWindow, home: Path, jobs: Jobs, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._home, self._jobs, self._clock = window, home, jobs, clock

    def show(self) -> None:
        from screener.store import vault as vaults

        if vaults.exists(self._home):
            self._show_unlock()
        else:
            self._show_first_start()

    def _show_first_start(self) -> None:
        from screener.ui.shell.first_start import FirstStartPage

        page = FirstStartPage()
        page.set_up.connect(self._show_set_up)
        page.try_out.connect(self.try_out)
        self._window.show_page(page)

    def _show_unlock(self) -> None:
        from screener.ui.shell.unlock import UnlockPage

        page = UnlockPage()
        page.unlock.connect(self._unlock)
        page.recover.connect(self._recover)
        page.try_out.connect(self.try_out)
        self._window.show_page(page)

    def _show_set_up(self) -> None:
        from screener.ui.shell.first_start import SetUpPage

        page = SetUpPage()
        page.back.connect(self.show)
        page.done.connect(self._set_up)
        self._window.show_page(page)

    def _set_up(self, wanted: SetUp) -> None:
        from screener.store.vault import Vault
        from screener.ui.shell.settings import CHOICES, ClinicChoices

        def create() -> tuple[Vault, str]:
            vault, key = Vault.create(
                self._home, name=wanted.name, role=wanted.role, passphrase=wanted.passphrase, clock=self._clock
            )
            vault.shelf.remember(CHOICES, ClinicChoices({}, "", wanted.country).to_json())
            return vault, key.text

        self._jobs.submit(create, self._is_set_up, self._say)

    def _is_set_up(self, made: tuple[Vault, str]) -> None:
        from screener.ui.shell.first_start import RecoveryPage

        vault, key = made
        page = RecoveryPage(key)
        page.done.connect(lambda: self.opened.emit(vault))
        self._window.show_page(page)

    def _unlock(self, passphrase: str) -> None:
        from screener.store.vault import Vault

        self._jobs.submit(lambda: Vault.open(self._home, passphrase, clock=self._clock), self.opened.emit, self._say)

    def _recover(self, key: str, passphrase: str) -> None:
        from screener.store.vault import Vault

        self._jobs.submit(
            lambda: Vault.open_with_recovery(self._home, key, passphrase, clock=self._clock),
            self.opened.emit,
            self._say,
        )

    def _say(self, problem: WorldError) -> None:
        show = getattr(self._window.page, "show_problem", None)
        if callable(show):
            show(problem)

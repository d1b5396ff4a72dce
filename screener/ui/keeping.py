"""Accounts over an open vault: added, changed, removed; passphrases; the recovery key; another key for the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from screener.language import tr
from screener.store.keys import Cost
from screener.store.roles import Right
from screener.text import WorldError, problem_words
from screener.ui.choices import KEPT, NOT_KEPT, SHEET
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.store.accounts import AccountLine
    from screener.store.recovery import RecoveryKey
    from screener.store.vault import Vault
    from screener.ui.shell.account_forms import AccountPage, KeyPage, PassphrasePage, RemovePage, ResetPage, Wanted
    from screener.ui.shell.accounts_page import AccountsPage
    from screener.ui.shell.form_page import FormPage
    from screener.ui.shell.half_written import Filling


class Keeping(QObject):
    """Shows one page after the other, over the vault that is open; `back` of a page leads to where it was asked for."""

    def __init__(self, window: MainWindow, vault: Vault, jobs: Jobs, cost: Cost | None = None) -> None:
        super().__init__(window)
        self._window, self._vault, self._jobs, self._cost = window, vault, jobs, cost or Cost()
        self._leave: Callable[[], None] = lambda: None
        # Read while nobody else is at the vault: later the store thread may hold it for a while.
        self._sheet_is_kept = vault.shelf.recall(SHEET) != NOT_KEPT

    @property
    def choosers(self) -> Sequence[str]:
        """Who may change what the clinic chose."""
        if not self._vault.on_disk:
            return (self._vault.account.name,)
        return tuple(one.name for one in self._vault.people.keyring.people if Right.CHOOSE in one.rights)

    @property
    def sheet_is_missing(self) -> bool:
        """Nobody has said that the present recovery key was written down, and this account can make another one."""
        return not self._sheet_is_kept and Right.ACCOUNTS in self._vault.account.rights

    # Accounts

    def open_accounts(self, back: Callable[[], None]) -> None:
        """The list, and from there `back`."""
        self._leave = back
        self.show_accounts()

    def show_accounts(self, said: str = "", *, attention: bool = False) -> None:
        """The list of accounts, with what came of the last deed."""
        from screener.ui.shell.accounts_page import AccountsPage

        people = self._vault.people
        self._window.say_opening()
        page = AccountsPage(self._vault.account.id, said, attention=attention)
        page.back.connect(self._go_back)
        page.add.connect(self._show_add)
        page.change.connect(self._show_change)
        page.reset.connect(self._show_reset)
        page.remove.connect(self._show_remove)
        page.passphrase.connect(partial(self.open_passphrase, self.show_accounts))
        page.sheet.connect(self._show_sheet)
        page.rotate.connect(self._show_rotate)
        self._window.show_page(page)
        self._do(page, people.lines, page.show_lines)

    def _go_back(self) -> None:
        self._leave()

    def _show_add(self) -> None:
        from screener.ui.shell.account_forms import AccountPage

        page = AccountPage()
        page.back.connect(self.show_accounts)
        page.wanted.connect(partial(self._add, page))
        self._window.show_page(page)

    def _add(self, page: AccountPage, wanted: Wanted) -> None:
        people = self._vault.people
        self._do(
            page,
            lambda: people.add(
                wanted.name, wanted.role, wanted.passphrase, administers=wanted.administers, cost=self._cost
            ),
            lambda _: self.show_accounts(
                tr("{name} was added, and opens these records from now on.").format(name=wanted.name)
            ),
            page.filling,
        )

    def _show_change(self, line: AccountLine) -> None:
        from screener.ui.shell.account_forms import AccountPage

        page = AccountPage(line, mine=line.id == self._vault.account.id)
        page.back.connect(self.show_accounts)
        page.wanted.connect(partial(self._change, page, line))
        self._window.show_page(page)

    def _change(self, page: AccountPage, line: AccountLine, wanted: Wanted) -> None:
        people, name = self._vault.people, wanted.name
        self._do(
            page,
            lambda: people.change(line.id, name=name, role=wanted.role, administers=wanted.administers),
            lambda account: self.show_accounts(
                tr("Saved: {name}, {title}.").format(name=account.name, title=account.title)
            ),
            page.filling,
        )

    def _show_reset(self, line: AccountLine) -> None:
        from screener.ui.shell.account_forms import ResetPage

        page = ResetPage(line)
        page.back.connect(self.show_accounts)
        page.wanted.connect(partial(self._reset, page, line))
        self._window.show_page(page)

    def _reset(self, page: ResetPage, line: AccountLine, passphrase: str) -> None:
        people = self._vault.people
        said = tr("{name} has a new passphrase, and signs with a new key from now on.").format(name=line.name)
        self._do(
            page,
            lambda: people.reset_passphrase(line.id, passphrase, cost=self._cost),
            lambda _: self.show_accounts(said),
        )

    def _show_remove(self, line: AccountLine) -> None:
        from screener.ui.shell.account_forms import RemovePage

        page = RemovePage(line)
        page.back.connect(self.show_accounts)
        page.wanted.connect(partial(self._remove, page, line))
        self._window.show_page(page)

    def _remove(self, page: RemovePage, line: AccountLine, anew: bool) -> None:
        people, said = self._vault.people, tr("{name} was removed.").format(name=line.name)
        self._do(
            page,
            lambda: people.remove(line.id),
            lambda _: self._removed(page, said) if anew else self.show_accounts(said),
        )

    def _removed(self, page: RemovePage, said: str) -> None:
        page.working.say(tr("{said} Encrypting the records with a new key…").format(said=said))
        shown, failed = self._window.while_shown, partial(self._not_rotated, said)
        self._jobs.submit(self._rotated, shown(page, partial(self._show_key, said)), shown(page, failed))

    def _not_rotated(self, said: str, problem: WorldError) -> None:
        why = tr("{said} The records were not encrypted with a new key. {problem}").format(
            said=said, problem=problem_words(problem)
        )
        self.show_accounts(why, attention=True)

    # One's own passphrase

    def open_passphrase(self, back: Callable[[str], None]) -> None:
        """One's own passphrase, and from there `back`, with what there is to say."""
        from screener.ui.shell.account_forms import PassphrasePage

        page = PassphrasePage(self._vault.account.name)
        page.back.connect(partial(back, ""))
        page.wanted.connect(partial(self._change_passphrase, page, back))
        self._window.show_page(page)

    def _change_passphrase(self, page: PassphrasePage, back: Callable[[str], None], old: str, new: str) -> None:
        vault, said = self._vault, tr("Your passphrase is another one from now on.")
        self._do(page, lambda: vault.change_passphrase(old, new, cost=self._cost), lambda _: back(said))

    # The recovery key, and the key of the records

    def open_sheet(self, back: Callable[[], None]) -> None:
        """Another recovery key, and from the accounts `back`."""
        self._leave = back
        self._show_sheet()

    def _show_sheet(self) -> None:
        from screener.ui.shell.account_forms import KeyPage

        page = KeyPage(anew=False)
        page.back.connect(self.show_accounts)
        page.wanted.connect(
            partial(self._make_key, page, self._vault.people.new_sheet, tr("A new recovery key was made."))
        )
        self._window.show_page(page)

    def _show_rotate(self) -> None:
        from screener.ui.shell.account_forms import KeyPage

        page = KeyPage(anew=True)
        page.back.connect(self.show_accounts)
        page.wanted.connect(partial(self._make_key, page, self._vault.rotate, tr("The records have a new key.")))
        self._window.show_page(page)

    def _make_key(self, page: KeyPage, make: Callable[[], RecoveryKey], said: str) -> None:
        self._do(page, partial(self._noted, make), partial(self._show_key, said))

    def _rotated(self) -> RecoveryKey:
        return self._noted(self._vault.rotate)

    def _noted(self, make: Callable[[], RecoveryKey]) -> RecoveryKey:
        """Make a recovery key. Until somebody says that it was written down, the vault knows that it may not be."""
        shelf, before = self._vault.shelf, self._sheet_is_kept
        shelf.remember(SHEET, NOT_KEPT)
        self._sheet_is_kept = False
        try:
            return make()
        except WorldError:
            shelf.remember(SHEET, KEPT if before else NOT_KEPT)
            self._sheet_is_kept = before
            raise

    def _show_key(self, said: str, key: RecoveryKey) -> None:
        from screener.ui.shell.account_forms import OF_BACKUPS
        from screener.ui.shell.first_start import RecoveryPage

        said_of_sheet = tr("{said} The sheet printed before opens these records no more. {of_backups}").format(
            said=said, of_backups=OF_BACKUPS
        )
        page = RecoveryPage(key.text, said_of_sheet, tr("Done"))
        page.done.connect(partial(self._key_is_kept, page, said))
        self._window.show_page(page)

    def _key_is_kept(self, page: FormPage, said: str) -> None:
        shelf = self._vault.shelf

        def kept(_: object) -> None:
            self._sheet_is_kept = True
            self.show_accounts(tr("{said} The new recovery key was written down or printed.").format(said=said))

        self._do(page, lambda: shelf.remember(SHEET, KEPT), kept)

    def _do(
        self,
        page: AccountsPage | FormPage,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        filling: Filling | None = None,
    ) -> None:
        """Have the store thread do something for a page: what came of it, or why nothing did, is shown there.

        `filling`: the form that asked for it. What is written on it waits no more, also if the records were locked.
        """
        shown = self._window.while_shown
        show = shown(page, done)

        def finished(value: Any) -> None:
            if filling is not None:
                filling.done = True
            show(value)

        self._jobs.submit(work, finished, shown(page, page.show_problem))

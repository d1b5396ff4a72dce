"""What pages of accounts, backups and restoring are shown in tests: people, files, what a backup says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener.store.accounts import AccountLine
from screener.store.archive import BackupLine, Manifest, Told
from screener.store.head import Head, Tip
from screener.store.keyring import Account
from screener.store.roles import rights_of
from screener.ui.choices import BackupChoices, ClinicChoices
from screener.ui.shell.account_forms import AccountPage, KeyPage, PassphrasePage, RemovePage, ResetPage
from screener.ui.shell.accounts_page import AccountsPage
from screener.ui.shell.backups_page import BackupsPage, Listed
from screener.ui.shell.closing_page import ClosingPage
from screener.ui.shell.first_start import RecoveryPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.restore_page import RestoredPage, RestorePage
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.unlock import UnlockPage
from tests.ui.desks import opened

SINCE = "2026-11-02T09:00:00+00:00"
PEOPLE = (
    Account("a", "Clinician A", "clinician", bytes(32), administers=True),
    Account("b", "Facilitator B", "facilitator", bytes(32)),
    Account("c", "Trainer C", "trainer", bytes(32)),
    Account("d", "Administrator D", "administrator", bytes(32)),
)
LINES = tuple(AccountLine(one.id, one.name, one.role, one.administers, SINCE, None, one.fingerprint) for one in PEOPLE)
GONE = AccountLine("e", "Clinician E", "clinician", False, SINCE, "2026-11-20T17:00:00+00:00", "")
FOLDER = Path("/somewhere/else")
CHOICES = BackupChoices(FOLDER, 14)


def manifest(day: int = 23, *, automatic: bool = True) -> Manifest:
    at = f"2026-11-{day:02}T18:00:00+00:00"
    head = Head(Tip(1, ""), Tip(1, ""), at)
    return Manifest("vault", "0002", at, automatic, 1 if day == 1 else 34, day, head, {}, {}, bytes(32).hex())


BACKUPS = tuple(
    BackupLine(FOLDER / f"{day}.screener-backup", manifest(day, automatic=day > 3)) for day in range(28, 0, -1)
)
TOLD = Told(FOLDER / "23.screener-backup", manifest(), PEOPLE, 1_234_567)


def home_of(role: str, *, administers: bool = False) -> HomePage:
    """Home as it is for a role."""
    return HomePage(f"Somebody, {role}", rights_of(role, administers=administers))


def accounts(said: str = "") -> AccountsPage:
    page = AccountsPage("a", said)
    page.show_lines([*LINES, GONE])
    return page


def backups(*, may_choose: bool = True, same: bool = False, there: tuple[BackupLine, ...] = BACKUPS) -> BackupsPage:
    usual = BackupChoices.of(None, FOLDER)
    page = BackupsPage(CHOICES, may_choose=may_choose, choosers=("Clinician A",), same_disk=lambda _: same, usual=usual)
    sizes = (900, 1_234_567, 3_400_000_000)
    page.show_lines([Listed(line, sizes[place % 3]) for place, line in enumerate(there)])
    return page


def restoring(*, same: bool | None = True) -> RestorePage:
    page = RestorePage(FOLDER, replaces=same is not None)
    page.offer(BACKUPS)
    page.file.setText(str(TOLD.path))
    page.show_told(TOLD, same=same)
    return page


def offering(*, as_they_stand: bool) -> UnlockPage:
    page = UnlockPage(PEOPLE, "b")
    page.offer(as_they_stand=as_they_stand)
    return page


def read_only_settings() -> SettingsPage:
    rights = rights_of("clinician", administers=False)
    return SettingsPage(opened(), ClinicChoices({}, "", "us-label", 5), "system", 1.0, rights, ["Clinician A"])


PAGES: Mapping[str, Callable[[], QWidget]] = {
    "unlocking, several accounts": lambda: UnlockPage(PEOPLE, "b"),
    "unlocking, rows missing": lambda: offering(as_they_stand=True),
    "home of a trainer": lambda: home_of("trainer"),
    "home of an administrator": lambda: home_of("administrator"),
    "home of a trainer who administers": lambda: home_of("trainer", administers=True),
    "home of a clinician": lambda: home_of("clinician"),
    "settings, to be read": read_only_settings,
    "accounts": accounts,
    "adding an account": AccountPage,
    "changing an account": lambda: AccountPage(LINES[1]),
    "changing one's own account": lambda: AccountPage(LINES[0], mine=True),
    "resetting a passphrase": lambda: ResetPage(LINES[1]),
    "removing an account": lambda: RemovePage(LINES[1]),
    "one's own passphrase": lambda: PassphrasePage("Clinician A"),
    "a new sheet": lambda: KeyPage(anew=False),
    "a new key": lambda: KeyPage(anew=True),
    "recovery key, another one": lambda: RecoveryPage("ABCDE-FGHIJ-KLMNO", "The records have a new key.", "Done"),
    "backups": backups,
    "backups, to be read": lambda: backups(may_choose=False, same=True),
    "backups, none yet": lambda: backups(there=()),
    "restoring": lambda: RestorePage(FOLDER),
    "restoring, a file looked into": restoring,
    "restoring, of other records": lambda: restoring(same=False),
    "restored": lambda: RestoredPage(manifest(), FOLDER / "replaced-2026-11-23"),
    "closing": ClosingPage,
}
"""Each page as it opens."""

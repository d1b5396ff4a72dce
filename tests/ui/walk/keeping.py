"""Accounts, keys, backups and restoring, worked over a vault on disk, with what the window says of each deed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from screener.records.amendment import Addition
from screener.records.browse import DraftLine, Listing
from screener.store import making
from screener.store.archive import BackupLine
from screener.store.failures import MissingRows
from screener.store.vault import Vault
from screener.ui.actions import BY_ID
from screener.ui.adjusting import PutAside, Unfinished
from screener.ui.backing_up import BackingUp
from screener.ui.closing import Closing
from screener.ui.doors import Doors
from screener.ui.keeping import Keeping
from screener.ui.progress import LeftUndone
from screener.ui.screening_list import ScreeningList
from screener.ui.shell.account_forms import AccountPage, KeyPage, PassphrasePage, RemovePage, ResetPage, Wanted
from screener.ui.shell.accounts_page import AccountsPage
from screener.ui.shell.backups_page import BackupsPage
from screener.ui.shell.closing_page import ClosingPage
from screener.ui.shell.first_start import RecoveryPage
from screener.ui.shell.half_written import Filling
from screener.ui.shell.home import HomePage
from screener.ui.shell.new_screening import NewScreeningPage
from screener.ui.shell.restore_page import RestorePage, Way
from screener.ui.shell.unlock import UnlockPage
from screener.ui.shell.window import MainWindow
from tests.store.places import CHEAP
from tests.ui.desks import CLOCK, DISK_FULL, refuse, shipped
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

PASSPHRASE = "a lamp, a stair, a river"
Page = TypeVar("Page", bound=QWidget)


class Kept:
    """A vault on disk, the window over it, and a reader before it."""

    def __init__(self, reader: Reader, home: Path) -> None:
        self.reader, self.home, self.jobs = reader, home, ByHand()
        self.vault, self.sheet = Vault.create(home, name="Clinician A", passphrase=PASSPHRASE, clock=CLOCK, cost=CHEAP)
        settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(settings)
        self.keeping = Keeping(self.window, self.vault, self.jobs, CHEAP)
        self.backing_up = BackingUp(self.window, self.vault, self.jobs, home, self.keeping)
        self.doors = Doors(self.window, home, self.jobs, CLOCK, settings)

    def page(self, kind: type[Page]) -> Page:
        """The page that is shown, which is of this kind."""
        shown = self.window.page
        assert isinstance(shown, kind), shown
        return shown

    def read(self, state: str) -> None:
        self.reader.read("keeping the records", state, self.window)

    def done(self, state: str) -> None:
        """Read while it is being done, and when it has been."""
        self.read(f"{state}, under way")
        self.jobs.work_off()
        self.read(f"{state}, done")


def walk_keeping(reader: Reader) -> None:
    """Every deed around a vault, done once and refused once."""
    with _kept(reader) as kept:
        _accounts(kept)
        _keys(kept)
        _backups(kept)
        _closing(kept)
        _doors(kept)
    _lists(reader)


@contextmanager
def _kept(reader: Reader) -> Iterator[Kept]:
    entered: list[Vault] = []
    enter = Vault.__dict__["_enter"].__func__

    def remembered(cls: type[Vault], *given: Any, **more: Any) -> Vault:
        vault: Vault = enter(cls, *given, **more)
        entered.append(vault)
        return vault

    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vault, "_enter", classmethod(remembered))
        kept = Kept(reader, Path(folder))
        yield kept
        # Doors hand an open vault on, and here there is nobody who takes it.
        for vault in entered:
            vault.close()
        kept.window.deleteLater()
        forget()


def _accounts(kept: Kept) -> None:
    kept.keeping.open_accounts(lambda: None)
    kept.done("accounts")
    for taken in (False, True):
        kept.page(AccountsPage).add.emit()
        kept.page(AccountPage).wanted.emit(Wanted("Clinician B", "clinician", False, PASSPHRASE))
        kept.done(f"adding, name taken: {taken}")
        kept.page(AccountPage).back.emit() if taken else None
        kept.jobs.work_off()
    line = next(line for line in kept.vault.people.lines() if line.name == "Clinician B")
    kept.page(AccountsPage).change.emit(line)
    kept.page(AccountPage).wanted.emit(Wanted("Clinician B", "clinician", True))
    kept.done("changing")
    kept.page(AccountsPage).reset.emit(line)
    kept.page(ResetPage).wanted.emit(PASSPHRASE + "s")
    kept.done("resetting")
    kept.page(AccountsPage).passphrase.emit()
    kept.page(PassphrasePage).wanted.emit("a wrong one", PASSPHRASE)
    kept.done("a wrong passphrase")
    CLOCK.moment = CLOCK.moment.replace(minute=50)
    kept.page(PassphrasePage).wanted.emit(PASSPHRASE, PASSPHRASE)
    kept.done("another passphrase")
    CLOCK.moment = CLOCK.moment.replace(minute=22)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "rotate", refuse)
        kept.page(AccountsPage).remove.emit(line)
        kept.page(RemovePage)._deed.click()
        kept.done("removing, without room for another key")


def _keys(kept: Kept) -> None:
    for ask in ("sheet", "rotate"):
        getattr(kept.page(AccountsPage), ask).emit()
        kept.page(KeyPage)._deed.click()
        kept.done(ask)
        kept.page(RecoveryPage).done.emit()
        kept.done(f"{ask}, written down")


def _backups(kept: Kept) -> None:
    kept.backing_up.open(lambda: None)
    kept.done("backups")
    page = kept.page(BackupsPage)
    for done in (0, 60, 100):
        page._go()
        page.show_progress(done, 100)
        kept.read(f"a backup, {done} %")
        page.show_problem(DISK_FULL)
    page.make.emit()
    kept.done("a backup")
    page.folder.setText("somewhere")
    page._keep_choices()
    kept.read("a folder that is no whole path")
    page._go_back_to_usual()
    kept.read("backups, as the program comes")
    page.folder.setText(str(kept.home / "backups"))
    page._keep_choices()
    kept.done("backups, choices saved")


def _closing(kept: Kept) -> None:
    """The daily backup: made, and refused by the disk; the window is not closed for it here."""
    page = ClosingPage()
    for done in (10, 60):
        page.show_progress(done, 100)
        kept.reader.read("closing", f"{done} %", page)
    page.show_problem(DISK_FULL)
    kept.reader.read("closing", "not made", page)
    closing = Closing(kept.window, kept.jobs, lambda: None, PutAside())
    assert closing.may_close()
    left = {BY_ID["add_account"].text: ""}
    assert closing._warns(left) and not closing._warns(left)
    kept.read("something half written, and the window is closed")
    closing._stage = type(closing._stage)["WAITING"]
    closing._failed(LeftUndone())
    closing._failed(DISK_FULL)
    kept.read("the daily backup failed behind another page")
    kept.reader.note("closing", "left", [LeftUndone().said])
    page.deleteLater()


def _doors(kept: Kept) -> None:
    kept.vault.close()
    kept.doors.show()
    kept.doors._not_open(kept.page(UnlockPage), MissingRows(2, 3, "2026-11-23T10:00:00"))
    kept.read("rows are missing")
    unlock = kept.page(UnlockPage)
    unlock._try_anew()
    kept.page(UnlockPage).restore.emit()
    kept.read("restoring")
    page = kept.page(RestorePage)
    line: BackupLine = next(iter(kept.backing_up._vault.backups.kept(kept.home / "backups")))
    page._take(line.path)
    kept.done("a file looked into")
    page._go()
    kept.read("restoring without a passphrase")
    page._how.choose("recovery")
    page._go()
    kept.read("restoring without the sheet")
    assert page._told is not None
    for passphrase in ("a wrong one", PASSPHRASE):
        page.working.begin("Unpacking the backup…")
        page.restore.emit(page._told, Way(passphrase, None))
        page.show_progress(100, 100)
        kept.done(f"restoring with {passphrase}")
    kept.jobs.work_off()


def _lists(reader: Reader) -> None:
    """What home and a new screening say of a list that a thread brings."""
    opening = {"reference": "SYN-0042", "begun_at": "2026-11-23T09:00:00+00:00", "clinician": "Clinician A"}
    stopped = DraftLine("one", opening, {"state": "in progress", "pathway": "KAP"}, 12, "")
    home, jobs = HomePage("Clinician A, clinician"), ByHand()
    with Vault.in_memory(CLOCK) as vault, pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(vault.shelf), "listing", lambda *_, **__: Listing((stopped,), (), None, 1))
        listed = ScreeningList(home, vault.shelf, jobs, lambda: True)
        listed.open("Said of the last deed.")
        jobs.work_off()
        reader.read("home with screenings", "after the program stopped", home)
        patch.setattr(type(vault.shelf), "listing", refuse)
        listed.look_for("syn")
        jobs.work_off()
        reader.read("home with screenings", "the store failed", home)
    home.deleteLater()
    known = {f"SYN-00{one}{two}": "" for one in range(5) for two in range(5)}
    page = NewScreeningPage(shipped(), CLOCK.now().date(), "", "clinician", known)
    page._look_at_reference("SYN-0022")
    reader.read("new screening", "many that look alike", page)
    page.reference.setText("SYN-0022")
    waits = page.filled_in
    assert waits is not None
    page.take_up(waits)
    reader.read("new screening", "as it was filled in when the records were locked", page)
    account = AccountPage()
    account.take_up(Wanted("Trainer C", "trainer", False))
    reader.read("keeping the records", "an account as it was left", account)
    account.deleteLater()
    left: dict[str, tuple[Filling, object]] = {"account": (account.filling, Wanted("Trainer C", "trainer", False))}
    unfinished = Unfinished(
        waits, written={"r-1": Addition("Letter came")}, amending="r-1", forms=left, left_at=account.filling
    )
    reader.note("home with screenings", "what waits after a lock", [unfinished.reminder])
    page.deleteLater()
    forget()

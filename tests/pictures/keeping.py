"""Pictures of accounts, keys, backups, restoring, and a long list."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.pictures.camera import at_work


def take_keeping(application: QApplication, scheme: str) -> None:
    """Several accounts, what each is offered, another key, backups, restoring, a long list."""
    from tests.journeys.ways import PASSPHRASE, add_account, set_up, unlock, unlock_as

    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # so that the paths in the pictures are nobody's
        home = Path(folder, "Screener")
        with at_work(application, scheme, home) as (person, camera):
            set_up(person)
            person.press("Ctrl+L")
            person.waits_for("Passphrase forgotten")
            fill_the_list(home)
            unlock(person)
            person.waits_for("the latest 97 of 340")
            camera.take("home-many")
            person.press("Ctrl+F")
            person.type("SYN-0017")
            person.waits_for("Signed: 1")
            camera.take("home-search")
            person.press("Escape")
            person.activate("Accounts")
            person.waits_for("open now")
            for name, role in (
                ("Clinician B", "Clinician"),
                ("Trainer C", "Trainer"),
                ("Administrator D", "Administrator"),
            ):
                add_account(person, name, role, lambda: camera.take("account-adding"))
            person.tab_to("Clinician A")
            camera.take("accounts")
            person.activate("Remove Clinician B")
            person.waits_for("Encrypt the records with a new key")
            camera.take("account-removing")
            person.activate("Remove Clinician B now")
            person.waits_for("Your recovery key")
            camera.take("recovery-key-new")
            person.activate("I have written it down or printed it")
            person.press("Return")
            person.waits_for("Removed accounts: 1")
            person.activate("Removed accounts: 1")
            person.tab_to("New recovery sheet…")
            camera.take("accounts-removed")
            person.press("Escape")
            person.activate("Backups")
            person.waits_for("No backups yet")
            person.activate("Back up now")
            person.waits_for("It was tried", "by hand")
            camera.take("backups")
            person.press("Escape")
            person.waits_for("the latest 97 of 340")
            for place, name in enumerate(("Trainer C", "Administrator D"), start=1):
                person.press("Ctrl+L")
                unlock_as(person, place, f"{PASSPHRASE} too", lambda: camera.take("unlocking-several"))
                person.waits_for("Lock", name, "Home")
                camera.take(f"home-{name.partition(' ')[0].lower()}")
            person.press("Ctrl+L")
            person.waits_for("Passphrase forgotten")
            person.activate("Restore a backup…")
            person.waits_for("Backup file")
            person.tab_to("Backup")
            person.press("Space")
            person.waits_for("What this backup says of itself")
            person.type(PASSPHRASE)
            camera.take("restoring")
            person.press("Return")
            person.waits_for("What was here before")
            camera.take("restored")
            person.press("Return")
            person.waits_for("the latest 97 of 340")
            person.press("Ctrl+L")
            person.waits_for("Passphrase forgotten")
            lose_the_end(home)
            unlock_as(person, 0, PASSPHRASE)
            person.waits_for("Open as they stand")
            camera.take("records-missing")


def fill_the_list(home: Path) -> None:
    """Three unfinished screenings and many signed ones."""
    from screener.store.vault import Vault
    from tests.journeys.ways import PASSPHRASE
    from tests.pictures.made_up import write_list

    with Vault.open(home, PASSPHRASE) as vault:
        write_list(vault, PASSPHRASE)


def lose_the_end(home: Path) -> None:
    """As after a disk that forgot what it was told: the records are those of a moment ago, their seal is of now."""
    import shutil

    from screener.store.vault import Vault
    from tests.journeys.ways import PASSPHRASE

    shutil.copyfile(home / "vault.db", home / "before")
    with Vault.open(home, PASSPHRASE) as vault:
        vault.shelf.begin({"reference": "SYN-0999", "pathway": "kap", "clinician": "Clinician A"})
    shutil.move(home / "before", home / "vault.db")

"""A backup put in the place of the records that are there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from screener.clock import Clock, SystemClock
from screener.disk import free_name
from screener.language import WINDOW
from screener.store import archive, placing
from screener.store.archive import Manifest, Progress
from screener.store.failures import BrokenBackup
from screener.store.files import Hold, private_folder
from screener.store.places import LOCK, OF_A_VAULT
from screener.store.vault import Vault

_BESIDE = ".restoring-"


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored vault, open, and the folder with what was there before (None: nothing was)."""

    vault: Vault
    manifest: Manifest
    replaced: Path | None


def restore(
    path: Path,
    folder: Path,
    opening: Callable[[Path], Vault],
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Put a backup in the place of the records in this folder; those are moved into a folder beside it, not removed.

    `opening` opens the vault in the folder that it is given, with the passphrase or the recovery key of the time when
    the backup was made. Nothing is moved before everything in the backup has proved to be whole; interrupted at any
    moment, either the former or the restored records are there at the next opening. `progress` hears of the unpacking;
    what it raises leaves everything as it was.
    Raises `BrokenBackup`, `OpenElsewhere`, and what `opening` raises.
    """
    now = (clock or SystemClock()).now()
    private_folder(folder)
    hold = Hold(folder / LOCK)
    try:
        placing.place_restored(folder)
        for left in folder.glob(f"{_BESIDE}*"):
            # A crash came in an earlier one.
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=_BESIDE) as beside:
            place = Path(beside) / "vault"
            manifest = archive.unpacked(path, place, progress)
            with opening(place) as vault:
                if bad := vault.verify():
                    raise BrokenBackup(path, bad[0].in_words(WINDOW))
                vault.note_restored(manifest.made_at, manifest.head.audit.number)
            (place / LOCK).unlink(missing_ok=True)
            before = any((folder / name).exists() for name in OF_A_VAULT)
            replaced = free_name(folder, f"replaced-{now.strftime('%Y-%m-%d-%H%M%S')}")
            placing.wait(place, folder, replaced)
        placing.place_restored(folder)
    finally:
        hold.release()
    return Restored(opening(folder), manifest, replaced if before else None)

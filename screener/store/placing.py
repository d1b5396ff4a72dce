"""Restored records wait in a folder of their own until they have their place; a crash in between is made good."""

from __future__ import annotations

from pathlib import Path

from screener.disk import sync_folder
from screener.store import keyring
from screener.store.files import explained, write_whole
from screener.store.places import LOG, OF_A_VAULT, PLACING, RESTORED

_REPLACED = "replaced"
"""In a restored vault that waits for its place: the name of the folder for what was there before."""


def wait(place: Path, folder: Path, replaced: Path) -> None:
    """From here on the vault in `place` is the folder's; what is there now will be moved into `replaced`."""
    write_whole(place / _REPLACED, replaced.name.encode("utf-8"))
    with explained(folder):
        place.replace(folder / RESTORED)
        sync_folder(folder)


def place_restored(folder: Path) -> None:
    """Give a restored vault its place, now or after a crash in between. The caller holds the folder."""
    restored, placing = folder / RESTORED, folder / PLACING
    with explained(folder):
        if restored.exists():
            replaced = folder / (restored / _REPLACED).read_text("utf-8")
            kept = (path.name for path in folder.glob(f"{LOG}.kept*"))
            for name in (*kept, *OF_A_VAULT):
                if (folder / name).exists():
                    replaced.mkdir(mode=0o700, exist_ok=True)
                    (folder / name).replace(replaced / name)
            restored.replace(placing)
            sync_folder(folder)
        if placing.exists():
            (placing / _REPLACED).unlink(missing_ok=True)
            for path in sorted(placing.iterdir(), key=lambda path: path.name == keyring.FILE):
                path.replace(folder / path.name)
            placing.rmdir()
            sync_folder(folder)

"""Copies of write-ahead logs: kept where a crash left one, forgotten when something is erased."""

from __future__ import annotations

import shutil
from pathlib import Path

from screener.disk import free_name
from screener.store.files import explained, private_file, sync_file
from screener.store.places import LOG


def keep_tail(folder: Path) -> Path | None:
    """A copy of the write-ahead log that a crash left: should a part of it be unreadable, opening would drop it."""
    tail = folder / LOG
    with explained(folder):
        if not tail.exists() or not tail.stat().st_size:
            return None
        kept = free_name(folder, f"{LOG}.kept")
        private_file(kept)
        try:
            shutil.copyfile(tail, kept)
        except OSError:
            # Half a copy proves nothing, and takes the room that is missing.
            kept.unlink()
            raise
    sync_file(kept)
    return kept


def forget_tails(folder: Path) -> None:
    """Remove the copies of write-ahead logs that are kept: they may hold what was erased."""
    with explained(folder):
        for kept in folder.glob(f"{LOG}.kept*"):
            kept.unlink()

"""Wrong passphrases slow down: how many in a row, kept beside the vault so that a restart forgives nothing."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from screener.clock import Clock
from screener.store.failures import TriedTooSoon
from screener.store.files import explained, write_whole

FILE = "vault.tries.json"
LONGEST_WAIT_S = 300
_KEPT = 100
_MAX_BYTES = 64 * 1024


def wait_s(in_a_row: int) -> int:
    """Seconds until the next try is heard after so many wrong ones in a row: 1, 2, 4, ... up to five minutes."""
    return min(2 ** min(in_a_row - 1, 30), LONGEST_WAIT_S) if in_a_row else 0


class Tries:
    """Counts wrong passphrases in a row. A slow-down for people at the desk; against a stolen disk stands Argon2id."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path, self._clock = folder / FILE, clock

    def check(self) -> None:
        """Raises `TriedTooSoon` while the wait is not over."""
        moments, count = self._read()
        if not count:
            return
        now, last = self._clock.now(), moments[-1]
        if now < last:
            # The clock was set back. Waiting for the old time could take years: the wait begins again now.
            last = now
            self._write([*moments[:-1], now], count)
        left = last + timedelta(seconds=wait_s(count)) - now
        if left > timedelta():
            raise TriedTooSoon(-(-left // timedelta(seconds=1)))

    def refused(self) -> int:
        """Count a wrong passphrase; seconds until the next try."""
        moments, count = self._read()
        self._write([*moments, self._clock.now()][-_KEPT:], count + 1)
        return wait_s(count + 1)

    @property
    def any(self) -> bool:
        """Whether there was a wrong one since the last right one."""
        return self._read()[1] > 0

    def moments(self) -> tuple[list[str], int]:
        """When the last wrong ones were (ISO, the latest hundred), and how many there were in a row."""
        moments, count = self._read()
        return [moment.isoformat() for moment in moments], count

    def forget(self) -> None:
        """After the right passphrase, once the audit log holds the wrong ones."""
        with explained(self._path.parent):
            self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[list[datetime], int]:
        with explained(self._path.parent):
            if not self._path.exists():
                return [], 0
            # What is larger than anything that is ever written here is broken.
            raw = self._path.read_bytes() if self._path.stat().st_size <= _MAX_BYTES else b""
        try:
            body = json.loads(raw)
            moments = [datetime.fromisoformat(text) for text in body["moments"]]
            if not moments or any(moment.tzinfo is None for moment in moments):
                return [], 0
            return moments, max(len(moments), int(body["count"]))
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
            # Nothing is protected by this file that deleting it would not open up: a broken one counts as none.
            return [], 0

    def _write(self, moments: list[datetime], count: int) -> None:
        body = {"count": count, "moments": [moment.isoformat() for moment in moments]}
        write_whole(self._path, json.dumps(body).encode("utf-8"))

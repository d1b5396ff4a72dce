"""`vault.head`: a sealed note of how far the rows go, because a damaged write-ahead log ends early in silence."""

from __future__ import annotations

import hmac
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from screener.disk import sync_folder
from screener.store.failures import DAMAGED, MISSING, DamagedHead, StoreFailed
from screener.store.files import explained, private_file
from screener.store.keys import derived
from screener.store.soon import Soon

FILE = "vault.head"
PLACE_BYTES = 512
"""A place for one note: a sector, so that a disk writes it whole."""
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Tip:
    """The last row of a chain: its number (0 before the first) and its chain hash."""

    number: int
    chain: str

    def to_json(self) -> dict[str, int | str]:
        return {"number": self.number, "chain": self.chain}


@dataclass(frozen=True, slots=True)
class Head:
    """How far journal and audit log go, since when (ISO, with offset)."""

    journal: Tip
    audit: Tip
    at: str


class HeadFile:
    """Writes and reads the head, sealed with a key that comes from the vault key.

    The file has two places, written in turn: a note that is torn by a crash leaves the one before it. It never grows,
    so that a disk without room stops no note of what is already on it.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._path, self._key = folder, folder / FILE, key
        self._file: FileIO | None = None
        self._soon: Soon | None = None
        self._latest: Head | None = None
        self._there = True
        """The latest head was noted; False: it is still to be written."""
        self._turn = 0

    @classmethod
    def of(cls, folder: Path, vault_key: bytes) -> HeadFile:
        """The head of the vault with this key."""
        return cls(folder, derived(vault_key, "head"))

    @property
    def path(self) -> Path:
        return self._path

    def write(self, head: Head) -> None:
        """Note a head, down to the disk, in both places. Raises `StoreFailed`."""
        self._let_go()
        whole = self.sealed(head)
        with explained(self._folder):
            new = not self._path.exists()
            private_file(self._path)
            with self._path.open("r+b", buffering=0) as file:
                for place in range(_PLACES):
                    file.seek(place * PLACE_BYTES)
                    file.write(whole[place * PLACE_BYTES : (place + 1) * PLACE_BYTES])
                    os.fsync(file.fileno())
                file.truncate(len(whole))
                os.fsync(file.fileno())
            if new:
                sync_folder(self._folder)

    def note(self, head: Head) -> None:
        """Note a head, whose rows are on the disk, in the place that holds the older one.

        A crash of the program leaves it there. Nobody waits for its way to the disk: power that fails in that moment
        leaves an earlier note, which hides nothing but what was added since. What could not get there is written anew
        with the next note or on closing: to raise here would make the caller do the deed twice.
        """
        self._latest, self._there = head, False
        with suppress(OSError, StoreFailed):
            self._put(head)
            self._there = True

    def _put(self, head: Head) -> None:
        if self._file is None or self._soon is None or self._soon.refused:
            # The first note of an opening: whatever a crash left in either place is gone then.
            self.write(head)
            self._file = FileIO(self._path, "r+")
            self._soon = Soon(self._file.fileno())
        else:
            self._file.seek(self._turn * PLACE_BYTES)
            self._file.write(self._place(head))
            self._soon.written()
        self._turn = (self._turn + 1) % _PLACES

    def close(self) -> None:
        """Let the file go, with everything on the disk; the next note opens it again. Raises `StoreFailed`."""
        if self._let_go():
            self._there = False
        if self._latest is not None and not self._there:
            self.write(self._latest)
            self._there = True

    def _let_go(self) -> bool:
        """Whether something of it did not get to the disk."""
        refused = False
        if self._soon is not None:
            self._soon.end()
            refused, self._soon = self._soon.refused, None
        if self._file is not None:
            self._file.close()
            self._file = None
        return refused

    def sealed(self, head: Head) -> bytes:
        """The file with this head in both places."""
        return self._place(head) * _PLACES

    def read(self, *, torn: bool = False) -> Head:
        """The latest head as sealed. Raises `DamagedHead` when it is missing or altered.

        `torn`: a crash may have cut a note short; the one before it is enough then.
        """
        with explained(self._folder):
            raw = self._path.read_bytes() if self._path.is_file() else None
        if raw is None:
            raise DamagedHead(self._path, MISSING)
        if PLACE_BYTES <= len(raw) <= _PLACES * PLACE_BYTES:
            # Shorter than whole: a crash came when it was first written in the present form.
            places = [raw[place * PLACE_BYTES : (place + 1) * PLACE_BYTES] for place in range(_PLACES)]
            found = [self._opened(place, padded=True) for place in places]
        else:
            # As the first version wrote it: one note and nothing behind it.
            found = [self._opened(raw, padded=False)]
        whole = [head for head in found if head is not None]
        if not whole or (len(whole) < len(found) and not torn):
            raise DamagedHead(self._path, DAMAGED)
        return max(whole, key=lambda head: head.audit.number)

    def _place(self, head: Head) -> bytes:
        # JSON, put together by hand: it is written with every answer, and holds only hexadecimal and a moment.
        body = f'{{"at": "{head.at}", "audit": {_json(head.audit)}, "journal": {_json(head.journal)}}}'.encode()
        note = body + b"\n" + self._mark(body) + b"\n"
        assert len(note) <= PLACE_BYTES, "a head fits its place"
        return note.ljust(PLACE_BYTES)

    def _opened(self, note: bytes, *, padded: bool) -> Head | None:
        if padded and len(note) != PLACE_BYTES:
            return None
        body, _, mark = note.partition(b"\n")
        end = b"\n".ljust(len(note) - len(body) - 1 - 64) if padded else b"\n"
        if not hmac.compare_digest(mark, self._mark(body) + end):
            return None
        read = json.loads(body)
        return Head(Tip(**read["journal"]), Tip(**read["audit"]), read["at"])

    def _mark(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256").hex().encode("ascii")


def _json(tip: Tip) -> str:
    return f'{{"chain": "{tip.chain}", "number": {tip.number}}}'

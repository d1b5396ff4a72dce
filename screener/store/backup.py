"""Backups: one encrypted file each, tried before it is trusted, kept by number."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from screener.disk import free_name, sync_folder
from screener.language import WINDOW, tr
from screener.store import archive, audit, head, keyring, making, proofs
from screener.store.accounts import People
from screener.store.archive import SUFFIX, BackupLine, Manifest, Progress
from screener.store.deeds import Deeds
from screener.store.failures import BrokenBackup
from screener.store.files import explained, private_file, private_folder
from screener.store.head import HeadFile
from screener.store.keyring import Keyring
from screener.store.keys import SigningPair, derived
from screener.store.places import DATABASE
from screener.store.roles import Right
from screener.store.tables import record as records
from screener.store.tables import screening as screenings

KEEP = 14
"""So many automatic backups are kept unless the clinic says otherwise."""
_OF_WORK = ("answer", "begin", "sign", "sign part", "amend", "discard", "erase", "policy change")


class Backups:
    """Makes backups of an open vault, and clears old ones away."""

    def __init__(self, deeds: Deeds, people: People) -> None:
        self._deeds, self._people = deeds, people

    def make(self, folder: Path, *, automatic: bool = False, progress: Progress | None = None) -> BackupLine:
        """A new backup in this folder. While it is written, screenings go on; it holds what stood when it began.

        It gets its name only after it was unpacked and everything in it proved to be whole. Raises `StoreFailed`, or
        `BrokenBackup` where the trial found something; nothing is left then. `progress` hears first of the writing, up
        to the half, then of the trial; what it raises ends the making, and nothing is left of it.
        """
        hears = progress or archive.unheard
        if not folder.exists():
            # A folder that was there before is the clinic's own: who else may read it is not for us to change.
            private_folder(folder)
        mine = f".making-{self._people.keyring.vault[:8]}-"
        for left in folder.glob(f"{mine}*"):
            # A crash came when one was made.
            shutil.rmtree(left, ignore_errors=True)
        with explained(folder), tempfile.TemporaryDirectory(dir=folder, prefix=mine) as place:
            part = Path(place) / "backup"
            private_file(part)
            manifest = self._write(part, automatic=automatic, progress=lambda done, size: hears(done, 2 * size))
            self._try(part, Path(place) / "trial", lambda done, size: hears(size + done, 2 * size))
            day = datetime.fromisoformat(manifest.made_at).strftime("%Y-%m-%d-%H%M%S")
            made = free_name(folder, f"screener-{day}", SUFFIX)
            with explained(folder):
                part.replace(made)
                sync_folder(folder)
        with self._deeds.deed(None) as deed:
            size, reached = made.stat().st_size, manifest.head.audit.number
            deed.note("backup", file=made.name, automatic=automatic, bytes=size, audit=reached)
        return BackupLine(made, manifest)

    def due(self, folder: Path) -> bool:
        """Whether today has no automatic backup yet and anything was done since the last one."""
        mine = [line for line in self.kept(folder) if line.manifest.automatic]
        today = self._deeds.clock.now().date()
        if any(datetime.fromisoformat(line.manifest.made_at).date() == today for line in mine):
            return False
        with self._deeds.look(None) as connection:
            last = audit.last_of(connection, _OF_WORK)
        return last > max((line.manifest.head.audit.number for line in mine), default=0)

    def kept(self, folder: Path) -> list[BackupLine]:
        """The backups of this vault in a folder, latest first."""
        return [line for line in archive.listed(folder) if line.manifest.vault == self._people.keyring.vault]

    def clear(self, folder: Path, keep: int) -> list[Path]:
        """Remove the automatic backups of this vault but for the latest ones; what was removed."""
        old = [line.path for line in self.kept(folder) if line.manifest.automatic][max(1, keep) :]
        self._remove(None, old)
        return old

    def clear_before(self, line: BackupLine) -> list[Path]:
        """Remove every other backup of this vault beside this one: what was erased may still be in them.

        Raises `NotAllowed`.
        """
        others = [other.path for other in self.kept(line.path.parent) if other.path != line.path]
        self._remove(Right.PURGE, others)
        return others

    def _remove(self, right: Right | None, paths: list[Path]) -> None:
        """The line in the log comes first: after a crash too much is said there, never too little."""
        if right is not None:
            self._deeds.ask(right)
        if paths:
            with self._deeds.deed(right) as deed:
                deed.note("backups removed", count=len(paths))
        for path in paths:
            with explained(path.parent):
                path.unlink(missing_ok=True)

    def _write(self, part: Path, *, automatic: bool, progress: Progress) -> Manifest:
        key, ring, source = self._people.vault_key, self._people.keyring, self._people.folder
        pair = SigningPair.of(derived(key, "backups"))
        with explained(part.parent), self._deeds.settled(_counted) as (reached, (some, signed)):
            small = {keyring.FILE: ring.text(key).encode(), head.FILE: HeadFile.of(source, key).sealed(reached)}

            def manifest(sizes: dict[str, int], hashes: dict[str, str]) -> Manifest:
                return Manifest(
                    vault=ring.vault,
                    schema=ring.schema,
                    made_at=reached.at,
                    automatic=automatic,
                    screenings=some,
                    records=signed,
                    head=reached,
                    sizes=sizes,
                    hashes=hashes,
                    key=pair.public.hex(),
                )

            return archive.write(part, small, source / DATABASE, manifest, pair, progress)

    def _try(self, part: Path, place: Path, progress: Progress) -> None:
        """Unpack as a restore would, and prove everything in it."""
        manifest = archive.unpacked(part, place, progress)
        Keyring.read(place).check_seal(place, self._people.vault_key)
        with making.one_file(place / DATABASE, self._people.vault_key) as engine, engine.begin() as connection:
            making.check_pages(connection, part)
            if _counted(connection) != (manifest.screenings, manifest.records):
                raise BrokenBackup(part, tr("it holds another number of screenings than it says"))
            loss = proofs.loss(connection, HeadFile.of(place, self._people.vault_key), None)
            bad = proofs.bad_rows(connection)
        if loss or bad:
            raise BrokenBackup(part, bad[0].in_words(WINDOW) if bad else tr("its end is missing"))


def _counted(connection: Connection) -> tuple[int, int]:
    """How many screenings and records there are."""
    some = connection.execute(select(func.count()).where(screenings.c.state.in_(("draft", "signed")))).scalar_one()
    signed = connection.execute(
        select(func.count()).where(records.c.amends.is_(None), records.c.erased.is_(None))
    ).scalar_one()
    return some, signed

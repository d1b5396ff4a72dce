"""A backup as a file: the encrypted vault, its keys file and its head, and what it says of itself, signed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from screener.language import tr
from screener.records.record import canonical
from screener.store import head, keyring
from screener.store.failures import BrokenBackup, NoVault
from screener.store.files import explained, private_file, private_folder, sync_file
from screener.store.head import Head, Tip
from screener.store.keyring import Account, Keyring
from screener.store.keys import SigningPair, fingerprint
from screener.store.places import DATABASE
from screener.store.signing import holds, sign
from screener.text import WorldError

FORMAT = "screener-backup/1"
SUFFIX = ".screener-backup"
_MANIFEST = "manifest.json"
_FILES = (keyring.FILE, head.FILE, DATABASE)
_PIECE = 1 << 20
_ENCRYPTED = 1
"""The bit of an entry that the container's own passwords set; backups have none."""
Progress = Callable[[int, int], None]
"""Hears how many bytes of how many are done."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself, signed with a key of the vault's own. Moments are ISO, with offset."""

    vault: str
    schema: str
    made_at: str
    automatic: bool
    screenings: int
    records: int
    head: Head
    sizes: dict[str, int]
    hashes: dict[str, str]
    key: str

    @property
    def fingerprint(self) -> str:
        """Of the vault's key that signed it."""
        return fingerprint(bytes.fromhex(self.key))


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One backup in a folder."""

    path: Path
    manifest: Manifest


def listed(folder: Path) -> list[BackupLine]:
    """The files in a folder that are backups by what they say of themselves, latest first."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []:
        try:
            found.append(BackupLine(path, manifest_of(path)))
        except WorldError:
            continue
    return sorted(found, key=lambda line: datetime.fromisoformat(line.manifest.made_at), reverse=True)


def manifest_of(path: Path) -> Manifest:
    """What a backup says of itself, its signature checked. The files in it are not read. Raises `BrokenBackup`."""
    with _archive(path) as archive:
        return _manifest(path, archive)


def check(path: Path) -> Manifest:
    """Every byte of a backup against what it says of itself; needs no passphrase. Raises `BrokenBackup`."""
    with _archive(path) as archive:
        manifest = _manifest(path, archive)
        for name in _FILES:
            with archive.open(name) as read:
                _compare(path, manifest, name, *_copied(read, None, manifest.sizes[name], unheard))
        return manifest


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup file tells before anything in it is opened: of itself, whose passphrases open it, its bytes."""

    path: Path
    manifest: Manifest
    people: tuple[Account, ...]
    size: int


def told(path: Path) -> Told:
    """What a backup tells of itself; nothing in it is opened. Raises `NoVault`, `BrokenBackup`, `DamagedKeys`."""
    with _archive(path) as archive:
        manifest = _manifest(path, archive)
        if archive.getinfo(keyring.FILE).file_size > _PIECE:
            raise BrokenBackup(path, tr("it holds something else"))
        raw = archive.read(keyring.FILE)
    _compare(path, manifest, keyring.FILE, hashlib.sha256(raw).hexdigest(), len(raw))
    return Told(path, manifest, Keyring.parse(raw, path).people, path.stat().st_size)


def unpacked(path: Path, folder: Path, progress: Progress | None = None) -> Manifest:
    """Unpack a backup into a new folder, each file checked against what the backup says of it."""
    private_folder(folder)
    with _archive(path) as archive:
        manifest = _manifest(path, archive)
        for name in _FILES:
            with explained(folder), archive.open(name) as read, (folder / name).open("wb") as into:
                (folder / name).chmod(0o600)
                hears = progress if progress and name == DATABASE else unheard
                found = _copied(read, into, manifest.sizes[name], hears)
            _compare(path, manifest, name, *found)
            sync_file(folder / name)
    return manifest


def write(
    path: Path,
    small: Mapping[str, bytes],
    database: Path,
    manifest: Callable[[dict[str, int], dict[str, str]], Manifest],
    pair: SigningPair,
    progress: Progress,
) -> Manifest:
    """Write a backup file: the small files, the encrypted vault, and the manifest made of their sizes and hashes."""
    hashes: dict[str, str] = {}
    sizes: dict[str, int] = {}
    private_file(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, content in small.items():
            archive.writestr(name, content)
            hashes[name], sizes[name] = hashlib.sha256(content).hexdigest(), len(content)
        with database.open("rb") as read, archive.open(DATABASE, "w", force_zip64=True) as into:
            hashes[DATABASE], sizes[DATABASE] = _copied(read, into, database.stat().st_size, progress)
        made = manifest(sizes, hashes)
        archive.writestr(_MANIFEST, _signed(made, pair))
    sync_file(path)
    return made


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    if not path.is_file():
        raise NoVault(path)
    try:
        with explained(path.parent), zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, KeyError, EOFError, RuntimeError, ValueError) as error:
        raise BrokenBackup(path, tr("it cannot be read as one")) from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    info, entries = archive.getinfo(_MANIFEST), archive.infolist()
    if info.file_size > _PIECE or sorted(entry.filename for entry in entries) != sorted((_MANIFEST, *_FILES)):
        raise BrokenBackup(path, tr("it holds something else"))
    if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BrokenBackup(path, tr("it is packed in a way that no backup is"))
    try:
        outer = json.loads(archive.read(_MANIFEST))
        said = json.loads(outer["said"])
        if said["format"] != FORMAT:
            raise BrokenBackup(path, tr("it was made by a later version ({format})").format(format=said["format"]))
        if not holds(bytes.fromhex(said["key"]), outer["signature"], outer["said"].encode("utf-8")):
            raise BrokenBackup(path, tr("it is not as it was signed when it was made"))
        reached = Head(Tip(**said["head"]["journal"]), Tip(**said["head"]["audit"]), said["head"]["at"])
        plain = {name: said[name] for name in ("vault", "schema", "made_at", "automatic", "screenings", "records")}
        sizes, hashes = dict(said["sizes"]), dict(said["hashes"])
        if datetime.fromisoformat(said["made_at"]).tzinfo is None or not sizes.keys() == hashes.keys() == set(_FILES):
            raise BrokenBackup(path, tr("what it says of itself cannot be read"))
        return Manifest(**plain, head=reached, sizes=sizes, hashes=hashes, key=said["key"])
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenBackup(path, tr("what it says of itself cannot be read")) from error


def _signed(manifest: Manifest, pair: SigningPair) -> bytes:
    said = canonical({"format": FORMAT, **asdict(manifest)}).decode("utf-8")
    signature = sign(pair, said.encode("utf-8"), signer="", signed_at=manifest.made_at)
    outer: dict[str, Any] = {"said": said, "signature": signature.value}
    return json.dumps(outer, indent=1).encode("utf-8")


def _copied(read: IO[bytes], into: IO[bytes] | None, size: int, progress: Progress) -> tuple[str, int]:
    """Copy to the end; the hash and the number of bytes."""
    found, done = hashlib.sha256(), 0
    while piece := read.read(_PIECE):
        found.update(piece)
        if into is not None:
            into.write(piece)
        done += len(piece)
        progress(done, size)
    return found.hexdigest(), done


def _compare(path: Path, manifest: Manifest, name: str, found: str, size: int) -> None:
    if (found, size) != (manifest.hashes.get(name), manifest.sizes.get(name)):
        raise BrokenBackup(path, tr("{name} in it is not as it was when it was made").format(name=name))


def unheard(_: int, __: int) -> None:
    return

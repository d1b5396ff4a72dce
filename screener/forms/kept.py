"""Packs kept as JSON: a cache by the bytes of a folder's files, and the last pack that loaded well. Never a pickle.

Worked cases are not kept: they are checked when content is read, and nothing evaluates them afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from screener import __version__
from screener.disk import write_whole
from screener.forms.model import Pack

MAX_BYTES = 100_000_000
_KEPT_CACHES = 4
_PROGRAM = ("forms", "rules")


def without_cases(pack: Pack) -> Pack:
    """The same pack, of the same hash, without its worked cases."""
    themes = (
        theme.model_copy(update={"rules": tuple(rule.model_copy(update={"cases": ()}) for rule in theme.rules)})
        for theme in pack.themes
    )
    # Made anew, not copied: a copy would keep the indexes of the pack that it was copied from.
    return Pack(**{name: getattr(pack, name) for name in Pack.model_fields} | {"themes": tuple(themes)})


def _json(pack: Pack) -> str:
    return without_cases(pack).model_dump_json(by_alias=True, exclude_defaults=True)


# The last good pack


def keep_last_good(pack: Pack, file: Path) -> bool:
    """Keep a pack that loaded without a finding that stops, written whole or not at all.

    False where the disk did not take it: the pack itself is loaded and in use, so nothing is lost.
    """
    if file.exists() and _hash_of(file) == pack.hash:
        return True
    return _write(file, _json(pack))


def last_good(file: Path) -> Pack | None:
    """The pack that `keep_last_good` kept, or None when there is none that can be read."""
    try:
        return Pack.model_validate_json(_read(file))
    except (OSError, ValueError):
        return None


def _hash_of(file: Path) -> str | None:
    try:
        found = json.loads(_read(file))
    except (OSError, ValueError, RecursionError):
        return None
    kept = found.get("hash") if isinstance(found, dict) else None
    return kept if isinstance(kept, str) else None


def _read(file: Path) -> bytes:
    if file.stat().st_size > MAX_BYTES:
        raise ValueError("larger than any pack")
    return file.read_bytes()


def _write(file: Path, text: str) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, (text.encode(),))
    except OSError:
        return False
    return True


# The cache


def key_of(files: Mapping[str, bytes]) -> str:
    """The name under which a reading of these files is cached: over names, bytes, and the program that judged them."""
    digest = hashlib.sha256(f"{__version__} {_program_stamp()}".encode())
    for name in sorted(files):
        digest.update(f"\0{name}\0{len(files[name])}\0".encode("utf-8", "surrogateescape"))
        digest.update(files[name])
    return digest.hexdigest()


def _program_stamp() -> str:
    """Changes with the code that reads and judges content, so that a cache never outlives the checks it passed."""
    root = Path(__file__).parents[1]
    files = sorted(path for floor in _PROGRAM for path in (root / floor).rglob("*.py"))
    return " ".join(f"{path.name}:{path.stat().st_mtime_ns}" for path in files)


def cached(folder: Path, key: str) -> Pack | None:
    """A cached pack, or None: also where the folder is not this user's alone, for others could write there."""
    return last_good(folder / f"{key}.json") if _private(folder) else None


def cache(pack: Pack, folder: Path, key: str) -> bool:
    """Keep a pack that loaded without any finding; whether it was kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    kept = _private(folder) and _write(folder / f"{key}.json", _json(pack))
    if kept:
        _remove(sorted(folder.glob("*.json"), key=_changed_at)[:-_KEPT_CACHES])
    return kept


def _private(folder: Path) -> bool:
    """Whether a folder belongs to this user and nobody else may write into it. Windows keeps its caches per user."""
    if not hasattr(os, "getuid"):
        return folder.is_dir()
    try:
        found = folder.lstat()
    except OSError:
        return False
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return own and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _changed_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            return

"""The file with the window's own preferences, looked at before Qt reads it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings

FILE = "window.ini"
_MAX_BYTES = 64 * 1024
_ESCAPED = re.compile(rb"\\x([0-9A-Fa-f]+)")


def settings_of(home: Path) -> QSettings:
    """The preferences kept in a folder; none where the file is not one that this program writes."""
    file = home / FILE
    if file.exists() and not _is_ours(file):
        # Nothing but colours and a place on the screen is lost with it.
        with suppress(OSError):
            file.unlink()
    return QSettings(str(file), QSettings.Format.IniFormat)


def _is_ours(file: Path) -> bool:
    """Qt builds whatever a value of the kind `@Variant` says, also what takes all memory: here none is ever written."""
    try:
        raw = file.read_bytes() if file.stat().st_size <= _MAX_BYTES else None
    except OSError:
        return False
    return raw is not None and b"@Variant(" not in _ESCAPED.sub(_sign, raw)


def _sign(escaped: re.Match[bytes]) -> bytes:
    code = int(escaped[1], 16)
    return bytes([code]) if code < 128 else b"?"

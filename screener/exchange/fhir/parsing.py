"""A file's bytes as JSON, within limits, figures exact. Whatever the bytes are, this or a `NotRead` comes of them."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from screener.language import tr
from screener.text import WorldError

MOST_BYTES = 64 * 1024 * 1024
"""No Bundle of one record comes near it: a larger file is not read into memory."""
MOST_DEPTH = 60
_MOST_DIGITS = 60
_EXPORT_AGAIN = tr("Have it exported once more by the program that wrote it.")


class NotRead(WorldError):  # noqa: N818 - named after what the person is told
    """A file that is not taken: where in it, and what to do."""

    def __init__(self, name: str, place: str, what: str, next_step: str = _EXPORT_AGAIN) -> None:
        at = f", {place}" if place else ""
        super().__init__(tr("{name} is not read{at}: {what}.").format(name=name, at=at, what=what), next_step)
        self.place = place


def read_whole(path: Path) -> bytes:
    """The bytes of a file, where there are not too many of them. WorldError where it cannot be read."""
    try:
        if not path.is_file():
            raise NotRead(path.name, "", tr("it is no file"))
        if path.stat().st_size > MOST_BYTES:
            raise NotRead(path.name, "", tr("it is larger than {most} MB").format(most=MOST_BYTES // 1024 // 1024))
        return path.read_bytes()
    except OSError as wrong:
        said = tr("{name} cannot be read: {why}.").format(name=path.name, why=wrong.strerror)
        raise WorldError(said, tr("Choose another file.")) from wrong


def parsed(raw: bytes, name: str) -> dict[str, Any]:
    """A JSON object out of bytes."""
    if len(raw) > MOST_BYTES:
        raise NotRead(name, "", tr("it is larger than {most} MB").format(most=MOST_BYTES // 1024 // 1024))
    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(
            text, object_pairs_hook=_once, parse_int=_whole, parse_float=_exact, parse_constant=_no_constant
        )
    except UnicodeDecodeError as wrong:
        raise NotRead(name, "", tr("it is not text in UTF-8 (byte {byte})").format(byte=wrong.start + 1)) from wrong
    except json.JSONDecodeError as wrong:
        place = tr("line {line}, column {column}").format(line=wrong.lineno, column=wrong.colno)
        raise NotRead(name, place, tr("it is not JSON there: {why}").format(why=wrong.msg)) from wrong
    except _NotTaken as wrong:
        raise NotRead(name, "", str(wrong)) from wrong
    except RecursionError as wrong:
        raise NotRead(name, "", _TOO_DEEP.format(most=MOST_DEPTH)) from wrong
    if not isinstance(value, dict):
        raise NotRead(name, "", tr("it is not a JSON object"))
    if not _is_within(value, MOST_DEPTH):
        raise NotRead(name, "", _TOO_DEEP.format(most=MOST_DEPTH))
    return value


_TOO_DEEP = tr("it is nested deeper than {most} levels")


class _NotTaken(ValueError):  # noqa: N818 - it names what was written
    """Something that says two things, or that no reader reads alike."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _NotTaken(tr("{key} stands twice in one object").format(key=repr(key[:40])))
        found[key] = value
    return found


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise _NotTaken(tr("a number in it has more than {most} digits").format(most=_MOST_DIGITS))
    return int(text)


def _exact(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(text) > _MOST_DIGITS or abs(value.adjusted()) > _MOST_DIGITS:
        raise _NotTaken(tr("a number in it has more than {most} digits").format(most=_MOST_DIGITS))
    return value


def _no_constant(name: str) -> Any:
    raise _NotTaken(tr("{name} in it is no number").format(name=name))


def _is_within(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return True
    return False

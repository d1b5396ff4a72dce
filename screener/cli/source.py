"""A file of answers as text: JSON or YAML read exactly, each place found again by path and line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path as File
from typing import Any

from screener.text import WorldError

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to a value."""

MAX_DEPTH = 60
"""As in YAML (`forms.reading`)."""
_USUAL_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a text cannot be taken as it is written, and where."""

    code: str
    place: str
    message: str
    suggestion: str = "write JSON or YAML"


@dataclass(frozen=True, slots=True)
class Source:
    """The raw content of a file, the line of each of its values where the format tells, and what was refused."""

    raw: Any
    lines: Mapping[Path, int] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()

    def place(self, path: Path) -> str:
        """A JSON path, with the line of the nearest value that has one: `$.answers['bp.readings'] (line 7)`."""
        text = "$" + "".join(_segment(part) for part in path)
        line = next((self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines), None)
        return text if line is None else f"{text} (line {line})"


def _segment(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if part.replace("_", "a").isalnum() else f"[{part!r}]"


def read_text(name: str) -> str:
    """The text of a file, or of standard input for `-`; WorldError when it cannot be read."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig") if name == "-" else File(name).read_text("utf-8-sig")
    except OSError as wrong:
        raise WorldError(
            f"{name} cannot be read: {wrong.strerror}.", "Give a JSON or YAML file, or - for input."
        ) from wrong
    except UnicodeDecodeError as wrong:
        shown = "Standard input" if name == "-" else name
        raise WorldError(f"{shown} is not text in UTF-8.", "Save it as UTF-8.") from wrong


def parse(text: str, name: str) -> Source:
    """JSON where the name says so or the text begins like it, YAML otherwise."""
    is_json = name.endswith(".json") or (not name.endswith((".yaml", ".yml")) and text.lstrip()[:1] in ("{", "["))
    return _from_json(text) if is_json else _from_yaml(text, name)


def _from_json(text: str) -> Source:
    try:
        raw = json.loads(
            text, parse_int=_whole, parse_float=_decimal, parse_constant=_no_constant, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as wrong:
        return _refused(wrong.msg, f"line {wrong.lineno}, column {wrong.colno}")
    except _NotTaken as wrong:
        return _refused(str(wrong), "$", wrong.suggestion)
    except RecursionError:
        return _too_deep()
    return Source(raw) if _depth_within(raw, MAX_DEPTH) else _too_deep()


class _NotTaken(ValueError):  # noqa: N818 - it names what was written
    """Something in a JSON text that is no JSON, or that says two things; with what would do."""

    def __init__(self, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def _refused(message: str, place: str, suggestion: str = "write JSON or YAML") -> Source:
    return Source(None, refused=(Refused("not-readable", place, message, suggestion),))


def _too_deep() -> Source:
    return _refused(f"nested deeper than {MAX_DEPTH} levels", "$", "no answer is nested like that")


def _depth_within(raw: Any, most: int) -> bool:
    level = [raw]
    for _ in range(most):
        level = [inner for value in level if isinstance(value, dict | list) for inner in _inside(value)]
        if not level:
            return True
    return False


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _whole(text: str) -> int | Decimal:
    """Exact at any length; Python reads no `int` of more than some thousand digits."""
    return int(text) if len(text) <= _USUAL_DIGITS else Decimal(text)


def _decimal(text: str) -> Decimal:
    """Exact; what is too large or small even for a Decimal is no number, and is said where it stands."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _no_constant(name: str) -> None:
    raise _NotTaken(f"{name} is not a number", 'write the number, or {"state": "not_known"}')


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _NotTaken(f"{key!r} stands twice", "keep one of the two")
        found[key] = value
    return found


def _from_yaml(text: str, name: str) -> Source:
    from screener.forms import reading

    read = reading.read_text(text, name)
    source = Source(read.data, {path: place.line for path, place in read.places.items()})
    refused = tuple(
        Refused(str(wrong.code), _line(source, wrong.place.path, wrong.place.line), wrong.message, wrong.suggestion)
        for wrong in read.findings
    )
    return Source(source.raw, source.lines, refused)


def _line(source: Source, path: Path, line: int) -> str:
    return source.place(path) if path else f"line {line}"

"""A signed record as a file: its exact bytes with every signature, to be checked anywhere without this program's vault.

    {
     "format": "screener-signed-record/1",
     "record": {"record": …, "screening": …, "content": …, "statement": …, "signature": {…}},
     "amendments": [{…, "amends": …}]
    }

`content` and `statement` are the signed bytes as JSON texts: read as text and written in UTF-8 they are the same bytes
again, whatever blanks or escapes another program put between them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from screener.language import tr
from screener.records import amendment
from screener.records.browse import Signature, SignedRecord
from screener.refusals import why
from screener.text import WorldError

FORMAT = "screener-signed-record/1"
SUFFIX = ".screener-record.json"
MOST_BYTES = 64 * 1024 * 1024
"""No record comes near it: a larger file is not read into memory."""
MOST_DEPTH = 60
_ONE = ("record", "screening", "content", "statement", "signature")
_AMENDMENT = (*_ONE, "amends")
_WHOLE = ("format", "record", "amendments")
_EXPORT_AGAIN = "Have the record written into a file once more by the program that signed it."


class NotASignedRecord(WorldError):  # noqa: N818 - named after what the person is told
    """The file holds no signed record that this version reads; where in it, and what to do."""

    def __init__(self, name: str, place: str, what: str, next_step: str = _EXPORT_AGAIN) -> None:
        at = f", {place}" if place else ""
        super().__init__(f"{name} holds no signed record that can be read{at}: {what}.", next_step)
        self.place = place


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A record with the amendments that were signed to it, oldest first."""

    record: SignedRecord
    amendments: tuple[SignedRecord, ...] = ()


def written(file: SignedFile) -> bytes:
    """The file's bytes: for one record always the same ones."""
    record, *added = (_one(signed) for signed in (file.record, *file.amendments))
    whole = {"format": FORMAT, "record": record, "amendments": added}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def of_path(path: Path) -> SignedFile:
    """Read a file. Raises `NotASignedRecord`, or `WorldError` where the file itself cannot be read."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as wrong:
        said = tr("{name} cannot be read: {why}.").format(name=path, why=why(wrong))
        raise WorldError(said, tr("Check its name, and that this user may read it.")) from wrong
    return read(raw, str(path))


def read(raw: bytes, name: str = "This file") -> SignedFile:
    """A record out of a file's bytes, each part where it belongs. Its signatures are not checked here.

    Raises `NotASignedRecord`: whatever the bytes are, this or a record comes of them.
    """
    return _Reader(name).read(raw)


def _one(signed: SignedRecord) -> dict[str, Any]:
    said: dict[str, Any] = {
        "record": signed.record,
        "screening": signed.screening,
        "content": signed.content.decode("utf-8"),
        "statement": signed.statement.decode("utf-8"),
        "signature": asdict(signed.signature),
    }
    return said if signed.amends is None else {"amends": signed.amends, **said}


class _Reader:
    """Goes through one file from the top; says where it stops."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, raw: bytes) -> SignedFile:
        if len(raw) > MOST_BYTES:
            raise self._no("", f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise self._no("", f"it is not text in UTF-8 (byte {wrong.start + 1})") from wrong
        whole = self._object(self._parsed(text, ""), "", _WHOLE)
        if whole["format"] != FORMAT:
            raise self._no("format", f"this version reads {FORMAT}", "Open it with the version that wrote it.")
        record = self._signed(whole["record"], "record", _ONE)
        added = self._list(whole["amendments"], "amendments")
        amendments = tuple(self._signed(one, f"amendments[{n}]", _AMENDMENT) for n, one in enumerate(added))
        for number, one in enumerate(amendments):
            place = f"amendments[{number}]"
            said = self._parsed(one.content.decode("utf-8"), f"{place}.content")
            if not isinstance(said, dict) or said.get("format") != amendment.FORMAT:
                raise self._no(f"{place}.content", "it is no amendment")
            if not record.record == one.amends == said.get("record"):
                raise self._no(place, "it was added to another record")
        return SignedFile(record, amendments)

    def _signed(self, value: Any, place: str, keys: Sequence[str]) -> SignedRecord:
        said = self._object(value, place, keys)
        names = tuple(part.name for part in fields(Signature))
        signature = self._object(said["signature"], f"{place}.signature", names)
        content = self._bytes(said, place, "content")
        if not isinstance(self._parsed(said["content"], f"{place}.content"), dict):
            raise self._no(f"{place}.content", "it is not a JSON object")
        statement = self._bytes(said, place, "statement")
        if statement and not isinstance(self._parsed(said["statement"], f"{place}.statement"), dict):
            raise self._no(f"{place}.statement", "it is not a JSON object")
        return SignedRecord(
            record=self._text(said, place, "record"),
            screening=self._text(said, place, "screening"),
            content=content,
            signature=Signature(**{name: self._text(signature, f"{place}.signature", name) for name in names}),
            amends=self._text(said, place, "amends") if "amends" in keys else None,
            statement=statement,
        )

    def _parsed(self, text: str, place: str) -> Any:
        try:
            value = json.loads(text, object_pairs_hook=_once, parse_int=_figure, parse_constant=_no_constant)
        except json.JSONDecodeError as wrong:
            at = f"line {wrong.lineno}, column {wrong.colno}"
            raise self._no(" ".join(part for part in (place, at) if part), "it is not JSON there") from wrong
        except _NotTaken as wrong:
            raise self._no(place, str(wrong)) from wrong
        except RecursionError as wrong:
            raise self._no(place, f"it is nested deeper than {MOST_DEPTH} levels") from wrong
        if not _is_within(value, MOST_DEPTH):
            raise self._no(place, f"it is nested deeper than {MOST_DEPTH} levels")
        return value

    def _object(self, value: Any, place: str, keys: Sequence[str]) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._no(place, "it is not a JSON object")
        if missing := [key for key in keys if key not in value]:
            raise self._no(place, f"{missing[0]} is missing")
        if others := [key for key in value if key not in keys]:
            raise self._no(place, f"{others[0][:40]!r} has no place in it")
        return value

    def _list(self, value: Any, place: str) -> list[Any]:
        if not isinstance(value, list):
            raise self._no(place, "it is not a list")
        return value

    def _text(self, of: Mapping[str, Any], place: str, key: str) -> str:
        value = of[key]
        if not isinstance(value, str):
            raise self._no(f"{place}.{key}", "it is not a text")
        return value

    def _bytes(self, of: Mapping[str, Any], place: str, key: str) -> bytes:
        try:
            return self._text(of, place, key).encode("utf-8")
        except UnicodeEncodeError as wrong:
            raise self._no(f"{place}.{key}", "it holds half of a character") from wrong

    def _no(self, place: str, what: str, next_step: str = _EXPORT_AGAIN) -> NotASignedRecord:
        return NotASignedRecord(self._name, place, what, next_step)


class _NotTaken(ValueError):  # noqa: N818 - it names what was written
    """Something in the text that says two things, or that no reader reads alike."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _NotTaken(f"{key[:40]!r} stands in it twice")
        found[key] = value
    return found


def _figure(text: str) -> int:
    if len(text) > 40:
        raise _NotTaken("a number in it has more than 40 digits")
    return int(text)


def _no_constant(name: str) -> Any:
    raise _NotTaken(f"{name} in it is no number")


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

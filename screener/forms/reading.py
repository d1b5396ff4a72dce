"""YAML to plain data, with the file and line of every node. YAML 1.2 scalars; nothing that hides what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from screener.forms.findings import Code, Finding, Place
from screener.language import KEPT
from screener.refusals import why

Keys = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to a value."""

MAX_BYTES = 4_000_000
MAX_DEPTH = 60
MAX_NODES = 300_000
MAX_FINDINGS = 50
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The 1.2 core schema, narrowed: `yes`, `no`, `on`, `12:30`, `1_000`, `1e3` and numbers with leading zeros stay text.
# Text is the safer reading of 010, which is 8 in YAML 1.1 and 10 in 1.2; where a pack writes such a number, that is a
# finding (`Read.doubtful`), and in answers the question's kind judges it.
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_LIKE_A_NUMBER = re.compile(
    r"[-+]?\.?[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[-+]?\.(inf|nan)", re.IGNORECASE
)
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_MAX_DIGITS = 40


@dataclass(slots=True)
class Spot:
    """Line and column (from 1) of one value, and the spots of what is inside it, by key or position."""

    line: int
    column: int
    inside: dict[str, Spot] | list[Spot] | None = None


@dataclass
class Read:
    """What a file holds: plain data, the spot of every node in it, and what is wrong."""

    file: str
    data: Any = None
    root: Spot | None = None
    findings: list[Finding] = field(default_factory=list)
    doubtful: list[Finding] = field(default_factory=list)
    """Plain scalars that look like numbers and are read as text: a finding in a pack, not in answers."""
    text: str = field(default="", repr=False)
    """As it stands in the file."""

    @cached_property
    def places(self) -> dict[Keys, Place]:
        """The place of every path. A value in a mapping stands where its key does: that is the line one looks for."""
        found: dict[Keys, Place] = {}

        def visit(spot: Spot, path: Keys) -> None:
            found[path] = Place(self.file, spot.line, spot.column, path)
            inside = spot.inside
            for key, child in inside.items() if isinstance(inside, dict) else enumerate(inside or ()):
                visit(child, (*path, key))

        if self.root is not None:
            visit(self.root, ())
        return found

    def place(self, path: Keys) -> Place:
        """The place of a path, or of the nearest one above it."""
        spot, reached = self.root, 0
        for key in path:
            child = _child(spot, key)
            if child is None:
                break
            spot, reached = child, reached + 1
        return Place(self.file) if spot is None else Place(self.file, spot.line, spot.column, path[:reached])

    def extent(self, path: Keys) -> tuple[int, int]:
        """The first and the last line of what stands at a path, without blank lines and remarks after it."""
        lines = self.text.splitlines()
        first, spot, last = self.place(path).line, self.root, len(lines)
        for key in path:
            after = _next_line(spot, key)
            last = last if after is None else after - 1
            spot = _child(spot, key)
        while last > first and not _says(lines[last - 1]):
            last -= 1
        return first, max(first, last)


def _says(line: str) -> bool:
    """Whether a line is more than blank and a remark."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _next_line(spot: Spot | None, key: str | int) -> int | None:
    """The line of what stands after one entry of a mapping or a list; None where it is the last."""
    inside = None if spot is None else spot.inside
    if isinstance(inside, list) and isinstance(key, int):
        return inside[key + 1].line if key + 1 < len(inside) else None
    if isinstance(inside, dict) and key in inside:
        names = list(inside)
        place = names.index(str(key)) + 1
        return inside[names[place]].line if place < len(names) else None
    return None


def _child(spot: Spot | None, key: str | int) -> Spot | None:
    inside = None if spot is None else spot.inside
    if isinstance(inside, dict):
        return inside.get(key) if isinstance(key, str) else None
    return inside[key] if isinstance(inside, list) and isinstance(key, int) and 0 <= key < len(inside) else None


def read_file(path: Path, name: str | None = None) -> Read:
    """Read one YAML file; `name` is what findings call it."""
    name = name or path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            return _too_large(name)
        data = path.read_bytes()
    except OSError as wrong:
        return _refused(name, f"the file cannot be read: {why(wrong, KEPT)}", "check the file and its permissions")
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Read:
    """Read the bytes of a YAML file, UTF-8 with or without a byte order mark."""
    try:
        return read_text(data.decode("utf-8"), name)
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        finding = Finding(Code.NOT_READABLE, Place(name, line), "this is not UTF-8 text", "save the file as UTF-8")
        return Read(name, findings=[finding])


def read_text(text: str, name: str) -> Read:
    """Read YAML text; findings carry `name` and the line. Never raises, whatever the text holds."""
    if len(text) > MAX_BYTES:
        return _too_large(name)
    read = Read(name, text=text)
    try:
        _Builder(read).build(yaml.parse(text.removeprefix("\ufeff"), Loader=_LOADER))
    except _Enough:
        pass
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        at = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        said = wrong.problem or "this is not YAML"
        read.findings.append(Finding(Code.NOT_YAML, at, said, "check the indentation and quotes of this line"))
    except yaml.reader.ReaderError as wrong:
        line = text.count("\n", 0, max(wrong.position, 0)) + 1
        said = "a character that YAML does not allow"
        read.findings.append(Finding(Code.NOT_YAML, Place(name, line), said, "take it out, or type it again"))
    except (yaml.YAMLError, UnicodeError) as wrong:
        said = f"this is not YAML: {str(wrong).splitlines()[0]}"
        read.findings.append(Finding(Code.NOT_YAML, Place(name), said, "check the file's characters"))
    if read.findings:
        read.data = None
    return read


def _too_large(name: str) -> Read:
    return _refused(name, f"larger than {MAX_BYTES // 1_000_000} MB", "split it")


def _refused(name: str, message: str, suggestion: str) -> Read:
    return Read(name, findings=[Finding(Code.NOT_READABLE, Place(name), message, suggestion)])


class _Enough(Exception):  # noqa: N818 - nothing went wrong here: reading ends with the findings so far
    """Reading further is of no use."""


class _Builder:
    """Plain data and spots from one pass over the parser's events, so that nothing refused is ever built."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._nodes = 0

    def build(self, events: Iterator[Any]) -> None:
        """The one document of a text; an empty text is None."""
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "several documents in one file are not used here", "one file, one document")
                    raise _Enough
                if event.version or event.tags:
                    self._refuse(event, "directives (%) are not used here", "take the line out")
            elif isinstance(event, yaml.NodeEvent):
                self._read.data, self._read.root = self._node(event, events, 1)

    def _refuse(self, event: Any, message: str, suggestion: str, code: Code = Code.NOT_ALLOWED_YAML) -> None:
        mark = event.start_mark
        place = Place(self._read.file, mark.line + 1, mark.column + 1)
        self._read.findings.append(Finding(code, place, message, suggestion))
        if len(self._read.findings) >= MAX_FINDINGS:
            raise _Enough

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, Spot]:
        self._nodes += 1
        mark = event.start_mark
        spot = Spot(mark.line + 1, mark.column + 1)
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            deep = depth > MAX_DEPTH
            said = f"nested deeper than {MAX_DEPTH} levels" if deep else f"more than {MAX_NODES} entries"
            self._refuse(event, said, "write it flatter" if deep else "split the file")
            raise _Enough
        if event.anchor:
            self._refuse(event, "anchors and aliases (& and *) are not used here", "write it out, or quote the text")
        kind = type(event)
        if kind is yaml.AliasEvent:
            return None, spot
        if event.tag:
            self._refuse(event, f"tags (here {event.tag}) are not used here", "take it out, or quote the text")
        if kind is yaml.ScalarEvent:
            return (event.value if event.style else self._plain(event)), spot  # libyaml says "" for plain
        return self._inside(kind, events, depth, spot), spot

    def _inside(self, kind: type, events: Iterator[Any], depth: int, spot: Spot) -> Any:
        if kind is yaml.SequenceStartEvent:
            return self._sequence(events, depth, spot)
        return self._mapping(events, depth, spot)

    def _plain(self, event: Any) -> Any:
        text: str = event.value
        value = scalar(text)
        if value is text and _LIKE_A_NUMBER.fullmatch(text):
            mark = event.start_mark
            self._read.doubtful.append(
                Finding(
                    Code.NUMBER_SPELLING,
                    Place(self._read.file, mark.line + 1, mark.column + 1),
                    f"{text} looks like a number and is read as text",
                    "write a number plainly, as 10, 1000 or 0.5; put a text in quotes",
                )
            )
        return value

    def _sequence(self, events: Iterator[Any], depth: int, spot: Spot) -> list[Any]:
        found: list[Any] = []
        spots: list[Spot] = []
        spot.inside = spots
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                break
            value, at = self._node(event, events, depth + 1)
            found.append(value)
            spots.append(at)
        return found

    def _mapping(self, events: Iterator[Any], depth: int, spot: Spot) -> dict[str, Any]:
        found: dict[str, Any] = {}
        spots: dict[str, Spot] = {}
        spot.inside = spots
        for event in events:
            if type(event) is yaml.MappingEndEvent:
                break
            key = self._key(event, events, depth)
            value, at = self._node(next(events), events, depth + 1)
            if key is None:
                continue
            if key in found:
                first = f"keep one of the two (the first is in line {spots[key].line})"
                self._refuse(event, f"{key!r} is written twice", first, Code.DUPLICATE_KEY)
                continue
            at.line, at.column = event.start_mark.line + 1, event.start_mark.column + 1
            found[key], spots[key] = value, at
        return found

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        """A key as text; None, with a finding, where it is none."""
        if type(event) is not yaml.ScalarEvent or event.anchor or event.tag:
            self._node(event, events, depth + 1)
            self._refuse(event, "a key must be plain text", "write the key as one word")
            return None
        key: str = event.value
        if not event.style and key in ("<<", ""):
            said = "merge keys (<<) are not used here" if key else "a key is missing before the colon"
            self._refuse(event, said, "write the entries out" if key else "write the key, or quote the text")
            return None
        return key


def scalar(text: str) -> Any:
    """A plain scalar as YAML 1.2 reads it, narrowed: null, true, false, whole numbers, decimals (exact), else text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-0123456789" or len(text) > _MAX_DIGITS:
        return text
    if _INT.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text

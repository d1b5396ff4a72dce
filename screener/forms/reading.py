"""YAML to plain data, with the file and line of every node. YAML 1.2 scalars; nothing that hides what is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from screener.forms.findings import Code, Finding, Place

Path_ = tuple[str | int, ...]
MAX_BYTES = 4_000_000
MAX_DEPTH = 60
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The 1.2 core schema, narrowed: `yes`, `no`, `on`, `12:30`, `1_000` and numbers with leading zeros stay text.
_INT = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"^[-+]?(0|[1-9][0-9]*)\.[0-9]+$")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class Read:
    """What a file holds: plain data, the place of every path in it, and what is wrong."""

    file: str
    data: Any = None
    places: dict[Path_, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path_) -> Place:
        """The place of a path, or of the nearest one above it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


def read_file(path: Path, name: str | None = None) -> Read:
    """Read one YAML file; `name` is what findings call it."""
    read = Read(name or path.name)
    try:
        if path.stat().st_size > MAX_BYTES:
            return _refuse(read, Code.NOT_READABLE, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split it")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else "it is not UTF-8 text"
        return _refuse(
            read, Code.NOT_READABLE, f"the file cannot be read: {reason}", "check the file and its permissions"
        )
    return read_text(text, read.file)


def read_text(text: str, name: str) -> Read:
    """Read YAML text; findings carry `name` and the line."""
    read = Read(name)
    if len(text) > MAX_BYTES:
        return _refuse(read, Code.NOT_READABLE, f"the text is larger than {MAX_BYTES // 1_000_000} MB", "split it")
    try:
        refused = _refused(text, name)
        if refused is not None:
            read.findings.append(refused)
            return read
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        at = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        read.findings.append(
            Finding(
                Code.NOT_YAML, at, wrong.problem or "this is not YAML", "check the indentation and quotes of this line"
            )
        )
        return read
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        return _refuse(
            read, Code.NOT_YAML, f"this is not YAML: {str(wrong).splitlines()[0]}", "check the file's characters"
        )
    if root is not None:
        read.data = _plain(root, (), read)
    return read


def _refuse(read: Read, code: Code, message: str, suggestion: str) -> Read:
    read.findings.append(Finding(code, Place(read.file), message, suggestion))
    return read


def _refused(text: str, name: str) -> Finding | None:
    """The first thing that hides what is written (anchor, alias, tag) or nests too deep, found before anything is built."""
    depth = 0
    events: Iterable[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        place = Place(name, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return Finding(Code.NOT_ALLOWED_YAML, place, "anchors and aliases are not used here", "write it out")
        if getattr(event, "tag", None):
            return Finding(Code.NOT_ALLOWED_YAML, place, f"the tag {event.tag} is not used here", "take the tag out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return Finding(
                    Code.NOT_ALLOWED_YAML, place, f"nested deeper than {MAX_DEPTH} levels", "write it flatter"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _plain(node: Any, path: Path_, read: Read) -> Any:
    mark = node.start_mark
    place = Place(read.file, mark.line + 1, mark.column + 1, path)
    read.places[path] = place
    match node:
        case yaml.MappingNode():
            return _mapping(node, path, read)
        case yaml.SequenceNode():
            return [_plain(item, (*path, index), read) for index, item in enumerate(node.value)]
        case _:
            return scalar(node.value) if not node.style else node.value  # libyaml says "" for plain


def _mapping(node: yaml.MappingNode, path: Path_, read: Read) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        mark = key_node.start_mark
        at = Place(read.file, mark.line + 1, mark.column + 1, path)
        if not isinstance(key_node, yaml.ScalarNode):
            read.findings.append(
                Finding(Code.NOT_ALLOWED_YAML, at, "a key must be plain text", "write the key as one word")
            )
            continue
        key = key_node.value
        if key == "<<":
            read.findings.append(
                Finding(Code.NOT_ALLOWED_YAML, at, "merge keys are not used here", "write the entries out")
            )
            continue
        if key in found:
            read.findings.append(Finding(Code.DUPLICATE_KEY, at, f"{key!r} is written twice", "keep one of the two"))
            continue
        value = _plain(value_node, (*path, key), read)
        found[key] = value
        # A finding about a key's value points at the key: that is the line one looks for.
        read.places[(*path, key)] = Place(read.file, mark.line + 1, mark.column + 1, (*path, key))
    return found


def scalar(text: str) -> Any:
    """A plain scalar as YAML 1.2 reads it, narrowed: null, true, false, whole numbers, decimals (exact), else text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text) if len(text) < 40 else text
    return Decimal(text) if len(text) < 40 and _DECIMAL.match(text) else text

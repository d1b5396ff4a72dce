"""Words that nobody else writes, one for each text that is typed, and how they are looked for on a disk."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

WORDS: Mapping[str, str] = {
    "reference": "QX-7741-Zwirbelfink",
    "product": "Grumbelspray",
    "answer": "Knorzelwind since Oktavember",
    "note": "Plimmerstaub said twice",
    "room": "with Tante Wuschelbruck",
    "jot": "they said Fladderquast",
    "medicine": "Ozmelquin",
    "response": "Drixelhaube looked at",
}
_ALONE = ("Zwirbelfink", "Grumbelspray", "Knorzelwind", "Plimmerstaub", "Wuschelbruck", "Fladderquast", "Ozmelquin")
SIGNED_ONLY = "Drixelhaube"
"""Of the response, which is given just before a screening is signed."""
SENTINELS = (*_ALONE, SIGNED_ONLY, "Oktavember")


def found_in(content: bytes) -> list[str]:
    """Which of the words stand in these bytes: in any of the usual encodings, in any case, or as base64."""
    lowered = content.lower()
    return [
        word
        for word in SENTINELS
        if any(form in lowered for form in _written(word.lower())) or any(form in content for form in _as_base64(word))
    ]


def found_below(*folders: Path) -> list[str]:
    """Each file below these folders, or its name, that holds one of the words: where and which."""
    found = []
    for path in sorted({path for folder in folders for path in (folder, *folder.rglob("*"))}):
        inside = found_in(path.read_bytes()) if path.is_file() else []
        found += [f"{path}: {word}" for word in dict.fromkeys([*found_in(str(path.name).encode()), *inside])]
    return found


def _written(word: str) -> set[bytes]:
    return {word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1")}


def _as_base64(word: str) -> Iterator[bytes]:
    """The part of the word that base64 always shows alike, for each of the three places where it can begin."""
    for encoding in ("utf-8", "utf-16-le"):
        raw = word.encode(encoding)
        for before in range(3):
            shown = b64encode(b"\0" * before + raw)
            yield shown[-(-before * 8 // 6) + (before > 0) : -4]

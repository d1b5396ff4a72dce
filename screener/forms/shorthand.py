"""Readings as people type them in one go: `128/82 71`, several behind one another, and a saturation behind the last."""

from __future__ import annotations

import re
from dataclasses import dataclass

READING = re.compile(r"^(\d{1,3})\s*[/ ]\s*(\d{1,3})(?:\s+(\d{1,3}))?$")
"""Systolic, diastolic, and pulse where it is there."""
AND_ANOTHER = re.compile(r"^(\d{1,3}\s*[/ ]\s*\d{1,3}\s+\d{2,3})[\s,;]+(\d)$")
"""A whole reading, and the first figure of another one behind it."""
AND_SATURATION = re.compile(r"^(?:(\d{1,3}\s*[/ ]\s*\d{1,3}(?:\s+\d{2,3})?)[\s,;]+)?(\d{2,3})\s*%$")
"""A whole reading, or nothing, and a saturation behind it: its sign is the end of what is typed."""
_BETWEEN = re.compile(r"\s*[,;]\s*")


@dataclass(frozen=True, slots=True)
class Typed:
    """Readings with their figures in the order systolic, diastolic, pulse, and the saturation in percent."""

    readings: tuple[tuple[int, ...], ...]
    saturation: int | None = None

    @property
    def words(self) -> str:
        """As a reading is written: `128/82 71, 126/80 70`, without the saturation."""
        return ", ".join(
            "/".join(map(str, figures[:2])) + "".join(f" {pulse}" for pulse in figures[2:]) for figures in self.readings
        )


def typed_readings(text: str) -> Typed | None:
    """Readings apart by commas; None where the text is anything else."""
    text, saturation = text.strip(), None
    behind = AND_SATURATION.match(_BETWEEN.split(text)[-1]) if text.endswith("%") else None
    if behind is not None:
        text, saturation = text[: text.rindex(behind[2])].rstrip(" ,;"), int(behind[2])
    found = [READING.match(part) for part in _BETWEEN.split(text)]
    whole = [match for match in found if match is not None]
    if not whole or len(whole) != len(found):
        return None
    return Typed(tuple(tuple(int(figure) for figure in match.groups() if figure) for match in whole), saturation)

"""What goes through the pipe: lines of the typist's and of the program's own, in the order in which they happened.

    begun K-3                                           the screening is open and the person confirmed
    typing {"place": "visit.reason", "keys": "a"}       keys for this place follow; what stands there is open
    typed {"place": "visit.reason", "stands": ...}      they were delivered, and this is what was said
    sent                                                the store begins to write steps, which are not said to be saved
    saved 5f0c... 12                                    the program's own: its window shows "Saved"

What stands at a place is `{"value": ...}`, `{"state": ...}` or None; at `JOTS` the list of the jots' texts. Of readings
the value is systolic, diastolic and pulse of each. This module knows no Qt: both ends of the pipe use it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

FD = "SCREENER_SAVED_FD"
JOTS = "jots"
BEGUN, TYPING, TYPED, SENT, SAVED = "begun", "typing", "typed", "sent", "saved"


def said(word: str, **more: Any) -> str:
    """A line of the typist's."""
    return f"{word} {json.dumps(more)}" if more else word


def place_of(line: str) -> str:
    """The place that a line of the typist's is about; empty where it is about none."""
    word, _, rest = line.partition(" ")
    return str(json.loads(rest)["place"]) if word in (TYPING, TYPED) else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One moment at which the window said "Saved": how many steps, and what had been typed by then.

    `open_place` is one whose keys were still coming: what stands there is not said.
    """

    screening: str
    number: int
    stands: dict[str, Any]
    open_place: str | None


def shown_as_saved(lines: Sequence[str]) -> Iterator[Shown]:
    """Every "Saved" with what it vouches for."""
    stands: dict[str, Any] = {}
    open_place: str | None = None
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == TYPING:
            open_place = place_of(line)
        elif word == TYPED:
            told = json.loads(rest)
            stands[told["place"]], open_place = told["stands"], None
        elif word == SAVED:
            screening, number = rest.split()
            yield Shown(screening, int(number), dict(stands), open_place)

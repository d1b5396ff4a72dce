"""Which walks are measured in which way: all of them in the usual one, a seeded sample in the others.

All of them in all ways: SCREENER_PAGES=all.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

from screener.language import ENGLISH, PSEUDO, PSEUDO_RIGHT_TO_LEFT

ASKED_BY, ALL = "SCREENER_PAGES", "all"
Way = tuple[str, str]
"""The language of the window, and the mode (tests/ui/modes.py)."""
# Schemes differ in their colours alone (tests/ui/test_geometry.py); the pictures are measured in all six modes.
WAYS: tuple[Way, ...] = (
    (ENGLISH, "light"),
    (ENGLISH, "large-text"),
    (ENGLISH, "small-window"),
    (ENGLISH, "right-to-left"),
    (PSEUDO, "light"),
    (PSEUDO_RIGHT_TO_LEFT, "right-to-left"),
)
USUAL_WAY = WAYS[0]
OF_THE_OTHERS = 2
"""In so many of the other ways each walk is measured here."""
_SEED = 20261126


def sample(walks: Sequence[str]) -> frozenset[tuple[str, Way]]:
    """Each walk with the ways in which it is measured: the usual one, and some others. No way is left without one."""
    chance = random.Random(_SEED)
    cards: list[Way] = []
    found = {(walk, USUAL_WAY) for walk in walks}
    for walk in walks:
        taken: list[Way] = []
        while len(taken) < OF_THE_OTHERS:
            # Dealt like cards: every other way has its turn before one comes again.
            cards = cards or chance.sample(WAYS[1:], len(WAYS) - 1)
            way = next((way for way in cards if way not in taken), None)
            if way is None:
                cards = []
                continue
            cards.remove(way)
            taken.append(way)
        found |= {(walk, way) for way in taken}
    return frozenset(found)


def measured_here(walks: Sequence[str], language: str) -> list[tuple[str, str]]:
    """The walks and modes of a window in this language: the sample, or everything where that is asked for."""
    chosen = {(walk, way) for walk in walks for way in WAYS} if os.environ.get(ASKED_BY) == ALL else sample(walks)
    return [(walk, way[1]) for way in WAYS if way[0] == language for walk in walks if (walk, way) in chosen]

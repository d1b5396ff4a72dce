"""Which words of two texts differ, so that an eye finds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

Runs = tuple[tuple[str, bool], ...]
"""A text in pieces; True where a piece stands in this text alone."""
_PIECES = re.compile(r"\s+|\S+")
"""A word goes with its comma: nobody sees a comma that is marked alone."""
_LEAST_ALIKE = 0.5
"""Of texts that have less in common every word would be marked: that shows nothing."""


def marked(old: str, new: str) -> tuple[Runs, Runs]:
    """Both texts in pieces. Nothing is marked where they are alike, or have little in common."""
    there, here = _PIECES.findall(old), _PIECES.findall(new)
    matcher = SequenceMatcher(None, there, here, autojunk=False)
    if matcher.ratio() < _LEAST_ALIKE:
        return ((old, False),), ((new, False),)
    codes = matcher.get_opcodes()
    return (
        _runs([(there[first:last], tag != "equal") for tag, first, last, _, _ in codes]),
        _runs([(here[first:last], tag != "equal") for tag, _, _, first, last in codes]),
    )


def _runs(pieces: Sequence[tuple[Sequence[str], bool]]) -> Runs:
    return tuple(("".join(words), own) for words, own in pieces if words)

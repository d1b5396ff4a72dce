"""Messages as code and values, and the one small family of the world's failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STANDING_SENTENCE = (
    "Items are listed for a clinician to review. The list says nothing about whether treatment takes place."
)
"""Ends the line at the foot of every screen and page."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be said: a code that a language renders, and the values that go into it."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


class WorldError(Exception):
    """Something outside the program went wrong: said plainly, with what to do next.

    `said` is the sentence for the screen, `next_step` what the person can do. Neither ever contains an answer.
    """

    def __init__(self, said: str, next_step: str = "") -> None:
        super().__init__(said)
        self.said = said
        self.next_step = next_step

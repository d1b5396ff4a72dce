"""The sentence that every list ends with, and the one small family of the world's failures."""

from __future__ import annotations

STANDING_SENTENCE = (
    "Items are listed for a clinician to review. The list says nothing about whether treatment takes place."
)
"""Ends the line at the foot of every screen and page."""


class WorldError(Exception):
    """Something outside the program went wrong: said plainly, with what to do next.

    `said` is the sentence for the screen, `next_step` what the person can do. Neither ever contains an answer.
    """

    def __init__(self, said: str, next_step: str = "") -> None:
        super().__init__(said)
        self.said = said
        self.next_step = next_step


def problem_words(problem: WorldError) -> str:
    """A failure of the world in one line: what went wrong, and what to do next."""
    return f"{problem.said} {problem.next_step}".strip()


def moment(at: str) -> str:
    """A moment in ISO form as it is read: the day, and the time to the minute."""
    return at[:16].replace("T", " ")


def begun(text: str) -> str:
    """The same as a sentence begins. What begins with a name of a file or of code stays as it is spelled."""
    first = text.split(" ", 1)[0].rstrip(",;")
    return f"{text[:1].upper()}{text[1:]}" if first.isalpha() and first.islower() else text

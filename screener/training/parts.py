"""What a debrief is made of: frozen values, each with its sentence, so that screen and paper say the same."""

from __future__ import annotations

from dataclasses import dataclass

from screener.forms.model import OutcomeWord


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a row: what was recorded under it, and what is true in the story."""

    question: str
    label: str
    recorded: str
    story: str
    same: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What the list did with a row, for one item.

    `end` is how it stands with what was recorded, `truth` how with the story's answers in their place. Seconds are
    None where there was no such moment.
    """

    rule: str
    title: str
    mark: str
    """The tier where it is listed, `open` where it is not established, else empty."""
    end: OutcomeWord
    truth: OutcomeWord
    listed_at: float | None
    left_at: float | None
    responded_at: float | None
    also: tuple[str, ...]
    """The other answers that it would rest on with the story's, as `label: answer`."""
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of the conversation: the patient's words, or the title of what was not told."""

    subject: str
    """The fact's id, or the question's where no fact has it."""
    title: str
    words: str
    how: str
    earlier: tuple[str, ...]
    """What was said about it before, other than `words`."""
    parts: tuple[Part, ...]
    effects: tuple[Effect, ...]
    remarks: tuple[str, ...]
    note: str
    event: int | None
    """The event that it comes from; None where nothing of it was told or recorded."""
    second: float | None


@dataclass(frozen=True, slots=True)
class Untold:
    """Words that never came out, or a paper that nobody saw, and what it would have taken."""

    title: str
    words: str
    takes: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the story's answer would have done to an item, in place of what was recorded."""

    about: str
    rule: str
    title: str
    end: OutcomeWord
    truth: OutcomeWord
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item with what the list did, what was responded, and the author's note."""

    rule: str
    title: str
    mark: str
    outcome: OutcomeWord
    did: str
    response: str
    note: str


@dataclass(frozen=True, slots=True)
class Aside:
    """The contradiction or the interruption: the author's words, whether it was met, and how."""

    words: str
    met: bool
    text: str


@dataclass(frozen=True, slots=True)
class ThemeTime:
    """How long a theme was open, in whole seconds, all times together."""

    theme: str
    title: str
    seconds: int

    @property
    def words(self) -> str:
        """Minutes and seconds: 4:10."""
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, on the timeline."""

    event: int
    second: float
    clock: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Round:
    """Guesses of the class, and what was listed when the list was shown; `at` is empty where it never was."""

    guesses: tuple[str, ...]
    listed: tuple[str, ...]
    at: str

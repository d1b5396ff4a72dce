"""Findings: what is wrong with content or input, as values with a code, a place and a suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """The closed list of finding codes."""

    NOT_READABLE = "not-readable"
    NOT_YAML = "not-yaml"
    NOT_ALLOWED_YAML = "yaml-not-allowed"
    DUPLICATE_KEY = "duplicate-key"
    NUMBER_SPELLING = "number-spelling"
    MISSING_FILE = "missing-file"
    UNREAD_FILE = "unread-file"
    FILE_NAME = "file-name"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_SHAPE = "wrong-shape"
    UNKNOWN_NODE = "unknown-node"
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_QUESTION = "unknown-question"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_PROFILE = "unknown-profile"
    UNKNOWN_PATHWAY = "unknown-pathway"
    UNKNOWN_THEME = "unknown-theme"
    UNKNOWN_PARAMETER = "unknown-parameter"
    UNKNOWN_OPTION = "unknown-option"
    UNKNOWN_RULE = "unknown-rule"
    UNKNOWN_ROW = "unknown-row"
    UNKNOWN_LEVEL = "unknown-level"
    UNKNOWN_INSTRUMENT = "unknown-instrument"
    UNKNOWN_ENTRY = "unknown-entry"
    CHANGED_ENTRY = "changed-entry"
    UNKNOWN_MEDICINE = "unknown-medicine"
    QUESTION_SHAPE = "question-shape"
    UNIT_MISMATCH = "unit-mismatch"
    OFF_STEP = "off-step"
    OUT_OF_RANGE = "out-of-range"
    TEST_DOES_NOT_FIT = "test-does-not-fit"
    ABSENT_QUESTION = "absent-question"
    DISPLAY_CYCLE = "display-cycle"
    DISPLAY_SHAPE = "display-shape"
    WHEN_HIDDEN = "when-hidden"
    NOT_OF_HIDDEN = "not-of-hidden"
    WRONG_CLASS = "wrong-class"
    UNKNOWN_PLACEHOLDER = "unknown-placeholder"
    MISSING_CASES = "missing-cases"
    CASE_FAILS = "case-fails"
    CASE_UNREADABLE = "case-unreadable"
    UNUSED_PROFILE = "unused-profile"
    LEVEL_ORDER = "level-order"
    READ_BY_A_RULE = "read-by-a-rule"
    ADVISING_WORD = "advising-word"
    UNUSED_EXCEPTION = "unused-exception"
    COURSE = "course-of-a-day"
    ASKED_ANEW = "asked-anew"
    NEVER_LISTED = "never-listed"
    NEVER_HERE = "never-on-a-pathway"
    NEVER_NOT_LISTED = "never-not-listed"
    LEVEL_NEVER = "level-never-reached"
    IDLE_PART = "idle-part"
    WORSE_IS_LESS = "worse-is-less"
    STUCK = "stuck-on-a-pathway"
    WIDER = "open-for-nothing"
    SAME_CONDITION = "same-condition"
    NEVER_ALONE = "never-alone"
    BAND_GAP = "band-gap"
    BAND_OVERLAP = "band-overlap"
    UNDECIDED = "logic-undecided"
    UNUSED_JUSTIFICATION = "unused-justification"
    TO_WRITE = "to-write"
    NEVER_TOLD = "never-told"
    NO_CONTRADICTION = "no-contradiction"
    PAPER_DISAGREES = "paper-disagrees"
    OUT_OF_ORDER = "out-of-order"
    CLUE = "gives-a-clue"
    CUT_CARRIES_NOTHING = "cut-carries-nothing"
    UNKNOWN_COLUMN = "unknown-column"
    MAP_DOES_NOT_FIT = "map-does-not-fit"
    CODE_LIKE_A_VALUE = "code-like-a-value"
    NOT_EVALUATED = "not-evaluated"


LOGIC = frozenset(
    (
        Code.NEVER_LISTED,
        Code.NEVER_HERE,
        Code.NEVER_NOT_LISTED,
        Code.LEVEL_NEVER,
        Code.IDLE_PART,
        Code.WORSE_IS_LESS,
        Code.STUCK,
        Code.WIDER,
        Code.SAME_CONDITION,
        Code.NEVER_ALONE,
        Code.BAND_GAP,
        Code.BAND_OVERLAP,
        Code.UNDECIDED,
        Code.UNUSED_JUSTIFICATION,
    )
)
"""Codes of the logic checks: what a rule can come to at all."""
REMARKS = LOGIC | {
    Code.NOT_OF_HIDDEN, Code.UNUSED_PROFILE, Code.ASKED_ANEW, Code.CODE_LIKE_A_VALUE, Code.NOT_EVALUATED,
}  # fmt: skip
"""Codes that are said but stop nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a file with line and column (from 1), and the path of keys inside it."""

    file: str
    line: int = 0
    column: int = 0
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def inside(self) -> str:
        """The path of keys as dotted text."""
        return ".".join(str(part) for part in self.path)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, with what to do about it."""

    code: Code
    place: Place
    message: str
    suggestion: str = ""
    witness: tuple[str, ...] = ()
    """The answers that show it, one a line."""

    @property
    def stops(self) -> bool:
        """Whether content with this finding is not used."""
        return self.code not in REMARKS

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "code": str(self.code),
            "place": str(self.place) + (f" {self.place.inside}" if self.place.path else ""),
            "message": self.message,
            "suggestion": self.suggestion,
        }
        return found | ({"witness": list(self.witness)} if self.witness else {})


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as one works through them: by file and line."""
    return sorted(findings, key=lambda one: (one.place.file, one.place.line, one.place.column))


def nearest(name: str, known: Iterable[str]) -> str:
    """A suggestion that names the known word nearest to `name`, or lists a few; empty when there is none."""
    from rapidfuzz import process

    words = sorted(known)
    found = process.extractOne(name, words, score_cutoff=60) if words else None
    if found is not None:
        return f"did you mean {found[0]}?"
    return f"known: {', '.join(words[:8])}" + (", ..." if len(words) > 8 else "") if words else ""

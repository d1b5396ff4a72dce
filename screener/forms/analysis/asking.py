"""What is asked of a condition, and of whom: by the search, and past its budget by the solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from screener.forms.analysis.stand_ins import StandIns
from screener.forms.answering import Given
from screener.forms.visibility import Form
from screener.rules.evaluate import Condition, Outcome
from screener.rules.expressions import Expression
from screener.rules.truth import Truth


class Asked(Protocol):
    """The conditions of one pathway, and the answers that stand for all."""

    form: Form

    def __hash__(self) -> int: ...

    def condition(self, name: str, node: Expression) -> Condition: ...

    def values(self, condition: Condition) -> Mapping[str, StandIns]: ...

    def rests_on(self, condition: Condition) -> tuple[str, ...]: ...

    def outcome(self, condition: Condition, answers: Mapping[str, Given]) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Goal:
    """What an outcome is to be: listed, not listed, or at a level while those above are not met, or not met so far."""

    word: Literal["listed", "not listed", "at level", "at level so far"]
    level: str | None = None

    def __call__(self, outcome: Outcome) -> bool:
        match self.word:
            case "listed":
                return outcome.truth is Truth.YES
            case "not listed":
                return outcome.truth is Truth.NO
            case "at level so far":
                return outcome.truth is Truth.YES and outcome.level == self.level
            case "at level":
                return outcome.truth is Truth.YES and outcome.level == self.level and not outcome.missing


is_yes, is_no = Goal("listed"), Goal("not listed")


def at_level(level: str) -> Goal:
    """Listed at this level, while every one above it is not met."""
    return Goal("at level", level)


def at_level_so_far(level: str) -> Goal:
    """Listed at this level, and at none above it as far as is answered."""
    return Goal("at level so far", level)


def decided(outcome: Outcome) -> bool:
    """Neither open, nor listed at a level above which another is open."""
    return outcome.truth is not Truth.UNKNOWN and not (outcome.truth is Truth.YES and outcome.missing)

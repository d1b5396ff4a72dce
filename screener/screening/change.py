"""What one command changed: the value that heads take everything from."""

from __future__ import annotations

from dataclasses import dataclass

from screener.forms.evaluation import RuleOutcome
from screener.screening.progress import Progress
from screener.screening.steps import Step


@dataclass(frozen=True, slots=True)
class FlagChange:
    """One rule whose outcome, level, reasons or missing answers differ from before."""

    before: RuleOutcome
    after: RuleOutcome

    @property
    def newly_listed(self) -> bool:
        return self.after.outcome == "listed" and (self.before.outcome, self.before.level) != (
            "listed",
            self.after.level,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Steps taken, flags that differ, questions that appeared or went, and progress after it.

    Empty when nothing changed.
    """

    steps: tuple[Step, ...]
    flags: tuple[FlagChange, ...]
    appeared: tuple[str, ...]
    gone: tuple[str, ...]
    progress: Progress

    def __bool__(self) -> bool:
        return bool(self.steps)

    @property
    def questions(self) -> frozenset[str]:
        """The questions whose recorded answer changed."""
        return frozenset(step.question.id for step in self.steps if hasattr(step, "question"))

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

    def then(self, later: Change) -> Change:
        """Both, as one: what differs after the later one from before this one."""
        flags = {flag.after.rule.id: flag for flag in self.flags}
        for flag in later.flags:
            first = flags.get(flag.after.rule.id, flag)
            flags[flag.after.rule.id] = FlagChange(first.before, flag.after)
        return Change(
            (*self.steps, *later.steps),
            tuple(flag for flag in flags.values() if flag.before != flag.after),
            (*(q for q in self.appeared if q not in later.gone), *(q for q in later.appeared if q not in self.gone)),
            (*(q for q in self.gone if q not in later.appeared), *(q for q in later.gone if q not in self.appeared)),
            later.progress,
        )

    @property
    def questions(self) -> frozenset[str]:
        """The questions whose recorded answer changed."""
        return frozenset(step.question.id for step in self.steps if hasattr(step, "question"))

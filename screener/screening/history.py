"""Undo and redo as stacks of steps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from screener.screening.steps import Answered, Step, Summarised


@dataclass(slots=True)
class History:
    """What can be undone and redone, named. Typing in one place folds into one step until it is sealed."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    _open: bool = False

    def push(self, step: Step, *, typing: bool = False) -> None:
        """Remember a step; while typing goes on in one place, the last one grows instead."""
        last = self.done[-1] if self.done else None
        if typing and self._open and last is not None and _same_place(last, step):
            self.done[-1] = replace(last, after=step.after)  # type: ignore[arg-type]
        else:
            self.done.append(step)
        self._open = typing
        self.undone.clear()

    def seal(self) -> None:
        """End the running step: focus left, or typing paused."""
        self._open = False

    def undo(self) -> Step | None:
        """The step that takes the last one back, or None."""
        if not self.done:
            return None
        self._open = False
        step = self.done.pop()
        self.undone.append(step)
        return step.reversed

    def redo(self) -> Step | None:
        """The step that was last taken back, or None."""
        if not self.undone:
            return None
        step = self.undone.pop()
        self.done.append(step)
        return step

    @property
    def undo_name(self) -> str | None:
        return self.done[-1].name if self.done else None

    @property
    def redo_name(self) -> str | None:
        return self.undone[-1].name if self.undone else None


def _same_place(last: Step, step: Step) -> bool:
    match last, step:
        case Answered(), Answered():
            return last.question.id == step.question.id
        case Summarised(), Summarised():
            return True
        case _:
            return False

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
        """Remember a step; while typing goes on in one place, the last one grows instead, with what came with it."""
        head = self._head()
        if typing and self._open and head is not None and _same_place(self.done[head], step):
            self.done[head] = replace(self.done[head], after=step.after)  # type: ignore[arg-type]
        else:
            self.done.append(step)
        self._open = typing or (self._open and _comes_with(step))
        self.undone.clear()

    def seal(self) -> None:
        """End the running step: focus left, or typing paused."""
        self._open = False

    def undo(self) -> tuple[Step, ...]:
        """The steps that take the last deed back, none where there is none."""
        head = self._head()
        if head is None:
            return ()
        self._open = False
        deed = self.done[head:]
        del self.done[head:]
        self.undone += reversed(deed)
        return tuple(step.reversed for step in reversed(deed))

    def redo(self) -> tuple[Step, ...]:
        """The steps of the deed that was last taken back, none where there is none."""
        deed = [self.undone.pop()] if self.undone else []
        while self.undone and _comes_with(self.undone[-1]):
            deed.append(self.undone.pop())
        self.done += deed
        return tuple(deed)

    def _head(self) -> int | None:
        """Where the last deed begins."""
        if not self.done:
            return None
        place = len(self.done) - 1
        while place and _comes_with(self.done[place]):
            place -= 1
        return place

    @property
    def undo_name(self) -> str | None:
        head = self._head()
        return None if head is None else self.done[head].name

    @property
    def redo_name(self) -> str | None:
        return self.undone[-1].name if self.undone else None


def _comes_with(step: Step) -> bool:
    return isinstance(step, Answered) and step.with_before


def _same_place(last: Step, step: Step) -> bool:
    match last, step:
        case Answered(), Answered():
            return last.question.id == step.question.id
        case Summarised(), Summarised():
            return True
        case _:
            return False

"""How far a screening has come: counts of questions by theme and state. Never a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screener.rules.values import Kind, State


@dataclass(frozen=True, slots=True)
class ThemeProgress:
    """Of one theme's shown questions, how many stand how."""

    shown: int
    answered: int
    not_known: int
    declined: int
    come_back: int
    differing: int

    @property
    def settled(self) -> int:
        """Answered, not known or declined: nothing more is waiting."""
        return self.answered + self.not_known + self.declined

    @property
    def share(self) -> float:
        """From 0 to 1, for a ring. Where nothing is asked nothing is finished: the ring is empty."""
        return self.settled / self.shown if self.shown else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress by theme, in the pathway's order."""

    themes: Mapping[str, ThemeProgress]

    def total(self, name: str) -> int:
        """The sum over themes of one count, such as `shown` or `answered`."""
        return sum(getattr(theme, name) for theme in self.themes.values())


def count_theme(states: Mapping[str, State]) -> ThemeProgress:
    """Progress of one theme out of the states of its shown questions."""
    found = list(states.values())
    return ThemeProgress(
        shown=len(found),
        answered=found.count(State.ANSWERED),
        not_known=found.count(State.NOT_KNOWN),
        declined=found.count(State.DECLINED),
        come_back=found.count(State.COME_BACK),
        differing=found.count(State.DIFFERING),
    )


ASKED_KINDS = frozenset(kind for kind in Kind if kind is not Kind.DERIVED)
"""Derived values are worked out, so they are not counted as questions."""

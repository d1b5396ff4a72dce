"""What rules are evaluated against: the answers as the logic sees them, in flat lists with one place a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from screener.rules.readings import Measured
from screener.rules.values import NOT_APPLICABLE, Answer, Ratio, Readings, State, unanswered

if TYPE_CHECKING:
    from screener.rules.medicines import Dictionary
    from screener.rules.scores import Scoring

_NOT_APPLICABLE = State.NOT_APPLICABLE


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where each question stands in the lists, and what is known of it before anything is answered."""

    place: Mapping[str, int]
    single: frozenset[str] = frozenset()
    """Questions whose value is never a set of options."""
    alone: frozenset[str] = frozenset()
    """Questions that are always shown and never worked out: what the logic sees of them rests on themselves only."""
    ratios: frozenset[str] = frozenset()
    """Questions whose value, where there is one, is a ratio."""
    scorings: Mapping[str, Scoring] = field(default_factory=dict)
    """How the instrument of each question of that kind is scored."""
    dictionary: Dictionary | None = None
    """The names of medicines; without one, every name is unrecognised."""
    blank: list[Answer] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "blank", [unanswered(question) for question in self.place])


def layout_of(questions: Iterable[str]) -> Layout:
    """A layout for these questions alone, about which nothing is known."""
    return Layout({question: place for place, question in enumerate(dict.fromkeys(questions))})


class Facts:
    """The answers as the logic sees them, and the visit's day. A question without an answer is not asked."""

    __slots__ = ("day", "layout", "seen", "values")

    def __init__(self, answers: Mapping[str, Answer], day: date, layout: Layout | None = None) -> None:
        self.day = day
        self.layout = layout_of(answers) if layout is None else layout
        self.seen: list[Answer] = self.layout.blank.copy()
        self.values: list[object] = [None] * len(self.seen)
        """What tests read: the value, None where nothing is known, NOT_APPLICABLE."""
        for question, answer in answers.items():
            self.put(self.layout.place[question], answer)

    def put(self, place: int, answer: Answer) -> None:
        """Let the logic see this answer from now on."""
        self.seen[place] = answer
        value = answer.value
        kind = value.__class__
        if kind is str or kind is Decimal or kind is Ratio:
            self.values[place] = value
        elif value is None:
            self.values[place] = NOT_APPLICABLE if answer.state is _NOT_APPLICABLE else None
        elif isinstance(value, Readings):
            self.values[place] = Measured(value)
        elif isinstance(value, datetime) and value.tzinfo is not None:
            self.values[place] = value.replace(tzinfo=None)
        else:
            self.values[place] = value

    def of(self, question: str) -> Answer:
        place = self.layout.place.get(question)
        return unanswered(question) if place is None else _as_shown(self.seen[place])

    @property
    def answers(self) -> dict[str, Answer]:
        """Every question's answer as it is shown."""
        return dict(zip(self.layout.place, map(_as_shown, self.seen), strict=True))

    def laid_out(self, layout: Layout) -> Facts:
        """The same facts in another layout."""
        if layout is self.layout:
            return self
        return Facts({question: self.of(question) for question in layout.place}, self.day, layout)

    def only(self, questions: Iterable[str]) -> Facts:
        """The facts as they would be if only these questions had been answered."""
        fewer = self._with(self.layout.blank.copy(), [None] * len(self.values))
        for place in map(self.layout.place.__getitem__, questions):
            fewer.seen[place], fewer.values[place] = self.seen[place], self.values[place]
        return fewer

    def also(self, answers: Mapping[str, Answer]) -> Facts:
        """The facts as they would be if these questions were answered too."""
        more = self._with(self.seen.copy(), self.values.copy())
        for question, answer in answers.items():
            more.put(self.layout.place[question], answer)
        return more

    def _with(self, seen: list[Answer], values: list[object]) -> Facts:
        made = Facts.__new__(Facts)
        made.day, made.layout, made.seen, made.values = self.day, self.layout, seen, values
        return made


def _as_shown(answer: Answer) -> Answer:
    """A ratio is shown as the fraction that it is."""
    return answer._replace(value=answer.value.fraction) if isinstance(answer.value, Ratio) else answer

"""What a table holds of each question, and whether it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from screener.forms.evaluation import RuleSet
from screener.forms.in_place import parts
from screener.forms.in_place.parts import STATES, NoFormError
from screener.forms.model import Question
from screener.rules.values import Kind, State, Value

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Seen:
    """A table, and the columns that are worked out in it once."""

    def __init__(self, rules: RuleSet, table: ir.Table, exponents: Mapping[str, int]) -> None:
        self.table = table
        self.held = frozenset(table.columns)
        self._rules, self._form = rules, rules.form
        self._exponents = exponents
        self._gated: dict[str, str | None] = {}
        """The questions whose display condition stands in a column, or why it has no form."""
        self._names: dict[str, list[str] | str] = {}
        """The names in a list of medicines, or why they have no form."""

    # What is seen of a question

    def question(self, question_id: str) -> Question | None:
        return self._form.questions.get(question_id)

    def holds(self, question: Question) -> bool:
        """Whether the table has anything of a question."""
        return f"{question.id}/state" in self.held

    def asked(self, question_id: str, *kinds: Kind) -> Question | None:
        """A question of one of these kinds whose answers the table holds; None where nobody was asked."""
        question = self.question(question_id)
        if question is None:
            return None
        if question.kind not in kinds:
            raise NoFormError(f"{question_id} is of the kind {question.kind}, which such a test has no form for")
        return question if self.holds(question) or self.instead(question_id) is not None else None

    def exponent(self, question_id: str) -> int:
        """The decimals of a question's columns."""
        return self._exponents.get(question_id, 0)

    def whole(self, figure: Decimal, exponent: int) -> int:
        """A figure in units of a scale."""
        units = Fraction(figure) * 10**exponent
        if units.denominator != 1:
            raise NoFormError(f"{figure} has more decimals than its column")
        return int(units)

    def instead(self, question_id: str) -> Value | None:
        """The value that stands for a question while it is hidden."""
        return self._form.instead(question_id) if question_id in self._form.questions else None

    def answered(self, question_id: str, test: Any) -> Any:
        """A test, NULL where the question has no answer."""
        return parts.known_where(self.has_answer(question_id), test)

    def has_answer(self, question_id: str) -> Any:
        state = f"{question_id}/state"
        return self.table[state] == STATES.index(State.ANSWERED) if state in self.held else parts.literal(False)

    def gate(self, question_id: str) -> Any:
        """The display condition of a question; None where it is always shown."""
        if question_id not in self._gated:
            return None
        why = self._gated[question_id]
        if why is not None:
            raise NoFormError(f"whether {question_id} is shown cannot be told: {why}")
        return self.table[gate_column(question_id)]

    def hidden(self, question_id: str) -> Any:
        """Whether a question is hidden, whatever stands in its place; never NULL."""
        gate = self.gate(question_id)
        return parts.literal(False) if gate is None else parts.is_false(gate)

    def standing(self, question_id: str) -> tuple[Any, Any]:
        """Whether a question is not applicable, and whether it can be told what it says; never NULL."""
        gate, question = self.gate(question_id), self.question(question_id)
        shown = parts.literal(True) if gate is None else parts.is_true(gate)
        if self.instead(question_id) is not None:
            return parts.literal(False), parts.literal(True) if gate is None else gate.notnull()
        away = parts.literal(False) if gate is None else parts.is_false(gate)
        if question is None or question.formula is None:
            return away, shown
        below = [self.standing(needed) for needed in question.formula.of]
        away = away | (shown & parts.any_of(one for one, _ in below))
        return away, parts.all_of([shown, *(told for _, told in below)])

    def names(self, question_id: str) -> list[str]:
        """The names in a list of medicines, each with its route."""
        found = self._names.get(question_id, [])
        if isinstance(found, str):
            raise NoFormError(found)
        return found

    def said_to_be_all(self, question: Question) -> Any:
        """Whether nobody said that a list lacks any; never NULL."""
        complete = None if question.complete is None else self.question(question.complete)
        if complete is None or not self.holds(complete):
            return parts.literal(True)
        no = self.has_answer(complete.id) & parts.is_true(self.table[complete.id] == "no")
        instead = self.instead(complete.id)
        gate = self.gate(complete.id)
        if gate is None:
            return ~no
        return ~((parts.is_true(gate) & no) | (parts.is_false(gate) & parts.literal(instead == "no")))


def gate_column(question_id: str) -> str:
    return f"{question_id}/shown"

"""Questions of a table as the logic sees them, and conditions over them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from screener.forms.in_place import measures, medicines, moments, parts, readings, scores
from screener.forms.in_place.parts import STATES, NoFormError
from screener.forms.in_place.seen import Seen, gate_column
from screener.forms.model import Question
from screener.rules import leaves
from screener.rules.evaluate import of_readings
from screener.rules.expressions import (
    AccountsDiffer,
    All,
    Any_,
    Ask,
    Compare,
    Count,
    Expression,
    Missing,
    Not,
    OfReadings,
    ParameterRef,
    Score,
    Takes,
    questions_read,
)
from screener.rules.medicines import of_list
from screener.rules.numbers import compares
from screener.rules.scores import judge as judge_score
from screener.rules.values import Kind, State

if TYPE_CHECKING:
    pass

_OF_ONE_VALUE = (Kind.YES_NO, Kind.CHOICE, Kind.TEXT)
_OF_DAYS = ("within", "older_than", "after")


class Sight(Seen):
    """What the logic sees of each question, and what conditions make of it."""

    _truths: tuple[Any, dict[str, Any]] = (None, {})
    """What conditions come to over the table as it is."""

    # Columns that are worked out once

    def add_columns(self) -> None:
        """What many rules share: the names of medicines, and a column for each display condition."""
        for question in self._form.questions.values():
            if question.kind is Kind.MEDICINES and self.holds(question):
                self.table = self.table.mutate(**medicines.key_columns(self, question.id))
                try:
                    self._names[question.id] = medicines.names(self, question.id)
                except NoFormError as why:
                    self._names[question.id] = str(why)
        self._add_gates()

    def _add_gates(self) -> None:
        """Display conditions together with all others that rest on those before them."""
        waiting: dict[str, Any] = {}

        def put() -> None:
            if waiting:
                self.table = self.table.mutate(**waiting)
                waiting.clear()

        for question_id in self._form.in_order:
            condition = self._form.questions[question_id].shown_when
            if condition is None:
                continue
            if any(
                gate_column(read) in waiting
                for below in questions_read(condition)
                for read in self._form.rests_on(below)
            ):
                put()
            try:
                waiting[gate_column(question_id)] = self.truth(condition)
                self._gated[question_id] = None
            except NoFormError as why:
                self._gated[question_id] = str(why)
        put()

    def truth(self, node: Expression) -> Any:
        """A condition: true, false, or NULL; the same for the same condition."""
        table, known = self._truths
        if table is not self.table:
            known = {}
            self._truths = (self.table, known)
        written = repr(node)  # some nodes hold a dict, which has no hash
        if written not in known:
            known[written] = self._truth(node)
        return known[written]

    def _truth(self, node: Expression) -> Any:
        match node:
            case All():
                return parts.all_of([self.truth(part) for part in node.all])
            case Any_():
                return parts.any_of([self.truth(part) for part in node.any])
            case Not():
                return ~self.truth(node.not_)
            case Count():
                return parts.at_least(node.count.at_least, [self.truth(part) for part in node.count.of])
            case Ask() if node.before is None:
                return self._limited(node, node.ask, lambda limit: self._ask(node, limit))
            case Score():
                return self._limited(node, node.score, lambda limit: scores.judge(self, node, limit))
            case OfReadings():
                return self._limited(node, node.readings, lambda limit: readings.judge(self, node, limit))
            case Takes():
                return self._takes(node)
            case Ask():
                return self._pair(node.ask, str(node.before), lambda: moments.before(self, node))
            case Compare():
                left, right, _ = leaves.of_pair(node)
                return self._pair(left, right, lambda: moments.compared(self, node, left, right))
            case Missing():
                return self._recorded(node.missing, State.NOT_ASKED, State.COME_BACK)
            case AccountsDiffer():
                asked = self._recorded(node.accounts_differ, State.DIFFERING)
                never = self._recorded(node.accounts_differ, State.NOT_ASKED)
                return asked | (never & parts.null())

    def _shown(self, question_id: str, test: Any, instead: Callable[[], Any] | None) -> Any:
        """A test through the question's gate: what stands instead where it is NO, NULL where it is not known."""
        gate = self.gate(question_id)
        if gate is None:
            return test
        if instead is None:
            return (test | (gate & ~gate)) & gate
        return (gate & test) | (~gate & instead()) | (gate & ~gate)

    def _pair(self, left: str, right: str, test: Callable[[], Any]) -> Any:
        """A test of two questions: NO where either is not applicable, whatever the other is."""
        (left_away, left_told), (right_away, right_told) = self.standing(left), self.standing(right)
        return ~(left_away | right_away) & parts.known_where(left_told & right_told, test())

    def _recorded(self, question_id: str, *states: State) -> Any:
        """Whether a question that is shown stands in one of these states."""
        question = self.question(question_id)
        if question is not None and question.formula is not None:
            raise NoFormError(f"{question_id} is worked out, and how it stands has no form")
        if question is None or not self.holds(question):
            test = parts.literal(State.NOT_ASKED in states)
        else:
            test = parts.among(self.table[f"{question_id}/state"], [STATES.index(state) for state in states])
        return self._shown(question_id, test, None)

    # Single tests

    def _limited(self, node: Ask | Score | OfReadings, question_id: str, test: Callable[[Decimal | None], Any]) -> Any:
        limit = leaves.limit_of(node)
        if isinstance(limit, ParameterRef):
            values = self._rules.figures.get(limit.id)
            if values is None:
                return self._shown(question_id, parts.null(), self._instead(question_id, lambda _: parts.null()))
            if values.get(limit.part) is None:
                return parts.literal(False)
            limit = values[limit.part]
        found = limit
        made = test(limit)
        if isinstance(node, Ask) and node.test in _OF_DAYS:  # days hold what stands for them already
            return self._shown(question_id, made, self._instead(question_id, lambda _: made))
        instead = self._instead(question_id, lambda value: self._of_value(node, found, value))
        return self._shown(question_id, made, instead)

    def _instead(self, question_id: str, made: Callable[[Any], Any]) -> Callable[[], Any] | None:
        value = self.instead(question_id)
        return None if value is None else lambda: made(value)

    def _of_value(self, node: Ask | Score | OfReadings, limit: Decimal | None, value: Any) -> Any:
        """What a test makes of the value that stands for a hidden question."""
        if isinstance(node, Score):
            scoring = self._form.layout.scorings[node.score]
            return parts.constant(judge_score(node, scoring, limit)(value, date.min))
        if isinstance(node, OfReadings):
            if node.count is not None and node.count.on and value.items:
                raise NoFormError(f"{node.readings} holds readings while it is hidden, whose days have no form")
            return parts.constant(of_readings(node, limit)(value, date.min))
        if node.test in ("is", "one_of"):
            wanted = frozenset((str(node.is_),) if node.one_of is None else node.one_of)
            chosen = value if isinstance(value, frozenset) else {value}
            return parts.literal(not wanted.isdisjoint(chosen))
        tests = parts.tests(node, limit)
        return parts.constant(min(compares(value, comparison, figure) for comparison, figure in tests))

    def _ask(self, node: Ask, limit: Decimal | None) -> Any:
        if node.test in ("is", "one_of"):
            question = self.asked(node.ask, *_OF_ONE_VALUE, Kind.CHOICES)
            return parts.null() if question is None else self._chosen(question, node)
        if node.test in _OF_DAYS:
            return moments.from_visit(self, node)
        question = self.question(node.ask)
        measure = None if question is None else measures.measure(self, question)
        met = parts.null()
        if measure is not None:
            met = parts.all_of(measure.meets(c, Fraction(figure)) for c, figure in parts.tests(node, limit))
        if question is None or question.formula is None:
            return met
        below = [self.standing(needed) for needed in question.formula.of]
        away, told = parts.any_of(one for one, _ in below), parts.all_of(one for _, one in below)
        return ~away & parts.known_where(told, met)

    def _chosen(self, question: Question, node: Ask) -> Any:
        wanted = (str(node.is_),) if node.one_of is None else node.one_of
        if not self.holds(question):
            return parts.null()
        if question.kind in _OF_ONE_VALUE:
            return parts.among(self.table[question.id], wanted)
        held = [f"{question.id}/{option}" for option in wanted if option in question.option_ids]
        if not held:
            raise NoFormError(f"{question.id} has none of the options {', '.join(wanted)}")
        return parts.any_of([self.table[name] for name in held])

    # Medicines

    def _takes(self, node: Takes) -> Any:
        dictionary = self._form.layout.dictionary
        if dictionary is None:
            raise NoFormError(f"{node.in_} has no dictionary")

        def instead(value: Any) -> Any:
            if node.within is not None and value.items:
                raise NoFormError(f"{node.in_} holds medicines while it is hidden, whose days have no form")
            return parts.constant(of_list(node, value, dictionary, None).truth)

        return self._shown(node.in_, medicines.judge(self, node, dictionary), self._instead(node.in_, instead))

"""The columns of a form as the logic sees them: what is shown, what stands behind a gate, what is worked out."""

from __future__ import annotations

import numpy as np

from screener.forms.columns.answers import Batch
from screener.forms.columns.deriving import derived
from screener.forms.model import Question
from screener.forms.visibility import Form
from screener.rules.columns.column import Column, not_asked
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.leaves import Leaves
from screener.rules.columns.masks import Mask
from screener.rules.columns.medicines import MedicineRows
from screener.rules.columns.options import Options
from screener.rules.columns.states import GATE_OPEN, NOT_APPLICABLE, chosen
from screener.rules.columns.tree import Plan
from screener.rules.values import Value


class Sight:
    """How one pathway's logic sees recorded columns; the same as `Form.facts`, for many records."""

    def __init__(self, form: Form) -> None:
        self.form = form
        leaves = Leaves(form.layout.scorings, form.layout.dictionary, {})
        asked = [form.questions[question_id] for question_id in form.in_order]
        self._asked = [
            (question, None if question.shown_when is None else Plan([question.shown_when], leaves))
            for question in asked
        ]

    def facts(self, batch: Batch) -> ColumnFacts:
        """Every question of the form, what it rests on first."""
        facts = ColumnFacts({}, batch.days)
        for question, gate in self._asked:
            column = self._shown(question, batch, facts)
            if gate is not None:
                column = behind(column, gate.one(facts), self.form.instead(question.id))
            facts.columns[question.id] = column
        return facts

    def _shown(self, question: Question, batch: Batch, facts: ColumnFacts) -> Column:
        """What is seen of a question that is shown."""
        if question.formula is not None:
            return derived(question.formula, facts)
        column = batch.columns.get(question.id)
        if column is None:
            column = not_asked(len(batch))
        if question.complete in self.form.questions and isinstance(column, MedicineRows):
            complete = facts.of(str(question.complete))
            if isinstance(complete, Options):
                column = column.not_all(complete.one_of(("no",)) & complete.answered)
        return column


def behind(column: Column, gate: Mask, instead: Value | None) -> Column:
    """What is seen of a question through its gate: itself, what stands in its place, or nothing while that is open."""
    if gate.yes.all():
        return column
    open_or_shown = chosen(gate.yes, column.state, np.uint8(GATE_OPEN))
    if instead is None:
        return column.standing_as(chosen(gate.no, np.uint8(NOT_APPLICABLE), open_or_shown))
    return column.standing_as(open_or_shown).filled(gate.no, instead)

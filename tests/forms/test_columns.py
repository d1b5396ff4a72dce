"""Records as columns: every kind of answer has one, and gives back what it was given."""

from __future__ import annotations

import gc
import weakref
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from screener.forms.columns.answers import HELD_IN, blank, from_answers
from screener.forms.columns.evaluation import ColumnRules
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.forms.visibility import Form
from screener.places import forms_folder
from screener.rules.columns.leaves import Leaves
from screener.rules.columns.tree import Plan
from screener.rules.values import InstrumentResult, Kind, MedicineEntry, Medicines, Readings, State, Value
from tests.benchmarks.pack import LIMIT, bench_pack
from tests.benchmarks.pack import PATHWAY as BENCH
from tests.benchmarks.records import visits
from tests.rules.running import VISIT
from tests.rules.strategies import raw_answers, read


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


@cache
def forms() -> list[Form]:
    return [Form(shipped(), pathway.id) for pathway in shipped().pathways]


def as_rules_read(value: Value | None) -> object:
    """A value without what no rule reads."""
    match value:
        case Medicines():
            kept = [MedicineEntry(e.name, e.route, last_taken=e.last_taken, use=e.use) for e in value.items]
            return Medicines(tuple(kept), value.complete)
        case Readings():
            return value
        case InstrumentResult():
            return dict(value.items), value.total, dict(value.scores)
        case _:
            return value


def test_every_kind_has_a_column() -> None:
    assert set(HELD_IN) == set(Kind)


@given(st.data())
def test_a_column_gives_back_every_answer_that_it_was_made_of(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms()))
    asked = data.draw(st.lists(st.sampled_from(list(form.questions)), min_size=1, max_size=12, unique=True))
    records = [read(form, raw) for raw in data.draw(st.lists(raw_answers(form, asked), min_size=1, max_size=4))]
    batch = from_answers(form, records, VISIT)
    for question_id, column in batch.columns.items():
        for row, answers in enumerate(records):
            said = answers.get(question_id)
            assert column.standing(row) is (State.NOT_ASKED if said is None else said.state)
            assert as_rules_read(column.value(row)) == as_rules_read(None if said is None else said.value)
            part = column.rows(row, row + 1)
            assert (part.standing(0), part.value(0)) == (column.standing(row), column.value(row))


def test_a_blank_column_of_every_question_is_not_asked() -> None:
    for question in shipped().questions.values():
        column = blank(question, 3)
        assert [column.standing(row) for row in range(3)] == [State.NOT_ASKED] * 3
        assert column.value(1) is None


def test_what_is_worked_out_of_a_chunk_is_let_go_of_with_it() -> None:
    rules = RuleSet(bench_pack(), BENCH, [], LIMIT)
    over, batch = ColumnRules(rules), from_answers(rules.form, list(visits(rules.form, 50)), VISIT)
    conditions = [node for condition in rules.conditions.values() for _, node in condition.levels]
    plan = Plan(conditions, Leaves({}, None, rules.figures))
    gc.collect()
    gc.disable()
    try:
        facts = over.seen(batch.rows(0, 50))
        plan.run(facts, lambda _, mask: None)
        columns = [weakref.ref(column) for column in facts.columns.values()]
        del facts
        assert [column() for column in columns if column() is not None] == []
    finally:
        gc.enable()

"""Rules evaluated where a table lies come to what the live engine comes to, cell by cell."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from screener.forms import in_place
from screener.forms.columns.answers import from_answers
from screener.forms.evaluation import RuleSet
from screener.forms.in_place import STATES, VISIT, InPlace, NotTranslated
from screener.rules.columns.column import Column
from screener.rules.columns.figures import Dates, Numbers
from screener.rules.columns.instruments import Results
from screener.rules.columns.options import Options, OptionSets
from screener.rules.values import State
from tests.forms.random_records import records
from tests.forms.test_columns_agree import live, on_pathway
from tests.forms.test_columns_agree import made_up as small_packs
from tests.postgres import server

ibis = pytest.importorskip("ibis")
pytest.importorskip("duckdb")
RECORDS = 200
ROW = "row"
Put = Callable[[Any], Any]
"""Makes of an Arrow table one that lies in a database."""
WORDS = {True: "listed", False: "not_listed", None: "not_established"}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Any]:
    """A connection to a PostgreSQL server that lasts for the tests of this file."""
    with server() as url:
        connection = ibis.connect(url)
        yield connection
        connection.disconnect()


@pytest.fixture(params=["duckdb", "postgres"])
def put(request: pytest.FixtureRequest) -> Put:
    """Each database in turn."""
    if request.param == "duckdb":
        return _into_duckdb
    connection = request.getfixturevalue(request.param)

    def into_postgres(table: Any) -> Any:
        return connection.create_table(f"records_{next(_numbers)}", table)

    return into_postgres


_numbers = itertools.count()


def _into_duckdb(table: Any) -> Any:
    return ibis.memtable(table)


def as_table(rules: RuleSet, count: int, seed: int) -> tuple[Any, dict[str, int], Any]:
    """Random records as a table, the decimals of its numbers, and the records whose answers the table can hold."""
    import pyarrow as pa

    given = [
        (day, {q: one for q, one in answers.items() if _fits(q, one, rules)})
        for day, answers in records(rules.form, count, seed)
    ]
    batch = from_answers(rules.form, [answers for _, answers in given], [day for day, _ in given])
    found: dict[str, Any] = {ROW: pa.array(range(count)), VISIT: pa.array([day for day, _ in given], pa.date32())}
    exponents = {}
    for question_id, column in batch.columns.items():
        states = [STATES.index(column.standing(row)) for row in range(len(column))]
        values = _values(question_id, column)
        if values is not None:
            found |= {f"{question_id}/state": pa.array(states, pa.int8()), **values}
            exponents[question_id] = getattr(column, "exponent", 0)
    return pa.table(found), exponents, given


def _fits(question_id: str, one: Any, rules: RuleSet) -> bool:
    """Items and further scores of instruments have no columns there; strange numbers no scale."""
    question = rules.form.questions[question_id]
    said = [account.value for account in one.accounts]
    if question.kind == "instrument":
        return all(value is None or (not value.items and not value.scores) for value in said)
    if question.kind == "number":
        return all(value is None or (value < 10**6 and value == round(value, 2)) for value in said)
    return True


def _values(question_id: str, column: Column) -> dict[str, Any] | None:
    import pyarrow as pa

    answered = [state is State.ANSWERED for state in map(column.standing, range(len(column)))]

    def kept(values: Any, kind: Any) -> Any:
        return pa.array([value if here else None for value, here in zip(values, answered, strict=True)], kind)

    match column:
        case Options():
            return {question_id: kept([column.options[code] for code in column.codes], pa.string())}
        case OptionSets():
            ticked = {option: column.one_of((option,)).tolist() for option in column.options}
            return {f"{question_id}/{option}": kept(rows, pa.bool_()) for option, rows in ticked.items()}
        case Numbers():
            return {question_id: kept(column.units.tolist(), pa.int64())}
        case Dates():
            ends = {"first": column.first.tolist(), "last": column.last.tolist()}
            return {
                f"{question_id}/{end}": kept([date.fromordinal(max(1, day)) for day in days], pa.date32())
                for end, days in ends.items()
            }
        case Results() if column.scoring.scores:
            pairs = zip(column.figures[:, 0].tolist(), column.given[:, 0].tolist(), strict=True)
            return {f"{question_id}/total": kept([units if said else None for units, said in pairs], pa.int64())}
        case _:
            return None


def sets() -> list[RuleSet]:
    return [on_pathway("kap", 0), *small_packs()]


@pytest.mark.slow
@pytest.mark.parametrize("place", range(7))
def test_every_cell_is_what_the_live_engine_says(place: int, put: Put) -> None:
    assert differences(sets()[place], RECORDS, seed=place, put=put) == []


def differences(rules: RuleSet, count: int, seed: int, put: Put = _into_duckdb) -> list[Any]:
    """The cells that are not what the live engine says."""
    made, exponents, given = as_table(rules, count, seed)
    table = put(made)
    inside = InPlace(rules, exponents)
    without = inside.without_form(table)
    wanted = [rule_id for rule_id in rules.rules if rule_id not in without]
    assert len(wanted) >= len(rules.rules) / 4
    done = inside.outcomes(table, wanted, [ROW]).to_pyarrow().sort_by(ROW).to_pydict()
    differ = list[Any]()
    for row, expected in enumerate(live(rules, given)):
        for rule_id in wanted:
            names = [name for name, _ in reversed(rules.conditions[rule_id].levels) if name is not None]
            highest = next((name for name in names if done[f"{rule_id}/{name}"][row]), None)
            said = (WORDS[done[rule_id][row]], highest)
            if said != expected[rule_id][:2]:
                differ.append((row, rule_id, said, expected[rule_id]))
    return differ


FAULTS: dict[str, tuple[str, Any]] = {
    "a gate that is open lets its question through": ("_shown", lambda self, question_id, test, instead: test),
    "what is not recorded is no": ("_recorded", lambda self, question_id, *states: in_place._literal(False)),
    "months of thirty days": ("_start", lambda day, length: day - ibis.interval(days=30 * length.count)),
    "intervals read as their first ends": ("_of_rails", lambda yes, no: yes),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, wrong = FAULTS[fault]
    monkeypatch.setattr(in_place._Sight if hasattr(in_place._Sight, name) else in_place, name, wrong)
    assert any(differences(rules, 200, seed=3) for rules in small_packs()[:1] + small_packs()[3:])


def test_what_has_no_form_is_named_with_its_part_and_why() -> None:
    rules = on_pathway("kap", 0)
    made, exponents, _ = as_table(rules, 20, seed=1)
    table = ibis.memtable(made)
    inside = InPlace(rules, exponents)
    with pytest.raises(NotTranslated) as refused:
        inside.outcomes(table)
    assert set(refused.value.reasons) == set(inside.without_form(table))
    assert any("`takes` is not written for databases" in why for why in refused.value.reasons.values())
    assert any("`readings` is not written for databases" in why for why in refused.value.reasons.values())
    assert str(refused.value).startswith(next(iter(refused.value.reasons)))

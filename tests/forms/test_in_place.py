"""Rules evaluated where a table lies come to what the live engine comes to, cell by cell."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from screener.forms.evaluation import RuleSet
from screener.forms.in_place import InPlace, NotTranslated, parts, readings
from screener.forms.in_place.sight import Sight
from tests.forms.as_table import ROW, as_table
from tests.forms.test_columns_agree import live, on_pathway, shipped
from tests.forms.test_columns_agree import made_up as small_packs
from tests.postgres import server

ibis = pytest.importorskip("ibis")
pytest.importorskip("duckdb")
RECORDS = 200
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
    found, wanted = _as_far_as_it_goes(InPlace(rules, exponents), table)
    done = found.to_pyarrow().sort_by(ROW).to_pydict()
    differ = list[Any]()
    for row, expected in enumerate(live(rules, given)):
        for rule_id in wanted:
            names = [name for name, _ in reversed(rules.conditions[rule_id].levels) if name is not None]
            highest = next((name for name in names if done[f"{rule_id}/{name}"][row]), None)
            said = (WORDS[done[rule_id][row]], highest)
            if said != expected[rule_id][:2]:
                differ.append((row, rule_id, said, expected[rule_id]))
    return differ


def _as_far_as_it_goes(inside: InPlace, table: Any) -> tuple[Any, list[str]]:
    """The outcomes of all rules, or of those that have a form where two have none."""
    wanted = list(inside.rules.rules)
    try:
        return inside.outcomes(table, wanted, [ROW]), wanted
    except NotTranslated as refused:
        assert len(refused.reasons) <= 2
        wanted = [rule_id for rule_id in wanted if rule_id not in refused.reasons]
        return inside.outcomes(table, wanted, [ROW]), wanted


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "a gate that is open lets its question through": (Sight, "_shown", lambda self, question_id, test, instead: test),
    "what is not recorded is no": (Sight, "_recorded", lambda self, question_id, *states: parts.literal(False)),
    "months of thirty days": (parts, "start", lambda day, length: day - ibis.interval(days=30 * length.count)),
    "intervals read as their first ends": (parts, "of_rails", lambda yes, no: yes),
    "a list that is said not to be all is": (Sight, "said_to_be_all", lambda self, question: parts.literal(True)),
    "readings of any phase": (readings._Taken, "_said", lambda self, number, phase: parts.literal(True)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, name, wrong = FAULTS[fault]
    monkeypatch.setattr(place, name, wrong)
    assert any(differences(rules, 200, seed=3) for rules in small_packs())


def test_every_rule_of_a_shipped_pathway_has_a_form() -> None:
    rules = on_pathway("kap", 0)
    made, exponents, _ = as_table(rules, 20, seed=1)
    assert InPlace(rules, exponents).without_form(ibis.memtable(made)) == {}


def test_what_has_no_form_is_named_with_its_part_and_why() -> None:
    rules = small_packs()[-1]
    made, exponents, _ = as_table(rules, 20, seed=1)
    table = ibis.memtable(made)
    inside = InPlace(rules, exponents)
    with pytest.raises(NotTranslated) as refused:
        inside.outcomes(table)
    assert set(refused.value.reasons) == set(inside.without_form(table)) == {"s.bmi_missing", "s.bmi_differs"}
    assert str(refused.value).startswith("s.bmi_missing: s.bmi is worked out, and how it stands has no form")


def test_a_table_with_a_few_columns_is_enough_and_what_it_has_not_is_not_asked() -> None:
    import pyarrow as pa

    given = {
        "id": [1, 2, 3],
        "visit": [date(2026, 11, 23)] * 3,
        "psychosis.ever/state": [0, 0, 1],
        "psychosis.ever": ["yes", "no", None],
    }
    table = ibis.memtable(pa.table(given))
    inside = InPlace(RuleSet(shipped(), "ketamine-clinic", ["clinic"], {"pressure_limit": "trial_150"}))
    found = inside.outcomes(table, ["psychosis.ever_ketamine", "bp.clinic_limit", "medicines.list_missing"], ["id"])
    assert found.to_pyarrow().sort_by("id").to_pydict() == {
        "id": [1, 2, 3],
        "psychosis.ever_ketamine": [True, None, None],  # what else it reads is not asked
        "bp.clinic_limit": [None, None, None],
        "medicines.list_missing": [True, True, True],
    }


def test_nothing_is_written_that_spark_does_not_read() -> None:
    """Its grammar has no IS NOT NULL after IN; tests/proofs/spark.py runs all of it in Spark."""
    rules = on_pathway("kap", 0)
    made, exponents, _ = as_table(rules, 3, 0)
    table, inside = ibis.memtable(made), InPlace(rules, exponents)
    without = inside.without_form(table)
    some = [rule_id for rule_id in rules.rules if rule_id not in without][:40]
    written = ibis.to_sql(inside.outcomes(table, some, [ROW]), dialect="pyspark")
    assert len(written) > 100_000 and re.findall(r"\bIN \([^()]*\) IS ", written) == []

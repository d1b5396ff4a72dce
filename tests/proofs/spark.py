"""Rules that Spark evaluates, in local mode, come to what the live engine comes to, cell by cell.

Needs the extra `cohort-spark` and Java; where one of them is absent nothing is tried, and that is said.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest.mock import patch

from screener.forms.evaluation import RuleSet
from screener.forms.in_place import InPlace, parts
from tests.forms.as_table import ROW, as_table
from tests.forms.test_columns_agree import live, made_up, on_pathway
from tests.proofs.table import Asked, Proof, Row, planted

TOGETHER = 40
"""So many rules are one query: of all of a pathway Spark makes a plan that it spends minutes on."""
PLANTED = 60
WORDS = {True: "listed", False: "not_listed", None: "not_established"}


def lacking() -> str:
    """Why Spark cannot run on this machine; empty where it can."""
    if find_spec("pyspark") is None:
        return "pyspark is not here (it comes with the extra `cohort-spark`): Spark is left out"
    return "" if shutil.which("java") else "Java is not here: Spark is left out"


def prove(asked: Asked) -> list[Row]:
    """So many records over a shipped pathway and the small packs."""
    problem = lacking()
    if problem:
        asked.say(problem)
        return []
    cells = failures = 0
    with spark() as connection:
        for place, rules in enumerate([on_pathway("kap", 0), *made_up()]):
            seen, wrong = differences(connection, rules, asked.number, place)
            cells, failures = cells + seen, failures + len(wrong)
            for one in wrong[:5]:
                asked.say(f"set {place}: {one}")
        with patch.object(parts, "of_rails", lambda yes, no: yes):
            noticed = bool(differences(connection, made_up()[-1], PLANTED, 3)[1])
    return [
        Row("outcomes of Spark in local mode, against the live engine", cells, failures),
        planted("Spark reads intervals as their first ends", [noticed]),
    ]


@contextmanager
def spark() -> Iterator[Any]:
    """A connection to Spark in this process, whose files lie in a folder that goes afterwards."""
    import ibis
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory(prefix="spark-") as place:
        session = (
            SparkSession.builder.master("local[1]")
            .appName("screener")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", f"{place}/warehouse")
            .config("spark.local.dir", f"{place}/local")
            .config("spark.driver.extraJavaOptions", f"-Djava.io.tmpdir={place} -Dderby.system.home={place}")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()
        )
        try:
            connection = ibis.pyspark.connect(session)
            connection.folder = Path(place)
            yield connection
        finally:
            session.stop()


def differences(connection: Any, rules: RuleSet, count: int, seed: int) -> tuple[int, list[Any]]:
    """How many cells there are, and those that are not what the live engine says."""
    made, exponents, given = as_table(rules, count, seed)
    table = put(connection, made, f"records_{seed}")
    inside = InPlace(rules, exponents)
    without = inside.without_form(table)
    wanted = [rule_id for rule_id in rules.rules if rule_id not in without]
    expected, wrong = live(rules, given), list[Any]()
    for begin in range(0, len(wanted), TOGETHER):
        some = wanted[begin : begin + TOGETHER]
        for found in rows(connection, inside.outcomes(table, some, [ROW])):
            for rule_id in some:
                names = [name for name, _ in reversed(rules.conditions[rule_id].levels) if name is not None]
                highest = next((name for name in names if found[f"{rule_id}/{name}"]), None)
                said = (WORDS[found[rule_id]], highest)
                if said != expected[found[ROW]][rule_id][:2]:
                    wrong.append((found[ROW], rule_id, said, expected[found[ROW]][rule_id]))
    return len(wanted) * len(given), wrong


def put(connection: Any, table: Any, name: str) -> Any:
    """A table of Arrow as one of Spark's."""
    import pyarrow.parquet

    path = connection.folder / f"{name}.parquet"
    pyarrow.parquet.write_table(table, path)
    return connection.read_parquet(str(path), table_name=name)


def rows(connection: Any, table: Any) -> Sequence[Any]:
    """The rows of an expression."""
    return list(connection.raw_sql(connection.compile(table)).collect())


PROOF = Proof("spark", 200, "records of each of seven sets of rules, evaluated by Spark", prove)

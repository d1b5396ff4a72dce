"""A seeded sample of what Spark evaluates, and what is said where it cannot run."""

from __future__ import annotations

import pytest

from tests.forms.test_columns_agree import made_up
from tests.proofs import spark
from tests.proofs.table import Asked


def test_where_spark_cannot_run_the_proof_says_so_and_has_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    told: list[str] = []
    assert spark.prove(Asked(1, 1, told.append)) == []
    assert told == ["pyspark is not here (it comes with the extra `cohort-spark`): Spark is left out"]


@pytest.mark.slow
@pytest.mark.skipif(bool(spark.lacking()), reason=spark.lacking() or "it is here")
def test_some_records_come_to_the_same_in_spark() -> None:
    with spark.spark() as connection:
        assert spark.differences(connection, made_up()[2], 20, 3) == (240, [])

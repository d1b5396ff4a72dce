"""A seeded sample of the records that go out as FHIR and come back, and what is said where there is no npm."""

from __future__ import annotations

import pytest

from tests.exchange.fhir.made import at_random
from tests.proofs import fhir
from tests.proofs.table import Asked


def test_some_records_come_back_and_without_npm_the_other_program_is_said_to_be_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    told: list[str] = []
    rows = fhir.prove(Asked(4, 1, told.append))
    assert [(row.how_many, row.failures) for row in rows] == [(4, 0)]
    assert told[-1] == fhir.NO_NPM


def test_a_record_that_comes_back_otherwise_is_a_failure() -> None:
    one, other = fhir.try_one(1), at_random("kap", 2)
    assert one.failure == ""
    assert fhir.difference(other, one.raw)

"""A seeded sample of hostile inputs for every loader, and the failure planted among them."""

from __future__ import annotations

from functools import partial

import pytest

from tests.proofs.loaders import PLANTED, careless, load_some
from tests.proofs.loading import loaders
from tests.proofs.loading.loaders import LOADERS
from tests.proofs.spread import spread
from tests.proofs.table import Asked

INPUTS = 500
WORKERS = 2
NEVER_REFUSED = ("content", "tables", "kept pack", "scenario", "tries", "settings")
"""Findings are an answer too; of the others a broken one counts as none."""

HOSTILE_THEMSELVES = ("recovery key",)
"""Loaders that change their input in ways of their own as well."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LOADERS)
def test_five_hundred_hostile_inputs_are_each_taken_or_refused_in_words(name: str) -> None:
    tries = list(spread(partial(load_some, name), Asked(INPUTS, WORKERS, lambda _: None)))
    assert len(tries) == INPUTS
    assert [tried for tried in tries if tried.failure] == []
    assert any(tried.taken for tried in tries)
    assert any(not tried.taken for tried in tries) or name in NEVER_REFUSED


@pytest.mark.parametrize("name", LOADERS)
def test_a_loader_takes_what_nobody_changed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its inputs would all be refused for one and the same reason, and nothing behind it would be tried."""
    monkeypatch.setattr(loaders, "hostile_bytes", lambda whole, chance: whole)
    monkeypatch.setattr(loaders, "hostile_value", lambda value, chance: value)
    tries = load_some(name, range(10))
    assert [tried for tried in tries if tried.failure] == []
    assert all(tried.taken for tried in tries) or name in HOSTILE_THEMSELVES


def test_a_loader_that_trusts_its_input_is_noticed() -> None:
    assert careless(PLANTED)

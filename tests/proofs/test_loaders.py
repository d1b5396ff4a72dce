"""A seeded sample of hostile inputs for every loader, and the failure planted among them."""

from __future__ import annotations

from functools import partial

import pytest

from tests.proofs.loaders import PLANTED, careless, load_some
from tests.proofs.loading.loaders import LOADERS
from tests.proofs.spread import spread
from tests.proofs.table import Asked

INPUTS = 500
WORKERS = 2
NEVER_REFUSED = ("content", "tables", "kept pack", "tries", "settings")
"""Findings are an answer too; of the others a broken one counts as none."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LOADERS)
def test_five_hundred_hostile_inputs_are_each_taken_or_refused_in_words(name: str) -> None:
    tries = list(spread(partial(load_some, name), Asked(INPUTS, WORKERS, lambda _: None)))
    assert len(tries) == INPUTS
    assert [tried for tried in tries if tried.failure] == []
    assert any(tried.taken for tried in tries)
    assert any(not tried.taken for tried in tries) or name in NEVER_REFUSED


def test_a_loader_that_trusts_its_input_is_noticed() -> None:
    assert careless(PLANTED)

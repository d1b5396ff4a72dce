"""The window in each language, in a process of its own: worked from the first start on, and measured page by page."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from screener.language import CHOSEN_BY, PSEUDO, PSEUDO_RIGHT_TO_LEFT
from tests.languages.catalogues import ROOT, TRANSLATED

pytestmark = pytest.mark.slow


def run(code: str, *chosen: str) -> None:
    """Run tests in a process that speaks a language from its first import on."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *chosen]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, CHOSEN_BY: code}, capture_output=True, text=True, check=False
    )
    told = done.stdout.splitlines()[-1] if done.stdout.strip() else ""
    assert done.returncode == 0 and "passed" in told and "skipped" not in told, (
        f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    )


@pytest.mark.parametrize("code", [*TRANSLATED, PSEUDO])
def test_a_screening_is_signed_in_it_and_nothing_that_is_kept_depends_on_it(code: str) -> None:
    run(code, "tests/languages/spoken.py")


def test_what_is_kept_in_english_is_shown_in_it() -> None:
    run(PSEUDO, "tests/languages/words.py")


@pytest.mark.parametrize("code", [PSEUDO, PSEUDO_RIGHT_TO_LEFT])
def test_pages_have_room_for_texts_that_are_longer_by_a_third(code: str) -> None:
    run(code, "tests/ui/walk/test_geometry.py", "-k", "lies_as_it_should")

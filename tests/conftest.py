"""What holds for every test: a screen nobody sees, a home of its own, nothing left behind, examples that repeat."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import hypothesis
import pytest

from screener import language
from tests.screen import platform

# Before anything imports Qt. An explicit platform (a real screen, say) is respected.
os.environ["QT_QPA_PLATFORM"] = platform()

# Before anything that holds texts is imported: tests/languages runs some of them in another language.
language.speak(language.wanted(""))
assert language.spoken() == (os.environ.get(language.CHOSEN_BY) or language.ENGLISH), "a language that is not there"

pytest_plugins = ["tests.guards"]

# `ci` gives the same examples each time; HYPOTHESIS_PROFILE=thorough looks further, HYPOTHESIS_PROFILE=dev is quick.
hypothesis.settings.register_profile("ci", derandomize=True, max_examples=60, deadline=None)
hypothesis.settings.register_profile("dev", max_examples=15, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


_LONG = ("tests/ui/walk/", "tests/kills/", "tests/proofs/", "tests/journeys/")
"""What takes minutes begins first: with several processes nobody waits for the last of it alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(item.nodeid.startswith(long) for long in _LONG))


@pytest.fixture(autouse=True, scope="module")
def nothing_searched_twice() -> None:
    """What earlier files keep, whole packs among it, is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def keep_last_week() -> Callable[[Path, Iterable[str], str], None]:
    """Keeps dose-day visits of the week before in a folder; for journeys, which know nothing below the window."""
    from tests import last_week  # of the program, which not every test needs

    return last_week.keep_last_week

"""The words in which two texts differ are marked, and nothing where that would show nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.forms.marking import Runs, marked

TEXTS = st.lists(st.sampled_from(["mean", "above", "140", "89.6", " ", ", ", "mmHg", "\n"])).map("".join)


def own(runs: Runs) -> list[str]:
    return [text.strip() for text, marked_ in runs if marked_]


@pytest.mark.parametrize(
    ("old", "new", "there", "here"),
    [
        ("mean systolic above 140 mmHg", "mean systolic above 150 mmHg", ["140"], ["150"]),
        ("weight under 89.6 kg", "weight under 89.5 kg", ["89.6"], ["89.5"]),
        ("any of: chest pain, seizure", "any of: chest pain, seizure, confusion", ["seizure"], ["seizure, confusion"]),
        ("the same", "the same", [], []),
        ("review", "note", [], []),
        ("nothing", "A question of the clinic's own", [], []),
        ("", "something", [], []),
    ],
)
def test_what_differs_is_marked_word_by_word(old: str, new: str, there: list[str], here: list[str]) -> None:
    before, now = marked(old, new)
    assert (own(before), own(now)) == (there, here)


@given(TEXTS, TEXTS)
def test_no_sign_of_a_text_is_lost_and_what_is_not_marked_is_alike(old: str, new: str) -> None:
    before, now = marked(old, new)
    assert "".join(text for text, _ in before) == old
    assert "".join(text for text, _ in now) == new
    if any(mark for _, mark in (*before, *now)):
        assert "".join(t for t, mark in before if not mark) == "".join(t for t, mark in now if not mark)

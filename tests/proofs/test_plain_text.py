"""No typed word in the clear, after a kill and after closing; and the build that leaks one."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path

import pytest

from tests.proofs.plain_text import ENDINGS, journey
from tests.proofs.whispering import LEAKING
from tests.proofs.words import SENTINELS, found_below, found_in

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="the pipe to the program is another there")]


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_word_that_was_typed_lies_in_the_clear(ending: str) -> None:
    assert journey(ending).found == ()


def test_a_build_that_notes_answers_in_a_temporary_file_is_noticed() -> None:
    found = journey("kill", LEAKING).found
    assert found
    assert all("autosave-" in place for place in found)


@pytest.mark.parametrize("word", SENTINELS)
def test_a_word_is_found_in_every_writing(tmp_path: Path, word: str) -> None:
    for text in (word, word.upper(), f"x{word}y"):
        for encoding in ("utf-8", "utf-16", "utf-16-be", "latin-1"):
            assert found_in(text.encode(encoding)) == [word]
    for before in range(6):
        assert found_in(b64encode(b"x" * before + word.encode() + b"yz")) == [word]
    (tmp_path / f"{word}.txt").touch()
    assert found_below(tmp_path) == [f"{tmp_path / word}.txt: {word}"]
    assert found_in(b"nothing of the kind") == []

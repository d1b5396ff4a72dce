"""Why the system refused something: in our own words, in the language that is spoken, and never in the system's."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

import pytest

from screener.language import KEPT, speak, spoken
from screener.refusals import why

COMMON = (errno.ENOENT, errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EIO, errno.EISDIR, errno.ENAMETOOLONG)


@pytest.fixture
def spanish() -> Iterator[None]:
    before = spoken()
    speak("es")
    yield
    speak(before)


def refusal(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", COMMON)
def test_what_is_common_is_said_in_words(number: int) -> None:
    assert why(refusal(number)) not in (os.strerror(number), "") and str(number) not in why(refusal(number))


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("number", COMMON)
def test_in_a_spanish_window_it_is_said_in_spanish_and_in_a_finding_in_english(number: int) -> None:
    assert why(refusal(number)) != why(refusal(number), KEPT)
    assert os.strerror(number) not in why(refusal(number))


def test_what_is_not_known_has_its_number_and_what_has_none_says_so() -> None:
    assert why(OSError(9999, "Something else")) == "the system’s error 9999"
    assert why(OSError("no number")) == "no reason was given"

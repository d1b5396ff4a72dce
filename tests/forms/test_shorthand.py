"""Readings as people type them in one go."""

from __future__ import annotations

import pytest

from screener.forms.shorthand import Typed, typed_readings


@pytest.mark.parametrize(
    ("text", "readings", "saturation"),
    [
        ("128/82", ((128, 82),), None),
        ("128/82 71", ((128, 82, 71),), None),
        ("128 82 71", ((128, 82, 71),), None),
        ("128/82 71, 126/80 70", ((128, 82, 71), (126, 80, 70)), None),
        ("128/82 71 98%", ((128, 82, 71),), 98),
        ("128/82 98 %", ((128, 82),), 98),
        ("128/82 71, 126/80 70, 98%", ((128, 82, 71), (126, 80, 70)), 98),
    ],
)
def test_what_is_read(text: str, readings: tuple[tuple[int, ...], ...], saturation: int | None) -> None:
    assert typed_readings(text) == Typed(readings, saturation)


@pytest.mark.parametrize("text", ["", "98%", "128", "128/82 71 kg", "128/82,", "128/82 71 98% more", "1280/82", "dose"])
def test_what_is_none(text: str) -> None:
    assert typed_readings(text) is None


def test_as_words() -> None:
    typed = typed_readings("128 82 71; 126/80 98%")
    assert typed is not None
    assert (typed.words, typed.saturation) == ("128/82 71, 126/80", 98)

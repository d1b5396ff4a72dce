"""How a text begins where it stands as a sentence."""

from __future__ import annotations

import pytest

from screener.text import begun


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("it has no text", "It has no text"),
        ("there, it is a limit", "There, it is a limit"),
        ("está en otra unidad", "Está en otra unidad"),
        ("The day", "The day"),
        ("minValue: there it is a limit", "minValue: there it is a limit"),
        ("calculatedExpression is kept", "calculatedExpression is kept"),
        ("pack.yaml is not there", "pack.yaml is not there"),
        ("'smell' is no type of R4", "'smell' is no type of R4"),
        ("“coding” is a type of R5", "“coding” is a type of R5"),
        ("heart.attack: it is no list", "heart.attack: it is no list"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_a_name_as_it_is_spelled(text: str, said: str) -> None:
    assert begun(text) == said

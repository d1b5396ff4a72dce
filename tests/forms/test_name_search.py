"""Finding things by the words of their names, also by beginnings and by words spelt nearly right."""

from __future__ import annotations

import pytest

from screener.forms.name_search import Named, NameSearch

THINGS = [
    Named("Blood pressure and pulse", "Blood pressure and pulse today"),
    Named("Weight", "How much do you weigh?"),
    Named("Psychosis ever", "Have you ever seen or heard what others did not?"),
    Named("Back to the list of screenings"),
    Named("Blood pressure and heart"),
    Named("Undo Weight: 104 kg"),
]
SEARCH = NameSearch(THINGS)


def names(text: str) -> list[str]:
    return [THINGS[place].name for place in SEARCH.find(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("weight", "Weight"),
        ("WEI", "Weight"),
        ("weigth", "Weight"),
        ("pressure heart", "Blood pressure and heart"),
        ("heart pressure", "Blood pressure and heart"),
        ("presure pulse", "Blood pressure and pulse"),
        ("others heard", "Psychosis ever"),
        ("psichosis", "Psychosis ever"),
        ("psichos", "Psychosis ever"),
        ("undo", "Undo Weight: 104 kg"),
        ("screenigs", "Back to the list of screenings"),
    ],
)
def test_the_best_is_first(text: str, first: str) -> None:
    assert names(text)[0] == first


def test_every_word_has_to_be_there() -> None:
    assert names("blood list") == []
    assert names("blood") == ["Blood pressure and pulse", "Blood pressure and heart"]


def test_a_name_comes_before_what_is_only_found_by_further_words() -> None:
    assert names("ever")[0] == "Psychosis ever"
    assert names("weigh") == ["Weight", "Undo Weight: 104 kg"]


@pytest.mark.parametrize("text", ["", "  ", "·", "zzz", "qwertyuiop"])
def test_nothing_is_found_by_nothing(text: str) -> None:
    assert names(text) == []

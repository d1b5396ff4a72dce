"""References that look like a name or a number of a person are told from pseudonyms."""

from __future__ import annotations

import pytest

from screener.screening.pseudonyms import looks_like

NAMES = [
    "John Smith",
    "john smith",
    "JOHN SMITH",
    "John",
    "maria",
    "Ana",
    "María González",
    "Mari\u0301a",
    "Müller",
    "O'Brien",
    "O’Brien",
    "Anna Maria Schmidt",
    "Anna-Maria",
    "Smith, John",
    "J. Smith",
    "  Smith  ",
    "Иванова",
    "Ελένη",
    "अनीता",
]
NUMBERS = [
    "123-45-6789",
    "123 45 6789",
    "123456789",
    "943 476 5919",
    "756.1234.5678.97",
    "555-123-4567",
    "(555) 123-4567",
    "(030) 12345",
    "030 12345",
    "030/1234567",
    "+49 171 1234567",
    "+4930123",
    "1974-05-12",
    "12 May 1974",
    "12. May 1974",
    "May 12, 1974",
    "12.5.1974",
    "12.5.74",
    "5/12/1974",
    "25-05-1974",
]
PSEUDONYMS = [
    "",
    "S",
    "SY",
    "SYN",
    "SYN-",
    "SYN-0",
    "SYN-0042",
    "syn-0042",
    "K-17",
    "K-117",
    "K-17b",
    "A-17",
    "AB12",
    "AB-17",
    "ab",
    "T-1",
    "Q-99",
    "R",
    "MADE-UP-",
    "MADE-UP-09",
    "QX-7741-Zwirbelfink",
    "K 1974",
    "0042",
    "001-0042",
    "12345678",
    "1974",
    "1974-05",
    "May 1974",
    "3w",
    "10d",
    "12 Oct",
    "1974-13-45",
    "+12",
    "#17",
]


@pytest.mark.parametrize("reference", NAMES)
def test_what_has_only_letters_as_names_have_looks_like_a_name(reference: str) -> None:
    assert looks_like(reference) == "name"


@pytest.mark.parametrize("reference", NUMBERS)
def test_numbers_of_persons_and_whole_dates_look_like_a_number(reference: str) -> None:
    assert looks_like(reference) == "number"


@pytest.mark.parametrize("reference", PSEUDONYMS)
def test_pseudonyms_and_what_is_typed_on_the_way_to_them_look_like_neither(reference: str) -> None:
    assert looks_like(reference) == ""

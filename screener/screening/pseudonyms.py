"""What a reference looks like that is no pseudonym: the name of a person, or a number that belongs to one."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from unicodedata import category, normalize

from screener.screening.spoken_dates import ambiguous, parse

LooksLike = Literal["", "name", "number"]

_IN_NAMES = " '’.,-‐"
_LETTERS_OF_A_CODE = 2
"""So few letters alone are no name."""
_CAPITALS_OF_A_CODE = 3
"""So few, all of them capitals, are a code or the beginning of one, such as SYN."""
_IN_NUMBERS = re.compile(r"[ .+/()-]")
_DIGITS_OF_A_PERSON = 9
"""So many digits have numbers of insurances, of offices and of telephones."""
_DIGITS_OF_A_TELEPHONE = 7
_DIALLED = re.compile(r"[+(].*|0\d+[ /].*")
"""As telephone numbers are written: with a country, an area in brackets, or an area and a gap."""
_SHORT_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_YEAR = re.compile(r"\d{4}")
_ANY_DAY = date(2000, 1, 1)
"""A date with its year is the same on whatever day it is read."""


def looks_like(reference: str) -> LooksLike:
    """Whether a reference looks like a name, or like a number of a person: a date of birth is one. Empty: neither."""
    text = normalize("NFC", reference.strip())
    if _is_name(text):
        return "name"
    return "number" if _is_number(text) or _is_date(text) else ""


def _is_name(text: str) -> bool:
    """Letters of any writing with what stands between them in names; a hyphen at the end says that more will come."""
    letters = sum(category(sign).startswith("L") for sign in text)
    least = _CAPITALS_OF_A_CODE if text.isupper() else _LETTERS_OF_A_CODE
    plain = all(sign in _IN_NAMES or category(sign)[0] in "LM" for sign in text)
    return plain and letters > least and not text.endswith("-")


def _is_number(text: str) -> bool:
    figures = _IN_NUMBERS.sub("", text)
    if not figures.isdecimal():
        return False
    least = _DIGITS_OF_A_TELEPHONE if _DIALLED.fullmatch(text) else _DIGITS_OF_A_PERSON
    return len(figures) >= least


def _is_date(text: str) -> bool:
    """A whole date with its year, however it is written."""
    if _SHORT_DATE.fullmatch(text) or ambiguous(text):
        return True
    found = parse(text, _ANY_DAY) if _YEAR.search(text) else None
    return found is not None and len(found) == len("2026-11-23")

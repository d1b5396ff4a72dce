"""Scalars as YAML 1.2 reads them, narrowed. libyaml once marked plain ones with an empty style, and 17 became text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from screener.forms.reading import read_text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("17", 17),
        ("-3", -3),
        ("1.50", Decimal("1.50")),
        ("null", None),
        ("~", None),
        ("true", True),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("08", "08"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("2026-11-23", "2026-11-23"),
        ('"17"', "17"),
        ("'null'", "null"),
        ('"no"', "no"),
    ],
)
def test_a_plain_scalar_is_read_exactly_and_a_quoted_one_is_text(written: str, value: Any) -> None:
    read = read_text(f"key: {written}\n", "file.yaml")
    assert read.findings == []
    assert read.data == {"key": value}
    assert type(read.data["key"]) is type(value)

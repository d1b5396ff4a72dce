"""YAML read strictly: a place for every node, exact scalars, a finding for what hides the meaning."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.forms.findings import Code, Place
from screener.forms.reading import MAX_BYTES, MAX_DEPTH, read_bytes, read_file, read_text, scalar


def test_every_node_has_its_file_line_and_column() -> None:
    read = read_text("a: 1\nb:\n  - c\n  - {d: 2, e: [3]}\n", "x.yaml")
    assert read.findings == []
    assert read.data == {"a": 1, "b": ["c", {"d": 2, "e": [3]}]}
    assert {path: (place.line, place.column) for path, place in read.places.items()} == {
        (): (1, 1),
        ("a",): (1, 1),
        ("b",): (2, 1),
        ("b", 0): (3, 5),
        ("b", 1): (4, 5),
        ("b", 1, "d"): (4, 6),
        ("b", 1, "e"): (4, 12),
        ("b", 1, "e", 0): (4, 16),
    }
    assert read.place(("b", 1, "e", 0)) == read.places["b", 1, "e", 0]
    assert str(read.place(("b", 1, "d"))) == "x.yaml:4"


def test_a_path_that_is_not_there_has_the_place_of_the_nearest_above_it() -> None:
    read = read_text("a:\n  b: [1]\n", "x.yaml")
    assert read.place(("a", "b", 7, "c")) == Place("x.yaml", 2, 3, ("a", "b"))
    assert read.place(("z",)).line == 1
    assert read_text("", "x.yaml").place(("a",)) == Place("x.yaml")


def test_decimals_are_exact_and_never_floats() -> None:
    data = read_text("a: 0.1\nb: 89.60\nc: -2.5\n", "x").data
    assert [str(value) for value in data.values()] == ["0.1", "89.60", "-2.5"]
    assert {type(value) for value in data.values()} == {Decimal}


@pytest.mark.parametrize("written", ["010", "08", "1_000", "1e3", "0x1F", "0o17", ".5", "5.", "1.", "+.inf", ".NaN"])
def test_what_only_looks_like_a_number_is_text_and_said_to_be_doubtful(written: str) -> None:
    read = read_text(f"- 1\n- {written}\n", "x")
    assert read.data == [1, written]
    assert [(finding.code, finding.place.line) for finding in read.doubtful] == [(Code.NUMBER_SPELLING, 2)]


@pytest.mark.parametrize(
    "written", ["12:30", "2026-11-23", "0-1", "v1", "1 a", "6 wk", "140/90", '"010"', "'1_000'", "0", "-1"]
)
def test_dates_times_lengths_and_quoted_figures_are_not_doubtful(written: str) -> None:
    assert read_text(f"a: {written}", "x").doubtful == []


REFUSED: list[tuple[str, Code, int]] = [
    ("a: &x 1\n", Code.NOT_ALLOWED_YAML, 1),
    ("a: 1\nb: *x\n", Code.NOT_ALLOWED_YAML, 2),
    ("a: 1\n&k b: 2\n", Code.NOT_ALLOWED_YAML, 2),
    ("a:\n  <<: {b: 1}\n", Code.NOT_ALLOWED_YAML, 2),
    ("a: !!int '3'\n", Code.NOT_ALLOWED_YAML, 1),
    ("a: 1\nb: !own x\n", Code.NOT_ALLOWED_YAML, 2),
    ("!!python/object/apply:os.system ['true']\n", Code.NOT_ALLOWED_YAML, 1),
    ("--- 1\n--- 2\n", Code.NOT_ALLOWED_YAML, 2),
    ("%YAML 1.1\n---\na: 1\n", Code.NOT_ALLOWED_YAML, 1),
    ("? [a]\n: 1\n", Code.NOT_ALLOWED_YAML, 1),
    ("? {a: 1}\n: 1\n", Code.NOT_ALLOWED_YAML, 1),
    ("a: 1\nb: 2\na: 3\n", Code.DUPLICATE_KEY, 3),
    ('"a": 1\na: 3\n', Code.DUPLICATE_KEY, 2),
    ("a: b: c\n", Code.NOT_YAML, 1),
    ("a: 1\n\t- b\n", Code.NOT_YAML, 2),
    ("a: [1\n", Code.NOT_YAML, 2),
    ("a: 'x\n", Code.NOT_YAML, 2),
    ("a: 1\nb: \x00\n", Code.NOT_YAML, 2),
]


@pytest.mark.parametrize(("text", "code", "line"), REFUSED)
def test_what_hides_or_breaks_the_content_is_a_finding_at_its_line(text: str, code: Code, line: int) -> None:
    read = read_text(text, "x.yaml")
    assert read.data is None
    assert read.findings[0].code is code
    assert (read.findings[0].place.file, read.findings[0].place.line) == ("x.yaml", line)
    assert read.findings[0].message and read.findings[0].suggestion


def test_all_mistakes_of_a_file_are_named_at_once() -> None:
    read = read_text("a: &x 1\nb: *x\nc: !!str d\nc: e\n", "x")
    assert [finding.place.line for finding in read.findings] == [1, 2, 3, 4]


def test_a_duplicate_key_says_where_the_first_one_is() -> None:
    assert "line 2" in read_text("\na: 1\nb: 2\na: 3\n", "x").findings[0].suggestion


HUGE = {
    "flow lists": "[" * 1_000_000,
    "flow mappings": "{a: " * 500_000,
    "block lists": "- " * 1_000_000,
    "explicit keys": "? " * 1_000_000,
    "many entries": "- a\n" * 900_000,
    "many duplicates": "a: 1\n" * 500_000,
    "many anchors": "- &a 1\n" * 400_000,
    "one open quote": '"' + "a" * 3_000_000,
    "too large": "a" * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_huge_and_deep_input_is_refused_at_once(text: str) -> None:
    begun = time.perf_counter()
    read = read_text(text, "x")
    assert 0 < len(read.findings) <= 51
    assert read.data is None
    assert time.perf_counter() - begun < 10  # a second is usual; a quadratic reading would take minutes


def test_lists_nest_as_deep_as_allowed_and_no_deeper() -> None:
    assert read_text("[" * (MAX_DEPTH - 1) + "1" + "]" * (MAX_DEPTH - 1), "x").findings == []
    assert read_text("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH, "x").findings[0].code is Code.NOT_ALLOWED_YAML


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfid: x\r\nb: 2\r\n")
    assert read_file(file).data == {"id": "x", "b": 2}


def test_a_file_that_is_not_utf8_is_a_finding_at_the_line() -> None:
    read = read_bytes(b"a: 1\nb: caf\xe9\n", "x.yaml")
    assert (read.findings[0].code, str(read.findings[0].place)) == (Code.NOT_READABLE, "x.yaml:2")


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert read_file(tmp_path / "none.yaml").findings[0].code is Code.NOT_READABLE


_PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.text(st.characters(categories=["L", "N", "P", "Zs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(categories=["L"]), min_size=1), inner)
    ),
    max_leaves=20,
)


@given(_PLAIN)
def test_json_is_read_as_it_is_meant(value: Any) -> None:
    read = read_text(json.dumps(value, ensure_ascii=False), "x")
    assert read.findings == []
    assert read.data == value


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    read = read_text(text, "x")
    assert read.data is None or read.findings == []


@given(st.from_regex(r"[-+0-9_.eEx:]{1,12}", fullmatch=True))
def test_a_scalar_is_a_number_only_where_its_text_is_that_very_number(text: str) -> None:
    value = scalar(text)
    assert value == text or (
        isinstance(value, int | Decimal) and str(value) in (text.removeprefix("+"), text.lstrip("+-"))
    )

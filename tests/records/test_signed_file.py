"""A signed record as a file: the same bytes come back, and what is no such file is said with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.records import signed_file
from screener.records.browse import Signature, SignedRecord
from screener.records.record import canonical
from screener.records.signed_file import NotASignedRecord, SignedFile, of_path, read, written
from screener.text import WorldError

SIGNATURE = Signature("Clinician A", "a2V5", "ab12 cd34", "2026-11-23T10:31:00+00:00", "dmFsdWU=")
ADDED = SignedRecord(
    "r2",
    "s1",
    canonical({"format": "screener-amendment/1", "record": "r1", "reason": "a letter", "text": "Grüße \U0001f33f"}),
    SIGNATURE,
    "r1",
    b'{"format":"screener-seal/1"}',
)


def record(content: dict[str, Any] | None = None) -> SignedRecord:
    said = canonical(
        {"format": "screener-record/1", "summary": "90 % \u2028 größer als \x07 \U0001f33f", **(content or {})}
    )
    return SignedRecord("r1", "s1", said, SIGNATURE, None, b'{"format":"screener-seal/1"}')


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.dictionaries(TEXTS, TEXTS, max_size=4), st.lists(TEXTS, max_size=2))
def test_every_byte_that_was_signed_comes_back(content: dict[str, str], reasons: list[str]) -> None:
    added = tuple(
        SignedRecord(
            f"a{number}",
            "s1",
            canonical({"format": "screener-amendment/1", "record": "r1", "reason": reason}),
            SIGNATURE,
            "r1",
            b"",
        )
        for number, reason in enumerate(reasons)
    )
    file = SignedFile(record({key: value for key, value in content.items() if key != "format"}), added)
    assert read(written(file)) == file
    assert written(read(written(file))) == written(file)


def test_blanks_and_escapes_of_another_program_change_nothing() -> None:
    file = SignedFile(record(), (ADDED,))
    again = json.dumps(json.loads(written(file)), sort_keys=True, ensure_ascii=True, indent=8)
    assert read(b"\xef\xbb\xbf" + again.encode()) == file


def test_a_record_of_the_first_version_has_no_statement_and_is_read() -> None:
    first = SignedRecord("r1", "s1", record().content, SIGNATURE)
    assert read(written(SignedFile(first))).record == first


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(written(SignedFile(record(), (ADDED,))))
    change(value)
    return json.dumps(value).encode()


DEEP = '{"a":' * 200 + "1" + "}" * 200
WRONG: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "line 1, column 1: it is not JSON there"),
    "not text": (b"\xff\xfe", "it is not text in UTF-8 (byte 1)"),
    "half a file": (written(SignedFile(record()))[:-40], "it is not JSON there"),
    "a list": (b"[]", "it is not a JSON object"),
    "a deep list": (b"[" * 500 + b"]" * 500, "nested deeper than 60"),
    "an endless list": (b"[" * 300_000, "nested deeper than 60"),
    "twice": (b'{"format": 1, "format": 2}', "'format' stands in it twice"),
    "no number": (b'{"format": NaN}', "NaN in it is no number"),
    "a long number": (b'{"format": ' + b"9" * 6000 + b"}", "more than 40 digits"),
    "another format": (changed(lambda v: v.update(format="screener-signed-record/2")), "this version reads"),
    "a key too many": (changed(lambda v: v.update(more=1)), "'more' has no place in it"),
    "a key too few": (changed(lambda v: v.pop("amendments")), "amendments is missing"),
    "no record": (changed(lambda v: v.update(record=None)), "record: it is not a JSON object"),
    "no signature": (changed(lambda v: v["record"].pop("signature")), "record: signature is missing"),
    "a signature that is a text": (changed(lambda v: v["record"].update(signature="x")), "record.signature"),
    "a value that is a number": (
        changed(lambda v: v["record"]["signature"].update(value=5)),
        "record.signature.value: it is not a text",
    ),
    "content that is an object": (
        changed(lambda v: v["record"].update(content={})),
        "record.content: it is not a text",
    ),
    "content that is no object": (changed(lambda v: v["record"].update(content="[]")), "record.content"),
    "content that is no JSON": (changed(lambda v: v["record"].update(content="x")), "record.content line 1"),
    "content that is deep": (changed(lambda v: v["record"].update(content=DEEP)), "record.content"),
    "half a character": (
        changed(lambda v: v["record"].update(content='{"a": "\ud800"}')),
        "record.content: it holds half of a character",
    ),
    "a statement that is no object": (changed(lambda v: v["record"].update(statement="3")), "record.statement"),
    "amendments that are no list": (changed(lambda v: v.update(amendments={})), "amendments: it is not a list"),
    "an amendment that is none": (
        changed(lambda v: v["amendments"][0].update(content="{}")),
        "amendments[0].content: it is no amendment",
    ),
    "an amendment of another record": (
        changed(lambda v: v["amendments"][0].update(amends="r7")),
        "amendments[0]: it was added to another record",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_signed_record_is_one_sentence_with_its_place(name: str) -> None:
    raw, said = WRONG[name]
    with pytest.raises(NotASignedRecord) as refused:
        read(raw, "record.json")
    assert said in refused.value.said
    assert refused.value.said.startswith("record.json holds no signed record")
    assert refused.value.next_step


def test_a_file_beyond_the_largest_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_file, "MOST_BYTES", 1000)
    (tmp_path / "large.json").write_bytes(b" " * 1001)
    with pytest.raises(NotASignedRecord, match="larger than"):
        of_path(tmp_path / "large.json")


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere.json", tmp_path):
        with pytest.raises(WorldError, match="cannot be read: "):
            of_path(place)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
PLACES = st.lists(
    st.sampled_from(["record", "amendments", "signature", "content", "statement", "value", 0]), max_size=4
)


@given(PLACES, JSON, st.binary(max_size=40), st.integers(0, 4000))
def test_whatever_the_bytes_are_a_record_or_one_sentence_comes_of_them(
    path: list[str | int], value: Any, noise: bytes, at: int
) -> None:
    whole: Any = json.loads(written(SignedFile(record(), (ADDED,))))
    into = whole
    for step in path[:-1]:
        into = into[step] if isinstance(into, dict) and step in into else into
    if path and isinstance(into, dict):
        into[str(path[-1])] = value
    plain = json.dumps(whole).encode()
    for raw in (plain, noise, plain[:at] + noise + plain[at:], plain[:at]):
        try:
            assert isinstance(read(raw), SignedFile)
        except NotASignedRecord as refused:
            assert refused.said

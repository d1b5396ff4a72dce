"""An amendment's content: whole in itself, canonical, and printed with who signed it."""

from __future__ import annotations

import pytest

from screener.records.amendment import Addition, build, counted, printed
from screener.records.browse import Signature, SignedRecord
from screener.records.record import canonical

ADDED = Addition("A letter came", "„Holter ohne Befund“\nCopy on paper.")
CONTENT = build("r1", ADDED, at="2026-11-24T09:10:00+01:00", name="Clinician B", role="clinician")


def test_the_content_says_to_which_record_what_why_when_and_by_whom() -> None:
    assert canonical(CONTENT).decode() == (
        '{"at":"2026-11-24T09:10:00+01:00","by":{"name":"Clinician B","role":"clinician"},'
        '"format":"screener-amendment/1","reason":"A letter came","record":"r1",'
        '"text":"„Holter ohne Befund“\\nCopy on paper."}'
    )


def test_it_is_printed_with_the_signature_that_was_made_over_it() -> None:
    signature = Signature("Clinician B", "key", "ab12 cd34", "2026-11-24T09:11:00+01:00", "value")
    said = printed(SignedRecord("a1", "s1", canonical(CONTENT), signature, amends="r1"))
    assert (said["reason"], said["text"]) == (ADDED.reason, ADDED.text)
    assert (said["signer"], said["signed_at"]) == ("Clinician B", "2026-11-24T09:11:00+01:00")
    assert said["fingerprint"] == "ab12 cd34"


@pytest.mark.parametrize(("number", "words"), [(0, ""), (1, "1 amendment"), (2, "2 amendments")])
def test_amendments_are_counted_in_words(number: int, words: str) -> None:
    assert counted(number) == words

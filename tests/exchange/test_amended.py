"""A report with amendments: they stand after the signature, and what stands before them is what was signed."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from screener.exchange.pdf import render_pdf
from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.records.document import Facts, Heading
from screener.records.record import build
from tests.exchange.faults import faults
from tests.exchange.sample import MADE_AT
from tests.exchange.test_report import SIGNATURE, begun, text, under


def amendment(reason: str, said: str, at: str) -> dict[str, Any]:
    return {
        "reason": reason,
        "text": said,
        "by": {"name": "Clinician B", "role": "clinician"},
        "signer": "Clinician B",
        "signed_at": at,
        "fingerprint": "ef56 7890",
    }


FIRST = amendment("A letter came", "Holter read.\nCopy on paper.", "2026-11-24T09:10:00+01:00")
SECOND = amendment("Mistyped", "Left arm, not right.", "2026-11-25T08:00:00+01:00")


def test_each_stands_after_the_signature_with_signer_time_and_key_oldest_first() -> None:
    document = report(build(begun()), SIGNATURE, [FIRST, SECOND])
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings[-4:] == ["Signature", "Amendments", "Amendment 1", "Amendment 2"]
    (facts,) = under(document, "Amendment 1", Facts)
    assert {name: text(value) for name, value in facts.pairs} == {
        "Reason": "A letter came",
        "Added": "Holter read.\nCopy on paper.",
        "Signed as": "Clinician B, clinician",
        "Signed by": "Clinician B",
        "Signed at": "2026-11-24 09:10 (UTC+01:00)",
        "Key": "ef56 7890",
    }


def test_what_stands_before_them_is_the_report_as_it_was() -> None:
    content = build(begun())
    before, after = report(content, SIGNATURE), report(content, SIGNATURE, [FIRST])
    assert after.blocks[: len(before.blocks)] == before.blocks
    assert report(content, SIGNATURE, []) == before


def test_the_text_holds_them_after_the_signature() -> None:
    said = render_text(report(build(begun()), SIGNATURE, [FIRST, SECOND]))
    places = [said.index(part) for part in ("SIGNATURE\n", "AMENDMENTS\n", "A letter came", "Left arm, not right.")]
    assert places == sorted(places)


def test_the_pdf_holds_them_and_is_set_without_a_fault() -> None:
    document = report(build(begun()), SIGNATURE, [FIRST, SECOND])
    pdf = render_pdf(document, paper="a4", made_at=MADE_AT)
    assert faults(pdf, document) == []
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for said in ("Amendment 2", "Left arm, not right.", "ef56 7890"):
        assert said in pages

"""The report as plain text: every block in lines that stand alone in another system's note."""

from __future__ import annotations

import pytest

from screener.exchange.plain import render_text
from screener.records.document import (
    Bar,
    Bars,
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    words,
)
from tests.exchange.sample import STANDING, document, entry, row, sample

BLOCKS: list[tuple[Block, str]] = [
    (Heading("Answers"), "ANSWERS\n======="),
    (Heading("Heart", 2), "Heart"),
    (Paragraph((Run("Signed: ", strong=True), Run("in part"))), "Signed: in part"),
    (Paragraph(words("one\ntwo")), "one\ntwo"),
    (Facts((("Age", words("44")), ("Note", words("a\nb")))), "Age: 44\nNote: a\n    b"),
    (Bullets((words("one"), words("two\nthree"))), "- one\n- two\n  three"),
    (
        entry("review", "For review", "A title", Fact="so it is", Other_sources="one\ntwo"),
        "[For review] A title\n    Fact: so it is\n    Other sources: one\n        two",
    ),
    (
        Table("Answers", ("Question", "Answer", "Note"), (row("Stroke", "no", ""), row("TIA", "yes", "2019\nscan"))),
        "Answers:\n- Question: Stroke; Answer: no\n- Question: TIA; Answer: yes; Note: 2019\n    scan",
    ),
    (
        SignatureBlock((("Prepared by", "A, nurse"), ("Signature", ""))),
        "Prepared by: A, nurse\nSignature: ______________________________",
    ),
    (
        Bars("Listed", ("listed",), (Bar("Stroke", "3 of 4", (0.75,)), Bar("TIA", "0", (0.0,)))),
        "Listed:\n- Stroke: 3 of 4\n- TIA: 0",
    ),
]


@pytest.mark.parametrize(("block", "said"), BLOCKS, ids=lambda given: type(given).__name__)
def test_each_block_is_said_in_lines(block: Block, said: str) -> None:
    assert render_text(document(block)) == f"SCREENING REPORT\n\n{said}\n\n{STANDING}\n"


def test_the_banner_comes_first_and_the_standing_line_last_and_each_once() -> None:
    text = render_text(sample())
    assert text.startswith("MADE-UP PATIENT: for practice, not a record of care\nSCREENING REPORT\nSYN-0042 · ")
    assert text.endswith(f"\n\n{STANDING}\n")
    assert text.count(STANDING) == text.count("MADE-UP PATIENT") == 1


def test_a_further_line_of_an_answer_never_looks_like_a_fact_of_its_own() -> None:
    typed = "seen\nSource: label\n[For review] Nothing\nSTROKE\n======"
    blocks: list[Block] = [
        Facts((("Note", words(typed)),)),
        entry("note", "Note", "A title", Response=typed),
        Bullets((words(typed),)),
        Table("T", ("A", "B"), (row("a", typed),)),
        SignatureBlock((("Signed by", typed),)),
    ]
    lines = render_text(document(*blocks)).split("\n")
    assert not [line for line in lines if line.startswith(("Source:", "[For review]", "STROKE", "======"))]


def test_a_document_without_blocks_still_says_what_it_is() -> None:
    assert render_text(document()) == f"SCREENING REPORT\n\n{STANDING}\n"

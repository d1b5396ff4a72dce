"""A made-up report that holds every kind of block that reports are made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from screener.records.document import (
    Block,
    Bullets,
    Document,
    Entry,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    words,
)

MADE_AT = datetime(2026, 11, 23, 10, 58, 41, tzinfo=UTC)
STANDING = (
    "Pack intake 2026.11, content not yet re-read by a named clinician: 0 of 118 rules. Items are listed for a "
    "clinician to review. The list says nothing about whether treatment takes place."
)


def document(*blocks: Block, **fields: Any) -> Document:
    """A document of these blocks; title, standing and the rest as in the sample unless given."""
    given: dict[str, Any] = {"title": "Screening report", "language": "en", "standing": STANDING, **fields}
    return Document(**given, blocks=blocks)


def sample() -> Document:
    """A whole report of a made-up patient."""
    return document(
        *(*_opening(), *_items(), *_answers(), *_closing()),
        subtitle="SYN-0042 · Ketamine, at home · visit 2026-11-23",
        banner="MADE-UP PATIENT: for practice, not a record of care",
    )


def entry(mark: str, name: str, heading: str, **lines: str) -> Entry:
    """An entry whose lines are named by the arguments, underscores as blanks."""
    return Entry(mark, name, heading, tuple((key.replace("_", " "), words(text)) for key, text in lines.items()))


def row(*cells: str) -> tuple[Inline, ...]:
    """A row of plain cells."""
    return tuple(words(cell) for cell in cells)


def _opening() -> tuple[Block, ...]:
    note = (Run("Signed as incomplete: ", strong=True), Run("the patient had to leave for the last bus."))
    return (
        Paragraph(note, tone="note"),
        Heading("This screening"),
        Facts(
            (
                ("Patient reference", words("SYN-0042")),
                ("Second mark", words("K 1974")),
                ("Visit date", words("2026-11-23 (intervals are worked out for this day)")),
                ("Pathway", words("Ketamine, at home")),
                ("Legal standing", words("off-label: the label of no ketamine product names this use")),
                ("Product of this visit", (Run("compounded ketamine lozenge", strong=True),)),
                ("Upper figure of pressure named by the clinic", words("160/90 mmHg (a trial, row BP-14)")),
                ("Recorded by", words("Clinician A, nurse")),
            )
        ),
    )


def _items() -> tuple[Block, ...]:
    return (
        Heading("For clinician review"),
        Heading("Listed", 2),
        entry(
            "time_critical",
            "Time-critical",
            "Thoughts of suicide with some intent, past month",
            Fact="The scale's fourth question was answered yes for the past month.",
            Because="Thoughts with some intent: yes, past month (patient, 10:44)",
            Source="C-SSRS screener, recent version, question 4",
            Response="Discussed with the patient (Clinician A, 10:51). "
            "Stays with her sister tonight; crisis card given.",
            Item="Mood and suicidality, MS-02",
        ),
        entry(
            "review",
            "For review",
            "Mean 147.0/91.7; the esketamine label names above 140/90",
            Fact="Mean of three seated readings, 10:31 to 10:41.",
            Because="mean systolic 147.0 > 140 mmHg; mean diastolic 91.7 > 90 mmHg",
            Source="Label, warning (“weigh”): SPRAVATO prescribing information, section 5.6. It speaks of esketamine; "
            "the product here is compounded ketamine.",
            Other_sources="150 systolic (a trial); 160/90 (another trial); 180/100 (Swiss and German labels)",
            Response="More information needed, from the patient, by Thursday (Clinician A, 10:55). Home log, 2 weeks.",
        ),
        entry(
            "note",
            "Note",
            "Benzodiazepine: clonazepam 1 mg, nightly",
            Because="Medicines: clonazepam",
            Response="Reviewed",
        ),
        entry(
            "check", "Answers to check", "“No current medicines” and 3 medicines listed", Because="Any medicines: no"
        ),
        Heading("Not established", 2),
        entry(
            "open",
            "Not established",
            "Aneurysm or vascular malformation",
            Missing="Ever told of an aneurysm: not known",
        ),
    )


def _answers() -> tuple[Block, ...]:
    rows = (
        (words("Ever told of high blood pressure"), (Run("yes, 2019", strong=True),), words("patient, 10:28")),
        row("Chest pain on effort", "not known", "patient, 10:29, “sometimes a pulling, on stairs”"),
        row("Stroke", "no", "patient, 10:29"),
    )
    table = Table(
        "Answers on blood pressure and heart", ("Question", "Answer", "Informant, time, note"), rows, (4, 3, 3)
    )
    hidden = Paragraph(words("Weeks of pregnancy: not shown, because Pregnant: no."), tone="muted")
    return (Heading("Answers"), Heading("Blood pressure and heart", 2), table, hidden)


def _closing() -> tuple[Block, ...]:
    checked = (
        (Run("Thyrotoxicosis"), Run(" (Medical history, MH-07)", muted=True)),
        words("Raised pressure in the head"),
    )
    return (
        Heading("Checks that ran and listed nothing"),
        Bullets(checked),
        Heading("Clinician's summary and plan"),
        Paragraph(words("Second visit after the log has been seen.\nLetter to the GP: medicines list asked for.")),
        Heading("Signature"),
        SignatureBlock((("Prepared by", "Clinician A, nurse"), ("Signature", ""), ("Date", ""))),
    )

"""The report's PDF as assistive software reads it and as it stands on paper, and planted faults that each are seen."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest

from screener.exchange import pdf as exchange
from screener.exchange.pdf import Paper, render_pages, render_pdf
from screener.places import resources_folder
from screener.records.document import (
    Block,
    Bullets,
    Cards,
    Document,
    Entry,
    Facts,
    Grid,
    Heading,
    Paragraph,
    SignatureBlock,
    Table,
    ToAnswer,
    words,
)
from tests.exchange.faults import MARGIN, faults
from tests.exchange.placed import outside, overlapping, sizes
from tests.exchange.sample import MADE_AT, document, entry, row, sample
from tests.exchange.tagged import artifacts, structure

PAPERS: dict[Paper, tuple[int, int]] = {"a4": (595, 842), "us-letter": (612, 792)}
LONG = {
    "one long word": "W" * 160,
    "a word a little wider than its place": "W" * 40,
    "an address": "https://example.org/" + "a" * 160,
    "hard blanks only": "ab\u00a0" * 60,
    "blanks of a figure's width only": "12\u2007" * 60,
    "hyphens that do not break": "ab\u2011" * 60,
    "Cyrillic": "Ж" * 120,
    "signs without a font": "\U00012000" * 20,
    "many words": "a word and " * 600,
    "many lines": "\n".join(["as the person said it"] * 80),
}


def made(given: Document, paper: Paper = "a4") -> bytes:
    return render_pdf(given, paper=paper, made_at=MADE_AT)


def long_table(rows: int) -> Table:
    return Table("Answers", ("Question", "Answer", "Note"), tuple(row(f"Q {n}", "no", "patient") for n in range(rows)))


@pytest.mark.parametrize("paper", get_args(Paper))
def test_a_whole_report_is_read_and_printed_without_a_fault(paper: Paper) -> None:
    assert faults(made(sample(), paper), sample()) == []


@pytest.mark.parametrize("paper", get_args(Paper))
def test_every_page_has_the_size_that_was_asked_for(paper: Paper) -> None:
    found = sizes(made(sample(), paper))
    assert len(found) > 1
    assert {(round(width), round(height)) for width, height in found} == {PAPERS[paper]}


@pytest.mark.parametrize("language", ["en", "de", "de-CH", "pt-BR"])
def test_the_language_is_that_of_the_document(language: str) -> None:
    given = document(Heading("Befund"), language=language)
    assert faults(made(given), given) == []


@pytest.mark.parametrize("paper", get_args(Paper))
def test_a_report_of_many_pages_repeats_its_heads_for_the_eye_and_is_heard_once(paper: Paper) -> None:
    given = document(Heading("Answers"), long_table(120), banner="Preview: not signed", subtitle="SYN-0042")
    printed = made(given, paper)
    assert len(sizes(printed)) > 2
    assert faults(printed, given) == []
    (table,) = structure(printed).all("Table")
    assert [head.text for head in table.all("TH")] == ["Question", "Answer", "Note"]
    assert len(list(table.all("TR"))) == 121
    for number, foot in enumerate(artifacts(printed), start=1):
        assert f"Page {number} of {len(sizes(printed))}" in foot
        assert "Made 2026-11-23 10:58" in foot
    for later in artifacts(printed)[1:]:
        assert "Screening report · SYN-0042" in later


def test_what_stands_at_heads_and_feet_is_not_heard_between_the_text() -> None:
    heard = structure(made(sample())).text
    assert "Page 1 of" not in heard
    assert heard.count("Screening report") == 1


def test_the_reading_order_is_that_of_the_document() -> None:
    blocks: list[Block] = [Heading("One"), Paragraph(words("two")), entry("note", "Note", "three", Fact="four")]
    heard = structure(made(document(*blocks, banner="zero", subtitle="half"))).text
    places = [heard.index(part) for part in ("zero", "Screening report", "half", "One", "two", "three", "Fact", "four")]
    assert places == sorted(places)


def test_an_entry_says_its_mark_in_words_and_shows_it_as_a_shape_that_says_nothing() -> None:
    marks = ("time_critical", "review", "note", "check", "open")
    given = document(Heading("Listed"), *(entry(mark, f"name of {mark}", "A title", Fact="so") for mark in marks))
    printed = made(given)
    assert faults(printed, given) == []
    headings = [heading.text for heading in structure(printed).all("H2")]
    assert headings == [f"name of {mark} · A title" for mark in marks]
    assert not list(structure(printed).all("Figure"))


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_nothing_that_is_long_runs_off_its_page_or_onto_its_neighbour(text: str, paper: Paper) -> None:
    beside = (("Term", words(text)), ("Next", words("next")))
    given = document(
        Paragraph(words(text), tone="note"),
        Paragraph(words(text)),
        Heading("Facts"),
        Facts(beside),
        Entry("review", "For review", "A title", beside),
        Bullets((words(text), words("next"))),
        Table("T", ("A", "B", "C"), ((words(text), *row("b", "c")), (*row("1"), words(text), words(text))), (4, 3, 3)),
        Table("Narrow", tuple("ABCDEF"), ((*row(*"vwxyz"), words(text)),)),
        SignatureBlock((("Signed by", text), ("Signature", ""))),
    )
    printed = made(given, paper)
    assert faults(printed, given) == []
    for number, page in enumerate(sizes(printed)):
        assert page == sizes(printed)[0], number


@pytest.mark.parametrize("name", [name for name in LONG if "many" not in name])
def test_a_long_word_in_a_head_or_a_heading_stays_on_its_page(name: str) -> None:
    text = LONG[name]
    item = Entry("review", "For review", text, ())
    given = document(Heading(text), Heading(text, 2), item, title=text, subtitle=text, banner=text)
    printed = made(given)
    assert not outside(printed, MARGIN)
    assert not overlapping(printed)


def test_the_same_document_and_moment_give_the_same_bytes() -> None:
    assert made(sample()) == made(sample())
    assert made(sample()) != render_pdf(sample(), paper="a4", made_at=MADE_AT + timedelta(seconds=1))


def test_a_report_says_when_it_was_made_in_the_time_of_the_place() -> None:
    moment = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    printed = render_pdf(document(Heading("A")), paper="a4", made_at=moment)
    assert "Made 2026-11-23 23:30" in artifacts(printed)[0]
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert str(opened.docinfo["/CreationDate"]) == "D:20261124073000Z"


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        render_pdf(sample(), paper="a4", made_at=MADE_AT.replace(tzinfo=None))


def test_a_preview_is_the_same_pages_as_pictures() -> None:
    pages = render_pages(sample(), paper="a4", made_at=MADE_AT, ppi=20)
    assert len(pages) == len(sizes(made(sample())))
    assert all(page.startswith(b"\x89PNG") for page in pages)


@pytest.mark.parametrize(
    "wrong",
    [
        (Heading("One"), Heading("Three", 3)),
        (Heading("Two", 2),),
        (Heading("None", 0),),
        (Table("T", (), ()),),
        (Table("T", ("A", "B"), (row("1"),)),),
        (Table("T", ("A", "B"), (), (1.0,)),),
        (Heading("One"), Entry("red", "Red", "A title", ())),
        (Paragraph(words("text"), tone="loud"),),
        (Cards("Card", "text", 2),),
        (Cards("Card", " "),),
        (Heading("One"), ToAnswer("1", "Which?", grid=Grid("Table", ("A", "B"), ("", ""), (1,)))),
    ],
    ids=lambda wrong: str(wrong[-1])[:40],
)
def test_a_document_that_breaks_its_promises_is_refused(wrong: tuple[Block, ...]) -> None:
    with pytest.raises(ValueError):
        made(document(*wrong))


# --- faults that are planted, so that the checks above are known to see them -----------------------------------------

PLANTED = {
    "a table whose head is made of plain cells": (
        "table.header(..b.header.zip(rooms).map(((name, room)) => text(size: 8.5pt, weight: 600, fill: slate, "
        "words(name, room))))",
        "..b.header",
        "a table without one head of header cells",
    ),
    "a table without its name": (
        "caption: figure.caption(position: top, words(b.caption, width))",
        "caption: none",
        "a table without a name",
    ),
    "a template without a language": ("lang: d.language.at(0), region: d.language.at(1), ", "", "the language is not"),
    "an entry whose heading only looks like one": (
        "heading(level: b.level, {\n      mark",
        "par({\n      mark",
        "no real heading",
    ),
    "facts that only look like a list": (
        "let gutter = 4mm\n",
        "return grid(columns: 2, ..pairs.map(((term, value)) => (text(term), value(room - column))).flatten())\n",
        "is not the label of a list",
    ),
    "a standing line that is only printed": (
        "place(bottom, dy: gap + measure(standing(standing-room)).height, standing(standing-room))",
        "place(bottom, dy: gap + measure(standing(standing-room)).height, pdf.artifact(standing(standing-room)))",
        "the standing line is heard 0 times",
    ),
    "a standing line on the first page only": (
        "if first { none } else { standing(standing-room) }",
        "none",
        "the standing line stands 0 times on page 2",
    ),
    "a standing line that is printed over itself": (
        "if first { none } else { standing(standing-room) }",
        "standing(standing-room)",
        "text stands on text",
    ),
    "a banner on the first page only": (
        "context if counter(page).get().first() > 1 {",
        "context if false {",
        "the banner stands 0 times on page 2",
    ),
    "words that do not break": ("it.clusters().map(box).join()", "text(it)", "text runs off the page"),
    "a column that runs into the next": (
        "b.widths.map(share => width * share / total - 10pt)",
        "b.widths.map(share => width)",
        "text stands on text",
    ),
    "a row that does not break": ("breakable: not stays", "breakable: false", "text runs off the page"),
    "a foot without room": ("bottom: edge + foot-height + gap", "bottom: edge", "text runs off the page"),
    "a title that is not said": ("document(title: d.title, ", 'document(title: "Report", ', "not in its metadata"),
}


_WIDE = Table("Wide", ("A", "B", "C"), (row("W" * 40, "b", "c"), row("a", "word " * 600, "c")))
WHOLE = replace(
    sample(),
    language="de-CH",
    blocks=(*sample().blocks, Paragraph(words("W" * 160)), Heading("More"), _WIDE, long_table(60)),
)


def template(monkeypatch: pytest.MonkeyPatch, folder: Path, old: str, new: str) -> None:
    """Set the report with a changed template."""
    shipped = resources_folder()
    text = (shipped / "report" / "report.typ").read_text("utf-8")
    assert old in text
    (folder / "report").mkdir()
    (folder / "report" / "report.typ").write_text(text.replace(old, new), "utf-8")
    (folder / "fonts").symlink_to(shipped / "fonts")
    monkeypatch.setattr(exchange, "resources_folder", lambda: folder)


def test_without_a_planted_fault_none_is_seen() -> None:
    assert faults(made(WHOLE), WHOLE) == []


@pytest.mark.parametrize(("old", "new", "fault"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_fault_of_the_template_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    template(monkeypatch, tmp_path, old, new)
    found = faults(made(WHOLE), WHOLE)
    assert any(fault in one for one in found), found


def test_a_heading_that_skips_a_level_is_refused_by_the_standard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    template(monkeypatch, tmp_path, "heading(level: b.level, {", "heading(level: b.level + 1, {")
    with pytest.raises(RuntimeError, match="could not be set"):
        made(sample())


def test_what_goes_wrong_with_a_template_quotes_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    template(monkeypatch, tmp_path, "#let words(it, room) = ", "#let words(it, room) = if true { panic(it) } else ")
    with pytest.raises(RuntimeError) as found:
        made(sample())
    assert "SYN-0042" not in f"{found.value} {found.value.__cause__}"
    assert found.value.__suppress_context__


def changed(printed: bytes, change: Any) -> bytes:
    with pikepdf.open(io.BytesIO(printed)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()


def no_mark(opened: pikepdf.Pdf) -> None:
    page = opened.pages[0]
    kept, depth = [], 0
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        if name not in ("BDC", "BMC", "EMC"):
            kept.append(step)
    assert depth == 0
    page.Contents = opened.make_stream(pikepdf.unparse_content_stream(kept))


def no_scope(opened: pikepdf.Pdf) -> None:
    for found in opened.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/TH":
            for owner in found.A:
                if "/Scope" in owner:
                    del owner["/Scope"]


def unknown_role(opened: pikepdf.Pdf) -> None:
    del opened.Root.StructTreeRoot.RoleMap


def no_ua(opened: pikepdf.Pdf) -> None:
    del opened.Root.Metadata


def skipped_level(opened: pikepdf.Pdf) -> None:
    for found in opened.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/H3":
            found.S = pikepdf.Name.H4


def no_display(opened: pikepdf.Pdf) -> None:
    del opened.Root.ViewerPreferences


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (no_mark, "neither tagged nor marked"),
        (no_scope, "does not say what it heads"),
        (unknown_role, "is known to nobody"),
        (no_ua, "does not say that it is PDF/UA-1"),
        (skipped_level, "skips a level"),
        (no_display, "the file's name in place of the title"),
    ],
)
def test_a_planted_fault_of_the_file_is_seen(change: Any, fault: str) -> None:
    assert any(fault in found for found in faults(changed(made(sample()), change), sample()))


def test_the_sample_is_made_at_a_moment_that_knows_its_offset() -> None:
    assert MADE_AT.tzinfo is UTC

"""`screener report`: the same report as the window's, from a file of answers or from a record."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from screener.cli.given import check
from screener.cli.main import main
from screener.cli.packs import open_pack
from screener.cli.report import Heading, session
from screener.cli.source import Source
from screener.clock import FixedClock
from screener.records.record import build, canonical

CLOCK = FixedClock(datetime.fromisoformat("2026-11-23T10:31:00+01:00"))
VISIT: dict[str, Any] = {
    "pathway": "esketamine-clinic",
    "profiles": ["us-label"],
    "date": "2026-11-23",
    "answers": {
        "person.age": 17,
        "medical.apnoea": {"accounts": [{"by": "patient", "value": "no"}, {"by": "partner", "value": "yes"}]},
        "medical.illness_now": {"state": "declined"},
    },
}


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())


def record() -> bytes:
    pack = open_pack(None)
    visit = check(pack, Source(VISIT), CLOCK.now().date()).visit
    assert visit is not None
    return canonical(build(session(pack, visit, Heading("R-17", "A. Clinician", "clinician", "a spray"), CLOCK)))


def signed(content: bytes, over: bytes | None = None) -> str:
    key = Ed25519PrivateKey.generate()
    signature = {
        "signer": "A. Clinician",
        "signed_at": "2026-11-23T11:00:00+01:00",
        "fingerprint": "ab12",
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "value": base64.b64encode(key.sign(content if over is None else over)).decode(),
    }
    return json.dumps({"content": content.decode(), "signature": signature})


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_file_of_answers_becomes_a_report_that_is_not_signed(tmp_path: Path, paper: str) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    file.write_text(json.dumps(VISIT), "utf-8")
    assert main(["report", str(file), "-o", str(out), "--paper", paper, "--reference", "R-17"]) == 0
    said = text_of(out)
    assert "R-17" in said
    assert "Age: 17 years" in said
    assert "patient: no · partner: yes" in said
    assert "not signed" in said
    assert "The list says nothing about whether treatment takes place." in said
    width = float(pypdf.PdfReader(out).pages[0].mediabox.width)
    assert round(width) == (595 if paper == "a4" else 612)


@pytest.mark.parametrize("command", ["report", "evaluate"])
def test_a_profile_that_the_pathway_does_not_offer_is_named_with_those_that_it_does(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    visit = {"pathway": "ketamine-home", "profiles": ["clinic", "oregon"], "date": "2026-11-23", "answers": {}}
    file.write_text(json.dumps(visit, indent=1), "utf-8")
    assert main([command, str(file), *(["-o", str(out)] if command == "report" else [])]) == 2
    printed = capsys.readouterr()
    said = " ".join(f"{printed.out} {printed.err}".split())
    assert "$.profiles[1]" in said
    assert "ketamine-home does not offer oregon" in said and "it offers clinic" in said
    assert not out.exists()


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    ("pathway", "profiles"),
    [("esketamine-clinic", ["us-label"]), ("ketamine-home", ["clinic"]), ("psilocybin-oregon", ["oregon"])],
)
def test_every_pathway_has_its_report_whatever_the_reference_looks_like(
    tmp_path: Path, pathway: str, profiles: list[str], paper: str
) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    file.write_text(json.dumps({"pathway": pathway, "profiles": profiles, "date": "2026-11-23"}), "utf-8")
    reference = "CLIENT-" + "0123456789" * 12
    assert main(["report", str(file), "-o", str(out), "--paper", paper, "--reference", reference]) == 0
    assert reference in text_of(out).replace(" ", "")


def test_a_signed_record_is_printed_as_signed(tmp_path: Path) -> None:
    file, out = tmp_path / "record.json", tmp_path / "record.pdf"
    file.write_text(signed(record()), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 0
    said = text_of(out)
    assert "Signed as" in said
    assert "not signed" not in said
    assert "whose key this is was not checked" in said
    assert "ab12" not in said


@pytest.mark.parametrize(
    "text",
    [
        '{"format": "screener-record/1"}',
        '{"format": "screener-record/2"}',
        '{"format": ["screener-record/1"], "answers": {}}',
        '{"format": "screener-record/1", "opening": 5, "visit": [], "pathway": {}, "made_at": "now"}',
        '{"content": "{}", "signature": {}}',
        '{"content": "\\ud800", "signature": {"signer": 1, "public_key": [], "value": "x"}}',
    ],
)
def test_a_file_that_is_half_a_record_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file, out = tmp_path / "record.json", tmp_path / "record.pdf"
    file.write_text(text, "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not out.exists()


def test_a_record_with_a_part_taken_out_or_no_offset_is_not_printed(tmp_path: Path) -> None:
    content = json.loads(record())
    file, out = tmp_path / "record.json", tmp_path / "record.pdf"
    for damaged in ({**content, "themes": [{}]}, {**content, "items": 3}, {**content, "made_at": "2026-11-23T10:31"}):
        file.write_text(json.dumps(damaged), "utf-8")
        assert main(["report", str(file), "-o", str(out)]) == 1
    file.write_text(json.dumps(content), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 0
    assert "not signed" in text_of(out)


def test_what_is_nested_without_end_is_a_finding_and_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "deep.json", tmp_path / "deep.pdf"
    file.write_text("[" * 100_000, "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 2
    assert "nested deeper" in capsys.readouterr().err


def test_a_file_of_answers_tells_no_time_and_keeps_informants_and_notes(tmp_path: Path) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    answers = {
        "person.age": 44,
        "medical.illness_now": {"state": "declined", "by": "spouse", "note": "asked twice"},
        "medical.apnoea": {"accounts": [{"by": "patient", "value": "no", "note": "sleeps alone"}]},
    }
    file.write_text(json.dumps({**VISIT, "answers": answers}), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 0
    said = text_of(out)
    assert "spouse asked twice" in said and "patient sleeps alone" in said
    assert "Begun" not in said
    assert "patient, " not in said


def test_what_looks_mistyped_or_is_read_by_no_rule_is_said_beside_the_answer(tmp_path: Path) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    answers = {
        "person.age": 170,
        "bp.readings": [[0, 91]],
        "heart.attack": "yes",
        "heart.attack_on": "2027-02",
        "psychosis.ever": {"state": "not_known"},
        "psychosis.ever_on": "2019",
    }
    file.write_text(json.dumps({**VISIT, "answers": answers}), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 0
    said = text_of(out)
    assert "to look at again: 170 lies outside 0 to" in said
    assert "reading 1: systolic 0 lies outside" in said
    assert "2027-02 lies after the visit's date, 2026-11-23" in said.replace("’", "'")
    assert "2019 not evaluated: whether it applies is not established" in said


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "Blood pressure figure for off-label ketamine: not chosen"),
        ({"pressure_limit": "trial_150"}, "Blood pressure figure for off-label ketamine: 150 systolic"),
    ],
)
def test_the_clinics_choice_is_printed_or_that_none_is_made(tmp_path: Path, chosen: dict[str, str], said: str) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    visit = {"pathway": "ketamine-home", "profiles": ["clinic"], "date": "2026-11-23", "parameters": chosen}
    file.write_text(json.dumps(visit), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 0
    assert said in text_of(out)


def test_a_state_form_is_named_as_what_the_report_supplements(tmp_path: Path) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    visit = {"pathway": "psilocybin-oregon", "profiles": ["oregon"], "date": "2026-11-23", "answers": {}}
    file.write_text(json.dumps(visit), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 0
    printed = text_of(out)
    assert "Screening report (supplement)" in printed
    assert "This report is a supplement to the client information form" in printed
    assert "No day of that form is recorded." in printed


@pytest.mark.parametrize("pathway", ["psilocybin-oregon", "dose-day"])
def test_a_report_is_a_supplement_where_the_profile_of_the_state_is_chosen(tmp_path: Path, pathway: str) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    for profiles, supplement in ((["oregon"], True), ([], False)):
        if pathway == "psilocybin-oregon" and not profiles:
            continue
        visit = {"pathway": pathway, "profiles": profiles, "date": "2026-11-23", "answers": {}}
        file.write_text(json.dumps(visit), "utf-8")
        assert main(["report", str(file), "-o", str(out)]) == 0
        assert ("(supplement)" in text_of(out)) is supplement


def test_the_state_s_own_form_stands_in_the_report_with_the_day_that_it_bears(tmp_path: Path) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    answers = {"consent.state_form": "yes", "consent.state_form_on": "2026-11-20"}
    visit = {"pathway": "psilocybin-oregon", "profiles": ["oregon"], "date": "2026-11-23", "answers": answers}
    file.write_text(json.dumps(visit), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 0
    assert "That form is a document of its own; day that it bears: 20 November 2026." in text_of(out)


def test_a_record_whose_signature_does_not_fit_is_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "record.json", tmp_path / "record.pdf"
    file.write_text(signed(record(), over=b"something else"), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 1
    assert "signature" in capsys.readouterr().err
    assert not out.exists()


def test_answers_with_findings_that_stop_make_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "visit.json", tmp_path / "visit.pdf"
    file.write_text(json.dumps({**VISIT, "answers": {"person.agee": 17}}), "utf-8")
    assert main(["report", str(file), "-o", str(out)]) == 2
    assert "did you mean person.age?" in capsys.readouterr().err
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(VISIT), "utf-8")
    assert main(["report", str(file), "-o", str(tmp_path / "nowhere" / "visit.pdf")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_same_report_is_written_as_text_and_as_html(tmp_path: Path) -> None:
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(VISIT), "utf-8")
    places = {"--out": tmp_path / "a.pdf", "--text": tmp_path / "a.txt", "--html": tmp_path / "a.html"}
    assert main(["report", str(file), *(str(part) for pair in places.items() for part in pair)]) == 0
    text, html = (places[name].read_text("utf-8") for name in ("--text", "--html"))
    assert text.startswith("Preview: not signed\nSCREENING REPORT\n")
    assert "<h1>Screening report</h1>" in html
    for said in ("Under 18", "declined"):
        assert (said in text) is (said in html) is (said in text_of(places["--out"]))
    alone = tmp_path / "alone.txt"
    assert main(["report", str(file), "--text", str(alone)]) == 0
    assert alone.read_text("utf-8") == text


def test_a_report_into_no_file_names_the_forms_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path / "visit.json")]) == 1
    assert "--html" in capsys.readouterr().err

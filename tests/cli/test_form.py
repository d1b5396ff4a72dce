"""`screener form`: a blank form for paper, and what is said where it cannot be made."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pypdf
import pytest

from screener.cli.form import Wanted, run
from screener.cli.given import check
from screener.cli.main import main
from screener.cli.source import Source
from screener.clock import SystemClock
from tests.records.sittings import shipped

NOT_OFFERED = "ketamine-home does not offer oregon; it offers clinic"


@pytest.mark.parametrize(("paper", "height"), [("a4", 842), ("letter", 792)])
def test_a_form_is_written_on_the_paper_that_was_asked_for(tmp_path: Path, paper: str, height: int) -> None:
    out = tmp_path / "form.pdf"
    asked = ["--pathway", "dose-day", "--theme", "dose-day", "--paper", paper, "--profile", "us-label"]
    assert main(["form", *asked, "--out", str(out)]) == 0
    pages = pypdf.PdfReader(out).pages
    assert {round(float(page.mediabox.height)) for page in pages} == {height}
    assert f"Page 1 of {len(pages)}" in pages[0].extract_text()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--pathway", "ketamine-hom"], "“ketamine-hom” is no pathway of this pack; did you mean ketamine-home?"),
        (["--pathway", "kap", "--profile", "us-labl"], "did you mean us-label?"),
        (["--pathway", "kap", "--theme", "dose"], "“dose” is no theme of kap; did you mean dose-day?"),
        (["--pathway", "esketamine-clinic"], "esketamine-clinic needs the profile us-label or eu-label"),
        (["--pathway", "ketamine-home"], "ketamine-home needs the profile clinic; add --profile clinic"),
        (["--pathway", "ketamine-home", "--profile", "clinic", "--profile", "oregon"], NOT_OFFERED),
    ],
)
def test_what_does_not_fit_is_named_with_what_would(
    tmp_path: Path, asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "form.pdf"
    assert main(["form", *asked, "--out", str(out)]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    "profiles", [[], ["oregon"], ["clinic"], ["clinic", "oregon"], ["us-label"], ["trial-mm120"], ["australia"]]
)
def test_the_same_profiles_are_taken_for_a_form_and_for_a_file_of_answers(
    tmp_path: Path, profiles: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    pack, out = shipped(), tmp_path / "made.pdf"
    for pathway in pack.pathways:
        # A theme that there is not: what else does not fit is said, and no form is set.
        assert run(pack, Wanted(pathway.id, profiles, ["nowhere"], "a4"), out, None, SystemClock()) == 2
        visit = {"pathway": pathway.id, "profiles": profiles, "date": "2026-11-23", "answers": {}}
        checked = check(pack, Source(visit), date(2026, 11, 23))
        of_profiles = {one.message for one in checked.findings if one.code.startswith("profile-")}
        said = re.findall(rf"{pathway.id} (?:needs the profile|does not offer) [^;]+", capsys.readouterr().err)
        assert set(said) == of_profiles, pathway.id
        assert (checked.visit is None) is bool(of_profiles), pathway.id


def test_a_place_that_takes_no_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["form", "--pathway", "dose-day", "--theme", "dose-day", "--out", str(tmp_path / "nowhere" / "form.pdf")]
    assert main(asked) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_the_form_of_a_pathway_is_written_for_a_portal_whatever_profiles_it_has(tmp_path: Path) -> None:
    out = tmp_path / "form.fhir.json"
    assert main(["form", "--pathway", "esketamine-clinic", "--fhir", str(out)]) == 0
    form = json.loads(out.read_bytes())
    assert (form["resourceType"], form["status"]) == ("Questionnaire", "active")
    assert form["url"] == "urn:screener:fhir:questionnaire:intake:esketamine-clinic"


def test_what_is_to_be_written_has_to_be_said_and_a_questionnaire_holds_every_theme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "form.fhir.json"
    assert main(["form", "--pathway", "dose-day"]) != 0
    assert "Say what is to be written" in capsys.readouterr().err
    assert main(["form", "--pathway", "dose-day", "--theme", "dose-day", "--fhir", str(out)]) != 0
    assert not out.exists()

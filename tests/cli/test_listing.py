"""What `screener evaluate` prints for people: because, what is missing, and no word that weighs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screener.cli.evaluate import evaluation
from screener.cli.given import check
from screener.cli.listing import show_evaluation
from screener.cli.source import Source
from tests.small_pack import PATHWAY, small_pack


def printed(capsys: pytest.CaptureFixture[str], answers: dict[str, Any], profiles: tuple[str, ...] = ()) -> str:
    """The whole list in one line, however wide the terminal is."""
    source = Source({"pathway": PATHWAY, "profiles": list(profiles), "date": "2026-11-23", "answers": answers})
    pack = small_pack()
    checked = check(pack, source, date(2026, 11, 24))
    assert checked.visit is not None
    show_evaluation(pack, checked, evaluation(pack, checked, source))
    return " ".join(capsys.readouterr().out.split())


def test_a_further_level_that_is_open_is_named_as_not_established_with_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = printed(capsys, {"body.weight": 104, "body.height": 170, "body.apnoea": {"state": "declined"}})
    assert "A further level is not established; missing: Sleep apnoea?: declined" in said
    assert "higher" not in said


def test_a_because_has_the_figures_of_readings_alone(capsys: pytest.CaptureFixture[str]) -> None:
    how = {"phase": "before", "at": "10:31", "arm": "left", "position": "seated"}
    said = printed(capsys, {"heart.pressures": [{"systolic": 151, "diastolic": 94, **how}]})
    assert "because Readings: before dose: 151/94 Warning: A label" in said


def test_an_answer_that_is_too_vague_is_printed_with_what_keeps_it_open(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, {"heart.mi": "yes", "heart.mi_on": "2026"})
    assert "missing When?: 2026 (not exact or not complete enough to tell)" in said


def test_readings_that_lack_a_phase_say_so_in_place_of_what_was_taken_in_another(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screener.cli.listing._stands_open", lambda rule: rule["outcome"] == "not_established")
    said = printed(capsys, {"heart.pressures": [{"systolic": 191, "diastolic": 124, "pulse": 96, "phase": "leaving"}]})
    assert "missing Readings: no reading before dose" in said
    assert "191/124" not in said


def test_a_figure_that_is_not_chosen_is_printed_with_its_options(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screener.cli.listing._stands_open", lambda rule: rule["outcome"] == "not_established")
    readings = [{"systolic": 130, "diastolic": 80, "phase": "before"}]
    assert "missing Limit: not chosen (a; b)" in printed(capsys, {"heart.pressures": readings}, ("clinic",))

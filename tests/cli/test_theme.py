"""`screener theme`: a form of another system into a local pack, with everything said that is not as it was there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screener.cli.main import main
from tests.exchange.fhir.foreign.example import EXAMPLE
from tests.exchange.fhir.foreign.test_refusals import ADVISING


def written(folder: Path, made: object) -> str:
    file = folder / "house.json"
    file.write_text(json.dumps(made), "utf-8")
    return str(file)


def test_a_form_becomes_a_theme_that_the_check_finds_nothing_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "ours"
    file = written(tmp_path, EXAMPLE)
    assert main(["theme", file, "--into", str(into), "--look"]) == 0
    assert not into.exists()
    assert main(["theme", file, "--into", str(into), "--pathway", "kap"]) == 0
    said = capsys.readouterr().out
    for part in (
        "House visit (house-visit)",
        "Copyright: © Made Up House. Ask before use.",
        "house_visit.1_1  Does somebody come along?  [yes no]",
        "Questionnaire.item[1].item[5]: an attachment has no form here; it is not asked",
        "11 questions; ",
    ):
        assert part in said, part
    assert main(["check", str(into), "--no-logic"]) == 0
    assert main(["questions", "--pack", str(into)]) == 0
    assert "house_visit.1_1" in capsys.readouterr().out
    assert main(["theme", file, "--into", str(into)]) == 1
    assert "There is a theme house-visit already." in capsys.readouterr().err
    assert main(["theme", file, "--into", str(into), "--id", "second-visit", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["written"]
    assert told["questions"][0]["link"] == "1.1"
    assert {"place", "link", "message", "changes"} == set(told["remarks"][0])


def test_words_that_advise_stop_it_until_they_are_declared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into, file = tmp_path / "ours", written(tmp_path, ADVISING)
    assert main(["theme", file, "--into", str(into)]) == 2
    said = capsys.readouterr().out
    assert "advises or decides" in said
    assert "--declare-words" in said
    assert not into.exists()
    assert main(["theme", file, "--into", str(into), "--declare-words"]) == 0
    assert main(["check", str(into), "--no-logic"]) == 0
    assert "own word of house-visit" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (["--pathway", "kaap"], 2, "“kaap” is no pathway of this pack; did you mean kap?"),
        (["--id", "House Visit"], 2, "“House Visit” is not an id"),
    ],
)
def test_what_does_not_fit_is_named(
    tmp_path: Path, asked: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["theme", written(tmp_path, EXAMPLE), "--into", str(tmp_path / "ours"), *asked]) == code
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_or_broken_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = ["--into", str(tmp_path / "ours")]
    assert main(["theme", str(tmp_path / "none.json"), *into]) == 1
    assert "cannot be read: there is no such file" in capsys.readouterr().err
    (tmp_path / "house.json").write_text('{"resourceType":\n "Questionnaire", }')
    assert main(["theme", str(tmp_path / "house.json"), *into]) == 1
    assert "line 2" in capsys.readouterr().err
    assert not (tmp_path / "ours").exists()

"""The commands as they are called: exit codes, one clear line for the world's failures, no Qt, the shipped pack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from screener.cli.main import main
from screener.places import resources_folder

ROOT = Path(__file__).resolve().parents[2]
VISIT = {"pathway": "esketamine-clinic", "profiles": ["us-label"], "date": "2026-11-23", "answers": {"person.age": 17}}


def schema(name: str) -> Any:
    return json.loads((resources_folder() / "schemas" / f"{name}.json").read_text("utf-8"))


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "screener", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)


def test_questions_fit_their_schema_and_cover_every_pathway(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["questions", "--json"]) == 0
    printed = json.loads(capsysbinary.readouterr().out)
    jsonschema.validate(printed, schema("questions"))
    asked = {pathway for question in printed["questions"] for pathway in question["pathways"]}
    assert asked == {pathway["id"] for pathway in printed["pathways"]}


def test_a_file_is_evaluated_by_the_real_program(tmp_path: Path) -> None:
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(VISIT), "utf-8")
    done = run("evaluate", str(file), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    jsonschema.validate(printed, schema("evaluation"))
    (young,) = [rule for rule in printed["rules"] if rule["id"] == "visit.under_18_us"]
    assert young["outcome"] == "listed"
    assert [entry["value"] for entry in young["because"]] == [17]


def test_standard_input_is_read_and_yaml_comes_to_the_same() -> None:
    as_yaml = "pathway: esketamine-clinic\nprofiles: [us-label]\ndate: 2026-11-23\nanswers: {person.age: 17}\n"
    from_json = run("evaluate", "-", "--json", given=json.dumps(VISIT))
    from_yaml = run("evaluate", "-", "--json", given=as_yaml)
    assert json.loads(from_json.stdout) == json.loads(from_yaml.stdout)


def test_input_with_findings_that_stop_ends_with_2_and_evaluates_nothing() -> None:
    done = run("evaluate", "-", "--json", given=json.dumps({**VISIT, "answers": {"person.agee": 17}}))
    assert done.returncode == 2
    printed = json.loads(done.stdout)
    assert printed["rules"] == []
    assert printed["findings"][0]["suggestion"] == "did you mean person.age?"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate"], "Missing argument 'FILE'"),
        (["evaluate", "--no-such", "visit.json"], "No such option: --no-such"),
        (["evaluate", "visit.json", "another.json"], "unexpected extra argument"),
        (["no-such-command"], "No such command 'no-such-command'"),
        (["report", "visit.json"], "Say what is to be written"),
        (["report", "visit.json", "-o", "visit.pdf", "--paper", "a5"], "a5"),
        (["questions", "--pack"], "--pack"),
    ],
)
def test_a_command_that_is_called_wrongly_fails_with_1_and_keeps_the_word_on_what_is_wrong(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err


@pytest.mark.parametrize("arguments", [["--help"], ["evaluate", "-h"], ["--version"]])
def test_what_was_asked_for_and_said_ends_with_0(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out


def test_the_real_program_ends_with_1_when_it_is_called_wrongly() -> None:
    done = run("evaluate", "--no-such")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_one_clear_line_and_1(tmp_path: Path) -> None:
    done = run("evaluate", str(tmp_path / "nowhere.json"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "nowhere.json cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pack_that_is_not_there_is_one_clear_line_and_1(tmp_path: Path) -> None:
    done = run("questions", "--pack", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_our_own_mistakes_are_not_caught(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("screener.cli.questions.run", broken)
    with pytest.raises(ZeroDivisionError):
        main(["questions"])


def test_without_json_the_listing_speaks_neutrally_and_ends_with_the_standing_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(VISIT), "utf-8")
    assert main(["evaluate", str(file)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "For clinician review" in said
    assert "Age: 17 years" in said
    assert said.endswith("The list says nothing about whether treatment takes place.")


def test_half_a_character_in_the_input_is_a_finding_and_stands_as_its_escape() -> None:
    text = json.dumps({**VISIT, "answers": {"\ud800": "x"}})
    for options in (("--json",), ()):
        done = run("evaluate", "-", *options, given=text)
        assert (done.returncode, done.stderr) == (2, "")
        assert r"ud800" in done.stdout


def test_a_terminal_that_lacks_a_sign_ends_no_command() -> None:
    command = [sys.executable, "-m", "screener", "evaluate", "-"]
    bare = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    given = json.dumps(VISIT).encode()
    done = subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=False, env=bare)
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u25b2" in done.stdout


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(VISIT), "utf-8-sig")
    assert run("evaluate", str(file)).returncode == 0


def test_no_command_loads_qt() -> None:
    code = (
        "import sys, screener.cli.main as m\n"
        "m.main(['questions', '--json'])\n"
        "sys.stderr.write(','.join(n for n in sys.modules if n.startswith(('PySide6', 'shiboken6', 'pyqtgraph'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""

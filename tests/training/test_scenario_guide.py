"""The guide for trainers, tried word for word: its file is written, its commands run, what it promises is said."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from screener.cli.main import main
from screener.training.kept import text_of
from screener.training.scenario import (
    Contradiction,
    Discussion,
    Expected,
    Fact,
    InRoom,
    Interruption,
    Measured,
    Paper,
    Scenario,
    Told,
    Trap,
)
from tests.training.guide import NAME, README, changed, example, line_of, scenario_of
from tests.training.rehearsed import rehearsed

GUIDE = README.read_text("utf-8")
STEPS = GUIDE.partition("## Your first scenario")[2].partition("\n## ")[0]
_PART = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def run(command: str, folder: Path) -> tuple[int, str]:
    """One command of the guide, in the folder where the reader stands."""
    assert command.startswith("python -m screener ")
    done = subprocess.run(
        [sys.executable, *command.split()[1:]], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_guide_leads_from_an_empty_folder_to_a_scenario_that_is_whole(tmp_path: Path) -> None:
    (yaml, text), (sh, command), (_, whole), (_, broken) = _PART.findall(STEPS)
    assert (yaml, sh) == ("yaml", "sh")
    [name] = re.findall(r"The file `([^`]+)`", STEPS)
    file = tmp_path / name
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    status, said = run(command.strip(), tmp_path)
    assert (status, said.splitlines()[-1]) == (0, whole.strip())
    old, new = re.findall(r"Change the line `([^`]+)` to `([^`]+)`", STEPS)[0]
    file.write_text(text.replace(old, new), "utf-8")
    status, said = run(command.strip(), tmp_path)
    assert status == 1
    assert broken.strip() in said.partition(f"{name}:{line_of(old, text)}: ")[2]


def test_a_rehearsal_becomes_a_scenario_by_the_command_of_the_guide(tmp_path: Path) -> None:
    [command] = re.findall(r"^python -m screener scenario make .*$", GUIDE, re.MULTILINE)
    (tmp_path / "our-scenarios").mkdir()
    (tmp_path / "REHEARSAL.json").write_text(text_of(rehearsed(scenario_of(example()))[0]), "utf-8")
    status, said = run(command, tmp_path)
    assert status == 0, said
    assert "our-scenarios/another.yaml is written; " in said.splitlines()[-1]
    status, again = run("python -m screener scenario check our-scenarios", tmp_path)
    assert status == 1
    assert again.count("[to-write]") == said.count("[to-write]") > 5
    status, said = run(command, tmp_path)
    assert (status, said) == (
        1,
        "our-scenarios/another.yaml is there already, and is left as it is. Choose another file.\n",
    )


@pytest.mark.parametrize(
    "model",
    [Scenario, Fact, Told, Paper, Measured, InRoom, Contradiction, Interruption, Expected, Trap, Discussion],
)
def test_every_key_is_explained(model: type) -> None:
    """`usual` is a file of its own."""
    for key in set(model.model_fields) - {"usual"}:  # type: ignore[attr-defined]
        assert f"`{key}`" in GUIDE.partition("## Every key")[2], key


def test_findings_as_json(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / NAME).write_text(changed(("rule: medical.vomiting", "rule: medical.vomitting")), "utf-8")
    assert main(["scenario", "check", str(tmp_path / NAME), "--json"]) == 1
    found = json.loads(capsysbinary.readouterr().out)
    assert found["pack"]["id"] == "intake"
    [one] = found["scenarios"]
    assert (one["id"], one["pathway"]) == ("a-ladder-in-august", "psilocybin-research")
    [finding] = one["findings"]
    assert (finding["code"], finding["suggestion"]) == ("unknown-rule", "did you mean medical.vomiting?")
    assert finding["stops"] is True
    assert f":{line_of('rule: medical', example())} traps.0.rule" in finding["place"]


def test_two_files_with_one_id_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.yaml").write_text(example(), "utf-8")
    (tmp_path / "two.yaml").write_text(example(), "utf-8")
    assert main(["scenario", "check", str(tmp_path)]) == 1
    assert "two.yaml:1: one.yaml has the id 'a-ladder-in-august' too [duplicate-id]" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_where_there_is_no_scenario_it_is_said(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "check", str(tmp_path / name)]) == 1
    assert "Name a scenario's file, or a folder" in capsys.readouterr().err


def test_what_is_no_rehearsal_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.json").write_text("{}", "utf-8")
    assert main(["scenario", "make", str(tmp_path / "no.json"), "-o", str(tmp_path / "out.yaml")]) == 1
    assert "holds no rehearsal" in capsys.readouterr().err
    assert not (tmp_path / "out.yaml").exists()


def test_scenarios_beside_a_pack_are_checked_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "pack.yaml").write_text("id: ours\nextends: intake\nversion: '1'\nowner: Us\n", "utf-8")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / NAME).write_text(changed(("10: [fall]", "10: [ferry]")), "utf-8")
    assert main(["check", str(tmp_path / "ours")]) == 1
    said = capsys.readouterr().out
    assert f"scenarios/{NAME}:" in said and "[cut-carries-nothing]" in said

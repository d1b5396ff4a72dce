"""`screener check` by the real program: findings by file and line, counts, exceptions, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screener.cli.main import main
from tests.forms.writing import line_of, write_pack

RULES = "themes/heart/rules.yaml"
SLIP = (RULES, "statement: The rate is {heart.rate}.", "statement: The rate is {heart.rat}.")


def test_the_shipped_pack_is_checked_and_nothing_stops_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "0 findings" in said
    assert "content not yet re-read by a named clinician: 0 of" in said


def test_a_finding_is_said_with_file_line_and_a_way_out_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(write_pack(tmp_path, SLIP))]) == 1
    lines = capsys.readouterr().out.splitlines()
    line = line_of("statement: The rate", RULES)
    assert lines[0] == f"small/{RULES}:{line}: there is no placeholder 'heart.rat' [unknown-placeholder]"
    assert lines[1] == "    did you mean heart.rate?"
    assert "1 finding, 0 remarks" in "\n".join(lines)


def test_a_remark_is_said_and_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_pack(tmp_path, ("pathways/spray.yaml", "[general, clinic]", "[general]"))
    assert main(["check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "(a remark)" in said and "0 findings, 1 remark" in said


def test_a_pack_that_cannot_be_read_is_said_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert "holds no pack.yaml" in capsys.readouterr().out


def test_json_holds_counts_findings_and_exceptions(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    own = (
        "statement: The rate is {heart.rate}.\n  source: {ref: trial",
        "statement: The rate is {heart.rate}.\n"
        "  own_words: [{word: recommended, own_word_of: trial}]\n  source: {says: recommended, ref: trial",
    )
    assert main(["check", str(write_pack(tmp_path, (RULES, *own))), "--json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert found["findings"] == []
    assert found["pack"]["id"] == "small"
    assert (found["counts"]["rules"], found["counts"]["questions"], found["counts"]["cases"]) == (4, 8, 16)
    assert [(e["word"], e["own_word_of"]) for e in found["exceptions"]] == [("recommended", "trial")]
    assert found["exceptions"][0]["place"].startswith(f"small/{RULES}:")


IDLE = (
    RULES,
    'when: {ask: heart.bleed, is: "yes"}',
    'when: {any: [{all: [{ask: heart.bleed, is: "yes"}, {ask: heart.kind, is: valve}]}, '
    '{all: [{ask: heart.bleed, is: "yes"}, {not: {ask: heart.kind, is: valve}}]}]}',
)
"""Whether the kind is known does not matter, and the rule waits for it."""


def test_the_answers_that_show_a_finding_are_printed_below_it(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    bled = '{name: bled, given: {heart.bleed: "yes"}, is: '
    folder = write_pack(
        tmp_path,
        IDLE,
        (RULES, f"{bled}listed}}", '{name: bled, given: {heart.bleed: "yes", heart.kind: valve}, is: listed}'),
    )
    assert main(["check", str(folder)]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    place = next(at for at, line in enumerate(lines) if "[open-for-nothing]" in line)
    assert lines[place].startswith(f"small/{RULES}:1: heart.bled is not established while heart.kind is not answered")
    assert lines[place + 2 : place + 4] == ["      heart.bleed: yes", "      heart.kind: not answered"]
    main(["check", str(folder), "--json"])
    found = json.loads(capsysbinary.readouterr().out)["findings"]
    (finding,) = [one for one in found if one["code"] == "open-for-nothing"]
    assert finding["witness"] == ["heart.bleed: yes", "heart.kind: not answered"]
    main(["check", str(folder), "--no-logic"])
    assert b"open-for-nothing" not in capsysbinary.readouterr().out


def test_json_of_a_broken_pack_holds_its_findings(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = write_pack(tmp_path, (RULES, "above: 100", "abov: 100"))
    assert main(["check", str(folder), "--json"]) == 1
    found = json.loads(capsysbinary.readouterr().out)
    assert found["pack"] is None
    assert found["findings"][0]["suggestion"] == "did you mean above?"
    assert found["findings"][0]["stops"] is True

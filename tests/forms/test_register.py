"""The register of rows: all 443 are there, each is accounted for, and rules vary what their rows name."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from screener.forms.coverage import RowCover, coverage, unaccounted, varies
from screener.forms.local import read_pack
from screener.forms.model import Pack
from screener.places import forms_folder
from tests.forms.writing import write_pack

ROWS = 443
IDS = "0343b06ba5728d0db464f558033dd7581fd0ee3256f9ea647011c3b8781c558e"
"""SHA-256 over the ids of the fact bases' register, sorted, one a line: none may go, change or come unnoticed."""


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


def test_every_row_of_the_fact_bases_stands_in_the_register() -> None:
    ids = sorted(shipped().rows)
    assert len(ids) == ROWS
    assert hashlib.sha256("".join(f"{row}\n" for row in ids).encode()).hexdigest() == IDS


def test_every_row_is_accounted_for() -> None:
    assert {row.row: row.problems for row in unaccounted(coverage(shipped()))} == {}


def test_every_active_rule_stands_by_a_row_of_its_basis() -> None:
    by_row = {row: set(entry.get("rule", ())) for row, entry in shipped().rows.items()}
    for rule in shipped().rules.values():
        assert rule.basis, rule.id
        if rule.status == "active" and rule.class_ not in ("consistency", "completeness"):
            assert any(rule.id in by_row.get(row, ()) for row in rule.basis), rule.id


def covered(tmp_path: Path, entry: str) -> RowCover:
    """What a small pack makes of one row."""
    pack, findings, _ = read_pack(write_pack(tmp_path, ("rows.yaml", "left_out: a copy of another row", entry)))
    assert pack is not None and findings == []
    return next(row for row in coverage(pack) if row.row == "ket/CV-2")


WRONG: list[tuple[str, str]] = [
    ("waiting: its theme", "waits for its content"),
    ("rule: [heart.bled]", "names no fact"),
    ("{rule: [heart.bled], fact: [heart.bled_often]}", "its fact 'heart.bled_often' is no question"),
    ("{rule: [heart.bled], fact: [heart.kind]}", "no rule's cases vary heart.kind"),
    ("{rule: [heart.bled], fact: [heart.bleed, heart.rate]}", "no rule's cases vary heart.rate"),
    ("{rule: [heart.bled, heart.fast], fact: [heart.bleed]}", "the cases of heart.fast vary none of heart.bleed"),
    ("{rule: [heart.bled], fact: ['takes:ssri']}", "no rule's cases vary takes:ssri"),
    ("{rule: [heart.nine_or_ssri], fact: ['takes:opioid']}", "no rule's cases vary takes:opioid"),
]


@pytest.mark.parametrize(("entry", "problem"), WRONG)
def test_a_row_that_is_not_accounted_for_says_why(entry: str, problem: str, tmp_path: Path) -> None:
    row = covered(tmp_path, entry if ":" in entry and not entry.startswith("{") else f"\n    {entry}".strip("\n "))
    assert problem in row.problems and not row.accounted


RIGHT: list[tuple[str, str]] = [
    ("context: [card of spray]", "context"),
    ("left_out: a copy", "left out"),
    ("{rule: [heart.bled], fact: [heart.bleed]}", "rule"),
    ("{rule: [heart.nine_or_ssri], fact: ['takes:ssri', heart.nine]}", "rule"),
    ("{rule: [heart.nine_or_ssri], fact: ['takes:antidepressant']}", "rule"),
]


@pytest.mark.parametrize(("entry", "standing"), RIGHT)
def test_a_row_that_is_accounted_for(entry: str, standing: str, tmp_path: Path) -> None:
    row = covered(tmp_path, entry)
    assert (row.standing, row.problems) == (standing, ())


def test_a_rule_whose_cases_give_one_answer_only_does_not_vary_it() -> None:
    pack = shipped()
    rule: Any = next(rule for rule in pack.rules.values() if len(rule.cases) > 2)
    question = next(iter(rule.cases[0].given), None) or next(iter(rule.cases[1].given))
    same = tuple(case for case in rule.cases if case.given.get(question) == rule.cases[0].given.get(question))
    assert not varies(pack, rule.model_copy(update={"cases": same}), question)

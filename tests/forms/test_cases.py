"""Worked cases come out through the program's own evaluation; a case that does not is a finding at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.forms.findings import Code
from screener.forms.pack import load_pack, read_pack
from tests.forms.mutants import Noticing
from tests.forms.writing import line_of, write_pack

RULES = "themes/heart/rules.yaml"
ABOVE = "- {name: above, given: {heart.rate: 101}, is: listed, level: fast}"

WRONG: list[tuple[str, str, Code, str]] = [
    (ABOVE, ABOVE.replace("101", "100"), Code.CASE_FAILS, "is not listed, written as listed at fast"),
    (
        ABOVE,
        ABOVE.replace("level: fast", "level: very_fast"),
        Code.CASE_FAILS,
        "is listed at fast, written as listed at very_fast",
    ),
    (
        ABOVE,
        ABOVE.replace("is: listed, level: fast", "is: not_established"),
        Code.CASE_FAILS,
        "written as not established",
    ),
    (ABOVE, ABOVE.replace("101", "{state: declined}"), Code.CASE_FAILS, "is not established, written as listed"),
    (
        ABOVE,
        ABOVE.replace("heart.rate: 101", "heart.rat: 101"),
        Code.CASE_UNREADABLE,
        "heart.rat is not asked on spray",
    ),
    (ABOVE, ABOVE.replace("101", "fast"), Code.CASE_UNREADABLE, "not a number"),
    (ABOVE, ABOVE.replace("101", "null"), Code.CASE_UNREADABLE, "null"),
    (ABOVE, ABOVE.replace("is: listed", 'on: "2026-13-01", is: listed'), Code.CASE_UNREADABLE, "is not a date"),
]


@pytest.mark.parametrize(("old", "new", "code", "message"), WRONG, ids=[message for *_, message in WRONG])
def test_a_case_that_is_not_as_written_is_a_finding_at_its_line(
    old: str, new: str, code: Code, message: str, tmp_path: Path
) -> None:
    folder = write_pack(tmp_path, (RULES, old, new))
    assert load_pack(folder).findings == ()
    (finding,) = load_pack(folder, cases=True).findings
    assert finding.code is code
    assert message in finding.message and finding.suggestion
    assert str(finding.place) == f"small/{RULES}:{line_of(old, RULES)}"


def test_a_case_of_another_day_counts_back_from_it(tmp_path: Path) -> None:
    last = '- {name: the last day, given: {heart.bleed: "yes", heart.bleed_on: "2026-10-12"}, is: listed}'
    later = last.replace("is: listed", 'on: "2026-11-24", is: listed')
    (finding,) = load_pack(write_pack(tmp_path, (RULES, last, later)), cases=True).findings
    assert "is not established, written as listed" in finding.message


def test_a_hidden_question_in_a_case_needs_the_answer_of_its_gate(tmp_path: Path) -> None:
    last = '{heart.bleed: "yes", heart.bleed_on: "2026-10-12"}'
    without = (RULES, last, '{heart.bleed_on: "2026-10-12"}')
    (finding,) = load_pack(write_pack(tmp_path, without), cases=True).findings
    assert finding.code is Code.CASE_FAILS


def test_cases_wait_while_the_rules_cannot_run(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        (RULES, ABOVE, ABOVE.replace("101", "100")),
        ("pathways/spray.yaml", "themes: [heart]", "themes: [heart, haert]"),
    )
    assert [finding.code for finding in load_pack(folder, cases=True).findings] == [Code.UNKNOWN_THEME]


def test_a_word_that_advises_does_not_keep_the_cases_from_running(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path, (RULES, ABOVE, ABOVE.replace("101", "100")), (RULES, "title: Fast heart rate", "title: Not eligible")
    )
    codes = [finding.code for finding in load_pack(folder, cases=True).findings]
    assert codes == [Code.ADVISING_WORD, Code.CASE_FAILS]


def test_cases_of_a_draft_run_and_those_of_a_retired_rule_do_not(tmp_path: Path) -> None:
    wrong = (RULES, ABOVE, ABOVE.replace("101", "100"))
    for status, count in (("draft", 1), ("retired", 0)):
        change = (RULES, "title: Fast heart rate", f"title: Fast heart rate\n  status: {status}")
        assert len(load_pack(write_pack(tmp_path, wrong, change), cases=True).findings) == count


# What the cases notice


def test_the_small_packs_cases_notice_what_they_hold_and_name_what_they_do_not(tmp_path: Path) -> None:
    pack, _, _ = read_pack(write_pack(tmp_path))
    assert pack is not None
    noticing = Noticing(pack)
    assert noticing.unnoticed(pack.rules["heart.bled"]) == []
    assert noticing.unnoticed(pack.rules["heart.fast"]) == []


@pytest.mark.parametrize(
    ("dropped", "unnoticed"),
    [
        ("at the line", ["heart.rate above 99", "heart.rate at_least 100"]),
        ("above", ["heart.rate above 101"]),
        ("at the second line", ["heart.rate above 129", "heart.rate at_least 130"]),
        ("far above", ["very_fast gone", "heart.rate above 131"]),
    ],
)
def test_without_a_boundary_case_the_moved_line_goes_unnoticed(
    dropped: str, unnoticed: list[str], tmp_path: Path
) -> None:
    pack, _, _ = read_pack(write_pack(tmp_path))
    assert pack is not None
    rule = pack.rules["heart.fast"]
    fewer = rule.model_copy(update={"cases": tuple(case for case in rule.cases if case.name != dropped)})
    assert Noticing(pack).unnoticed(fewer) == unnoticed


def test_a_length_of_time_moved_by_one_day_is_noticed_on_both_sides(tmp_path: Path) -> None:
    pack, _, _ = read_pack(write_pack(tmp_path))
    assert pack is not None
    rule = pack.rules["heart.recent"]
    for name, unnoticed in (("the last day", "-1"), ("the day before it", "+1")):
        fewer = rule.model_copy(update={"cases": tuple(case for case in rule.cases if case.name != name)})
        assert f"heart.bleed_on within 6 wk {unnoticed}" in Noticing(pack).unnoticed(fewer)
        assert f"heart.bleed_on within 6 wk {unnoticed}" not in Noticing(pack).unnoticed(rule)

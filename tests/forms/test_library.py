"""A folder read to be browsed: how each entry is written, at which lines, and what is wrong inside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.forms import local
from screener.forms.library import Library, read_library
from screener.forms.reading import read_text
from tests.forms.writing import FILES, line_of, write_pack

RULES, QUESTIONS = "themes/heart/rules.yaml", "themes/heart/questions.yaml"


def library(folder: Path, *changes: tuple[str, str, str]) -> Library:
    return read_library(write_pack(folder, *changes))


def test_a_rule_is_shown_as_it_is_written_with_its_cases_apart(tmp_path: Path) -> None:
    excerpt = library(tmp_path).excerpt("rule", "heart.bled")
    assert excerpt is not None
    assert excerpt.place == f"small/{RULES}:1"
    assert excerpt.path == tmp_path / "small" / RULES
    assert excerpt.text.startswith("- id: heart.bled\n  title: Bleeding in the brain\n")
    assert excerpt.text.endswith("basis: [ket/CV-1]")
    assert "bled, given" not in excerpt.text
    assert excerpt.cases.splitlines()[0] == "cases:"
    assert excerpt.cases.splitlines()[-1].endswith("is: not_established}")


def test_every_entry_of_a_file_is_shown_whole_and_by_itself(tmp_path: Path) -> None:
    made = library(tmp_path)
    lines: list[int] = []
    for name in ("heart.bled", "heart.recent", "heart.fast", "heart.nine_or_ssri"):
        excerpt = made.excerpt("rule", name)
        assert excerpt is not None and excerpt.first == line_of(f"- id: {name}\n", RULES)
        lines += range(excerpt.first, excerpt.last + 1)
    assert lines == list(range(1, FILES[RULES].count("\n") + 1))
    question = made.excerpt("question", "heart.bleed_on")
    assert question is not None
    assert question.text.splitlines()[0] == "- id: heart.bleed_on"
    assert question.text.splitlines()[-1] == "  when_hidden: not applicable"
    source = made.excerpt("source", "trial")
    assert source is not None and source.text == "trial:\n  title: A trial\n  read: its criteria"
    assert made.excerpt("rule", "heart.none") is None


def test_remarks_and_blank_lines_after_an_entry_belong_to_the_next_one(tmp_path: Path) -> None:
    made = library(tmp_path, (RULES, "- id: heart.recent\n", "\n# About dates\n- id: heart.recent\n"))
    excerpt = made.excerpt("rule", "heart.bled")
    assert excerpt is not None and "About dates" not in excerpt.text + excerpt.cases


def test_a_finding_belongs_to_the_rule_in_whose_lines_it_stands(tmp_path: Path) -> None:
    made = library(tmp_path, (RULES, 'when: {ask: heart.bleed, is: "yes"}', 'when: {ask: heart.bleeed, is: "yes"}'))
    (finding, *_) = made.findings_of("rule", "heart.bled")
    assert "heart.bleeed" in finding.message
    assert made.rule_at(finding) == "heart.bled"
    assert made.path_of(finding) == tmp_path / "small" / RULES
    assert made.findings_of("rule", "heart.fast") == ()


def test_a_folder_that_cannot_be_put_together_still_says_where_its_findings_are(tmp_path: Path) -> None:
    made = library(tmp_path, (RULES, "  title: Fast heart rate", "  titel: Fast heart rate"))
    assert made.pack is None
    assert [made.path_of(one) for one in made.findings] == [tmp_path / "small" / RULES] * len(made.findings)
    assert made.run_cases() == ()
    nothing = read_library(tmp_path / "nowhere")
    assert nothing.pack is None and nothing.findings


def test_cases_that_do_not_come_out_as_written_are_findings_at_their_lines(tmp_path: Path) -> None:
    made = library(
        tmp_path,
        (
            RULES,
            '{name: never, given: {heart.bleed: "no"}, is: not_listed}',
            '{name: never, given: {heart.bleed: "no"}, is: listed}',
        ),
    )
    (finding,) = made.run_cases()
    assert "case 'never': is not listed, written as listed" in finding.message
    assert made.rule_at(finding) == "heart.bled"
    assert library(tmp_path / "again").run_cases() == ()


def test_entries_of_a_local_pack_and_of_the_one_below_it_are_each_shown_from_their_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "forms_folder", lambda: tmp_path / "forms")
    write_pack(tmp_path / "forms", ("pack.yaml", "id: small", "id: intake")).rename(tmp_path / "forms" / "intake")
    northside = tmp_path / "northside"
    (northside / "themes/heart").mkdir(parents=True)
    (northside / "pack.yaml").write_text('id: northside\nversion: "3"\nextends: intake\n')
    own = "id: heart\nquestions:\n  - {id: heart.pacemaker, kind: yes_no, text: Is there a pacemaker?}\n"
    (northside / QUESTIONS).write_text(own)
    made = read_library(northside)
    assert made.pack is not None, made.findings
    here, below = made.excerpt("question", "heart.pacemaker"), made.excerpt("rule", "heart.bled")
    assert here is not None and here.path == northside / QUESTIONS
    assert here.text == "- {id: heart.pacemaker, kind: yes_no, text: Is there a pacemaker?}"
    assert below is not None and below.path == tmp_path / "forms" / "intake" / RULES


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ((), (1, 7)),
        (("a",), (1, 1)),
        (("b",), (2, 5)),
        (("b", 0), (3, 3)),
        (("b", 1), (4, 5)),
        (("b", 1, "d"), (5, 5)),
        (("e",), (7, 7)),
        (("none",), (1, 7)),
    ],
)
def test_an_extent_ends_before_what_comes_next(path: tuple[str | int, ...], lines: tuple[int, int]) -> None:
    read = read_text("a: 1\nb:\n  - x\n  - c: 1\n    d: 2\n# about e\ne: 3\n\n# end\n", "file")
    assert read.extent(path) == lines

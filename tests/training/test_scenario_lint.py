"""The lint of scenarios: the guide's own is whole, and a planted fault of each kind is found in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.forms.findings import Code
from tests.training.guide import SCENARIOS, changed, example, findings_in, line_of

FAULTS: dict[str, tuple[tuple[tuple[str, str], ...], Code, str, str]] = {
    "a pathway that is none": (
        (("pathway: psilocybin-research", "pathway: psilocybin-reserch"),), Code.UNKNOWN_PATHWAY, "is no pathway",
        "pathway:",
    ),
    "a profile that is none": (
        (("profiles: [general]", "profiles: [generl]"),), Code.UNKNOWN_PROFILE, "is no profile", "profiles:",
    ),
    "a profile that the pathway does not offer": (
        (("profiles: [general]", "profiles: [general, oregon]"),), Code.UNKNOWN_PROFILE, "does not offer oregon",
        "profiles:",
    ),
    "a parameter that is none": (
        (("papers:", "parameters: {presure_limit: trial_150}\npapers:"),), Code.UNKNOWN_PARAMETER, "is no parameter",
        "parameters:",
    ),
    "a question that is none": (
        (("truth: {medical.stomach", "truth: {medical.stomac"),), Code.UNKNOWN_QUESTION, "is no question",
        "truth: {medical.stomac:",
    ),
    "a question of another pathway": (
        (("papers:", 'ordinary: {consent.authority: "no"}\npapers:'),), Code.ABSENT_QUESTION, "is not asked on",
        "ordinary:",
    ),
    "an answer that is none": (
        (('neuro.head_injury: "yes"\n      neuro', "neuro.head_injury: perhaps\n      neuro"),), Code.CASE_UNREADABLE,
        "neither", "neuro.head_injury: perhaps",
    ),
    "an item that is expected and not listed": (
        (('neuro.head_injury: "yes"\n      neuro.head_injury_on: "2026-08"\n', 'neuro.head_injury: "no"\n'),
         ("      neuro.head_injury_what: ", "      # ")), Code.CASE_FAILS,
        "is not_listed on the true answers, written as listed", "rule: neuro.head_injury_psychedelics",
    ),
    "an item that is expected at another level": (
        (("    outcome: listed\n", "    outcome: listed\n    level: recent\n"),), Code.CASE_FAILS,
        "is listed on the true answers", "rule: neuro.head_injury_psychedelics",
    ),
    "a trap that is listed": (
        (("medical.stomach: []", "medical.stomach: [vomiting]"),), Code.CASE_FAILS, "and is a trap",
        "rule: medical.vomiting",
    ),
    "a rule that is not run here": (
        (("rule: medical.vomiting", "rule: legal.oregon_age"),), Code.UNKNOWN_RULE, "is no rule",
        "rule: legal.oregon_age",
    ),
    "a rule that is written twice": (
        (("traps:\n", "traps:\n  - {rule: neuro.head_injury_psychedelics, looks_like: x, note: x}\n"),),
        Code.DUPLICATE_ID, "is written twice", "- {rule: neuro.head_injury_psychedelics",
    ),
    "a truth that never comes out": (
        (("        when: alone\n", '        when: alone\n        answers: {neuro.head_injury: "no"}\n'),),
        Code.NEVER_TOLD, "never comes out as it is true", "told:",
    ),
    "words about something else": (
        (('answers: {neuro.head_injury: "no"}', 'answers: {neuro.head_injury: "no", neuro.seizure: "yes"}'),),
        Code.NEVER_TOLD, "is not of this fact", "answers: {neuro.head_injury",
    ),
    "a fact that nobody comes to ask": (
        (("medical.stomach: []", "neuro.tumour_what: A small one."),), Code.ABSENT_QUESTION,
        "is not shown on the true answers", "truth: {neuro.tumour_what",
    ),
    "a contradiction without one": (
        (('        answers: {neuro.head_injury: "no"}\n', ""),), Code.NO_CONTRADICTION,
        "says otherwise", "  fact: fall",
    ),
    "a paper that is not true": (
        (('answers: {neuro.head_injury: "yes"}', "answers: {medical.stomach: [vomiting]}"),), Code.PAPER_DISAGREES,
        "is otherwise on this paper", "answers: {medical.stomach",
    ),
    "a paper about what is answered nowhere": (
        (('answers: {neuro.head_injury: "yes"}', "answers: {body.bmi: 21}"),), Code.CASE_UNREADABLE,
        "worked out", "answers: {body.bmi",
    ),
    "figures in another order": (
        (("minute: 17", "minute: 3"),), Code.OUT_OF_ORDER, "minute 3 comes after minute 12", "minute: 3",
    ),
    "a clue from an item": (
        (("I brought my own tea", "I injured my thumb"),), Code.CLUE, "“injured” gives a clue", "opening_line:",
    ),
    "a clue from a fact": (
        (("I brought my own tea", "I brought my stomach"),), Code.CLUE, "a clue to the fact ferry", "opening_line:",
    ),
    "a length that is missing": (
        (("  20: [fall, ferry]\n", ""),), Code.MISSING_KEY, "no version of 20 minutes", "cuts:",
    ),
    "a shortened version that leads to nothing": (
        (("10: [fall]", "10: [ferry]"),), Code.CUT_CARRIES_NOTHING, "left in 10 minutes", "10: [ferry]",
    ),
    "a word that advises": (
        (("note: It rests on one answer", "note: He should not be treated. It rests on one answer"),),
        Code.ADVISING_WORD, "advises or decides", "note: He should",
    ),
    "a mark": (
        (("  - Ask about the head", "  - TO WRITE about the head"),), Code.TO_WRITE, "to be written", "TO WRITE",
    ),
}  # fmt: skip


def test_the_example_of_the_guide_is_whole() -> None:
    assert findings_in(example()) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_in_its_line_with_a_way_out(fault: str) -> None:
    slips, code, said, where = FAULTS[fault]
    text = changed(*slips)
    found = [one for one in findings_in(text) if one.code is code and said in one.message]
    assert found, findings_in(text)
    assert line_of(where, text) in [one.place.line for one in found]
    assert all(one.suggestion for one in found)


def test_an_item_that_is_listed_and_not_named_is_found() -> None:
    found = findings_in(changed(("medical.stomach: []", 'neuro.tumour: "yes"')))
    assert [one.suggestion for one in found if "nothing is said of it" in one.message] == [
        "name it under expected, with a note"
    ]


def test_a_question_without_a_true_answer_is_found(tmp_path: Path) -> None:
    usual = (SCENARIOS / "usual.yaml").read_text("utf-8")
    assert 'neuro.seizure: "no"\n' in usual
    (tmp_path / "usual.yaml").write_text(usual.replace('neuro.seizure: "no"\n', ""), "utf-8")
    [found] = findings_in(example(), tmp_path)
    assert (found.code, found.message) == (Code.MISSING_KEY, "neuro.seizure is asked, and nothing says what is true")
    assert found.suggestion == "answer it here, or in usual.yaml"


def test_what_people_in_the_story_say_is_their_own() -> None:
    words = "The doctor said I should not be treated, I am not eligible."
    said = changed(("No. I'm careful, I have to be.", words), ("He asks what the two figures are.", words))
    assert findings_in(said) == []


@pytest.mark.parametrize(
    "text",
    ["title: ", "note: ", "looks_like: ", "- ask: ", "  ask: ", "next:\n  - ", "aims:\n  - ", "story: >-\n  "],
)
def test_whatever_the_author_says_is_read(text: str) -> None:
    found = findings_in(changed((text, f"{text}You should not treat anybody. ")))
    assert Code.ADVISING_WORD in [one.code for one in found]

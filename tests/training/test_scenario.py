"""A scenario is read whole, or what is wrong is said with its line and a way out, whatever the file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.forms.findings import Code
from screener.training.checking import read_scenario
from screener.training.conversation import Asking, Conversation
from screener.training.scenario import MOST, Release
from tests.training.guide import SCENARIOS, changed, example, findings_in, line_of, scenario_of


@pytest.mark.parametrize(
    ("old", "new", "code", "said", "suggestion"),
    [
        ("id: a-ladder-in-august", "id: [", Code.NOT_YAML, "", "check the indentation"),
        ("id: a-ladder-in-august", "id: A Ladder", Code.WRONG_SHAPE, "is not an id for 'id'", "lower case"),
        ("level: easy", "level: simple", Code.WRONG_SHAPE, "not one of the words for 'level'", "use one of: easy"),
        ("label: made-up", "label: real", Code.WRONG_SHAPE, "not one of the words for 'label'", "use one of: made-up"),
        ("level: easy", "lvl: easy", Code.UNKNOWN_KEY, "'lvl' is not known here", "did you mean level?"),
        ("        when: alone", "        wenn: alone", Code.UNKNOWN_KEY, "'wenn' is not known", "did you mean when?"),
        ("when: alone", "when: quietly", Code.WRONG_SHAPE, "not one of the words for 'when'", "again, open, alone"),
        ("title: A ladder in August\n", "", Code.MISSING_KEY, "'title' is missing", "add `title:`"),
        ("title: A ladder in August", "title:", Code.MISSING_KEY, "'title' is empty", "write it"),
        ("title: A ladder in August", "title: [A]", Code.WRONG_SHAPE, "must be one text", ""),
        ("title: A ladder in August", "title: A\ntitle: B", Code.DUPLICATE_KEY, "'title' is written twice", "keep one"),
        ("minute: 8", "minute: 300", Code.WRONG_SHAPE, "'minute'", ""),
        ("minute: 8", "minute: soon", Code.WRONG_SHAPE, "'minute' must be a whole number", "write a number"),
        ('visit_date: "2026-11-26"', "visit_date: Thursday", Code.WRONG_SHAPE, "'visit_date'", ""),
        ("  10: [fall]", "  15: [fall]", Code.WRONG_SHAPE, "", ""),
        ("id: a-ladder-in-august", "usual: {}\nid: a", Code.UNKNOWN_KEY, "is a file of its own", "under `ordinary`"),
        ("label: made-up", "label: &a made-up", Code.NOT_ALLOWED_YAML, "anchors", "write it out"),
    ],
)  # fmt: skip
def test_what_is_not_written_as_it_is_read_is_said_with_its_line_and_a_way_out(
    old: str, new: str, code: Code, said: str, suggestion: str
) -> None:
    found = findings_in(changed((old, new)))
    assert found
    telling = [one for one in found if one.code is code and said in one.message and suggestion in one.suggestion]
    assert telling, found
    assert all(one.place.line for one in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('visit_date: "2026-11-26"', 'visit_date: "2026-02-30"', "2026-02-30 at 09:30 is no moment of any day"),
        ('begins: "09:30"', 'begins: "25:61"', "is no moment of any day"),
        ("  - id: ferry", "  - id: fall", "the fact fall is written twice"),
        ("  fact: fall", "  fact: tall", "there is no fact tall"),
        ("    after: fall", "    after: ladder", "there is no fact ladder"),
        ("  20: [fall, ferry]", "  20: [fall, fery]", "there is no fact fery"),
        ("        when: alone", "        by: aunt", "aunt says something and is not in the room"),
        ("papers:", "ordinary: {medical.stomach: []}\npapers:", "medical.stomach stands in two places"),
        ("    question: bp.readings", "    question: medical.stomach", "medical.stomach stands in two places"),
    ],
)
def test_what_does_not_hang_together_is_said(old: str, new: str, said: str) -> None:
    [found] = findings_in(changed((old, new)))
    assert said in found.message


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "{}\n", "null\n", "42\n"])
def test_what_is_no_scenario_at_all_is_said(text: str) -> None:
    assert findings_in(text)


def test_a_file_of_hostile_size_is_refused_in_no_time() -> None:
    facts = "".join(
        f"  - {{id: f{n}, title: T, truth: {{neuro.seizure: x}}, told: [{{words: w}}]}}\n" for n in range(20_000)
    )
    found = findings_in(changed(("facts:\n", f"facts:\n{facts}")))
    assert [one.message for one in found if "facts" in one.message] == [f"'facts' takes at most {MOST} entries"]
    assert findings_in(example() + "#" * 4_000_001)[0].code is Code.NOT_READABLE
    assert findings_in("story: " + "[" * 5_000)[0].code in (Code.NOT_ALLOWED_YAML, Code.NOT_YAML)


def test_a_file_that_is_not_there_and_one_that_is_no_text_are_said(tmp_path: Path) -> None:
    scenario, [found], _ = read_scenario(tmp_path / "nowhere.yaml")
    assert scenario is None
    assert found.code is Code.NOT_READABLE
    (tmp_path / "bytes.yaml").write_bytes(b"id: \xff\xfe")
    assert read_scenario(tmp_path / "bytes.yaml")[1][0].code is Code.NOT_READABLE


def test_a_folder_may_have_usual_answers_of_its_own(tmp_path: Path) -> None:
    assert scenario_of(example(), tmp_path).usual == scenario_of(example(), SCENARIOS).usual
    (tmp_path / "usual.yaml").write_text("person.age: 30\n", "utf-8")
    assert scenario_of(example(), tmp_path).usual == {"person.age": 30}
    (tmp_path / "usual.yaml").write_text("- 30\n", "utf-8")
    [found] = findings_in(example(), tmp_path)
    assert (found.code, found.place.file) == (Code.WRONG_SHAPE, "usual.yaml")


def test_findings_stand_in_the_line_that_is_meant() -> None:
    text = changed(("rule: medical.vomiting", "rule: medical.vomitting"))
    [found] = findings_in(text)
    assert found.place.line == line_of("rule: medical.vomitting", text)
    assert found.suggestion == "did you mean medical.vomiting?"


def test_words_that_take_the_same_come_out_as_they_are_written() -> None:
    more = changed(
        ('        answers: {neuro.head_injury: "no"}\n', '        answers: {neuro.head_injury: "no"}\n'
         "      - {words: Not that I know., when: again, answers: {neuro.head_injury: no}}\n"
         "      - {words: I said no., when: again, answers: {neuro.head_injury: no}}\n"),
    )  # fmt: skip
    scenario = scenario_of(more)
    talk = Conversation(scenario, lambda question, raw: str(raw))
    said = [talk.ask(Asking("neuro.head_injury")).words for _ in range(4)]
    assert said == ["No. I'm careful, I have to be.", "Not that I know.", "I said no.", "I said no."]
    assert talk.ask(Asking("neuro.head_injury", alone=True)).told == 3
    assert scenario.facts[0].told[3].when is Release.ALONE

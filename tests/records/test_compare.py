"""Two records side by side: what differs is found whichever stands first, and the same record gives nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.records.compare import AnswerPair, Comparison, compare
from screener.records.outcomes import ItemPair
from tests.records.sittings import content_of, sealed, session
from tests.screening.test_session_machine import ANSWERS, PACK

ONE_SITTING = st.fixed_dictionaries(
    {}, optional={question: st.sampled_from(said) for question, said in ANSWERS.items()}
)


def answer(found: Comparison, question: str) -> AnswerPair:
    return next(pair for pair in found.answers if pair.question == question)


def item(found: Comparison, rule: str) -> ItemPair:
    return next(pair for pair in found.items if pair.rule == rule)


@given(ONE_SITTING)
def test_a_record_beside_itself_differs_in_nothing(said: dict[str, Any]) -> None:
    content = sealed(said)
    found = compare(content, content)
    assert not found.differs
    assert {pair.how for pair in found.answers} <= {"same", "nothing"}
    assert {pair.how for pair in found.items} == {"same"}
    assert not any(part.differs for part in found.frame)


@given(ONE_SITTING, ONE_SITTING)
def test_changed_about_two_records_show_the_same_differences_the_other_way(one: Any, two: Any) -> None:
    first, second = sealed(one), sealed(two)
    there, back = compare(first, second), compare(second, first)
    assert set(there.answers) == {pair.mirrored for pair in back.answers}
    assert {pair.rule: pair for pair in there.items} == {pair.rule: pair.mirrored for pair in back.items}
    assert [(p.name, p.first, p.second) for p in there.frame] == [(p.name, p.second, p.first) for p in back.frame]


@given(ONE_SITTING, ONE_SITTING)
def test_every_answer_that_was_changed_is_found_and_no_other(one: Any, two: Any) -> None:
    first, second = session(one), session(two)
    found = compare(content_of(first), content_of(second))
    for question in PACK.questions.values():
        if question.kind == "derived":
            continue
        before, after = first.answers.get(question.id), second.answers.get(question.id)
        as_understood = [None if a is None else (a.state, a.value) for a in (before, after)]
        hidden = [None if a is None else s.is_shown(question.id) for a, s in ((before, first), (after, second))]
        expected = as_understood[0] != as_understood[1] or hidden[0] != hidden[1]
        assert answer(found, question.id).differs == expected, question.id


@given(ONE_SITTING, ONE_SITTING)
def test_every_outcome_that_differs_is_found(one: Any, two: Any) -> None:
    first, second = session(one), session(two)
    found = {pair.rule: pair for pair in compare(content_of(first), content_of(second)).items}
    assert set(found) == set(first.outcomes)
    for rule, before in first.outcomes.items():
        after = second.outcomes[rule]
        how = found[rule].how
        assert (how in ("new", "gone", "outcome")) == (before.outcome != after.outcome), rule
        if before.outcome == after.outcome == "listed":
            assert (how == "level") == (before.level != after.level)


YES_NO_CASES: list[tuple[Any, Any, str]] = [
    ("no", "no", "same"),
    ("no", "yes", "changed"),
    (None, "no", "added"),
    ("no", None, "removed"),
    (None, None, "nothing"),
    ({"state": "declined"}, {"state": "not_known"}, "changed"),
    ("no", {"accounts": {"patient": "no", "partner": "no"}}, "told"),
    ("no", {"accounts": {"patient": "no", "partner": "yes"}}, "changed"),
    ({"accounts": {"patient": "no"}}, {"accounts": {"chart": "no"}}, "told"),
]


@pytest.mark.parametrize(("first", "second", "how"), YES_NO_CASES)
def test_how_two_answers_stand_to_each_other(first: Any, second: Any, how: str) -> None:
    contents = [sealed({} if said is None else {"heart.bleed": said}) for said in (first, second)]
    assert answer(compare(*contents), "heart.bleed").how == how


@pytest.mark.parametrize(
    ("question", "first", "second", "how"),
    [
        ("body.weight", "70", "70.0", "same"),
        ("body.weight", "70", {"value": 70, "unit": "[lb_av]"}, "changed"),
        ("heart.kinds", ["a", "b"], ["b", "a"], "same"),
        ("heart.kinds", ["a"], ["a", "b"], "changed"),
        ("heart.kinds", [], {"state": "declined"}, "changed"),
    ],
)
def test_figures_are_the_same_however_they_are_spelled(question: str, first: Any, second: Any, how: str) -> None:
    assert answer(compare(sealed({question: first}), sealed({question: second})), question).how == how


def test_an_answer_that_another_one_hides_is_not_the_same_as_one_that_is_read() -> None:
    said = {"heart.mi": "yes", "heart.mi_on": "2026-10"}
    later = session(said)
    later.answer("heart.mi", "no")
    found = answer(compare(sealed(said), content_of(later)), "heart.mi_on")
    assert found.how == "changed" and found.second is not None
    assert "not shown, because" in found.second.words and "kept and not evaluated" in found.second.words


def test_a_note_or_another_informant_is_told_otherwise_and_is_no_other_answer() -> None:
    one, two = session({}), session({})
    one.answer("heart.bleed", "no")
    two.answer("heart.bleed", "no", note="asked twice")
    found = compare(content_of(one), content_of(two))
    assert answer(found, "heart.bleed").how == "told"
    assert not found.differs and found.count("told") == 1


def test_items_are_new_gone_at_another_level_or_upon_other_facts() -> None:
    first = {
        "heart.bleed": "yes",
        "body.weight": 130,
        "body.height": 170,
        "heart.pressures": [[0, 0]][:0] or "none taken",
    }
    second = {"heart.bleed": "no", "body.weight": 131, "body.height": 170, "body.apnoea": "yes", "heart.kinds": ["a"]}
    found = compare(sealed(first), sealed(second))
    assert item(found, "heart.bled").how == "gone"
    assert item(found, "heart.any_kind").how == "new"
    assert item(found, "body.size").how == "level"
    assert item(found, "heart.recent").how == "same"
    again = compare(sealed(first), sealed(first | {"body.weight": 132}))
    assert item(again, "body.size").how == "facts"


def test_what_differs_stands_first_by_mark_and_positives_before_the_rest() -> None:
    first = {"heart.bleed": "no", "heart.mi": "yes", "heart.kinds": []}
    second = {"heart.bleed": "yes", "heart.mi": "no", "heart.kinds": ["a"]}
    found = compare(sealed(first), sealed(second))
    (heart,) = [theme for theme in found.themes if theme.theme == "heart"]
    assert [pair.question for pair in heart.pairs][:3] == ["heart.mi", "heart.bleed", "heart.kinds"]
    marks = [pair.mark for pair in found.items]
    assert marks == sorted(marks, key=["time-critical", "review", "note", "check", "open", ""].index)
    listed = [pair for pair in found.items if pair.mark == "review"]
    assert [pair.differs for pair in listed] == sorted((pair.differs for pair in listed), reverse=True)


def test_another_pack_other_profiles_and_choices_are_named() -> None:
    first, second = sealed({}), sealed({}, profiles=(), parameters={"limit": "a"})
    second["pack"]["version"] = "2"
    differing = {part.name for part in compare(first, second).frame if part.differs}
    assert differing == {"Content", "Profiles", "Clinic’s choices"}


def test_a_rule_and_a_question_of_one_record_only_are_told_apart_from_a_change() -> None:
    first = sealed({"heart.bleed": "no"})
    second = sealed({"heart.bleed": "no"})
    second["themes"] = [theme for theme in second["themes"] if theme["id"] != "heart"]
    second["not_listed"] = [entry for entry in second["not_listed"] if entry["rule"] != "heart.bled"]
    found = compare(first, second)
    assert item(found, "heart.bled").how == "only"
    assert answer(found, "heart.bleed").how == "removed" and answer(found, "heart.bleed").second is None
    assert answer(found, "heart.mi").how == "nothing"


def test_items_of_an_instrument_are_named_where_the_total_is_the_same() -> None:
    def record(items: dict[str, int]) -> Any:
        content = sealed({})
        asked = content["themes"][0]["questions"][0]
        accounts = [{"by": "patient", "value": {"items": items}, "at": "2026-11-23T10:00", "recorded_by": "A"}]
        asked |= {"kind": "instrument", "state": "answered", "words": "total 2"}
        asked["recorded"] = {"accounts": accounts, "used": None}
        return content

    found = answer(compare(record({"1": 2, "2": 0}), record({"1": 0, "2": 2})), "heart.mi")
    assert found.how == "changed"
    assert found.details == (("item 1", "2", "0"), ("item 2", "0", "2"))

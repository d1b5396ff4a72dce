"""Today's content over an old record: what it says now beside what was sealed, and the record stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.forms.model import Pack, Question, Rule
from screener.records.record import canonical
from screener.records.rerun import Rerun, rerun
from screener.rules.expressions import Any_, Ask
from tests.records.sittings import content_of, sealed, session
from tests.screening.test_session_machine import ANSWERS, PACK
from tests.small_pack import small_pack

ONE_SITTING = st.fixed_dictionaries(
    {}, optional={question: st.sampled_from(said) for question, said in ANSWERS.items()}
)

Asked = Callable[[Question], Question | None]


def another(*, rules: Callable[[Rule], list[Rule]] = lambda rule: [rule], asked: Asked = lambda q: q) -> Pack:
    """The small pack of another hash: with other rules in place of each, and other questions or none."""
    pack = small_pack()
    themes = tuple(
        theme.model_copy(
            update={
                "rules": tuple(made for rule in theme.rules for made in rules(rule)),
                "questions": tuple(made for made in map(asked, theme.questions) if made is not None),
            }
        )
        for theme in pack.themes
    )
    fields = {name: getattr(pack, name) for name in type(pack).model_fields}
    return Pack(**fields | {"hash": "1" * 64, "themes": themes})


def stricter(rule: Rule) -> list[Rule]:
    if rule.id != "heart.bled":
        return [rule]
    either = {"any": [rule.when, Ask.model_validate({"ask": "heart.mi", "is": "yes"})]}
    return [rule.model_copy(update={"when": Any_.model_validate(either)})]


STRICTER = another(rules=stricter)


def how(found: Rerun, rule: str) -> str:
    return next(pair.how for pair in found.pairs if pair.rule == rule)


@given(ONE_SITTING)
def test_the_same_content_says_the_same_again(said: dict[str, Any]) -> None:
    content = sealed(said, parameters={"limit": "a"})
    before = canonical(content)
    found = rerun(content, PACK)
    assert found.same_content and not found.lost and not found.unread
    assert {pair.how for pair in found.pairs} == {"same"}
    assert set(found.since.values()) == {"same"}
    assert canonical(content) == before


@given(ONE_SITTING)
def test_what_it_says_is_what_a_screening_with_these_answers_says(said: dict[str, Any]) -> None:
    fresh = session(said, pack=STRICTER)
    found = {pair.rule: pair.second for pair in rerun(sealed(said), STRICTER).pairs}
    for rule, outcome in fresh.outcomes.items():
        now = found[rule]
        assert now is not None and (now.outcome, now.level) == (outcome.outcome, outcome.level), rule


def test_rules_that_came_went_or_changed_are_told_apart() -> None:
    def other(rule: Rule) -> list[Rule]:
        if rule.id == "heart.any_kind":
            return []
        if rule.id == "heart.bled":
            return [rule.model_copy(update=entry) for entry in ({"statement": "Other."}, {"id": "heart.bled_too"})]
        return [rule]

    content = sealed({"heart.bleed": "yes", "heart.kinds": ["a"]})
    found = rerun(content, another(rules=other), PACK)
    assert not found.same_content
    assert {rule: found.since[rule] for rule in ("heart.bled", "heart.bled_too", "heart.any_kind", "heart.recent")} == {
        "heart.bled": "changed",
        "heart.bled_too": "new",
        "heart.any_kind": "gone",
        "heart.recent": "same",
    }
    assert (how(found, "heart.bled_too"), how(found, "heart.any_kind")) == ("new", "gone")
    assert how(found, "heart.bled") == "facts"


def test_without_the_pack_of_then_it_is_not_said_that_a_rule_is_the_same() -> None:
    assert set(rerun(sealed({}), another()).since.values()) == {"unknown"}


def test_answers_that_today_s_content_does_not_take_are_named_with_why() -> None:
    def fewer(question: Question) -> Question | None:
        if question.id == "heart.kinds":
            return question.model_copy(update={"options": question.options[:1]})
        return None if question.id in ("body.apnoea", "body.cpap") else question

    pack = another(asked=fewer, rules=lambda rule: [] if rule.id.startswith("body.") else [rule])
    found = rerun(sealed({"heart.kinds": ["b"], "body.apnoea": "yes", "heart.bleed": "yes"}), pack)
    assert [(one.question, one.words) for one in found.unread] == [("heart.kinds", "B"), ("body.apnoea", "yes")]
    assert "does not take it in this way" in found.unread[0].why
    assert "has no such question" in found.unread[1].why
    assert how(found, "heart.bled") == "same"


def test_answers_that_the_record_itself_could_not_read_are_tried_again() -> None:
    content = sealed({})
    account = {"by": "patient", "value": "yes", "at": "2026-11-23T10:00", "recorded_by": "A"}
    content["unread"] = [
        {"question": "heart.bleed", "recorded": {"accounts": [account], "used": None}},
        {"question": "heart.gone", "recorded": {"accounts": [account], "used": None}},
    ]
    found = rerun(content, PACK)
    assert how(found, "heart.bled") == "new"
    assert [(one.question, one.words) for one in found.unread] == [("heart.gone", "patient: yes")]


def test_without_its_pathway_nothing_is_run_and_that_is_said() -> None:
    content = sealed({})
    content["opening"]["pathway"] = "elsewhere"
    found = rerun(content, PACK)
    assert found.pairs == () and found.lost == ("the pathway Esketamine",)


def test_a_profile_that_is_gone_is_named_and_the_others_are_run() -> None:
    content = sealed({})
    content["opening"]["profiles"] = ["clinic", "long-gone"]
    found = rerun(content, PACK)
    assert found.lost == ("the profile long-gone",)
    assert {pair.how for pair in found.pairs} == {"same"}


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12-24"])
def test_intervals_are_worked_out_for_the_day_of_the_visit(day: str) -> None:
    content = content_of(session({"heart.mi": "yes", "heart.mi_on": "2026-11-01"}, day=day))
    assert how(rerun(content, PACK), "heart.recent") == "same"

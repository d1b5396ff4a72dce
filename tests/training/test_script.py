"""The play of a scenario: the same answers whichever way one came to a step, in values and in a real screening."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.screening.answers import as_typed
from screener.screening.session import Session
from screener.training.amounts import answers_of
from screener.training.checking import answered
from screener.training.scenario import Release, Scenario
from screener.training.script import Cut, Kind, Script, give
from screener.training.staging import script_of
from tests.training.guide import changed, example, scenario_of, shipped

CUTS: tuple[Cut | None, ...] = (None, 10, 20, 40)


@cache
def scenario() -> Scenario:
    return scenario_of(example())


@cache
def script(cut: Cut | None = None) -> Script:
    return script_of(scenario(), shipped(), cut)


def begun(cut: Cut | None = None) -> Session:
    session = answered(scenario(), shipped(), {})
    give(session, script(cut).before)
    return session


def test_everything_of_the_story_comes_in_its_order() -> None:
    assert [step.kind for step in script().steps if step.kind is not Kind.TURN] == [
        Kind.OPENING,
        Kind.SAID,
        Kind.PAPER,
        Kind.ROOM,
        Kind.SAID,
        Kind.DISCUSS,
        Kind.BROKE_IN,
        Kind.MEASURED,
        Kind.MEASURED,
        Kind.SAID,
        Kind.PREDICT,
        Kind.DISCUSS,
        Kind.END,
    ]
    assert script().steps[0].words == scenario().opening_line


def test_a_wrong_answer_stands_first_and_the_true_one_takes_its_place() -> None:
    play, name = script(), "neuro.head_injury"
    stood = [play.state(number).answers.get(name) for number in range(len(play.steps) + 1)]
    assert [one for place, one in enumerate(stood) if place == 0 or stood[place - 1] != one] == [
        None,
        "no",
        {"accounts": [{"by": "patient", "value": "no"}, {"by": "chart or letter", "value": "yes"}]},
        {"accounts": [{"by": "patient", "value": "yes"}, {"by": "chart or letter", "value": "yes"}]},
    ]


def test_a_step_says_how_the_words_were_got_and_what_the_author_says_of_them() -> None:
    fall = [step for step in script().steps if step.fact == "fall"]
    assert [(step.when, step.by, step.told, step.room) for step in fall] == [
        (Release.FIRST, "patient", 0, "mother"),
        (Release.ALONE, "patient", 1, "alone"),
    ]
    assert all(step.note == scenario().facts[0].note and step.title == "What happened at work" for step in fall)
    assert all(step.cue == shipped().questions["neuro.head_injury"].text for step in fall)
    [room] = [step for step in script().steps if step.kind is Kind.ROOM]
    assert (room.words, room.room) == ("I am outside, dear.", "alone")


def test_themes_are_opened_in_the_order_of_the_form_and_each_can_be_jumped_to() -> None:
    play = script()
    order = [theme.id for theme in begun().form.themes]
    assert [theme for theme in order if theme in play.themes] == sorted(play.themes, key=order.index)
    for theme in play.themes:
        number = play.jump(theme)
        step = play.steps[number - 1]
        assert (step.kind, step.theme) == (Kind.TURN, theme)
        assert play.state(number).theme == theme
    with pytest.raises(KeyError):
        play.jump("no-theme")


@pytest.mark.parametrize("cut", CUTS)
def test_at_the_end_everything_is_answered_and_true(cut: Cut | None) -> None:
    play = script(cut)
    session = begun(cut)
    for step in play.steps:
        give(session, step.records)
    truth = answered(scenario(), shipped(), scenario().truth)
    assert {rule: (one.outcome, one.level) for rule, one in session.outcomes.items()} == {
        rule: (one.outcome, one.level) for rule, one in truth.outcomes.items()
    }
    shown = [name for name in session.questions if session.is_shown(name) and name in scenario().truth]
    assert [name for name in shown if name not in session.recorded] == []


@pytest.mark.parametrize("cut", (10, 20, 40))
def test_a_shortened_play_leaves_its_facts_and_nothing_else(cut: Cut) -> None:
    play = script(cut)
    left = scenario().cuts[str(cut)]  # type: ignore[index]
    assert {step.fact for step in play.steps if step.fact} == set(left)
    asked = {name for fact in scenario().facts if fact.id in left for name in fact.truth}
    assert not asked & set(play.given_before)
    assert "bp.readings" in play.given_before
    assert [step for step in play.steps if step.kind is Kind.MEASURED] == []
    assert len(play.steps) < len(script().steps)


def test_what_only_false_words_brought_up_is_taken_back() -> None:
    """She says that she had it, and when; in truth there was nothing, and the day goes with it."""
    text = changed(
        ('answers: {neuro.head_injury: "no"}', 'answers: {neuro.head_injury: "yes", neuro.seizure_on: "2020"}'),
        ('neuro.head_injury: "yes"\n      neuro.head_injury_on: "2026-08"\n', 'neuro.head_injury: "no"\n'),
        ("      neuro.head_injury_what: ", "      # "),
    )
    one = scenario_of(text)
    one = one.model_copy(update={"usual": {k: v for k, v in one.usual.items() if k != "neuro.seizure_on"}})
    play = script_of(one, shipped())
    assert any("neuro.seizure_on" in play.state(number).answers for number in range(len(play.steps)))
    assert "neuro.seizure_on" not in play.state(len(play.steps)).answers


def test_where_two_people_differ_the_true_account_is_named() -> None:
    text = changed(
        ("      - words: In August.", "      - words: He slipped on a stair, nothing more.\n        by: mother\n"
         '        answers: {neuro.head_injury: "no"}\n      - words: In August.'),
    )  # fmt: skip
    play = script_of(scenario_of(text), shipped())
    last = play.state(len(play.steps)).answers["neuro.head_injury"]
    assert last["used"] == "patient"
    assert {one["by"]: one["value"] for one in last["accounts"]} == {
        "patient": "yes",
        "chart or letter": "yes",
        "mother": "no",
    }


WALKS = st.lists(st.integers(min_value=-6, max_value=6), max_size=12)


@settings(max_examples=25, deadline=None)
@given(walk=WALKS, cut=st.sampled_from(CUTS))
def test_any_walk_forward_and_back_leaves_what_a_fresh_play_would(walk: list[int], cut: Cut | None) -> None:
    play, session, number = script(cut), begun(cut), 0
    changes: list[int] = []
    for move in walk:
        for _ in range(abs(move)):
            if move > 0 and number < len(play.steps):
                changes.append(len(give(session, play.steps[number].records)))
                number += 1
            elif move < 0 and number:
                number -= 1
                for _ in range(changes.pop()):
                    session.undo()
        assert as_typed(dict(play.state(number).answers)) == answers_of(session)

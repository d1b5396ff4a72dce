"""Commands of a session one by one: what is refused, what folds into one step, what is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.forms.answering import NotAnAnswer
from screener.forms.model import Pack
from screener.records.record import build
from screener.screening.opening import Opening
from screener.screening.saying import Saying
from screener.screening.session import Session
from screener.screening.steps import Jotted
from screener.text import WorldError
from tests.screening.test_session_machine import CLOCK, PACK, opening


class Ticking:
    """A clock that is a minute further whenever it is looked at."""

    def __init__(self, minutes: Iterator[int]) -> None:
        self._minutes = minutes

    def now(self) -> datetime:
        return CLOCK.now().replace(minute=next(self._minutes))


@pytest.fixture
def session() -> Session:
    return Session(PACK, opening(), CLOCK)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "maybe",
        {"state": "unsure"},
        {"state": "not_asked"},
        {"state": "differing"},
        {"state": "answered"},
        {"state": ["declined"]},
    ],
)
def test_what_cannot_be_stored_is_refused_and_changes_nothing(session: Session, raw: Any) -> None:
    with pytest.raises(NotAnAnswer):
        session.answer("heart.bleed", raw)
    assert not session.recorded
    assert session.history.undo_name is None


def test_nobody_is_used_who_gave_no_account(session: Session) -> None:
    session.answer("heart.bleed", "yes")
    with pytest.raises(NotAnAnswer):
        session.use_account("heart.bleed", "spouse")
    assert session.recorded["heart.bleed"].used is None


def test_typing_in_one_place_is_one_step_until_it_pauses(session: Session) -> None:
    for text in ("7", "70"):
        session.answer("body.weight", text, typing=True)
    session.history.seal()
    session.answer("body.weight", "70.5", typing=True)
    session.undo()
    assert session.recorded["body.weight"].entries[0].raw == "70"
    session.undo()
    assert "body.weight" not in session.recorded
    session.redo()
    session.redo()
    assert session.recorded["body.weight"].entries[0].raw == "70.5"


def test_what_is_said_as_one_is_taken_back_and_said_again_as_one(session: Session) -> None:
    session.answer("body.weight", "70")
    change = session.answer_together([Saying("heart.mi", "yes"), Saying("heart.mi_on", "2026-10-20", note="by letter")])
    assert change.appeared == ("heart.mi_on",) and "heart.recent" in [flag.after.rule.id for flag in change.flags]
    assert session.history.undo_name == "Heart attack, ever?: yes"
    session.undo()
    assert set(session.recorded) == {"body.weight"}
    session.redo()
    assert set(session.recorded) == {"body.weight", "heart.mi", "heart.mi_on"}
    session.undo()
    session.undo()
    assert session.recorded == {} and not session.undo()


def test_typing_elsewhere_begins_another_step(session: Session) -> None:
    session.answer("body.weight", "70", typing=True)
    session.answer("body.height", "170", typing=True)
    session.undo()
    assert set(session.recorded) == {"body.weight"}


def test_a_new_step_ends_what_could_be_redone(session: Session) -> None:
    session.answer("heart.mi", "yes")
    session.undo()
    session.answer("heart.bleed", "yes")
    assert session.history.redo_name is None
    assert not session.redo()


def without(*questions: str, option: str = "") -> Pack:
    """The small pack without these questions and what reads them, and without one option of heart.kinds."""
    raw = PACK.model_dump(mode="json", by_alias=True, exclude_none=True)
    for theme in raw["themes"]:
        theme["rules"] = [r for r in theme["rules"] if not any(q in str(r) for q in questions)]
        theme["questions"] = [q for q in theme["questions"] if not any(name in str(q) for name in questions)]
        for question in theme["questions"]:
            question["options"] = [o for o in question["options"] if o["id"] != option]
    return Pack.model_validate(raw)


def test_answers_that_changed_content_no_longer_takes_are_kept_named_and_reported(session: Session) -> None:
    session.answer("body.apnoea", "yes", note="since 2019")
    session.answer("heart.kinds", ["a", "c"])
    session.answer("heart.bleed", "no")
    steps = [step.to_json() for step in session.history.done]
    again = Session.replay(without("body.apnoea", option="c"), session.opening, steps, CLOCK)
    assert set(again.recorded) == {"heart.bleed"}
    assert set(again.unread) == {"body.apnoea", "heart.kinds"}
    said = render_text(report(build(again)))
    assert "body.apnoea; Answer, as it was typed: yes" in said and "since 2019" in said


def test_a_note_does_not_change_when_it_was_said_or_who_wrote_it_down() -> None:
    moments = iter(range(10, 60))
    session = Session(PACK, opening(), Ticking(moments))
    session.answer("heart.bleed", "yes")
    [said] = session.recorded["heart.bleed"].entries
    session.answer("heart.bleed", "yes", note="in 2009")
    [noted] = session.recorded["heart.bleed"].entries
    assert noted == replace(said, note="in 2009")
    session.answer("heart.bleed", "no")
    [changed] = session.recorded["heart.bleed"].entries
    assert changed.at > said.at and changed.note == "in 2009"


def test_an_answer_that_was_taken_back_before_the_content_changed_is_not_kept(session: Session) -> None:
    changes = [session.answer("body.apnoea", "yes"), session.clear("body.apnoea")]
    changes += [session.answer("heart.kinds", ["c"]), session.answer("heart.kinds", ["a"])]
    steps = [step.to_json() for change in changes for step in change.steps]
    again = Session.replay(without("body.apnoea", option="c"), session.opening, steps, CLOCK)
    assert not again.unread
    assert set(again.recorded) == {"heart.kinds"}


@pytest.mark.parametrize("lost", [{"pathway": "elsewhere"}, {"profiles": ("clinic", "gone")}])
def test_a_screening_whose_pathway_or_profile_is_gone_says_so_and_is_not_opened(lost: dict[str, Any]) -> None:
    begun = opening() if "pathway" in lost else opening(**lost)
    with pytest.raises(WorldError, match="begun under pack small 1"):
        Session.replay(PACK, replace(begun, **lost), [], CLOCK)


def test_who_was_in_the_room_is_kept_with_its_time_and_what_is_taken_back_goes_with_its_time(session: Session) -> None:
    session.set_visit("room", "alone")
    session.set_visit("room", "with partner")
    at = CLOCK.now().isoformat(timespec="seconds")
    assert [(room.who, room.since) for room in session.rooms] == [("alone", at), ("with partner", at)]
    session.undo()
    assert [room.who for room in session.rooms] == ["alone"]
    session.redo()
    assert [room.who for room in session.rooms] == ["alone", "with partner"]
    assert f"alone from {at[11:16]}; with partner from {at[11:16]}" in render_text(report(build(session)))


def test_a_jot_can_be_linked_let_go_reworded_and_removed_and_each_can_be_taken_back(session: Session) -> None:
    session.jot("One quiet week.")
    (jot_id,) = session.jots
    session.link_jot(jot_id, "heart.mi")
    session.link_jot(jot_id, None)
    session.reword_jot(jot_id, "One quiet week, please.")
    session.remove_jot(jot_id)
    assert not session.jots
    for text, question in (
        ("One quiet week, please.", None),
        ("One quiet week.", None),
        ("One quiet week.", "heart.mi"),
    ):
        session.undo()
        assert (session.jots[jot_id].text, session.jots[jot_id].question) == (text, question)


def test_jots_of_one_second_stay_apart_also_when_one_of_them_was_removed(session: Session) -> None:
    """Two jots, the first removed, a third: in the same second the third took the place of the second."""
    first = session.jot("one").steps[0]
    session.jot("two")
    assert isinstance(first, Jotted)
    session.remove_jot(first.id)
    session.jot("three")
    assert [jot.text for jot in session.jots.values()] == ["two", "three"]


ACCOUNT = {"by": "patient", "value": "yes", "at": "", "recorded_by": ""}


@pytest.mark.parametrize(
    "step",
    [
        None,
        {},
        {"step": "guess", "after": None},
        {"step": "answer", "question": "heart.bleed"},
        {"step": "answer", "question": ["heart.bleed"], "after": None},
        {"step": "answer", "question": "heart.bleed", "after": {"accounts": []}},
        {"step": "answer", "question": "heart.bleed", "after": {"accounts": [ACCOUNT], "used": 1}},
        {"step": "answer", "question": "heart.bleed", "after": {"accounts": [ACCOUNT | {"state": "gate_open"}]}},
        {"step": "visit", "field": "visit_date", "after": "2026-02-30"},
        {"step": "visit", "field": "reference", "after": "K-2"},
        {"step": "jot", "id": "1", "after": {"id": "1", "text": ["x"], "at": "", "by": ""}},
        {"step": "respond", "rule": "heart.bled", "title": "", "after": {"kind": "cleared"}},
        {"step": "summary", "after": None},
    ],
)
def test_a_step_of_another_shape_is_refused_and_not_half_replayed(step: Any) -> None:
    """A journal written by another version, or by nobody, ended in a KeyError in place of words."""
    with pytest.raises(WorldError, match="Step 1 of this screening"):
        Session.replay(PACK, opening(), [step], CLOCK)


@pytest.mark.parametrize(
    "change", [{"pack": {}}, {"profiles": "general"}, {"visit_date": "soon"}, {"made_up": "no"}, {"more": ""}]
)
def test_an_opening_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    assert Opening.from_json(opening().to_json()) == opening()
    with pytest.raises(WorldError, match="beginning of this screening"):
        Opening.from_json(opening().to_json() | change)

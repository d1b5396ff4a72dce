"""Commands of a session one by one: what is refused, what folds into one step, what is undone."""

from __future__ import annotations

from typing import Any

import pytest

from screener.forms.answering import NotAnAnswer
from screener.screening.session import Session
from tests.screening.test_session_machine import CLOCK, PACK, opening


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

"""The screen in the patient's own hands: what is put on it, who answered, what came of it, and what a journal keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.records.record import build
from screener.records.redacted import redacted
from screener.rules.values import Kind
from screener.screening import handover
from screener.screening.answers import ON_SCREEN
from screener.screening.on_screen import (
    MEASURED,
    NO_RIGHT,
    NO_WORDING,
    OWN_COPY,
    for_patient,
    left_out,
    on_screen,
    themes_for_patients,
    title_for_patient,
)
from screener.screening.session import Session
from screener.text import WorldError
from tests.records.sittings import shipped
from tests.screening.test_session_machine import CLOCK, PACK, opening

PATHWAY, HEART, PSYCHOSIS = "ketamine-clinic", "blood-pressure-and-heart", "psychosis-risk"
SEVERE = [{"systolic": 200, "diastolic": 130, "phase": "before"}]


@pytest.fixture
def session() -> Session:
    return Session(shipped(), replace(opening(), pathway=PATHWAY), CLOCK)


def journal(session: Session, steps: list[dict[str, Any]]) -> Session:
    return Session.replay(session.pack, session.opening, steps, CLOCK)


def test_only_what_has_words_for_patients_and_may_be_shown_is_put_on_the_screen(session: Session) -> None:
    mood = {one.question.id: one.why for one in left_out(session, "mood-and-present-state")}
    assert mood["mood.phq9"] == OWN_COPY
    safety = {one.question.id: one.why for one in left_out(session, "suicidality-and-safety")}
    assert safety["suicide.cssrs"] == NO_RIGHT
    assert safety["suicide.attempt_ever"] == NO_WORDING
    assert {one.question.id: one.why for one in left_out(session, HEART)}["bp.readings"] == MEASURED
    for theme in session.form.themes:
        asked = {q.id for q in on_screen(session, theme.id)}
        assert asked.isdisjoint(one.question.id for one in left_out(session, theme.id))
        assert all(session.questions[q].for_patient for q in asked)
        assert all(session.questions[q].kind is not Kind.INSTRUMENT for q in asked)


def test_a_patient_reads_a_theme_and_its_questions_in_words_for_patients(session: Session) -> None:
    theme = next(one for one in themes_for_patients(session) if one.id == PSYCHOSIS)
    assert title_for_patient(theme) == "Unusual experiences and family history"
    question = session.questions["psychosis.ever"]
    shown = for_patient(question)
    assert shown.label == shown.text == question.for_patient
    assert (shown.help, shown.why, shown.option_ids) == ("", "", ("yes", "no"))


def test_a_question_that_follows_from_another_says_from_which(session: Session) -> None:
    question = session.questions["psychosis.ever_on"]
    [(text, words)] = handover.follows(session, question, ON_SCREEN)
    assert (text, words) == (session.questions["psychosis.ever"].for_patient, "")
    session.answer("psychosis.ever", "yes", by=ON_SCREEN)
    assert handover.follows(session, question, ON_SCREEN) == [(text, "yes")]


def test_a_patient_reads_nothing_of_a_question_that_has_no_words_for_them() -> None:
    """The one that it follows from stands on the page of the way back instead."""
    session = Session(shipped(), replace(opening(), pathway="kap"), CLOCK)
    session.answer("earlier.therapist", "yes")
    question = session.questions["support.therapist_informed"]
    handover.begin(session, "support-and-integration", ON_SCREEN, again=False)
    handed = session.handed_over
    assert handed is not None
    assert question in handover.asked(session, handed)
    assert not session.questions["earlier.therapist"].for_patient
    assert handover.follows(session, question, ON_SCREEN) == []
    assert "earlier.therapist" in [one.id for one in handover.returned(session, handed).unread]
    assert for_patient(session.questions["earlier.therapist"]).text == ""
    assert build(session)["handovers"][0]["answers"] == []


def test_answers_carry_who_gave_them_on_the_screen(session: Session) -> None:
    handover.begin(session, PSYCHOSIS, ON_SCREEN, again=False)
    session.answer("psychosis.ever", "no", by=ON_SCREEN)
    handover.end(session, "finished")
    session.answer("psychosis.admission", "no")
    told, typed = (session.recorded[q].entries[0] for q in ("psychosis.ever", "psychosis.admission"))
    assert (told.by, told.recorded_by) == ("patient, on screen", "patient, on screen")
    assert (typed.by, typed.recorded_by) == ("patient", "Clinician A")


def test_undo_does_not_reach_over_the_beginning_nor_the_end(session: Session) -> None:
    session.answer("psychosis.admission", "no")
    handover.begin(session, PSYCHOSIS, ON_SCREEN, again=False)
    assert not session.undo()
    session.answer("psychosis.ever", "yes", by=ON_SCREEN)
    session.undo()
    session.redo()
    assert not session.redo()
    handover.end(session, "finished")
    assert not session.undo()
    assert {"psychosis.admission", "psychosis.ever"} <= session.recorded.keys()


def test_what_had_an_answer_is_asked_again_only_where_that_is_wanted(session: Session) -> None:
    session.answer("psychosis.ever", "no")
    handover.begin(session, PSYCHOSIS, ON_SCREEN, again=False)
    handed = session.handed_over
    assert handed is not None
    assert "psychosis.ever" not in [q.id for q in handover.asked(session, handed)]
    assert "psychosis.ever" in [q.id for q in handover.asked(session, replace(handed, again=True))]


def test_what_came_of_it_is_told_in_the_order_a_clinician_reads_it(session: Session) -> None:
    session.answer("psychosis.diagnosis", [])
    handover.begin(session, PSYCHOSIS, ON_SCREEN, again=True)
    for question, raw in (
        ("psychosis.now", {"state": "come_back"}),
        ("psychosis.ever", "yes"),
        ("psychosis.ever", "no"),
        ("psychosis.admission", "no"),
        ("psychosis.diagnosis", ["schizophrenia"]),
    ):
        session.answer(question, raw, by=ON_SCREEN)
    handover.end(session, "finished")
    handed = handover.unseen(session)
    assert handed is not None
    came = handover.returned(session, handed)
    assert [told.question.id for told in came.later] == ["psychosis.now"]
    assert [(told.question.id, told.before, told.words) for told in came.changed] == [
        ("psychosis.ever", ("yes",), "no")
    ]
    assert [(told.question.id, told.before) for told in came.differing] == [
        ("psychosis.diagnosis", ("patient: none of these",))
    ]
    assert [told.question.id for told in came.answered] == [
        "psychosis.ever",
        "psychosis.diagnosis",
        "psychosis.admission",
    ]
    assert "psychosis.first_degree" in [question.id for question in came.unanswered]
    assert "psychosis.screen" not in [question.id for question in came.unanswered]
    handover.look_at(session, handed)
    assert handover.unseen(session) is None


def test_what_is_typed_letter_by_letter_is_not_called_changed(session: Session) -> None:
    """Each letter is a step of the journal, and none of them is a change of mind."""
    handover.begin(session, "this-visit", ON_SCREEN, again=False)
    for text in ("5", "52"):
        session.answer("person.age", text, by=ON_SCREEN, typing=True)
    handed = session.handed_over
    assert handed is not None
    assert handover.returned(session, handed).changed == ()
    session.clear("person.age", by=ON_SCREEN)
    assert handover.returned(session, handed).answered == ()


def test_a_time_critical_answer_stays_known_also_after_it_was_taken_back(session: Session) -> None:
    session.answer("bp.readings", SEVERE)
    handover.begin(session, HEART, ON_SCREEN, again=False)
    options = session.questions["bp.symptoms_now"].option_ids
    session.answer("bp.symptoms_now", [options[0]], by=ON_SCREEN)
    handed = session.handed_over
    assert handed is not None
    assert handed.critical == ("bp.severe_with_symptoms",)
    assert [o.rule.id for o in handover.returned(session, handed).critical] == ["bp.severe_with_symptoms"]
    session.answer("bp.symptoms_now", [], by=ON_SCREEN)
    came = handover.returned(session, handed)
    assert (came.critical, [o.rule.id for o in came.no_longer]) == ((), ["bp.severe_with_symptoms"])


def test_a_journal_brings_all_of_it_back(session: Session) -> None:
    steps: list[dict[str, Any]] = []
    for change in (
        session.answer("bp.readings", SEVERE),
        handover.begin(session, HEART, ON_SCREEN, again=False),
        session.answer("bp.symptoms_now", [session.questions["bp.symptoms_now"].option_ids[0]], by=ON_SCREEN),
        session.answer("heart.attack", "yes", by=ON_SCREEN),
        session.answer("heart.attack", "no", by=ON_SCREEN),
    ):
        steps += [step.to_json() for step in change.steps]
    again = journal(session, steps)
    handed = again.handed_over
    assert handed is not None
    assert handed == session.handed_over
    assert handover.returned(again, handed) == handover.returned(session, handed)
    steps += [step.to_json() for step in handover.end(session, "interrupted").steps]
    assert journal(session, steps).handovers == session.handovers


@pytest.mark.parametrize("change", [{"by": 1}, {"ended": "lost"}, {"critical": [1]}, {"again": "yes"}, {"more": "x"}])
def test_a_hand_over_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    made = Session(PACK, opening(), CLOCK)
    (step,) = (step.to_json() for step in handover.begin(made, "heart", ON_SCREEN, again=False).steps)
    assert Session.replay(PACK, opening(), [step], CLOCK).handed_over is not None
    with pytest.raises(WorldError, match="Step 1 of this screening"):
        Session.replay(PACK, opening(), [step | {"after": step["after"] | change}], CLOCK)


def test_a_hand_over_is_credited_with_the_answers_that_it_brought(session: Session) -> None:
    """Three in the first and none in the second of the same theme, by the same person."""
    said = ("heart.hypertension", "heart.attack", "heart.coronary")
    labels = [session.questions[question].label for question in session.questions if question in said]

    def hand_over(*answers: tuple[str, Any]) -> None:
        handover.begin(session, HEART, ON_SCREEN, again=True)
        for question, raw in answers:
            session.answer(question, raw, by=ON_SCREEN)
        handover.end(session, "finished")

    hand_over(*((question, "no") for question in said))
    hand_over()
    first, second = session.handovers.values()
    assert [one["answers"] for one in build(session)["handovers"]] == [labels, []]
    assert len(handover.returned(session, first).answered) == 3
    assert handover.returned(session, second).answered == ()
    session.clear("heart.attack", by=ON_SCREEN)
    hand_over(("heart.coronary", "yes"))
    told = [one["answers"] for one in build(session)["handovers"]]
    assert told == [[session.questions["heart.hypertension"].label], [], [session.questions["heart.coronary"].label]]


def test_record_and_report_say_what_was_answered_on_the_screen(session: Session) -> None:
    session.answer("bp.readings", SEVERE)
    handover.begin(session, HEART, ON_SCREEN, again=False)
    session.answer("bp.symptoms_now", [session.questions["bp.symptoms_now"].option_ids[0]], by=ON_SCREEN)
    handover.end(session, "taken back")
    content = build(session)
    (told,) = content["handovers"]
    assert (told["theme"], told["by"], told["ended"]) == ("Blood pressure and heart", ON_SCREEN, "taken back")
    assert told["answers"] == [session.questions["bp.symptoms_now"].label]
    text = " ".join(render_text(report(content)).split())
    assert "Blood pressure and heart: patient, on screen, 10:00 to 10:00 (taken back), 1 answer." in text
    assert f"Listed as time-critical on an answer given there: {told['time_critical'][0]}" in text
    assert redacted(content, shipped())["handovers"] == ["Blood pressure and heart"]
    assert ON_SCREEN not in str(redacted(content, shipped()))
    del content["handovers"]
    assert "On screen" not in render_text(report(content))

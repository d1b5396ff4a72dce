"""What earlier records offer: the latest answer, dated and with its source; never what is asked anew at every visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from screener.exchange.pdf import render_text
from screener.exchange.report import report
from screener.forms.model import Pack, Question
from screener.records.earlier import Earlier
from screener.records.redacted import written
from screener.records.sitting import questions_of
from screener.rules.values import Kind, State
from screener.screening.session import Session
from tests.records.sittings import content_of, sealed, session, shipped, signed
from tests.screening.test_session_machine import CLOCK, PACK, opening

TODAY = date(2026, 11, 23)


def offered(question: str, *records: Any) -> Any:
    return Earlier(records).answer(PACK, question, TODAY)


def test_the_latest_record_with_an_answer_is_offered_with_its_day_and_source() -> None:
    first = session({}, day="2026-07-20")
    first.answer("heart.bleed", "no", by="partner or family", note="by telephone")
    second = sealed({"heart.bleed": {"state": "declined"}, "heart.mi": "no"}, day="2026-10-12")
    found = offered("heart.bleed", signed("r1", content_of(first)), signed("r2", second))
    assert found is None
    found = offered("heart.bleed", signed("r1", content_of(first)), signed("r2", sealed({}, day="2026-10-12")))
    assert (found.day, found.words, found.raw, found.by) == ("20 Jul 2026", "no", "no", "partner or family")
    assert found.informant == "record of 20 Jul 2026"
    assert found.source == (
        "From the record of 20 Jul 2026, signed 2026-07-20 10:42 by Clinician A; "
        "said by partner or family; noted then: by telephone"
    )


def test_of_several_accounts_the_one_that_was_used_is_offered() -> None:
    made = session({"heart.bleed": {"accounts": {"patient": "no", "chart": "yes"}}})
    assert offered("heart.bleed", signed("r1", content_of(made))) is None
    made.use_account("heart.bleed", "chart")
    found = offered("heart.bleed", signed("r1", content_of(made)))
    assert (found.words, found.raw, found.by) == ("yes", "yes", "chart")


def test_what_reads_otherwise_today_is_not_offered() -> None:
    content = sealed({"body.weight": "70"})
    for theme in content["themes"]:
        for question in theme["questions"]:
            if question["id"] == "body.weight":
                question["words"] = "70 lb"
    assert Earlier([signed("r1", content)]).answer(PACK, "body.weight", TODAY) is None


def test_an_answer_that_was_hidden_is_not_offered() -> None:
    made = session({"heart.mi": "yes", "heart.mi_on": "2026-10"})
    made.answer("heart.mi", "no")
    assert offered("heart.mi_on", signed("r1", content_of(made))) is None


def test_parts_of_the_screening_that_is_open_are_no_earlier_screening() -> None:
    part = signed("p1", sealed({"heart.bleed": "no"}), screening="s-open")
    assert not Earlier([part], without="s-open")
    assert Earlier([part]).answer(PACK, "heart.bleed", TODAY) is not None


def test_items_come_latest_first_with_the_response_given_then() -> None:
    first = signed("r1", sealed({"heart.bleed": "yes"}, day="2026-07-20"))
    second = signed("r2", sealed({"heart.bleed": "no"}, day="2026-10-12"))
    found = Earlier([first, second]).items("heart.bled")
    assert [(one.sitting.id, one.outcome.outcome) for one in found if one.outcome] == [
        ("r2", "not_listed"),
        ("r1", "listed"),
    ]
    assert [one.outcome for one in Earlier([first]).items("heart.unheard_of")] == [None]


NEVER = (
    "suicide.attempt_ever", "suicide.safety_plan", "repro.pregnant", "bp.readings", "bp.symptoms_now", "psychosis.now",
    "medicines.list", "medicines.antihypertensive_today", "mood.phq9", "consent.current", "mood.mania_now",
    "day.used", "day.medicines_changed", "medicines.complete", "bp.last_highest_systolic", "day.given_at",
    "organ.virus", "home.address_confirmed", "mood.scales", "medical.oxygen_saturation", "mood.ymrs",
    "substance.four_weeks", "medicines.stable_change", "substance.alcohol_months", "substance.other_months",
    "bladder.symptoms_months", "support.psychotherapy_months", "mood.activation", "heart.effort_symptoms",
    "heart.coronary_unstable", "medicines.sedative", "medicines.other_ketamine",
)  # fmt: skip


@pytest.mark.parametrize("question", NEVER)
def test_what_is_of_the_day_suicidality_and_pregnancy_are_never_offered(question: str) -> None:
    assert shipped().asked_anew(question)


def test_the_content_has_every_question_of_some_themes_asked_anew() -> None:
    pack = shipped()
    for theme in pack.themes:
        if theme.id in ("suicidality-and-safety", "pregnancy-and-lactation", "dose-day", "this-visit"):
            assert {pack.asked_anew(question.id) for question in theme.questions} == {True}


def test_history_is_offered() -> None:
    for question in ("psychosis.ever", "body.height", "support.escort"):
        assert not shipped().asked_anew(question)


@pytest.mark.parametrize("name", ["clinic.pregnancy", "clinic.suicidal", "clinic.now", "clinic.stairs"])
def test_a_clinic_s_own_question_is_not_offered_unless_its_author_says_so(name: str) -> None:
    def asked_anew(**said: bool) -> bool:
        own = Question.model_validate({"id": name, "kind": "yes_no", "text": "?", "own": True} | said)
        theme = PACK.theme_of["heart.bleed"]
        themes = (theme.model_copy(update={"questions": (*theme.questions, own)}),)
        fields = {field: getattr(PACK, field) for field in Pack.model_fields}
        return Pack(**fields | {"themes": themes}).asked_anew(name)

    assert asked_anew()
    assert asked_anew(asked_anew=True)
    assert not asked_anew(asked_anew=False)


@pytest.mark.parametrize("by_the_theme", [True, False])
def test_what_the_content_has_asked_anew_is_not_offered(by_the_theme: bool) -> None:
    record = signed("r1", sealed({"heart.bleed": "no"}))
    assert Earlier([record]).answer(PACK, "heart.bleed", TODAY) is not None
    theme = PACK.theme_of["heart.bleed"]
    questions = tuple(
        question.model_copy(update={"asked_anew": None if by_the_theme else True}) for question in theme.questions
    )
    anew = theme.model_copy(update={"questions": questions, "asked_anew": by_the_theme})
    fields = {name: getattr(PACK, name) for name in Pack.model_fields}
    pack = Pack(**fields | {"themes": tuple(anew if one.id == theme.id else one for one in PACK.themes)})
    assert Earlier([record]).answer(pack, "heart.bleed", TODAY) is None


def carried_over() -> Session:
    """A screening of today: one question asked, the same as in an earlier record; another one not asked."""
    record = signed("r1-secret", sealed({"heart.bleed": "yes", "heart.mi": "no"}, day="2026-10-12"), sha256="ab" * 32)
    earlier = Earlier([record])
    today = session({})
    today.earlier = earlier.not_asked_today(PACK, today.questions, TODAY)
    found = earlier.answer(PACK, "heart.mi", TODAY)
    assert found is not None
    today.answer("heart.mi", found.raw, carried=found.asked_today)
    return today


def question_of(made: Session, question_id: str) -> Any:
    return next(question for _, question in questions_of(content_of(made)) if question["id"] == question_id)


SOURCE = {
    "record": "r1-secret", "visit_date": "2026-10-12", "signed_at": "2026-10-12T10:42:07+00:00", "sha256": "ab" * 32,
}  # fmt: skip


def test_an_answer_that_is_the_same_today_is_said_today_and_names_its_record() -> None:
    today = carried_over()
    kept = question_of(today, "heart.mi")["recorded"]["accounts"][0]
    assert (kept["by"], kept["value"], kept["carried"]) == ("patient", "no", SOURCE | {"asked": True})
    again = Session.replay(PACK, today.opening, [step.to_json() for step in today.history.done], CLOCK)
    assert again.recorded == today.recorded


def test_a_note_leaves_where_an_answer_came_from_and_another_answer_does_not() -> None:
    today = carried_over()
    today.answer("heart.mi", "no", note="by telephone")
    assert today.recorded["heart.mi"].entries[0].carried is not None
    today.answer("heart.mi", "yes")
    assert today.recorded["heart.mi"].entries[0].carried is None


def test_what_was_not_asked_today_is_unknown_and_stands_in_the_record_with_what_proves_it() -> None:
    today = carried_over()
    assert today.state("heart.bleed") is State.NOT_ASKED
    assert today.outcomes["heart.bled"].outcome == "not_established"
    held = question_of(today, "heart.bleed")
    assert held["earlier"] == SOURCE | {"words": "yes", "asked": False}
    assert (held["recorded"], held["state"]) == (None, "not_asked")
    assert question_of(today, "heart.mi")["earlier"] is None


def test_the_report_marks_both_and_names_the_record() -> None:
    said = render_text(report(content_of(carried_over())))
    assert "12 Oct 2026, not asked today: yes" in said
    assert "asked today, same as in the record of 12 Oct 2026" in said
    assert "r1-secret" in said
    assert "ab" * 32 in said


def test_a_redacted_record_keeps_the_year_alone_of_where_an_answer_was_carried_from() -> None:
    left = written(content_of(carried_over()), PACK).decode()
    assert '"asked": true' in left
    for taken_out in ("r1-secret", "ab" * 32, "2026-10"):
        assert taken_out not in left


# What is said in words beside an answer

HOME = {"support.escort": "yes", "support.escort_who": "Partner", "support.adult_home": "full"}


def on_dose_day(answers: dict[str, Any], *, day: str = "2026-10-12") -> Any:
    began = replace(opening(), pathway="dose-day", profiles=("general",), visit_date=day)
    made = Session(shipped(), began, CLOCK)
    for question, raw in answers.items():
        made.answer(question, raw)
    return content_of(made)


def detail(question: str, *records: Any, **changed: Any) -> Any:
    asked = {q.id: q.model_copy(update=changed) for q in shipped().questions.values()}
    found = Earlier(records).detail(shipped(), asked, question, TODAY)
    return None if found is None else (found.question.id, found.answer.raw)


def test_who_it_is_comes_with_the_answer_of_the_same_record_that_asks_for_it() -> None:
    held = signed("r1", on_dose_day(HOME))
    assert detail("support.escort", held) == ("support.escort_who", "Partner")
    assert detail("support.adult_home", held) is None
    assert detail("support.escort_who", held) is None
    later = signed("r2", on_dose_day({"support.escort": "yes"}, day="2026-10-19"))
    assert detail("support.escort", held, later) is None
    nobody = signed("r3", on_dose_day({"support.escort": "no"}, day="2026-10-26"))
    assert detail("support.escort", held, nobody) is None


def test_a_fact_of_its_own_and_what_is_sensitive_never_come_with_another() -> None:
    held = signed("r1", on_dose_day(HOME))
    assert detail("support.escort", held, sensitive=True) is None
    assert detail("support.escort", held, kind=Kind.DATE) is None
    heart = signed("r2", sealed({"heart.mi": "yes", "heart.mi_on": "2026-10"}))
    assert Earlier([heart]).answer(PACK, "heart.mi_on", TODAY) is not None
    assert Earlier([heart]).detail(PACK, PACK.questions, "heart.mi", TODAY) is None


# An age


@pytest.mark.parametrize(
    ("visit", "said"), [("2026-11-22", 52), ("2025-11-24", 52), ("2025-11-23", None), ("2024-02-29", None)]
)
def test_an_age_is_offered_until_a_birthday_has_certainly_come(visit: str, said: int | None) -> None:
    earlier = Earlier([signed("r1", on_dose_day({"person.age": 52}, day=visit))])
    found = earlier.answer(shipped(), "person.age", TODAY)
    assert (None if found is None else found.raw) == said
    assert ("person.age" in earlier.not_asked_today(shipped(), ["person.age"], TODAY)) is (said is not None)

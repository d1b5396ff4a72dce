"""What earlier records offer: the latest answer, dated and with its source; never what is asked anew at every visit."""

from __future__ import annotations

from typing import Any

import pytest

from screener.forms.model import Question
from screener.records.earlier import Earlier, may_be_offered
from tests.records.sittings import content_of, sealed, session, shipped, signed
from tests.screening.test_session_machine import PACK


def offered(question: str, *records: Any) -> Any:
    return Earlier(records).answer(PACK.questions[question], "heart")


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
    assert Earlier([signed("r1", content)]).answer(PACK.questions["body.weight"], "body") is None


def test_an_answer_that_was_hidden_is_not_offered() -> None:
    made = session({"heart.mi": "yes", "heart.mi_on": "2026-10"})
    made.answer("heart.mi", "no")
    assert offered("heart.mi_on", signed("r1", content_of(made))) is None


def test_parts_of_the_screening_that_is_open_are_no_earlier_screening() -> None:
    part = signed("p1", sealed({"heart.bleed": "no"}), screening="s-open")
    assert not Earlier([part], without="s-open")
    assert Earlier([part]).answer(PACK.questions["heart.bleed"], "heart") is not None


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
)  # fmt: skip


@pytest.mark.parametrize("question", NEVER)
def test_what_is_of_the_day_suicidality_and_pregnancy_are_never_offered(question: str) -> None:
    pack = shipped()
    assert not may_be_offered(pack.questions[question], pack.theme_of[question].id)


def test_history_is_offered() -> None:
    pack = shipped()
    assert may_be_offered(pack.questions["psychosis.ever"], "psychosis-risk")
    assert may_be_offered(pack.questions["body.height"], "medical-history")


def test_a_clinic_s_own_question_by_such_a_name_is_not_offered_either() -> None:
    for name in ("arrival.pregnancy", "arrival.suicidal", "arrival.now", "arrival.today"):
        question = Question.model_validate({"id": name, "kind": "yes_no", "text": "?"})
        assert not may_be_offered(question, "arrival")

"""A patient's answers in a file, to a form of ours: what fits is offered, of everything else it is said why not."""

from __future__ import annotations

import json
import random
import socket
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.exchange.fhir.blank import blank
from screener.exchange.fhir.blank import written as blank_written
from screener.exchange.fhir.bundle import written
from screener.exchange.fhir.checking_forms import form_faults
from screener.exchange.fhir.incoming import Incoming, Wanted, read
from screener.exchange.fhir.names import ABSENT, options_of
from screener.exchange.fhir.parsing import NotRead, parsed
from screener.exchange.fhir.questionnaire import canonical_of
from screener.exchange.fhir.response import held
from screener.exchange.fhir.writing import json_text
from screener.forms.answering import read_value
from screener.forms.model import Question
from screener.rules.values import InstrumentResult, Kind, State
from screener.screening.session import Session
from tests.exchange.fhir.made import as_bundle, at_random, begun, raw_of, resources, signed
from tests.proofs.loading.hostile import hostile_bytes, hostile_value
from tests.records.sittings import shipped

PATHWAYS = [pathway.id for pathway in shipped().pathways]
CLINIC = "esketamine-clinic"
DAY = date(2026, 11, 23)
QUESTIONS = begun(CLINIC).questions


def wanted(pathway: str = CLINIC, hours: int = 0) -> Wanted:
    return Wanted(shipped(), pathway, DAY, timezone(timedelta(hours=hours)))


def answers_to(pathway: str, *items: Any, **more: Any) -> dict[str, Any]:
    """What a portal sends."""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical_of(blank(shipped(), pathway)),
        "status": "completed",
        "authored": "2026-11-12T09:30:00+01:00",
        "subject": {"identifier": {"value": "A-17"}},
        "source": {"reference": "Patient/1"},
        "item": list(items),
        **more,
    }


def found(whole: Any, pathway: str = CLINIC, **more: Any) -> Incoming:
    return read(json_text(whole).encode(), "answers.json", wanted(pathway, **more))


def of(*items: Any, **more: Any) -> Incoming:
    return found(answers_to(CLINIC, *items, **more))


def refused(whole: Any) -> NotRead:
    with pytest.raises(NotRead) as wrong:
        found(whole)
    assert wrong.value.next_step
    return wrong.value


def item(link: str, *values: Any, **more: Any) -> dict[str, Any]:
    return {"linkId": link, **({"answer": list(values)} if values else {}), **more}


def filled_in(question: Question, raw: Any) -> dict[str, Any]:
    """As a portal holds an answer."""
    return {"linkId": question.id, **held(question, raw, "Z")[0]}


def in_order(question: Question, raw: Any) -> Any:
    value = read_value(question, raw)
    return (dict(value.items), value.total, dict(value.scores)) if isinstance(value, InstrumentResult) else value


# --- the blank form ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_a_blank_form_is_the_very_one_that_a_record_carries(pathway: str) -> None:
    form = blank(shipped(), pathway)
    assert list(form_faults(form)) == []
    (sealed,) = resources(as_bundle(signed(begun(pathway))), "Questionnaire")
    assert sealed == parsed(blank_written(shipped(), pathway), "blank")


# --- what is offered --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize("seed", [1])
def test_every_kind_of_answer_that_a_portal_sends_comes_back_as_it_was_typed(pathway: str, seed: int) -> None:
    dice = random.Random(seed)
    questions = begun(pathway).questions
    asked = [question for question in questions.values() if question.kind is not Kind.DERIVED]
    typed = {question.id: _without_empty(raw_of(question, dice)) for question in asked}
    # What FHIR has no form for is kept beside the answer by this program alone.
    typed = {name: raw for name, raw in typed.items() if held(questions[name], raw, "Z")[1]}
    items = [filled_in(questions[name], raw) for name, raw in typed.items()]
    whole = answers_to(pathway, *items)
    came = found(whole, pathway)
    empty = {name for name, one in zip(typed, items, strict=True) if len(one) == 1}
    for name, said in came.answers.items():
        assert said.state is State.ANSWERED
        assert in_order(questions[name], said.raw) == in_order(questions[name], typed[name]), name
    assert len(came.answers) == len(typed) - len(empty), came.unused
    assert came.unused == ()
    assert (came.by, came.authored, came.subjects) == ("patient", "2026-11-12", ("A-17",))


def _without_empty(raw: Any) -> Any:
    """A row of nothing is nothing that a portal sends."""
    return [row for row in raw if row] if isinstance(raw, list) else raw


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_our_own_record_offers_what_holds_in_it_and_names_the_rest(pathway: str) -> None:
    session = at_random(pathway, 7, 1.0)
    came = read(written(signed(session), (), shipped()), "r.json", wanted(pathway))
    told = " ".join(remark.what for remark in came.unused)
    for name, recorded in session.recorded.items():
        account, said = recorded.given.effective, came.answers.get(name)
        if said is None:
            assert recorded.question.label in told, name
            continue
        assert not recorded.given.differ
        assert said.state is account.state
        if account.state is State.ANSWERED:
            assert in_order(recorded.question, said.raw) == in_order(recorded.question, account.raw)
    assert set(came.answers) <= set(session.recorded)
    assert came.answers


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_offered_can_be_recorded(data: st.DataObject) -> None:
    dice = data.draw(st.randoms(use_true_random=False))
    session: Session = begun(CLINIC)
    some = data.draw(st.lists(st.sampled_from(sorted(QUESTIONS)), max_size=10, unique=True))
    items = [
        filled_in(QUESTIONS[name], raw_of(QUESTIONS[name], dice)) for name in some if QUESTIONS[name].kind != "derived"
    ]
    for said in of(*items).answers.values():
        session.answer(said.question, said.given)


@pytest.mark.parametrize(
    ("code", "state"), [("asked-unknown", "not_known"), ("asked-declined", "declined"), ("temp-unknown", "come_back")]
)
@pytest.mark.parametrize("where", ["item", "answer", "value"])
def test_why_there_is_no_answer_becomes_a_state(code: str, state: str, where: str) -> None:
    extension = [{"url": ABSENT, "valueCode": code}]
    one = {
        "item": item("heart.attack", extension=extension),
        "answer": item("heart.attack", {"extension": extension}),
        "value": item("heart.attack", {"_valueBoolean": {"extension": extension}}),
    }[where]
    came = of(one)
    assert came.answers["heart.attack"].given == {"state": state}
    assert came.unused == ()


@pytest.mark.parametrize("code", ["not-asked", "unknown", "not-applicable"])
def test_what_was_not_asked_is_no_answer_and_no_fault(code: str) -> None:
    came = of(item("heart.attack", extension=[{"url": ABSENT, "valueCode": code}]))
    assert (came.answers, came.unused, came.unanswered) == ({}, (), 1)


def test_answers_stand_wherever_the_form_groups_them() -> None:
    inside = item("a-group", item=[item("heart.attack", {"valueBoolean": True})])
    came = of(inside)
    assert came.answers["heart.attack"].raw == "yes"
    assert [r.place for r in came.unused] == ["QuestionnaireResponse.item[0]"]


# --- what is not ------------------------------------------------------------------------------------------------------

COUGH = {"url": "urn:x", "valueString": "?"}
CHOICE = next(q for q in QUESTIONS.values() if q.kind is Kind.CHOICE)
CHOICES = next(q for q in QUESTIONS.values() if q.kind is Kind.CHOICES)
READING = "bp.readings/reading"


@pytest.mark.parametrize(
    ("one", "place", "said"),
    [
        (item("nowhere", {"valueBoolean": True}), "item[0]", "asks no question nowhere"),
        (item("heart.attack", {"valueString": "yes"}), "item[0].answer[0]", "takes valueBoolean, and has valueString"),
        (item("heart.attack", {"valueBoolean": "yes"}), "item[0].answer[0]", "neither true nor false"),
        (item("heart.attack", {"valueBoolean": True}, {"valueBoolean": False}), "item[0].answer", "takes one"),
        (item("heart.attack", {"valueBoolean": True, "valueString": ""}), "item[0].answer[0]", "takes valueBoolean"),
        (item("heart.attack", {"valueBoolean": True}, extension=[COUGH]), "item[0].extension[0]", "urn:x"),
        (item("heart.attack", {"valueBoolean": True}, item=[item("x")]), "item[0].item", "nothing is asked below"),
        (item("heart.attack", {"valueBoolean": True}, answers=[]), "item[0].answers", "no such element"),
        (item(CHOICE.id, {"valueCoding": {"code": "nothing"}}), "item[0].answer[0].code", "is none of its options"),
        (
            item(CHOICE.id, {"valueCoding": {"system": "urn:other", "code": CHOICE.option_ids[0]}}),
            "item[0].answer[0].system",
            "not of this question's",
        ),
        (
            item(CHOICES.id, *({"valueCoding": {"code": c}} for c in ("none-of-these", CHOICES.option_ids[0]))),
            "item[0].answer",
            "none of these, and some of them",
        ),
        (
            item("body.weight", {"valueQuantity": {"value": 70, "code": "stone"}}),
            "item[0].answer[0]",
            "unit is 'stone'",
        ),
        (
            item("body.weight", {"valueQuantity": {"value": 70, "code": "kg", "comparator": "<"}}),
            "item[0].answer[0].comparator",
            "less or more",
        ),
        (item("body.weight", {"valueQuantity": {"value": "70", "code": "kg"}}), "item[0].answer[0].value", "no number"),
        (item("body.bmi", {"valueString": "22"}), "item[0]", "worked out here"),
        (
            item("bp.readings", item=[item(READING, item=[item(f"{READING}/systolic", {"valueDecimal": 120})])]),
            "item[0].item[0].item[0].answer[0]",
            "takes valueQuantity",
        ),
        (item("bp.readings", item=[item("bp.readings/else")]), "item[0].item[0]", "is no part of it"),
        ({"text": "no link"}, "item[0]", "no item with a linkId"),
        (item("heart.attack", extension=[{"url": ABSENT, "valueCode": "masked"}]), "item[0].extension[0]", "masked"),
    ],
)
def test_everything_that_cannot_be_used_is_said_with_its_path(one: Any, place: str, said: str) -> None:
    came = of(one)
    assert [r.place for r in came.unused] == [f"QuestionnaireResponse.{place}"]
    assert said in came.unused[0].what
    kept = {"heart.attack"} if place.endswith((".extension[0]", ".answers")) and "answer" in one else set()
    assert set(came.answers) == kept


def test_a_question_that_is_answered_twice_is_not_offered() -> None:
    came = of(item("heart.attack", {"valueBoolean": True}), item("heart.attack", {"valueBoolean": False}))
    assert came.answers == {}
    assert "answered twice" in came.unused[0].what


def test_an_answer_made_of_parts_is_offered_whole_or_not_and_every_fault_is_named() -> None:
    wrong = [
        item(f"{READING}/systolic", {"valueQuantity": {"value": 120, "code": "kPa"}}),
        item(f"{READING}/phase", {"valueCoding": {"code": "soon"}}),
        item(f"{READING}/diastolic", {"valueQuantity": {"value": 80, "code": "mm[Hg]"}}),
    ]
    came = of(item("bp.readings", item=[item(READING, item=wrong)]))
    assert came.answers == {}
    assert len(came.unused) == 2


def test_a_figure_outside_its_range_is_offered_and_pointed_at() -> None:
    came = of(item("body.weight", {"valueQuantity": {"value": 900, "code": "kg"}}))
    assert came.answers["body.weight"].raw == "900"
    assert "outside" in came.to_look_at[0].what


def test_a_day_with_a_time_is_turned_into_local_time_and_that_is_said() -> None:
    name = next(q.id for q in QUESTIONS.values() if q.kind is Kind.DATETIME)
    came = found(answers_to(CLINIC, item(name, {"valueDateTime": "2026-11-12T09:00:00Z"})), hours=2)
    assert came.answers[name].raw == "2026-11-12T11:00:00"
    assert "2026-11-12 11:00" in came.to_look_at[0].what


# --- other forms ------------------------------------------------------------------------------------------------------


def test_to_another_version_only_questions_in_the_same_words_are_offered() -> None:
    question = QUESTIONS["heart.attack"]
    url = canonical_of(blank(shipped(), CLINIC)).partition("|")[0]
    yes = {"valueBoolean": True}
    for text, count in ((question.text, 1), ("Another question?", 0), (None, 0)):
        one = item("heart.attack", yes, **({} if text is None else {"text": text}))
        came = of(one, questionnaire=f"{url}|2020.1+000000000000")
        assert len(came.answers) == count
        assert len(came.unused) == 1 - count
        assert "2020.1" in came.fits


def test_an_option_that_may_read_otherwise_there_is_not_offered() -> None:
    option = CHOICE.option_ids[0]
    for display, count in ((CHOICE.option_text(option), 1), ("Something else", 0), (None, 0)):
        value = {"system": options_of(CHOICE.id), "code": option, "display": display}
        came = of(
            item(CHOICE.id, {"valueCoding": value}, text=CHOICE.text),
            questionnaire="urn:screener:fhir:questionnaire:x:y|1",
        )
        assert len(came.answers) == count


def test_the_words_of_another_form_may_stand_beside_the_answers() -> None:
    form = blank(shipped(), "kap")
    whole = answers_to("kap", item("heart.attack", {"valueBoolean": True}))
    bundle = {"resourceType": "Bundle", "entry": [{"resource": form}, {"resource": whole}]}
    came = found(bundle)
    same = begun("kap").questions["heart.attack"].text == QUESTIONS["heart.attack"].text
    assert ("heart.attack" in came.answers) is same
    assert "another form" in came.fits


# --- who, and about whom ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "by"),
    [
        ({"source": {"reference": "RelatedPerson/2"}}, "partner or family"),
        ({"source": {"type": "Practitioner"}}, "other clinician"),
        ({"source": {"reference": "http://there/Patient/2"}}, "patient"),
        ({"source": {"reference": "#p"}, "contained": [{"resourceType": "Patient", "id": "p"}]}, "patient"),
        ({"source": {}, "author": {"reference": "Practitioner/1"}}, ""),
        ({"source": {}, "author": {"reference": "Patient/1"}}, "patient"),
        ({"source": {}}, ""),
    ],
)
def test_who_answered_is_read_and_never_guessed(more: Any, by: str) -> None:
    came = of(item("heart.attack", {"valueBoolean": True}), **more)
    assert came.by == by
    assert bool(came.to_look_at) is (by == "")


def test_whom_it_is_about_is_read_from_the_patient_beside_it() -> None:
    patient = {"resourceType": "Patient", "id": "9", "identifier": [{"value": "B-3"}]}
    whole = answers_to(CLINIC, subject={"reference": "Patient/9"})
    assert found({"resourceType": "Bundle", "entry": [{"resource": patient}, {"resource": whole}]}).subjects == ("B-3",)


# --- bad files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ({"resourceType": "Questionnaire"}, "it is Questionnaire, and no answers"),
        ({"resourceType": "Bundle"}, "answers to 0 forms"),
        ({"resourceType": "Bundle", "entry": 3}, "Bundle.entry: it is no list"),
        (answers_to(CLINIC, questionnaire="http://there/form|1"), "which this program did not write"),
        (answers_to(CLINIC, questionnaire=None), "which form it answers"),
        (answers_to(CLINIC, status="entered-in-error"), "entered in error"),
        (answers_to(CLINIC, status="x"), "nothing that is known"),
        (answers_to(CLINIC, item("heart.attack", {"valueBoolean": True, "modifierExtension": [COUGH]})),
         "QuestionnaireResponse.item[0].answer[0].modifierExtension"),
        (answers_to(CLINIC, modifierExtension=[]), "QuestionnaireResponse.modifierExtension"),
        (
            answers_to(
                CLINIC,
                contained=[
                    {"resourceType": "Patient", "id": "a", "link": {"reference": "#b"}},
                    {"resourceType": "Patient", "id": "b", "link": {"reference": "#a"}},
                ],
            ),
            "in a circle",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_nothing_is_taken(whole: Any, said: str) -> None:
    assert said in str(refused(whole))


def test_half_of_a_sign_is_no_text() -> None:
    raw = json_text(answers_to(CLINIC, item("heart.attack", {"valueString": "HALF"}))).replace("HALF", "\\ud83d")
    with pytest.raises(NotRead, match="half of a sign"):
        read(raw.encode(), "answers.json", wanted())


def test_nothing_is_fetched_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: Any, **__: Any) -> Any:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, no_network)
    more = {
        "source": {"reference": "https://there.example/Patient/2"},
        "meta": {"profile": ["https://there.example/p"]},
    }
    assert of(item("heart.attack", {"valueBoolean": True}), **more).answers


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.booleans())
def test_a_file_that_somebody_changed_is_read_or_refused(seed: int, bytewise: bool) -> None:
    dice = random.Random(seed)
    some = [QUESTIONS[name] for name in dice.sample(sorted(QUESTIONS), 12) if QUESTIONS[name].kind is not Kind.DERIVED]
    whole = answers_to(CLINIC, *(filled_in(question, raw_of(question, dice)) for question in some))
    raw = json_text(whole).encode()
    raw = hostile_bytes(raw, dice) if bytewise else _as_json(hostile_value(whole, dice))
    session: Session = begun(CLINIC)
    try:
        came = read(raw, "answers.json", wanted())
    except NotRead as wrong:
        assert wrong.next_step
        return
    for said in came.answers.values():
        session.answer(said.question, said.given)
    json.dumps(came.to_offer("patient", "", "").to_json()).encode("utf-8")


def _as_json(value: Any) -> bytes:
    return json.dumps(value, default=str).encode("utf-8", "surrogatepass")

"""Exported and read back: the same answers in the same states, and so the same items."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.exchange.fhir.bundle import written
from screener.exchange.fhir.reading import ReadBack, read
from screener.forms.answering import Account
from screener.records.outcomes import outcomes_of
from screener.rules.values import InstrumentResult
from screener.screening.answers import Entry
from screener.screening.session import Session
from tests.exchange.fhir.made import answered, at_random, raw_of, signed
from tests.records.sittings import shipped
from tests.training.guide import FILES
from tests.training.test_shipped import played

PATHWAYS = [pathway.id for pathway in shipped().pathways]


def back(session: Session) -> ReadBack:
    return read(written(signed(session), (), shipped()), shipped(), "the Bundle")


def said_by(entry: Entry) -> tuple[Any, ...]:
    carried = None if entry.carried is None else entry.carried.to_json()
    return entry.by, entry.state, entry.at, entry.recorded_by, entry.note.replace("\x01", "\ufffd"), carried


def value_of(account: Account) -> tuple[Any, ...]:
    """What an account says; the items of a result in one order, which canonical JSON does not keep."""
    value = account.value
    if isinstance(value, InstrumentResult):
        return account.state, dict(value.items), value.total, dict(value.scores)
    return account.state, value


def assert_the_same(session: Session) -> None:
    """Every account with its value, who is used, and every rule's outcome; items and responses as they were sealed."""
    found = back(session)
    assert list(found.recorded) == [name for name in session.questions if name in session.recorded]
    for name, recorded in found.recorded.items():
        before = session.recorded[name]
        assert (name, recorded.used) == (name, before.used)
        assert [said_by(entry) for entry in recorded.entries] == [said_by(entry) for entry in before.entries]
        assert list(map(value_of, recorded.given.accounts)) == list(map(value_of, before.given.accounts))
    outcomes = {rule: (one.outcome, one.level, one.missing) for rule, one in found.outcomes(shipped()).items()}
    assert outcomes == {rule: (one.outcome, one.level, one.missing) for rule, one in session.outcomes.items()}
    assert_its_items(session, found)


def assert_its_items(session: Session, found: ReadBack) -> None:
    content = json.loads(signed(session).content)
    sealed = outcomes_of(content)
    assert list(found.items) == [item["rule"] for item in content["items"]]
    for rule, item in found.items.items():
        response = sealed[rule].response
        assert (item.outcome, item.level) == (sealed[rule].outcome, sealed[rule].level)
        assert item.response == (None if response is None else response["kind"])
    listed = {rule for rule, outcome in session.outcomes.items() if outcome.outcome == "listed"}
    assert {rule for rule, item in found.items.items() if item.outcome == "listed"} == listed


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize(("seed", "share"), [(1, 1.0), (2, 0.5)])
def test_a_record_filled_at_random_comes_back(pathway: str, seed: int, share: float) -> None:
    assert_the_same(at_random(pathway, seed, share))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_scenario_that_ships_comes_back(file: Path) -> None:
    assert_the_same(played(file, None))


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_a_record_without_any_answer_comes_back(pathway: str) -> None:
    assert_the_same(answered({}, pathway))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_answered_comes_back(data: st.DataObject) -> None:
    pathway = data.draw(st.sampled_from(PATHWAYS))
    session, dice = answered({}, pathway), data.draw(st.randoms(use_true_random=False))
    answerable = [question for question in session.questions.values() if question.kind != "derived"]
    for question in data.draw(st.lists(st.sampled_from(answerable), max_size=12, unique_by=lambda one: one.id)):
        session.answer(question.id, raw_of(question, dice))
    assert_the_same(session)


def test_the_same_record_is_always_the_same_bytes() -> None:
    session = at_random("kap", 5)
    assert written(signed(session), (), shipped()) == written(signed(session), (), shipped())


def test_a_form_is_the_same_for_every_record_of_it_and_another_for_another_pathway() -> None:
    def form(session: Session) -> tuple[str, str]:
        bundle = json.loads(written(signed(session), (), shipped()))
        found = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Questionnaire")
        return found["id"], f"{found['url']}|{found['version']}"

    assert form(at_random("kap", 5)) == form(answered({}, "kap"))
    assert form(answered({}, "kap")) != form(answered({}, "ketamine-home"))

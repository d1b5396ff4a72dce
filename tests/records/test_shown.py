"""What a record sealed in words is shown in the language of the window: as the screening itself would say it today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.forms.reasons import because_lines, missing_lines
from screener.forms.words import answer_words
from screener.language import WINDOW, speak, spoken
from screener.records.browse import Json
from screener.records.compare import compare
from screener.records.outcomes import outcomes_of
from screener.records.shown import answer_shown
from tests.records.sittings import content_of, sealed, session
from tests.screening.test_session_machine import ANSWERS

ONE_SITTING = st.fixed_dictionaries(
    {}, optional={question: st.sampled_from(said) for question, said in ANSWERS.items()}
)


@pytest.fixture(autouse=True)
def spanish() -> Iterator[None]:
    before = spoken()
    speak("es")
    yield
    speak(before)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ONE_SITTING)
def test_a_sealed_answer_reads_as_it_would_be_said_today(said: dict[str, Any]) -> None:
    sitting = session(said)
    for theme in content_of(sitting)["themes"]:
        for question in theme["questions"]:
            recorded = sitting.recorded.get(question["id"])
            if recorded is not None:
                said_now = answer_words(recorded.question, recorded.given, say=WINDOW)
                assert answer_shown(question) == said_now, question["id"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ONE_SITTING)
def test_because_and_missing_of_a_sealed_item_read_as_they_would_be_said_today(said: dict[str, Any]) -> None:
    sitting = session(said)
    for rule, outcome in outcomes_of(content_of(sitting)).items():
        live = sitting.outcomes[rule]
        if outcome.because:
            lines = because_lines(live, sitting.rules, sitting.answers, sitting.facts, WINDOW)
            assert list(outcome.because_shown) == lines, rule
        if outcome.missing:
            assert list(outcome.missing_shown) == missing_lines(live, sitting.rules, sitting.answers, WINDOW), rule


def test_several_accounts_are_named_in_the_language_of_the_window() -> None:
    made = session({"heart.bleed": {"accounts": {"patient": "no", "partner or family": "yes"}}})
    assert said_under("heart.bleed", content_of(made)) == (
        "paciente: no · pareja o familia: sí (las versiones difieren, ninguna se nombra como usada)"
    )
    made.use_account("heart.bleed", "patient")
    assert said_under("heart.bleed", content_of(made)) == "paciente: no (usada) · pareja o familia: sí"


def said_under(question: str, content: Json) -> str:
    found = {pair.question: pair.second for pair in compare(content, content).answers}[question]
    assert found is not None
    return found.words


def test_what_somebody_typed_stays_as_it_was_typed() -> None:
    content = sealed({"heart.bleed": {"accounts": {"the neighbour: chart": "no", "patient": {"state": "declined"}}}})
    (question,) = (q for theme in content["themes"] for q in theme["questions"] if q["id"] == "heart.bleed")
    assert answer_shown(question) == "the neighbour: chart: no · paciente: no quiso responder"

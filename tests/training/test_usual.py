"""The usual answers: every question has one, and by themselves they list nothing that the file does not name."""

from __future__ import annotations

from itertools import product

import pytest

from screener.forms.answering import read_given
from screener.forms.profiles import not_offered, still_needed
from screener.forms.reading import read_file
from screener.places import forms_folder
from screener.rules.values import Kind
from screener.training.checking import USUAL, answered
from screener.training.scenario import Scenario
from tests.training.guide import shipped

ANSWERS = read_file(forms_folder() / "scenarios" / USUAL).data
NEEDS = {"esketamine-clinic": (("general", "us-label"), ("general", "eu-label"))}
UNCHOSEN = {"bp.clinic_limit": "not_established", "bp.clinic_pulse_limit": "not_established"}
OFF_LABEL = {**UNCHOSEN, "earlier.clinic_definition": "not_established"}
LEFT = {
    ("esketamine-clinic", "eu-label"): {"earlier.without_ssri_eu": "listed"},
    ("mdma-research", "general"): {"trauma.no_ptsd_mdma": "listed"},
    ("australia-mdma", "australia"): {"consent.au_mdma_use": "listed"},
    ("kap", "clinic"): OFF_LABEL,
    ("ketamine-clinic", "clinic"): OFF_LABEL,
    ("ketamine-home", "clinic"): UNCHOSEN,
}
"""What stays on the list, by pathway and the profile that it comes with; the head of the file says why."""
PACK = shipped()


def settings() -> list[tuple[str, tuple[str, ...]]]:
    """Every pathway with the profiles that it needs, and with each one more that it offers."""
    found = []
    for pathway in PACK.pathways:
        needs = NEEDS.get(pathway.id, (tuple(str(need) for need in pathway.needs),))
        extras = [(), *((profile.id,) for profile in PACK.profiles)]
        for needed, extra in product(needs, extras):
            names = tuple(dict.fromkeys((*needed, *extra)))
            fits = not list(not_offered(PACK, pathway, names)) and not list(still_needed(PACK, pathway, names))
            if fits and (pathway.id, names) not in found:
                found.append((pathway.id, names))
    return found


def nobody(pathway: str, profiles: tuple[str, ...]) -> Scenario:
    """A scenario of which nothing is said but the setting: everything else is usual."""
    words = {"words": "I don't know."}
    fact = {"id": "one", "title": "One", "truth": {"psychosis.now": "no"}, "told": [words]}
    texts = dict.fromkeys(("title", "opening_line", "story", "stop_word"), "Nothing")
    return Scenario.model_validate(
        {
            **texts,
            "id": "nobody",
            "label": "made-up",
            "level": "easy",
            "aims": ["Nothing"],
            "reference": "MADE-UP-00",
            "visit_date": "2026-11-26",
            "pathway": pathway,
            "profiles": profiles,
            "facts": [fact],
            "contradiction": {"fact": "one", **words},
            "interruption": {"minute": 1, **words},
            "expected": [],
            "traps": [{"rule": "none", "looks_like": "Nothing", "note": "Nothing"}],
            "discussion": [{"ask": "Nothing"}],
            "cuts": {"10": ["one"]},
            "next": ["Nothing"],
            "usual": ANSWERS,
        }
    )


def test_every_question_that_is_typed_has_a_usual_answer_that_can_be_stored() -> None:
    typed = {name for name, question in PACK.questions.items() if question.kind is not Kind.DERIVED}
    assert set(ANSWERS) == typed
    for name, raw in ANSWERS.items():
        read_given(PACK.questions[name], raw)


@pytest.mark.parametrize(
    ("pathway", "profiles"), settings(), ids=lambda part: "+".join((part, "") if isinstance(part, str) else part)
)
def test_the_usual_answers_alone_list_only_what_the_file_names(pathway: str, profiles: tuple[str, ...]) -> None:
    scenario = nobody(pathway, profiles)
    session = answered(scenario, PACK, scenario.truth)
    left = {rule: one.outcome for rule, one in session.outcomes.items() if one.outcome != "not_listed"}
    named: dict[str, str] = {}
    for profile in profiles:
        named |= LEFT.get((pathway, profile), {})
    assert left == named
    unanswered = [
        name for name, one in session.questions.items() if session.is_shown(name) and name not in session.answers
    ]
    assert [name for name in unanswered if session.questions[name].kind is not Kind.DERIVED] == []

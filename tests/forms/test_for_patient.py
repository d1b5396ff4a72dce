"""The words for patients ask what the clinician's words ask: the same scope, the same time, the same way round."""

from __future__ import annotations

import re

import pytest

from tests.records.sittings import shipped

_FIGURE = re.compile(r"\b\d+\b")
_SPAN = re.compile(r"\b(?:hours|days|weeks|months|years?|today|tomorrow|24 hours)\b")
WITH_THE_CLINICIAN = (
    "ecg.done", "organ.liver_tests", "organ.liver_tests_on", "organ.liver_raised", "organ.tsh_done", "organ.tsh_on",
    "substance.alcohol_active", "substance.cannabis_active", "substance.other_active", "medicines.complete",
    "trauma.exposure",
)  # fmt: skip
"""What stands in a file, what a clinician judges, a list that is not on the screen, and what is asked of one alone."""
DECIDING = {
    "repro.possible_today": ("at present", "No, for someone without a womb"),
    "repro.possible": ("with contraception too", "No, after the menopause"),
    "repro.contraception": ("Yes also for someone who has no sex",),
    "repro.infant_alone": ("until the next morning", "or a small child"),
    "repro.test_today": ("after the last session", "before today's dose"),
    "visit.nasal_product": ("steroid", "decongestant"),
    "neuro.support_needs": ("learning disability or autism",),
    "substance.alcohol_months": ("0, for one at present", "signs"),
    "substance.other_months": ("The latest of them", "0, for one at present", "Cannabis counts"),
    "substance.ketamine_ever": ("PCP", "Not as an anaesthetic"),
    "substance.disorder_ever": ("a professional called", "Tobacco is not counted"),
    "bladder.ketamine_days": ("Once in two weeks is 0.5",),
    "bladder.ketamine_months": ("0 for less than a month",),
    "bladder.symptoms": ("more than is usual",),
    "medicines.stable_change": ("psychosis",),
    "earlier.ketamine_ever": ("An anaesthetic is not counted",),
    "psychosis.now": ("faith", "grief", "others say cannot be so"),
    "psychosis.first_degree": ("full brother or sister", "schizophrenia", "by blood"),
    "heart.murmur": ("not called harmless",),
    "heart.rhythm_mattered": ("significant",),
    "support.escort": ("named",),
    "day.no_driving": ("Have you agreed",),
}


@pytest.mark.parametrize("question", WITH_THE_CLINICIAN)
def test_what_a_patient_cannot_tell_stays_with_the_clinician(question: str) -> None:
    assert shipped().questions[question].for_patient == ""


@pytest.mark.parametrize("question", DECIDING)
def test_what_decides_an_answer_stands_before_the_patient(question: str) -> None:
    """The help is not on their screen."""
    words = shipped().questions[question].for_patient
    assert [said for said in DECIDING[question] if said not in words] == []


def test_every_figure_and_span_of_time_of_a_question_is_in_the_words_for_patients_too() -> None:
    lost = {
        question.id: missing
        for question in shipped().questions.values()
        if question.for_patient
        for kind in (_FIGURE, _SPAN)
        if (missing := set(kind.findall(question.text)) - set(kind.findall(question.for_patient)))
    }
    assert lost == {}

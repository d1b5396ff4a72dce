"""What of a theme can be put on the screen for the patient to answer alone, in their words; and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

from screener.forms.model import Question, Theme
from screener.language import tr
from screener.rules.values import Kind
from screener.screening.session import Session

_KINDS = frozenset(
    (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.TEXT)
)
"""Kinds that are answered without a clinician's help with the form."""
NO_RIGHT = tr("nothing that was read allows showing it; its result is recorded by the clinician")
OWN_COPY = tr("its texts are with the clinic's own copy")
MEASURED = tr("readings are entered by whoever takes them")
MEDICINES = tr("medicines are gone through together")
NO_WORDING = tr("it has no wording for patients")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that stays with the clinician, and why."""

    question: Question
    why: str


def title_for_patient(theme: Theme) -> str:
    """What a theme is called before a patient."""
    return theme.for_patient or theme.title


def for_patient(question: Question) -> Question:
    """The question as it stands before a patient: in words for them, without what is meant for the clinician."""
    return question.model_copy(update={"text": question.for_patient, "short": "", "help": "", "why": ""})


def can_stand(session: Session, question: Question) -> bool:
    """Whether a question can be answered on the screen by the patient alone."""
    return why_left_out(session, question) == ""


def why_left_out(session: Session, question: Question) -> str:
    """Why a question stays with the clinician; nothing where it can be handed over."""
    if question.kind is Kind.INSTRUMENT:
        shown = next((one for one in session.pack.instruments if one.id == question.instrument), None)
        return OWN_COPY if shown is not None and "present" in shown.licence.uses else NO_RIGHT
    if question.kind is Kind.READINGS:
        return MEASURED
    if question.kind is Kind.MEDICINES:
        return MEDICINES
    return "" if question.for_patient and question.kind in _KINDS else NO_WORDING


def on_screen(session: Session, theme_id: str) -> list[Question]:
    """The questions of a theme that are shown now and can be handed over, in order."""
    return [question for question in session.shown_in(theme_id) if can_stand(session, question)]


def left_out(session: Session, theme_id: str) -> list[LeftOut]:
    """The questions of a theme that are shown now and stay with the clinician."""
    asked = [question for question in session.shown_in(theme_id) if question.kind is not Kind.DERIVED]
    return [LeftOut(question, why) for question in asked if (why := why_left_out(session, question))]


def themes_for_patients(session: Session) -> list[Theme]:
    """The themes of the pathway that have something to hand over, in order."""
    return [theme for theme in session.form.themes if on_screen(session, theme.id)]

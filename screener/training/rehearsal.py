"""A made-up patient, half filled, as a session of its own. It is never given a vault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from screener.clock import Clock, today
from screener.forms.model import Pack
from screener.screening.answers import PATIENT
from screener.screening.change import Change
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session


class MadeUpJot(BaseModel):
    """Words of a made-up patient, linked to a question or not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    question: str | None = None


class MadeUpPatient(BaseModel):
    """A made-up patient as `forms/scenarios/` writes one: whom it is about, and the answers given so far."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    label: Literal["made-up"]
    """Says what it is; no other word is accepted."""
    reference: str
    second_mark: str = ""
    pathway: str
    profiles: tuple[str, ...]
    parameters: Mapping[str, str] = {}
    product: str = ""
    answers: Mapping[str, Any]
    jots: tuple[MadeUpJot, ...] = ()


def opening(patient: MadeUpPatient, pack: Pack, clock: Clock, clinician: str) -> Opening:
    """The opening of a rehearsal with this patient, marked as made-up."""
    return Opening(
        reference=patient.reference,
        second_mark=patient.second_mark,
        pathway=patient.pathway,
        profiles=patient.profiles,
        parameters=dict(patient.parameters),
        product=patient.product,
        visit_date=today(clock).isoformat(),
        clinician=clinician,
        role="clinician",
        begun_at=clock.now().isoformat(timespec="seconds"),
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
        made_up=True,
    )


def fill(session: Session, patient: MadeUpPatient) -> list[Change]:
    """Give the made-up patient's answers and jots, in form order; returns the changes, for a journal to keep."""
    changes = []
    for question_id in [q for q in session.questions if q in patient.answers]:
        raw = patient.answers[question_id]
        accounts = (
            raw["accounts"] if isinstance(raw, Mapping) and "accounts" in raw else [{"by": PATIENT, "value": raw}]
        )
        for account in accounts:
            said = account["value"] if "value" in account else {"state": account["state"]}
            changes.append(session.answer(question_id, said, by=account["by"]))
        if isinstance(raw, Mapping) and raw.get("used"):
            changes.append(session.use_account(question_id, raw["used"]))
    changes += [session.jot(jot.text, jot.question) for jot in patient.jots]
    return [change for change in changes if change]

"""A made-up patient, half filled, as a session of its own. It is never given a vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from screener.clock import Clock, today
from screener.forms.model import Pack
from screener.forms.visibility import Form
from screener.screening.change import Change
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.text import WorldError
from screener.training.fitting import answer_misfits, opening_for, question_misfits, setting_misfits
from screener.training.script import give, records_of


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


_NEXT = "Correct the file of the made-up patient, or choose another."


def read_patient(file: Path) -> MadeUpPatient:
    """The made-up patient that a file holds; WorldError names what is wrong, and where."""
    from screener.forms.reading import read_file

    read = read_file(file)
    if read.findings:
        wrong = read.findings[0]
        raise WorldError(f"{file.name}, line {wrong.place.line}: {wrong.message}.", _NEXT)
    try:
        return MadeUpPatient.model_validate(read.data)
    except ValidationError as found:
        first = found.errors()[0]
        place = " · ".join(str(part) for part in first["loc"]) or "the file"
        raise WorldError(f"{file.name}: {place}: {first['msg']}.", _NEXT) from None


def misfits(patient: MadeUpPatient, pack: Pack) -> list[str]:
    """What of the patient the content does not take, one sentence each; none where the rehearsal can begin."""
    found = list(setting_misfits(patient, pack))
    if patient.pathway in {pathway.id for pathway in pack.pathways}:
        asked = Form(pack, patient.pathway).questions
        linked = [jot.question for jot in patient.jots if jot.question is not None]
        found += question_misfits(dict.fromkeys([*patient.answers, *linked]), pack, patient.pathway, asked)
        found += answer_misfits(patient.answers, asked)
    return [misfit.words for misfit in found]


def opening(patient: MadeUpPatient, pack: Pack, clock: Clock, clinician: str) -> Opening:
    """The opening of a rehearsal with this patient, marked as made-up.

    WorldError where the content does not take the patient, or not all of the answers: none is left out unsaid.
    """
    found = misfits(patient, pack)
    if found:
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        raise WorldError(f"The made-up patient {patient.id} does not fit the content. {found[0]}{more}.", _NEXT)
    return opening_for(patient, pack, on=today(clock), begun=clock.now(), clinician=clinician)


def fill(session: Session, answers: Mapping[str, Any], jots: Iterable[MadeUpJot] = ()) -> list[Change]:
    """Give a made-up patient's answers and jots, in form order; returns the changes, for a journal to keep."""
    asked = [name for name in session.questions if name in answers]
    changes = give(session, (record for name in asked for record in records_of(name, answers[name])))
    return changes + [change for change in (session.jot(jot.text, jot.question) for jot in jots) if change]

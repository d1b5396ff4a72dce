"""Made-up patients: filled over all themes, labelled as what they are, checked first, never beside a vault."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from screener.clock import FixedClock
from screener.exchange.report import report
from screener.forms.reading import read_file
from screener.places import forms_folder
from screener.records.record import build
from screener.rules.values import Kind, State
from screener.screening.listing import live_list
from screener.screening.session import Session
from screener.text import WorldError
from screener.training.rehearsal import MadeUpPatient, fill, misfits, opening, read_patient
from tests.training.guide import shipped

CLOCK = FixedClock(datetime(2026, 11, 23, 10, 22, tzinfo=UTC))
FIRST = forms_folder() / "scenarios" / "first-look.yaml"


def rehearsed(patient: MadeUpPatient) -> Session:
    session = Session(shipped(), opening(patient, shipped(), CLOCK, "Clinician A"), CLOCK)
    fill(session, patient.answers, patient.jots)
    return session


def changed(**changes: Any) -> MadeUpPatient:
    return MadeUpPatient.model_validate({**read_file(FIRST).data, **changes})


def answering(**answers: Any) -> MadeUpPatient:
    return changed(answers={name.replace("__", "."): raw for name, raw in answers.items()}, jots=[])


def test_the_first_patient_fits_the_content() -> None:
    assert misfits(read_patient(FIRST), shipped()) == []


def test_the_first_patient_is_half_filled_over_themes_of_every_kind() -> None:
    session = rehearsed(read_patient(FIRST))
    begun = ["this-visit", "medical-history", "blood-pressure-and-heart", "psychosis-risk", "medicines", "at-home"]
    assert set(begun) < set(session.progress().themes)
    for theme in begun:
        answered = [q for q in session.shown_in(theme) if session.state(q.id) is State.ANSWERED]
        assert answered, theme
    assert any(not session.answers.get(q.id) for theme in begun for q in session.shown_in(theme))
    kinds = {session.questions[name].kind for name in session.answers}
    assert {Kind.YES_NO, Kind.CHOICE, Kind.NUMBER, Kind.READINGS, Kind.MEDICINES, Kind.INSTRUMENT} <= kinds


def test_the_first_patient_shows_what_a_screening_can_hold() -> None:
    session = rehearsed(read_patient(FIRST))
    states = {session.state(q) for q in session.questions}
    assert {State.ANSWERED, State.NOT_KNOWN, State.COME_BACK, State.DIFFERING, State.NOT_ASKED} <= states
    items = live_list(session)
    assert items.listed
    assert items.open


def test_every_answer_and_every_word_of_the_patient_is_there() -> None:
    patient = read_patient(FIRST)
    session = rehearsed(patient)
    assert set(session.recorded) == set(patient.answers)
    assert not [entry.question for entry in session.hidden() if entry.question in patient.answers]
    assert [jot.text for jot in session.jots.values()] == [jot.text for jot in patient.jots]
    apnoea = session.recorded["medical.apnoea"]
    assert [(entry.by, entry.raw) for entry in apnoea.entries] == [("patient", "no"), ("partner", "yes")]


def test_accounts_keep_their_notes_and_a_state_its_informant() -> None:
    accounts = [{"by": "patient", "value": "no", "note": "quite sure"}, {"by": "spouse", "state": "not_known"}]
    session = rehearsed(
        answering(
            medical__apnoea={"accounts": accounts, "used": "patient"},
            medical__lung={"state": "declined", "by": "spouse", "note": "asked twice"},
        )
    )
    apnoea, lung = session.recorded["medical.apnoea"], session.recorded["medical.lung"]
    assert [(entry.by, entry.note) for entry in apnoea.entries] == [("patient", "quite sure"), ("spouse", "")]
    assert apnoea.used == "patient"
    assert [(entry.by, entry.note) for entry in lung.entries] == [("spouse", "asked twice")]


def test_what_filling_changed_can_be_journaled_and_leads_to_the_same_screening() -> None:
    patient = read_patient(FIRST)
    session = Session(shipped(), opening(patient, shipped(), CLOCK, "Clinician A"), CLOCK)
    steps = [step.to_json() for change in fill(session, patient.answers, patient.jots) for step in change.steps]
    again = Session.replay(shipped(), session.opening, steps, CLOCK)
    assert again.recorded == session.recorded
    assert again.jots == session.jots


def test_a_made_up_patient_is_labelled_from_its_file_to_its_report() -> None:
    patient = read_patient(FIRST)
    assert patient.label == "made-up"
    begun = opening(patient, shipped(), CLOCK, "Clinician A")
    assert begun.made_up
    assert (begun.reference, begun.visit_date) == (patient.reference, "2026-11-23")
    assert begun.pack.hash == shipped().hash
    content = build(rehearsed(patient))
    assert content["opening"]["made_up"] is True
    assert report(content).banner.startswith("MADE-UP PATIENT")


@pytest.mark.parametrize("changes", [{"label": "a patient"}, {"label": None}, {"label": "Made-up"}])
def test_no_other_label_is_taken(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="made-up"):
        changed(**changes)


def test_a_file_without_its_label_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "patient.yaml"
    file.write_text(FIRST.read_text("utf-8").replace("label: made-up\n", ""), "utf-8")
    with pytest.raises(WorldError, match=r"patient\.yaml: label: Field required"):
        read_patient(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: [", "line 2"),
        ("id: one\nid: two\n", "line 2"),
        ("- a list\n", "the file"),
        ("", "the file"),
    ],
)
def test_a_file_that_is_no_patient_is_refused_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "patient.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(WorldError, match=said):
        read_patient(file)


def test_a_file_that_is_not_there_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"nowhere\.yaml"):
        read_patient(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("patient", "said"),
    [
        (changed(pathway="ketamine-hom"), "'ketamine-hom' is no pathway of this content; did you mean ketamine-home?"),
        (changed(profiles=["general", "clinc"]), "'clinc' is no profile"),
        (changed(profiles=["general"]), "ketamine-home needs the profile clinic"),
        (changed(profiles=["clinic", "oregon"]), "ketamine-home does not offer oregon; it offers clinic"),
        (changed(parameters={"presure_limit": "trial_160_90"}), "'presure_limit' is no parameter"),
        (changed(parameters={"pressure_limit": "trial_1"}), "'trial_1' is no option of pressure_limit"),
        (answering(heart__atack="no"), "'heart.atack' is no question of this content; did you mean heart.attack?"),
        (answering(consent__authority="no"), "consent.authority is not asked on ketamine-home"),
        (answering(heart__attack="maybe"), "heart.attack: 'maybe' is neither"),
        (answering(medical__lung=["copdd"]), "is not an option of medical.lung"),
        (answering(person__age="old"), "person.age: 'old' is not a number"),
        (answering(person__age=["52"]), "is not a number"),
        (answering(bp__readings=151), "bp.readings: 151 is not a list of readings"),
        (answering(psychosis__ever_on="in spring"), "psychosis.ever_on: 'in spring' is not a date"),
        (answering(heart__attack=None), "heart.attack: null is not an answer"),
        (answering(heart__attack={"state": "unsure"}), "is not a state to record"),
        (answering(body__bmi=31), "body.bmi is worked out, never typed"),
        (changed(jots=[{"text": "x", "question": "heart.atack"}]), "'heart.atack' is no question"),
    ],
    ids=lambda given: None if isinstance(given, MadeUpPatient) else given,
)
def test_what_the_content_does_not_take_stops_the_rehearsal_with_a_clear_word(
    patient: MadeUpPatient, said: str
) -> None:
    with pytest.raises(WorldError, match="does not fit the content") as stopped:
        opening(patient, shipped(), CLOCK, "Clinician A")
    assert stopped.value.next_step
    assert said in stopped.value.said


def test_how_much_else_does_not_fit_is_said_too() -> None:
    patient = answering(heart__atack="no", heart__attack="maybe", person__age="old")
    assert len(misfits(patient, shipped())) == 3
    with pytest.raises(WorldError, match=r"\(2 more\)"):
        opening(patient, shipped(), CLOCK, "Clinician A")


def test_a_rehearsal_touches_no_vault_and_writes_nothing() -> None:
    code = (
        "import os, sys\n"
        "sys.dont_write_bytecode = True\n"
        "seen = []\n"
        "def hook(event, given):\n"
        "    writes = event == 'open' and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)\n"
        "    if writes or event in ('sqlite3.connect', 'os.mkdir', 'os.rename', 'socket.connect'):\n"
        "        seen.append((event, str(given[0])))\n"
        "sys.addaudithook(hook)\n"
        "from tests.training.test_rehearsal import FIRST, rehearsed\n"
        "from screener.training.rehearsal import read_patient\n"
        "del seen[:]\n"
        "assert rehearsed(read_patient(FIRST)).recorded\n"
        "stores = [name for name in sys.modules if name.startswith(('screener.store', 'sqlcipher3', 'sqlalchemy'))]\n"
        "print(seen, stores)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"

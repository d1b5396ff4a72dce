"""What a step is called where it is undone: what was done; of what is sensitive only the question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.places import forms_folder
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.screening.step_names import MOST_CHARACTERS
from tests.screening.test_session_machine import CLOCK

LITHIUM = {"name": "lithium", "use": "current"}
ZOLOFT = {"name": "Zoloft", "use": "current"}
ONE, TWO = {"systolic": 151, "diastolic": 94, "pulse": 82}, {"systolic": 141, "diastolic": 90}
Deed = Callable[[Session], object]


@pytest.fixture(scope="module")
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


@pytest.fixture
def session(shipped: Pack) -> Session:
    opening = Opening(
        reference="SYN-0042",
        second_mark="",
        pathway="ketamine-home",
        profiles=("us-label",),
        parameters={},
        product="",
        visit_date="2026-11-23",
        clinician="Clinician A",
        role="clinician",
        begun_at=CLOCK.now().isoformat(),
        pack=PackStamp(shipped.head.id, shipped.head.version, shipped.hash),
    )
    return Session(shipped, opening, CLOCK)


def answers(question: str, *raws: object) -> Deed:
    def deed(session: Session) -> None:
        for raw in raws:
            session.answer(question, raw)

    return deed


@pytest.mark.parametrize(
    ("deed", "name"),
    [
        (answers("body.weight", 104), "Weight: 104 kg"),
        (answers("body.weight", {"state": "not_known"}), "Weight: not known"),
        (answers("psychosis.ever", "no"), "Psychosis ever"),
        (answers("bp.readings", [{"systolic": 144}]), "systolic 144"),
        (answers("bp.readings", [ONE], [ONE | {"systolic": 144}]), "systolic 144"),
        (answers("bp.readings", [ONE], [ONE | {"phase": "before"}]), "phase before dose"),
        (answers("bp.readings", [ONE]), "Blood pressure and pulse: 151/94 82"),
        (answers("bp.readings", [ONE], [ONE, TWO]), "Blood pressure and pulse: 141/90"),
        (answers("bp.readings", [ONE, TWO], [ONE]), "Blood pressure and pulse: reading removed"),
        (answers("bp.readings", "none taken"), "Blood pressure and pulse: none taken"),
        (answers("medicines.list", [ZOLOFT], [ZOLOFT, LITHIUM]), "Medicines: lithium"),
        (answers("medicines.list", [ZOLOFT, LITHIUM], [ZOLOFT]), "Medicines: lithium removed"),
        (answers("medicines.list", [ZOLOFT], [ZOLOFT | {"dose": "50 mg"}]), "Medicines: Zoloft"),
        (lambda s: s.set_visit("visit_date", "2026-11-24"), "visit date: 2026-11-24"),
        (lambda s: s.set_visit("room", "by video"), "room: by video"),
        (lambda s: s.jot("Since the second child it is worse than ever before."), "jot"),
        (lambda s: s.summarise("Letter to the GP."), "summary and plan"),
    ],
)
def test_a_step_says_what_was_done(session: Session, deed: Deed, name: str) -> None:
    deed(session)
    assert session.history.undo_name is not None
    assert session.history.undo_name.startswith(name)
    session.undo()
    assert session.history.redo_name is not None
    assert session.history.redo_name.startswith(name)


def test_what_is_taken_back_is_named_too(session: Session) -> None:
    session.answer("body.weight", 104)
    session.answer("body.weight", 110, by="spouse")
    assert session.history.undo_name == "Weight, spouse: 110 kg"
    session.use_account("body.weight", "spouse")
    assert session.history.undo_name == "Weight: account used, spouse"
    session.answer("body.weight", 110, by="spouse", note="from the scale at home")
    assert session.history.undo_name == "note to Weight"
    session.clear("body.weight", by="spouse")
    assert session.history.undo_name == "Weight, spouse cleared"
    session.clear("body.weight")
    assert session.history.undo_name == "Weight cleared"
    session.set_visit("room", "alone")
    session.set_visit("room", "")
    assert session.history.undo_name == "room cleared"
    session.jot("First")
    jot = next(iter(session.jots))
    session.link_jot(jot, "body.weight")
    assert session.history.undo_name == "link of a jot"
    session.remove_jot(jot)
    assert session.history.undo_name == "jot removed"


def test_no_name_is_longer_than_a_line(session: Session) -> None:
    long = [question for question in session.questions.values() if question.kind == "text" and not question.sensitive]
    for question in long:
        session.answer(question.id, "a long answer, " * 30)
        assert session.history.undo_name is not None
        assert len(session.history.undo_name) <= MOST_CHARACTERS
    assert long

"""A clinic's own questions: written as an author would write them, beside what stands there, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from screener.exchange.blank_form import blank_form
from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.forms.details import question_detail
from screener.forms.model import Pack
from screener.forms.own_questions import (
    KINDS,
    Edit,
    OwnQuestion,
    added,
    as_written,
    begun,
    new_id,
    own_questions,
    problems,
    removed,
)
from screener.forms.pack import load_pack, read_pack
from screener.forms.words import OWN_QUESTION
from screener.records.document import ToAnswer
from screener.records.record import build
from screener.rules.values import Kind
from screener.screening.session import Session
from screener.text import WorldError
from tests.records.sittings import shipped
from tests.screening.test_session_machine import CLOCK, opening

THEME = "support-and-integration"
STAIRS = OwnQuestion("clinic.stairs", THEME, Kind.YES_NO, "Are there stairs on the way: at home?", "Stairs")
WAY = OwnQuestion(
    "clinic.way", THEME, Kind.CHOICE, "How do you get home?", options=("By bus", "Taxi: booked"), for_patient="How?"
)
BY_HAND = """# Ours, by hand.
id: support-and-integration   # the theme
questions:
  # About the way
  - id: ours.lift
    kind: yes_no
    text: Is there a lift?   # in the house
    own: true

"""


def write(*edits: Edit) -> None:
    for edit in edits:
        if edit.after is None:
            edit.file.unlink()
        else:
            edit.file.parent.mkdir(parents=True, exist_ok=True)
            edit.file.write_bytes(edit.after)


def read(folder: Path) -> Pack:
    pack, findings, _ = read_pack(folder)
    assert pack is not None, findings
    return pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(begun(tmp_path))
    return tmp_path


def test_every_kind_is_read_as_an_author_would_have_written_it(folder: Path) -> None:
    asked = [STAIRS, WAY]
    for kind, text in KINDS[2:]:
        asked.append(OwnQuestion(f"clinic.{kind}", THEME, kind, f"{text}, please?", help="Yes", short="no"))
    for question in asked:
        assert problems(question) == []
        write(added(folder, question, shipped()))
    loaded = load_pack(folder)
    assert loaded.pack is not None and loaded.findings == ()
    pack = loaded.pack
    assert own_questions(pack) == asked
    assert all(pack.questions[one.id].own for one in asked)
    assert pack.questions["clinic.way"].option_ids == ("by_bus", "taxi_booked")


def test_one_is_asked_anew_at_every_visit_unless_its_author_says_otherwise(folder: Path) -> None:
    edit = added(folder, STAIRS, shipped())
    write(edit)
    assert b"asked_anew: true" in (edit.after or b"")
    assert read(folder).asked_anew("clinic.stairs")
    edit.file.write_bytes((edit.after or b"").replace(b"asked_anew: true", b"asked_anew: false"))
    pack = read(folder)
    assert not pack.asked_anew("clinic.stairs")
    (mine,) = own_questions(pack)
    write(added(folder, replace(mine, text="Stairs?"), pack))
    assert not read(folder).asked_anew("clinic.stairs")


def test_on_paper_it_is_marked_as_it_is_on_screen(folder: Path) -> None:
    write(added(folder, STAIRS, shipped()))
    printed = {
        block.text: block.notes
        for block in blank_form(read(folder), "ketamine-home", ()).blocks
        if isinstance(block, ToAnswer)
    }
    assert f"{OWN_QUESTION}." in printed.pop(STAIRS.text)
    assert not any(OWN_QUESTION in note for notes in printed.values() for note in notes)


def test_what_somebody_wrote_by_hand_stays_as_it_is(folder: Path) -> None:
    file = folder / "themes" / THEME / "questions.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(BY_HAND)
    write(added(folder, STAIRS, shipped()))
    text = file.read_text()
    assert text.startswith(BY_HAND.rstrip())
    assert as_written(STAIRS) in text
    pack = read(folder)
    write(added(folder, replace(STAIRS, text="Stairs?"), pack))
    assert read(folder).questions["clinic.stairs"].text == "Stairs?"
    write(removed(folder, own_questions(pack)[0]))
    assert [one.id for one in own_questions(read(folder))] == ["clinic.stairs"]
    assert "# Ours, by hand." in file.read_text()


def test_an_edit_is_taken_back_to_the_byte_and_the_last_question_takes_its_file_along(folder: Path) -> None:
    edit = added(folder, STAIRS, shipped())
    write(edit)
    gone = removed(folder, STAIRS)
    assert gone.after is None
    write(gone)
    assert not gone.file.exists()
    write(gone.reversed)
    assert gone.file.read_bytes() == edit.after
    assert (edit.name, gone.name) == ("added Stairs", "removed Stairs")


def test_an_option_that_reads_as_before_keeps_its_name(folder: Path) -> None:
    write(added(folder, WAY, shipped()))
    pack = read(folder)
    write(added(folder, replace(WAY, options=("On foot", "Taxi: booked", "On  foot!")), pack))
    assert read(folder).questions["clinic.way"].option_ids == ("on_foot", "taxi_booked", "on_foot_2")


@pytest.mark.parametrize("text", ["id: support-and-integration\nquestions: []\n", "questions: {a: 1}\n", "- x\n"])
def test_a_file_in_another_shape_is_left_alone(folder: Path, text: str) -> None:
    file = folder / "themes" / THEME / "questions.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    with pytest.raises(WorldError, match="does not change"):
        added(folder, STAIRS, shipped())
    assert file.read_text() == text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (replace(STAIRS, text=" "), "Write the question"),
        (replace(WAY, options=("One",)), "at least two options"),
        (replace(WAY, options=("One", "One", "Two")), "twice"),
        (replace(STAIRS, text="Is this patient a suitable candidate for treatment?"), "advises or decides"),
        (replace(STAIRS, id="Clinic stairs"), "id"),
    ],
)
def test_what_keeps_it_from_being_saved_is_said_in_words(question: OwnQuestion, said: str) -> None:
    assert any(said in one for one in problems(question))


def test_a_name_is_made_of_the_words_and_is_nobody_elses() -> None:
    assert new_id("Are there stairs?", ()) == "clinic.are_there_stairs"
    assert new_id("Are there stairs?", ("clinic.are_there_stairs",)) == "clinic.are_there_stairs_2"
    assert new_id("¿?", ()) == "clinic.question"


def test_it_stands_in_record_and_report_and_browser_as_the_clinics_own(folder: Path) -> None:
    write(added(folder, STAIRS, shipped()))
    pack = read(folder)
    session = Session(pack, replace(opening(), pathway="ketamine-clinic"), CLOCK)
    before = dict(session.outcomes)
    session.answer("clinic.stairs", "yes")
    assert session.outcomes == before
    text = " ".join(render_text(report(build(session))).split())
    assert "Stairs This clinic's own question; no rule reads it" in text
    facts = dict(question_detail(pack, pack.questions["clinic.stairs"]).facts)
    assert facts["Whose"] == "This clinic's own question; no rule reads it"

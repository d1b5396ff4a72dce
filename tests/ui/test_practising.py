"""Practising with a made-up patient: asked from the card, recorded by hand, kept at once, signed by nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.records.document import Document
from screener.text import WorldError
from screener.training import files
from screener.training.kept import Asked, BrokeIn, Figure, Hinted, Paused, Recorded, Shown, Turned, rehearsal_of
from screener.training.shelf import NOBODY
from screener.ui.practice import Practice
from screener.ui.screening.review.report import document_of
from screener.ui.screening.workspace import Workspace
from screener.ui.training.debrief_page import DebriefPage
from screener.ui.training.gallery import GalleryPage
from screener.ui.training.practising import PractisingPage
from tests.ui.schools import Classroom, Key, Mod, classroom, texts


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Classroom]:
    yield from classroom(qtbot, tmp_path / "home")


def at_question(room: Classroom, practice: Practice, question: str) -> None:
    practice.workspace.pages.go_to_question(question)
    room.waits(lambda: practice.workspace.interview.question_id == question)


# Asking


def test_the_question_with_the_keyboard_is_asked_and_the_story_answers_as_it_was_asked(room: Classroom) -> None:
    practice = room.practises()
    card = practice.card
    at_question(room, practice, "medicines.list")
    room.key(Key.Key_F4)
    room.reads(card, "“No medicines, I'm glad to say. At our age we're rather proud of it.”")
    assert "medicines.list" not in practice.workspace.controller.session.answers, "nothing is filled in"
    room.key(Key.Key_F4, Mod.ShiftModifier)
    room.reads(card, "It's St John's wort.", "No medicines, I'm glad to say.")  # earlier words stay
    at_question(room, practice, "neuro.tumour")
    assert "St John's wort" not in texts(card)
    room.key(Key.Key_F4)
    room.reads(card, "“No.”")
    at_question(room, practice, "medicines.list")
    room.reads(card, "No medicines, I'm glad to say.")
    asked = [event for event in room.kept().events if isinstance(event, Asked)]
    assert [(one.question, one.openly, one.told) for one in asked] == [
        ("medicines.list", False, 0),
        ("medicines.list", True, 2),
        ("neuro.tumour", False, None),
    ]


def test_somebody_else_in_the_room_is_asked_and_leaves_when_one_wants_to_speak_alone(room: Classroom) -> None:
    practice = room.practises()
    at_question(room, practice, "trauma.boundary")
    room.key(Key.Key_F4)
    room.reads(practice.card, "He was a very committed person.")
    at_question(room, practice, "medicines.list")
    room.press("Who is asked: Husband")
    room.press("Ask: " + practice.card._label)
    room.reads(practice.card, "It's the yellow jar.")
    room.press("Ask to speak alone")
    room.reads(practice.card, "He gets up at once.", "Nobody else is in the room.")
    assert practice.workspace.controller.session.visit["room"] == "alone"
    assert not practice.card._to.isVisible()
    at_question(room, practice, "trauma.boundary")
    room.key(Key.Key_F4)
    room.reads(practice.card, "He held me down by the shoulders")
    last = [event for event in room.kept().events if isinstance(event, Asked)][-1]
    assert last.alone and last.to == "patient"


def test_a_figure_is_read_at_its_minute_and_the_trainee_writes_it_down(room: Classroom) -> None:
    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    assert not practice.card.measure.isVisible()
    at_question(room, practice, "bp.readings")
    assert practice.card.measure.isVisible()
    room.key(Key.Key_M, Mod.ControlModifier)
    room.reads(practice.card, "In the story the next one comes at minute 12.")
    room.press("Wait until minute 12")
    room.reads(practice.card, "136/84")
    room.reads(practice.card, "to the cuff")
    assert "bp.readings" not in practice.workspace.controller.session.answers
    assert [event.place for event in room.kept().events if isinstance(event, Figure)] == [0]
    assert practice.workspace.controller.session.clock.now().strftime("%H:%M") == "10:12"
    practice.encounter.pass_time(18)
    room.key(Key.Key_M, Mod.ControlModifier)
    room.key(Key.Key_M, Mod.ControlModifier)
    room.reads(practice.card, "There is nothing further to read here in this story.")


def test_a_figure_stands_there_while_it_is_written_down(room: Classroom) -> None:
    practice = room.practises()
    practice.encounter.pass_time(12)
    at_question(room, practice, "bp.readings")
    room.key(Key.Key_M, Mod.ControlModifier)
    room.reads(practice.card, "136/84")
    room.key(Key.Key_Tab)
    assert practice.workspace.interview.question_id == "bp.readings"
    assert "136/84" in texts(practice.card)
    at_question(room, practice, "neuro.tumour")
    assert "136/84" not in texts(practice.card)


def test_papers_are_seen_one_by_one_when_they_are_asked_for(room: Classroom) -> None:
    practice = room.practises()
    assert "A yellow jar" not in texts(practice.card)
    room.press("Ask what was brought along")
    room.reads(practice.card, "A yellow jar from her handbag")
    assert "St John's wort" not in texts(practice.card)
    room.press("Look at: A yellow jar from her handbag")
    room.reads(practice.card, "One capsule twice a day.")
    assert [event.paper for event in room.kept().events if isinstance(event, Shown)] == ["jar"]


def test_the_keyboard_stays_on_the_card_when_a_button_of_it_goes(room: Classroom) -> None:
    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    for name, then in (
        ("Ask to speak alone", "He gets up at once."),
        ("Ask what was brought along", "Look at: A yellow jar from her handbag"),
        ("Look at: A yellow jar from her handbag", "A yellow jar from her handbag: "),
    ):
        room.button(name).setFocus()
        room.key(Key.Key_Space)
        focus = QApplication.focusWidget()
        assert focus is not None and practice.card.isAncestorOf(focus)
        assert focus.accessibleName().startswith(then)
    assert practice.card._question == "neuro.tumour"


def test_what_comes_is_seen_wherever_the_card_was_scrolled_to(room: Classroom) -> None:
    room.window.resize(1440, 620)
    practice = room.practises()
    at_question(room, practice, "medicines.list")

    def seen(shown: QWidget) -> bool:
        return not shown.isHidden() and shown.visibleRegion().boundingRect().height() == shown.height()

    room.key(Key.Key_F4)
    room.key(Key.Key_F4, Mod.ShiftModifier)
    room.key(Key.Key_F2, Mod.ControlModifier)
    room.waits(lambda: seen(practice.card._hint_text))
    practice.encounter.pass_time(practice.encounter.scenario.interruption.minute)
    practice._tick()
    room.waits(lambda: seen(practice.card._interruption))


def test_what_interrupts_comes_once_at_its_minute_and_takes_no_keyboard(room: Classroom) -> None:
    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    words = practice.encounter.scenario.interruption.words
    assert words not in texts(practice.card)
    practice.encounter.pass_time(practice.encounter.scenario.interruption.minute)
    practice._tick()
    room.reads(practice.card, words)
    assert practice.workspace.interview.question_id == "neuro.tumour"
    assert len([event for event in room.kept().events if isinstance(event, BrokeIn)]) == 1


def test_a_hint_comes_on_request_only_and_names_a_theme_and_nothing_more(room: Classroom) -> None:
    practice = room.practises()
    hint = "Something has not been asked about yet. It stands under “"
    assert hint not in texts(practice.card)
    at_question(room, practice, "neuro.tumour")
    room.key(Key.Key_F2, Mod.ControlModifier)
    room.reads(practice.card, f"{hint}Medicines and washout”.")
    for fact in practice.encounter.scenario.facts:
        practice.encounter.ask(next(iter(fact.truth)))
    room.press("Hint")
    room.reads(practice.card, "Everything that the story has words for has been asked about at least once.")
    assert len([event for event in room.kept().events if isinstance(event, Hinted)]) == 2


def test_a_key_goes_to_the_card_and_back_to_the_question(room: Classroom) -> None:
    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    room.key(Key.Key_F2)
    assert practice.card.ask.hasFocus()
    room.key(Key.Key_F2)
    assert practice.workspace.interview.question_id == "neuro.tumour"


def test_where_there_is_no_room_one_half_is_shown_at_a_time_and_words_bring_the_card_up(room: Classroom) -> None:
    practice = room.practises()
    room.window.resize(900, 700)
    room.waits(lambda: not practice.card.isVisible())
    at_question(room, practice, "neuro.tumour")
    room.key(Key.Key_F4)
    assert in_sight(practice) == (False, True)
    room.key(Key.Key_F2)
    assert in_sight(practice) == (True, False)
    assert practice.workspace.interview.question_id == "neuro.tumour"
    room.press("What is shown: Patient")
    assert practice.card.isVisible()
    room.window.resize(1440, 900)
    room.waits(lambda: in_sight(practice) == (True, True))


def in_sight(practice: Practice) -> tuple[bool, bool]:
    return (practice.workspace.isVisible(), practice.card.isVisible())


# Kept


def test_every_event_is_in_its_file_before_anything_else_happens(room: Classroom) -> None:
    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    room.key(Key.Key_F4)
    room.key(Key.Key_2)
    rehearsal = room.kept()
    assert rehearsal.mode == "practise" and rehearsal.opening["made_up"] is True
    kinds = [type(event) for event in rehearsal.events]
    assert Turned in kinds and kinds[-2:] == [Asked, Recorded]
    assert rehearsal.events[-1].step["question"] == "neuro.tumour"  # type: ignore[union-attr]
    times = [event.at for event in rehearsal.events]
    assert times == sorted(times)
    assert json.loads(practice.diary.file.read_text(encoding="utf-8"))["made_up"] is True


def test_a_disk_that_takes_nothing_is_said_and_nothing_is_called_saved(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    room.waits(lambda: not room.school.jobs.busy)

    def full(*_: object) -> None:
        raise WorldError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", full)
        room.key(Key.Key_2)
        practice.workspace.autosave.commit()
        room.reads(practice.workspace, "The disk is full.")
        assert not practice.workspace.autosave.settled
    practice.workspace.autosave.commit()
    room.waits(lambda: practice.workspace.autosave.settled)
    assert any(isinstance(event, Recorded) for event in room.kept().events)


def test_put_aside_it_is_gone_on_with_where_it_was_and_its_seconds_stood_still(room: Classroom) -> None:
    practice = room.practises()
    practice.encounter.pass_time(12)
    at_question(room, practice, "medicines.list")
    room.key(Key.Key_F4)
    at_question(room, practice, "neuro.tumour")
    room.key(Key.Key_2)
    room.press("Pause")
    room.gallery()
    before = room.kept()
    assert isinstance(before.events[-1], Paused)
    room.press(next(one.accessibleName() for one in buttons_called(room, "Go on")))
    again = room.confirmed()
    assert again is not practice and again.pace.seconds - before.events[-1].at < 30
    assert again.workspace.controller.session.answers["neuro.tumour"].effective.value == "no"
    at_question(room, again, "medicines.list")
    room.reads(again.card, "No medicines, I'm glad to say.")
    room.key(Key.Key_F4)
    room.reads(again.card, "There was a plant, a flower really")
    assert room.kept().events[: len(before.events)] == before.events


def buttons_called(room: Classroom, text: str) -> list[QAbstractButton]:
    page = room.page(GalleryPage)
    return [one for one in page.kept.findChildren(QAbstractButton) if one.text() == text]


def test_closing_the_window_puts_the_rehearsal_aside(room: Classroom) -> None:
    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    room.key(Key.Key_2)
    file = practice.diary.file
    room.school.close()
    kept = rehearsal_of(file.read_bytes(), file.name)
    assert isinstance(kept.events[-1], Paused) and any(isinstance(event, Recorded) for event in kept.events)


def test_a_shortened_visit_begins_with_everything_else_answered(room: Classroom) -> None:
    room.gallery()
    room.press("How long: 10 min")
    practice = room.practises()
    session, scenario = practice.workspace.controller.session, practice.encounter.scenario
    left = {name for fact in scenario.facts if fact.id in scenario.cuts["10"] for name in fact.truth}
    assert left and not left & set(session.answers)
    assert not session.history.undo_name, "what was given before is not undone"
    kept = room.kept()
    assert kept.cut_min == 10 and set(kept.given_before) == set(session.answers)
    assert all(event.at == 0 for event in kept.events if isinstance(event, Recorded))
    shown = {name for name in session.questions if session.is_shown(name)}
    derived = {name for name, question in session.questions.items() if str(question.kind) == "derived"}
    assert shown - left - derived <= set(session.answers)


# Signed by nobody, and every way out carries its watermark


def sign(room: Classroom, practice: Practice) -> None:
    room.key(Key.Key_F6)
    room.press("Sign as incomplete…")
    QTest.mouseClick(practice.workspace.identity.confirm, Qt.MouseButton.LeftButton)
    room.press("Why it is incomplete: The patient left")
    assert not practice.workspace.review.signing.passphrase.isVisible()
    room.press("Sign in the rehearsal")
    room.waits(lambda: practice.card._to_debrief.isVisible())


def says_made_up(document: Document) -> bool:
    return "MADE-UP PATIENT" in document.banner


def test_it_is_signed_by_nobody_without_a_passphrase_and_every_way_out_says_made_up(
    room: Classroom, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    practice = room.practises()
    at_question(room, practice, "neuro.tumour")
    room.key(Key.Key_2)
    workspace: Workspace = practice.workspace
    assert says_made_up(document_of(*workspace.review._content())), "the preview, before it is signed"
    sign(room, practice)
    content, record = workspace.review._content()
    assert record is not None and record.signature.signer == NOBODY
    assert record.signature.value == record.signature.public_key == ""
    assert content["opening"]["made_up"] is True
    assert says_made_up(document_of(content, record))
    assert "MADE-UP PATIENT" in workspace.review.chart_text()
    workspace.review.copy_chart_text(lambda: None, lambda problem: None)
    room.waits(lambda: "MADE-UP PATIENT" in QGuiApplication.clipboard().text())
    file = tmp_path / "report.pdf"
    report = workspace.review.report
    report._path.setText(str(file))
    QTest.keyClick(report._path, Qt.Key.Key_Return)
    room.waits(file.exists)
    pages = [page.extract_text() for page in PdfReader(file).pages]
    assert pages and all("MADE-UP" in " ".join(page.split()) for page in pages), "on every page"
    assert room.kept().signed_at is not None


def test_a_signed_rehearsal_is_not_gone_on_with(room: Classroom) -> None:
    practice = room.practises()
    sign(room, practice)
    assert not practice.card.ask.isEnabled()
    at_question(room, practice, "neuro.tumour")
    assert not practice.card.ask.isEnabled()
    room.key(Key.Key_F4)
    assert not [event for event in room.kept().events if isinstance(event, Asked)]
    assert isinstance(room.window.page, PractisingPage)
    room.school.show_gallery()
    room.gallery()
    assert not buttons_called(room, "Go on") and buttons_called(room, "Debrief")


def test_what_was_begun_on_the_page_to_write_on_is_there_again(room: Classroom) -> None:
    room.practises()
    room.press("End the rehearsal")
    page = room.page(DebriefPage)
    room.waits(page.writing.text.hasFocus)
    QTest.keyClicks(page.writing.text, "The jar.")
    room.key(Key.Key_Escape)
    room.gallery()
    room.waits(lambda: any(one.text() == "Debrief" for one in room.window.page.findChildren(QAbstractButton)))
    room.press(
        next(one.accessibleName() for one in room.window.page.findChildren(QAbstractButton) if one.text() == "Debrief")
    )
    again = room.page(DebriefPage)
    room.waits(again.writing.text.hasFocus)
    assert again.writing.text.toPlainText() == "The jar."


def test_a_rehearsal_is_put_aside_and_ended_by_keys_from_the_patient_card_too(room: Classroom) -> None:
    practice = room.practises()
    practice.card.ask.setFocus()
    room.key(Key.Key_H, Mod.ControlModifier)
    room.gallery()
    room.press(next(one.accessibleName() for one in buttons_called(room, "Go on")))
    again = room.confirmed()
    at_question(room, again, "neuro.tumour")
    room.key(Key.Key_E, Mod.ControlModifier | Mod.ShiftModifier)
    room.waits(lambda: isinstance(room.window.page, DebriefPage))

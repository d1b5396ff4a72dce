"""A story before a class, by its keys: on and exactly back, predict first, what if, the presenter's window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.training.amounts import answers_of
from screener.training.kept import Predicted, Uncovered, session_of
from screener.training.script import Kind
from screener.ui.key_switches import LETTERS, SingleKeys
from screener.ui.training.play_page import DEEDS, DeedKeys
from screener.ui.training.presenter import place_beside
from screener.ui.training.stray_sign import SIGN
from screener.ui.widgets import speech
from tests.ui.desks import CLOCK, shipped
from tests.ui.plays import STORY, Ears, Stage, heard

OTHER = "heart.hypertension"


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told to say."""
    found: list[str] = []
    monkeypatch.setattr(speech, "QAccessible", Ears(found.append))
    return found


# On and back


def test_every_step_leaves_exactly_what_the_script_says_forwards_and_back(stage: Stage) -> None:
    play, seen = stage.play, list[dict[str, object]]()
    while True:
        seen.append(answers_of(stage.session))
        beat, coming = play.beat, play.coming
        if not coming or coming[0].number > beat.number:
            assert answers_of(stage.session) == dict(play.script.state(beat.number).answers), beat.step
        if not play.on():
            break
    assert play.beat.step.kind is Kind.END
    for before in reversed(seen[:-1]):
        assert play.back()
        assert answers_of(stage.session) == before
    assert not play.back()


def test_space_shows_the_words_then_the_answer_in_the_field_that_is_pointed_at(stage: Stage) -> None:
    stage.on_to(recorded=False)
    beat = stage.play.beat
    page = stage.workspace.interview
    assert beat.step.words in heard(stage.presenting.page.strip)
    assert page.theme_id == shipped().theme_of[beat.question].id
    card = page._page.card(beat.question)
    assert card.accessibleDescription() == "What is said now belongs here"
    assert beat.question not in stage.session.recorded
    stage.press("Space")
    assert card.accessibleDescription() == "Recorded now"
    assert beat.question in stage.session.recorded
    assert stage.presenting.page.strip.hasFocus()
    stage.press("Backspace")
    assert beat.question not in stage.session.recorded
    stage.press("Shift+Space")
    assert stage.play.beat is not beat


def test_flags_are_announced_as_in_life_and_where_one_is_is_said_in_words(stage: Stage, said: list[str]) -> None:
    while not any(one.startswith("Listed:") for one in said):
        stage.press("Space")
    assert any(one.startswith("Step ") and "," in one for one in said)
    assert not any("%" in one or " of " in one.split(".")[0] for one in said if one.startswith("Step"))


def test_a_theme_is_gone_to_by_its_list_and_back_again(stage: Stage) -> None:
    play = stage.play
    last, first = play.script.themes[-1], play.script.themes[0]
    stage.press("T", "End", "Return")
    assert play.beat.step.theme == last
    assert answers_of(stage.session) == dict(play.script.state(play.script.jump(last)).answers)
    stage.press("T", "Home", "Return")
    assert play.beat.step.theme == first
    assert answers_of(stage.session) == dict(play.script.state(play.script.jump(first)).answers)
    stage.press("T", "Escape")
    assert stage.presenting.page.strip.hasFocus()
    assert play.beat.step.theme == first


def test_what_was_played_is_a_rehearsal_whose_steps_lead_to_the_same_answers(stage: Stage) -> None:
    stage.press("T", "End", "Return")
    stage.press("Space", "Space", "Backspace")
    answers, themes = answers_of(stage.session), stage.play.script.themes
    stage.press("Escape")
    [rehearsal] = stage.ended
    assert rehearsal is not None
    assert (rehearsal.mode, rehearsal.scenario) == ("play", STORY)
    assert answers_of(session_of(rehearsal, shipped(), CLOCK)) == answers
    assert [event.theme for event in rehearsal.events if event.kind == "turned"][-1] == themes[-1]
    told = [event for event in rehearsal.events if event.kind == "asked"]
    assert told
    assert all(event.words and event.fact for event in told)


def test_nothing_told_is_no_rehearsal(stage: Stage) -> None:
    stage.press("Escape")
    assert stage.ended == [None]


def test_a_shortened_story_begins_with_what_it_was_shortened_by(qtbot: QtBot, tmp_path: Path) -> None:
    stage = Stage(qtbot, tmp_path, cut=10)
    given = set(stage.play.script.given_before)
    assert given
    assert given == set(stage.session.recorded)
    stage.press("Space", "Space", "Space", "Escape")
    [rehearsal] = stage.ended
    assert rehearsal is not None
    assert rehearsal.cut_min == 10
    assert set(rehearsal.given_before) == given
    assert answers_of(session_of(rehearsal, shipped(), CLOCK)) == answers_of(stage.session)
    stage.close()


def test_nothing_is_signed_in_a_play(stage: Stage) -> None:
    stage.press("W", "F6")
    assert "For clinician review" not in heard(stage.presenting.page.strip)
    assert "Sign as" not in heard(stage.window)
    stage.press("Ctrl+Shift+Return")
    assert "Passphrase" not in heard(stage.window)


# Predict first


def test_nothing_of_the_list_reaches_anybody_until_it_is_asked_for(stage: Stage, said: list[str]) -> None:
    play = stage.play
    stage.press("T", "End", "Return", "P")
    listed = [outcome.title for outcome in stage.session.outcomes.values() if outcome.outcome == "listed"]
    assert listed
    stage.type("pressure over the limit")
    stage.press("Return")
    stage.type("talking")
    stage.press("Return", "Return")
    assert stage.presenting.page.strip.hasFocus()
    said.clear()
    stage.press("T", "Home", "Return", "T", "End", "Return", "F6", "Ctrl+O", "F3", "F7")
    for child in stage.workspace.interview._rail._items.values():
        assert not child._marks.words
    told = heard(stage.window)
    assert "For clinician review" not in told
    assert not [title for title in listed if title in told]
    assert not [one for one in said if one.startswith("Listed")]
    assert "The list is covered" in told
    stage.press("R")
    told = heard(stage.window)
    assert all(title in told for title in listed)
    assert "“pressure over the limit”" in told
    assert "“talking”" in told
    kinds = [type(event) for event in play.events if isinstance(event, Predicted | Uncovered)]
    assert kinds == [Predicted, Predicted, Uncovered]


def test_the_list_is_covered_again_when_something_more_is_recorded(stage: Stage) -> None:
    stage.press("P", "Return", "R")
    assert "For clinician review" in heard(stage.window)
    stage.on_to(recorded=True)
    assert "For clinician review" not in heard(stage.window)
    stage.press("R", "P")
    assert not stage.play.predicts_first
    stage.press("Space", "Space", "Space")
    assert "For clinician review" in heard(stage.window)


def test_a_guess_that_was_typed_and_not_entered_is_kept_too(stage: Stage) -> None:
    stage.press("Space", "P")
    stage.type("a heart event")
    stage.press("Tab", "Tab")
    stage.presenting.uncover()
    assert stage.play.guesses == ("a heart event",)


# What if


def test_what_if_leads_back_exactly_to_where_the_story_was(stage: Stage) -> None:
    stage.on_to(recorded=True)
    stage.press("Space", "Space")
    before, events, beat = stage.state(), stage.play.events, stage.play.beat
    stage.press("W")
    assert SIGN in heard(stage.window)
    controller = stage.workspace.controller
    controller.set_informant("partner")
    controller.jot("something else")
    controller.answer("heart.hypertension", "yes")
    controller.answer("heart.aneurysm", "yes")
    controller.undo()
    controller.set_visit("room", "with partner or family")
    stage.workspace.pages.show_item(next(iter(stage.session.outcomes)))
    stage.press("Space")
    assert stage.play.beat is beat
    stage.presenting.end()
    assert SIGN not in heard(stage.window)
    assert stage.state() == before
    assert stage.play.events == events
    assert stage.play.beat is beat
    assert not stage.session.history.done
    assert stage.presenting.page.strip.hasFocus()
    stage.press("Space")
    assert stage.play.beat is not beat


def test_a_question_has_the_keyboard_in_what_if_and_w_leads_back(stage: Stage) -> None:
    stage.on_to(recorded=True)
    question, before = stage.play.beat.question, stage.state()
    stage.press("W")
    assert stage.workspace.interview.question_id == question
    stage.press("U")
    assert stage.state() != before
    stage.press("W")
    assert stage.state() == before


def test_an_answer_changed_by_hand_is_what_if_and_never_the_story(stage: Stage, qtbot: QtBot) -> None:
    stage.on_to(recorded=True)
    before = stage.state()
    page = stage.workspace.interview._page
    qtbot.waitUntil(lambda: page.whole)
    button = next(b for b in page.card(OTHER).findChildren(QAbstractButton) if b.accessibleName().endswith("Declined"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert stage.play.what_if.on
    stage.press("Escape")
    assert stage.state() == before


# The presenter's own window, large text, the end


def test_the_presenters_window_has_the_note_and_the_same_keys_and_ends_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.press("V")
    view = stage.presenting._view
    assert view is not None
    stage.on_to(recorded=False)
    note = stage.play.beat.step.note
    assert note
    assert note in heard(view)
    assert "Private to the presenter" in heard(view)
    assert note not in heard(stage.window)
    beat = stage.play.beat
    view.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert stage.play.beat is not beat
    view.close()
    assert stage.presenting._view is None
    assert stage.ended == []
    stage.press("V", "V")
    assert stage.presenting._view is None


SCREENS = [
    {"name": name, "x": x, "y": 0, "width": width, "height": 900, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    for name, x, width in (("class", 0, 1600), ("desk", 1600, 1280))
]
ON_TWO = """
import pytest, sys
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "tests/ui/on_two_screens.py"]))
"""


def test_the_presenters_window_comes_onto_the_other_screen(tmp_path: Path) -> None:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": SCREENS}))
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}
    ran = subprocess.run([sys.executable, "-c", ON_TWO], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_without_another_screen_it_stands_beside_the_class() -> None:
    screen = QRect(0, 0, 1920, 1080)
    at_left = place_beside(QRect(0, 0, 1200, 900), screen)
    assert at_left.left() == 1200
    assert screen.contains(at_left)
    filled = place_beside(screen, screen)
    assert screen.contains(filled)
    other = QRect(1920, 0, 1280, 800)
    assert other.contains(place_beside(screen, screen, other))


def test_large_text_is_for_the_class_and_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    stage = Stage(qtbot, tmp_path)
    stage.press("L")
    assert stage.theme.text_scale == 1.6
    assert "Presenter view" not in heard(stage.window)
    stage.press("Space", "Escape")
    assert stage.theme.text_scale == 1.0
    stage.close()
    again = Stage(qtbot, tmp_path)
    assert again.theme.text_scale == 1.6
    again.press("L")
    assert again.theme.text_scale == 1.0
    assert "Presenter view" in heard(again.window)
    again.close()


def test_the_end_is_asked_for_only_where_something_was_typed(stage: Stage) -> None:
    stage.press("Space", "P")
    stage.type("ketamine before")
    stage.press("Return", "Return", "Escape")
    assert stage.ended == []
    assert "End the play?" in heard(stage.window)
    stage.press("Escape")
    assert "End the play?" not in heard(stage.window)
    stage.press("Escape", "Return")
    [rehearsal] = stage.ended
    assert rehearsal is not None
    assert [event.words for event in rehearsal.events if isinstance(event, Predicted)] == ["ketamine before"]


def test_single_keys_are_switched_on_a_page_of_a_play_and_quietly_after_it_has_gone(qtbot: QtBot) -> None:
    page = QWidget()
    done: list[str] = []
    bound = DeedKeys(page, {name: partial(done.append, name) for name in DEEDS}).bound
    with_letter = len(bound["predict"].shortcuts())
    try:
        SingleKeys.current().turn(LETTERS, on=False)
        assert len(bound["predict"].shortcuts()) == with_letter - 1
        page.deleteLater()
        QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
        with qtbot.captureExceptions() as wrong:
            SingleKeys.current().turn(LETTERS, on=True)
        assert wrong == []
    finally:
        SingleKeys.current().turn(LETTERS, on=True)

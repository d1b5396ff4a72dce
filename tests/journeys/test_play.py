"""A trainer presents a made-up patient to a class: the story on the screen, guesses, what if, notes beside it."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person

pytestmark = pytest.mark.slow
CLASS, STORY = "Screener · training", "“Sorry, sorry, am I late? I'm not late. Where do you want me?”"
TITLE = "Three readings, one cuff"
LISTED = "Conditions of measurement not all met"
MOST_STEPS = 200


def open_story(person: Person, first_words: str = STORY) -> Person:
    """From the door into the training window, and to the first line of a story."""
    person.waits_for("Try it with a made-up patient")
    person.press("Ctrl+Shift+T")
    trainer = person.turns_to(CLASS)
    trainer.waits_for(f"Play: {first_words}")
    trainer.activate(f"Play: {first_words}")
    trainer.waits_for("Step 1, ")
    trainer.waits_until(lambda: trainer.hears("The story. Step 1"))
    return trainer


def on_until(trainer: Person, *texts: str) -> None:
    """Space, until all these stand on the screen."""
    for _ in range(MOST_STEPS):
        if trainer.sees(*texts):
            return
        trainer.press("Space")
    raise AssertionError(f"the story never came to {texts}:\n{trainer.reads()}")


def test_a_story_goes_on_by_space_and_exactly_back(person: Person) -> None:
    trainer = open_story(person)
    assert trainer.sees("made-up patient")
    on_until(trainer, LISTED)
    trainer.press("Backspace")
    assert not trainer.sees(LISTED)
    trainer.press("Space")
    trainer.waits_for(LISTED)
    on_until(trainer, "To discuss")
    trainer.press("T")
    trainer.waits_until(lambda: trainer.hears("Themes of the story"))
    trainer.press("Home", "Return")
    assert not trainer.sees(LISTED)
    assert trainer.hears("The story. Step 2")


def test_a_class_predicts_before_it_sees_the_list_and_its_guesses_are_kept(person: Person) -> None:
    trainer = open_story(person)
    trainer.press("P")
    trainer.waits_until(lambda: trainer.hears("A guess of the class"))
    assert not trainer.sees("For clinician review")
    trainer.type("the cuff is too small")
    trainer.press("Return", "Return")
    assert trainer.focus_name.startswith("The story. Step 1")
    on_until(trainer, "To discuss")
    assert not trainer.sees("For clinician review")
    assert not trainer.sees(LISTED)
    trainer.press("R")
    trainer.waits_for("For clinician review", LISTED, "The class expected", "“the cuff is too small”")
    trainer.press("Escape")
    trainer.waits_for("End the play? The guesses of the class are kept with it for the debrief.")
    trainer.press("Escape", "Escape", "Return")
    trainer.waits_until(lambda: not trainer.sees("End the play?"))


def test_what_if_is_signed_as_such_and_leads_back_to_the_story(person: Person) -> None:
    trainer = open_story(person)
    on_until(trainer, LISTED)
    place = trainer.focus_name
    trainer.press("W")
    trainer.waits_for("What if: not the story")
    trainer.press("U")
    assert not trainer.sees(LISTED)
    trainer.press("W")
    assert not trainer.sees("What if: not the story")
    assert trainer.sees(LISTED)
    assert trainer.focus_name == place


def test_the_presenter_has_a_window_of_their_own_with_the_same_keys(start: Start) -> None:
    person = start()
    trainer = open_story(person)
    trainer.press("V")
    presenter = trainer.turns_to(f"Presenter view · {TITLE}")
    assert presenter.sees("Private to the presenter", "What comes next")
    for _ in range(MOST_STEPS):
        if presenter.sees("The author's note"):
            break
        presenter.press("Space")
    assert presenter.sees("The author's note", "What you do")
    assert not trainer.sees("The author's note")
    presenter.closes_the_window()
    again = person.turns_to(CLASS)
    again.press("L")
    assert again.sees("Space goes on · L brings the buttons back")
    assert not again.sees("Presenter view")
    again.press("L")
    again.press("Escape")
    again.waits_until(lambda: not again.sees("The story. Step"))

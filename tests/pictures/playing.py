"""Pictures of a story before a class: a step, a pause, the covered list, what if, and the presenter's own window."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.journeys.person import Person
from tests.pictures.camera import at_work, front
from tests.ui.modes import MODES


def take_playing(application: QApplication, scheme: str) -> None:
    """One story, as a presenter goes through it."""
    from tests.journeys.test_play import CLASS, LISTED, TITLE, on_until, open_story

    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        trainer = open_story(person)
        window = front()
        window.resize(MODES[scheme].room)
        on_until(trainer, "What is said now belongs here")
        camera.take("play", window)
        on_until(trainer, LISTED)
        camera.take("play-listed", window)
        trainer.press("W")
        camera.take("play-what-if", window)
        trainer.press("W", "V")
        trainer.turns_to(f"Presenter view · {TITLE}")
        camera.take("play-presenter", front())
        trainer.press("V")
        _back_to(person, CLASS)
        trainer.press("P")
        for guess in ("the cuff is too small", "not both arms"):
            trainer.type(guess)
            trainer.press("Return")
        camera.take("play-predict", window)
        trainer.press("Return")
        on_until(trainer, "To discuss")
        trainer.press("R")
        camera.take("play-uncovered", window)
        trainer.press("L")
        camera.take("play-projector", window)
        trainer.press("L")


def _back_to(person: Person, title: str) -> None:
    person.turns_to(title)

"""Pictures of the training window: who there is to rehearse with, practising beside the patient card, the debrief."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from PySide6.QtWidgets import QApplication

from tests.journeys.person import Person
from tests.journeys.test_practise import VINE
from tests.pictures.camera import Camera, at_work, settle, wait_until


class _Training:
    """The training window in the place of the program's, for a camera."""

    def __init__(self, window: Any) -> None:
        self.window = window


def take_training(application: QApplication, mode: str) -> None:
    """From the door to the gallery; one patient asked openly; put aside, gone on with, ended, and talked over."""
    with TemporaryDirectory() as place, at_work(application, mode, Path(place)) as (door, beside):
        door.waits_for("Try it with a made-up patient")
        size = beside._program.window.size()
        door.activate("Try it with a made-up patient")
        window = next(one for one in application.topLevelWidgets() if one.windowTitle() == "Screener · training")
        window.resize(size)
        window.activateWindow()
        person, camera = Person(wait_until, window), Camera(cast(Any, _Training(window)), mode)
        person.waits_for(VINE)
        camera.take("training-gallery")
        person.activate(f"Practise: {VINE}")
        person.waits_until(lambda: person.hears("This is the person"))
        person.press("Return")
        for _ in range(20):
            if "Medicines and washout" in person.surroundings:
                break
            person.press("Ctrl+PgDown")
        person.press("F4")
        settle(200)
        person.press("Shift+F4")
        camera.take("training-practise")
        person.activate("Pause")
        person.waits_for("Kept rehearsals")
        camera.take("training-kept")
        person.activate("Go on")
        person.waits_until(lambda: person.hears("This is the person"))
        person.press("Return")
        end(person, camera)


def end(person: Person, camera: Camera) -> None:
    """The page to write on; the debrief, with a row that was told; what comes after its rows."""
    if not person.sees("End the rehearsal"):  # in little room the card and the screening stand one at a time
        person.press("F2")
    person.activate("End the rehearsal")
    person.waits_until(lambda: person.hears("What were you unsure of? What would you ask next time?"))
    person.type("I asked for medicines and not for plants.")
    camera.take("debrief-writing")
    person.press("Ctrl+Return")
    person.waits_for("What was told, what was recorded", "It's St John's wort.")
    camera.take("debrief")
    while not person.focus_name.startswith("One thing to try next."):
        person.press("Tab")
    camera.take("debrief-sections")

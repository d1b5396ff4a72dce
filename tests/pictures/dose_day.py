"""Pictures of a dose day: an answer that is not asked yet today, the part before the dose, the list of the day."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.pictures.camera import at_work


def take_dose_day(application: QApplication, scheme: str) -> None:
    """One person on the way through the day, from the answers before the dose to a reading that is due."""
    from tests.journeys import test_dose_day as day
    from tests.journeys.ways import turn_to

    clock = day.WallClock()
    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder), clock=clock) as work:
        person, camera = work
        day.last_week(person, clock)
        camera.take("dose-day-nobody")
        day.begin(person)
        person.waits_for("1 earlier record")
        turn_to(person, "Support, preparation and integration")
        person.press("S")
        camera.take("dose-day-not-asked")
        while "This visit" not in person.surroundings:
            person.press("Ctrl+PgUp")
        day.answer(person, day.BEFORE | day.THE_SAME, "Reaction in progress")
        person.press("F6")
        day.sign(person, "Ctrl+Shift+P")
        person.press("Escape")
        person.waits_for("Before the dose: signed 09:40")
        camera.take("dose-day-parts")
        clock.turn(26, 10, 12)
        person.press("Escape")
        person.press("Ctrl+Down")
        person.activate("Time of the dose: now")
        clock.turn(26, 10, 58)
        person.press("Ctrl+H")
        person.waits_for("due 10:52, none recorded", "6 min ago")
        camera.take("dose-day-list")

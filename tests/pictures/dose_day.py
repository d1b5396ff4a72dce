"""Pictures of a dose day: an answer that is not asked yet today, the part before the dose, the list of the day."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.pictures.camera import at_work


def take_dose_day(application: QApplication, scheme: str) -> None:
    """One person on the way through the day, from the answers before the dose to a reading that is due."""
    from tests.journeys import dose_days as day
    from tests.journeys.ways import PASSPHRASE, turn_to, unlock
    from tests.last_week import keep_last_week

    clock, reference = day.WallClock(), day.REFERENCES[0]
    with tempfile.TemporaryDirectory() as folder:
        keep_last_week(Path(folder), day.REFERENCES, PASSPHRASE)
        with at_work(application, scheme, Path(folder), clock=clock) as work:
            person, camera = work
            unlock(person)
            person.waits_for("New screening")
            person.press("Ctrl+D")
            person.waits_for("Nobody yet today")
            camera.take("dose-day-nobody")
            person.type(f"{reference[-3:]} {day.mark(reference)} dose 0855")
            camera.take("dose-day-line")
            person.press("Escape")
            day.begin(person, reference, "0855")
            turn_to(person, "Support, preparation and integration")
            person.press("S")
            camera.take("dose-day-not-asked")
            person.press("Ctrl+Z")
            while "This visit" not in person.surroundings:
                person.press("Ctrl+PgUp")
            day.ask(person, day.BEFORE)
            day.sign(person, reference)
            clock.moment += timedelta(minutes=25)
            day.come_back_to(person, reference)
            person.press("F6")
            person.waits_for("Before the dose: signed")
            camera.take("dose-day-parts")
            person.press("Ctrl+H")
            person.waits_for("People of the day")
            day.tell(person, reference, "dose")
            person.waits_for("Recorded.")
            camera.take("dose-day-recorded")
            day.come_back_to(person, reference)
            clock.moment += timedelta(minutes=46)
            day.leave(person, reference, "6 min ago")
            camera.take("dose-day-list")

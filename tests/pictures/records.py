"""Pictures of the records of a reference: in order, side by side, over time, under today's content."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from screener.clock import FixedClock
from tests.pictures.camera import at_work


def take_records(application: QApplication, scheme: str) -> None:
    """The records of a reference: three visits, and the fourth one open. The records lie there before it begins."""
    from screener.store.vault import Vault
    from tests.journeys.ways import begin, turn_to, unlock
    from tests.ui.desks import CLOCK
    from tests.ui.histories import PASSPHRASE, sign_all

    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(CLOCK.moment)
        vault, _ = Vault.create(Path(folder), name="Clinician A", passphrase=PASSPHRASE, clock=clock)
        sign_all(vault.shelf, clock)
        vault.close()
        with at_work(application, scheme, Path(folder), clock=clock) as (person, camera):
            unlock(person)
            person.waits_for("New screening", "SYN-0042")
            begin(person, "SYN-0042", "Pathway: Ketamine at home", "compounded lozenge")
            person.waits_for("2 earlier records")
            turn_to(person, "Blood pressure and heart")
            person.tab_to("Blood pressure and pulse, reading 1: systolic")
            person.type("151/94 82")
            turn_to(person, "Psychosis risk")
            person.press("2")
            person.waits_for("12 Oct, not asked today: yes")
            person.tab_to("Psychosis ever: Yes")
            camera.take("earlier-answers")
            person.press("E")
            person.press("F6", "Return")
            person.tab_to("Figures: Pressure, before dose")
            camera.take("review-earlier-figures")
            person.press("J")
            person.waits_for("Earlier screenings of this reference")
            camera.take("review-earlier")
            person.press("Ctrl+E")
            person.waits_for("open now", "Changed since ")
            camera.take("records")
            person.tab_to("12 Oct 2026, signed 11:34: side by side with 20 Jul 2026, signed 11:34")
            person.press("Space")
            person.waits_for("Only what differs", "The pathways differ")
            person.press("J", "J", "J")
            camera.take("side-by-side")
            person.press("Escape")
            person.activate("Figures over time")
            person.waits_for("Figures over time, SYN-0042", "A bar: the figure lies somewhere between its ends.")
            camera.take("figures-over-time")
            person.press("Escape")
            person.tab_to("12 Oct 2026, signed 11:34: today’s content over it")
            person.press("Space")
            person.waits_for("Nothing was changed by this")
            camera.take("todays-content")

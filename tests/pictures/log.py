"""Pictures of what leaves the records, of the audit log, and of erasing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.journeys.person import Person
from tests.pictures.camera import at_work


def take_log(application: QApplication, scheme: str) -> None:
    """What leaves the records, the audit log, and erasing under a reference."""
    from tests.journeys.ways import begin, measure, set_up

    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # so that the path in the picture is nobody's
        with at_work(application, scheme, Path(folder, "records")) as (person, camera):
            set_up(person)
            begin(person, "SYN-0088")
            person.press("Ctrl+H")
            person.waits_for("Paused")
            begin(person, "SYN-0031")
            measure(person)
            person.press("F6")
            person.activate("Sign as incomplete…")
            person.waits_until(lambda: person.hears("Why it is incomplete"))
            person.press("Space")
            sign_with_passphrase(person)
            person.press("Escape")
            person.waits_for("SYN-0031", "Signed 2")
            person.activate("SYN-0031, Esketamine, clinic")
            person.waits_for("Amend…", "Report, page 1")
            camera.take("record")
            person.activate("Export…")
            person.waits_for("Signed file")
            camera.take("export")
            person.activate("Signed file")
            person.waits_for("Save the signed record as a file")
            person.write("Save as", "~/Documents/SYN-0031.screener-record.json")
            person.press("Return")
            person.waits_for("Written: ")
            camera.take("signed-file")
            person.press("Escape")
            person.waits_until(lambda: person.hears("Signed file"))
            person.press("Escape")
            person.waits_until(lambda: person.hears("Export…"))
            person.press("Escape")
            person.waits_for("New screening")
            person.press("Ctrl+Shift+E")
            person.waits_for("Table (CSV)")
            person.activate("Table (CSV)")
            person.waits_for("Save the screenings as tables")
            camera.take("export-tables")
            person.press("Escape")
            person.waits_until(lambda: person.hears("Table (CSV)"))
            person.press("Escape")
            person.waits_for("New screening")
            person.activate("Audit log")
            person.waits_for("Opened the records.")
            person.press("Down", "Down")
            camera.take("audit-log")
            person.activate("Check everything")
            person.waits_for("Both logs are whole")
            person.tab_to("Words in it")
            person.type("SYN-0031 signed")
            person.waits_for("3 lines")
            camera.take("audit-log-found")
            person.activate("Erase what is kept under a reference…")
            person.waits_for("Look what is kept")
            person.type("SYN-0031")
            person.press("Return")
            person.waits_for("Kept under SYN-0031")
            camera.take("erasing")
            person.type("SYN-0031")
            person.press("Return")
            person.waits_for("1 signed record: the words are gone")
            camera.take("erased")


def sign_with_passphrase(person: Person) -> None:
    """Where the reason is chosen: the passphrase, and the report that comes."""
    from tests.journeys.ways import PASSPHRASE

    person.tab_to("Passphrase")
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2", "Report, page 1")

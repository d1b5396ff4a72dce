"""Pictures of what is printed without a patient: what is asked, a form page by page and as text, the crisis card."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.pictures.camera import at_work, settle

CARD = (
    "If you feel in danger of hurting yourself, tell somebody near you now.",
    "Northside clinic, day and night: 555 0100",
)


def take_papers(application: QApplication, scheme: str) -> None:
    """From home to the preview of a form and of four cards."""
    from tests.journeys.ways import set_up

    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        os.environ["HOME"] = folder  # so that the paths in the pictures are nobody's
        set_up(person)
        person.activate("Settings")
        person.tab_to("Crisis card")
        person.type(CARD[0])
        person.press("Return")
        person.type(CARD[1])
        person.activate("Save")
        person.waits_for("Saved ")
        person.press("Escape")
        person.waits_for("No screenings yet")
        person.press("Ctrl+P")
        person.waits_for("Blank intake form")
        camera.take("print")
        person.activate("Preview the form")
        person.waits_for("Blank form, page 1 of")
        camera.take("print-form")
        person.press("PgDown", "PgDown", "PgDown")
        person.press("0")
        settle(300)
        camera.take("print-form-whole")
        person.press("Ctrl+T")
        person.waits_until(lambda: person.hears("Text of the document"))
        camera.take("print-form-text")
        person.press("Escape")
        person.waits_for("Preview the card")
        person.tab_to("Cards: One on a page")
        person.press("Right", "Space")
        person.activate("Preview the card")
        person.waits_for("Crisis card, page 1 of 1")
        camera.take("print-card")

"""Pictures of the screen in the patient's hands, and of a clinic's own questions."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tests.pictures.camera import at_work, settle

if TYPE_CHECKING:
    from tests.journeys.person import Person

WORDS = "You are not alone with this. Tell us at once, or press the bell beside you."
CARD = "Dr on duty: extension 12. Outside hours: the ward, extension 40."


def take_handover(application: QApplication, scheme: str) -> None:
    """Before it, a question, the site's words, the look over, the gate, what the clinician reads first."""
    from tests.journeys.ways import PASSPHRASE, begin, set_up, turn_to

    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        set_up(person)
        person.activate("Settings")
        write_own_question(person)
        camera.take("own-questions")
        person.press("Escape")
        person.waits_for("Crisis card")
        person.write("Crisis card", CARD)
        person.write("Words to the patient after a time-critical answer", WORDS)
        person.activate("Save")
        person.waits_for("Saved ")
        person.press("Escape")
        person.waits_for("No screenings yet")
        begin(person, "SYN-0061")
        turn_to(person, "Blood pressure and heart")
        person.tab_to("Blood pressure and pulse, reading 1: phase")
        person.press("Down")
        person.tab_to("Blood pressure and pulse, reading 1: systolic")
        person.type("200/130")
        person.press("Ctrl+Shift+H")
        person.activate("Who answers: The patient")
        settle(300)
        camera.take("handing-over")
        person.activate("Hand over")
        person.waits_until(lambda: person.hears("Begin"))
        person.press("Return")
        camera.take("patient-question")
        person.press("1")
        person.waits_for("You are not alone with this.")
        camera.take("patient-site-words")
        person.press("Alt+Right", "1", "Alt+Right", "Alt+Right", "3", "Alt+Right")
        for _ in range(30):
            if person.sees("Your answers"):
                break
            person.press("Alt+Right")
        camera.take("patient-answers")
        person.activate("I am done")
        camera.take("patient-end")
        person.tab_to("Passphrase of the clinician")
        person.type(PASSPHRASE)
        person.press("Return")
        person.waits_for("Back from the patient")
        camera.take("back-from-patient")
        person.press("Ctrl+H")
        person.waits_for("SYN-0061")


def write_own_question(person: Person) -> None:
    """One is there, another one is being written."""
    person.activate("This clinic's questions…")
    person.waits_for("There are none yet.")
    person.write("Question", "How do you get home?")
    person.tab_to("Answer")
    person.press("Down")
    person.tab_to("Options")
    person.type("By bus")
    person.press("Return")
    person.type("By taxi")
    person.activate("Save")
    person.waits_for("Written: added How do you get home?")
    person.write("Question", "Is there a lift where you live?")
    settle(400)

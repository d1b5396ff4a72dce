"""Pictures of what goes in and out: exports, a patient's answers, a table that is counted, another system's form."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from screener.clock import FixedClock
from tests.pictures.camera import at_work, settle

EXAMPLE_TABLES = Path(__file__).parents[1] / "cohort" / "example"


def take_exports(application: QApplication, scheme: str) -> None:
    """Every way out of signed records: before anything is signed, all, those found, one reference, one record."""
    from tests.journeys.ways import set_up, unlock

    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # so that the paths in the pictures are nobody's
        Path(folder, "Documents").mkdir()
        with at_work(application, scheme, Path(folder, "new")) as (person, camera):
            set_up(person)
            person.activate("Export…")
            person.waits_for("No screening is signed yet.")
            camera.take("export-nothing-signed")
        clock = signed_home(Path(folder, "home"))
        with at_work(application, scheme, Path(folder, "home"), clock=clock) as (person, camera):
            unlock(person)
            person.waits_for("New screening", "SYN-0042")
            person.activate("Export…")
            person.waits_for("All signed screenings")
            camera.take("export-all")
            person.press("Return")
            person.waits_for("Save the screenings as tables")
            camera.take("export-place")
            Path(folder, "Documents", "screenings.csv").touch()
            person.write("Save as", "~/Documents/screenings")
            person.press("Return")
            person.waits_for("is there already")
            camera.take("export-there-already")
            person.press("Return")
            person.waits_for("Written: ", "screenings.")
            camera.take("export-written")
            person.press("Escape")
            person.waits_for("All signed screenings")
            person.press("Escape")
            person.waits_for("New screening")
            person.press("Ctrl+F")
            person.type("syn")
            person.activate("Export…")
            person.waits_for("All screenings: ")
            camera.take("export-found")
            person.press("Escape")
            person.waits_for("New screening")
            person.activate("SYN-0042, , Signed 2026-10-12 11:34: open")
            person.waits_for("Amend…", "Report, page 1")
            person.activate("Export…")
            person.waits_until(lambda: not person.sees("Amend…"))
            camera.take("export-record")
            person.press("Escape")
            person.waits_for("Amend…", "Report, page 1")
            person.press("Ctrl+E")
            person.waits_for("Records of SYN-0042")
            person.activate("Export…")
            person.waits_for("The signed screenings of SYN-0042")
            camera.take("export-reference")


def signed_home(home: Path) -> FixedClock:
    """Records of one reference, and the clock that they were signed by."""
    from screener.store.vault import Vault
    from tests.ui.desks import CLOCK
    from tests.ui.histories import PASSPHRASE, sign_all

    clock = FixedClock(CLOCK.moment)
    vault, _ = Vault.create(home, name="Clinician A", passphrase=PASSPHRASE, clock=clock)
    sign_all(vault.shelf, clock)
    vault.close()
    return clock


def take_answers_file(application: QApplication, scheme: str) -> None:
    """A patient's answers from a file: asked for, not readable, shown, offered at the questions."""
    from screener.exchange.fhir.writing import json_text
    from tests.exchange.fhir.test_incoming import answers_to, item
    from tests.journeys.ways import begin, set_up, turn_to
    from tests.ui.dropped import drop_on

    with (
        tempfile.TemporaryDirectory() as folder,
        at_work(application, scheme, Path(folder, "home")) as (person, camera),
    ):
        set_up(person)
        begin(person, "SYN-0042")
        person.press("Ctrl+Shift+O")
        person.waits_for("Choose a file")
        camera.take("answers-file")
        broken = Path(folder, "broken.json")
        broken.write_text('{"resourceType": "QuestionnaireResponse",\n "item": [', "utf-8")
        drop_on(camera.window, broken)
        person.waits_for("broken.json", "line")
        camera.take("answers-file-not-read")
        person.press("Escape")
        yes, no = {"valueBoolean": True}, {"valueBoolean": False}
        given = (
            item("heart.attack", yes),
            item("heart.failure", no),
            item("psychosis.ever", no),
            item("nowhere", yes),
        )
        file = Path(folder, "from the portal.json")
        file.write_text(json_text(answers_to("esketamine-clinic", *given)), "utf-8")
        drop_on(camera.window, file)
        person.waits_for("Who answered", "Offer ")
        camera.take("answers-file-found")
        person.tab_to("These are the answers of SYN-0042")
        person.press("Space")
        person.tab_to("Offer 3 answers")
        person.press("Return")
        person.waits_for("are offered at their questions")
        camera.take("answers-file-offered")
        turn_to(person, "Blood pressure and heart")
        person.tab_to("Heart attack, ever: Yes")
        camera.take("answers-file-at-question")


def take_how_often(application: QApplication, scheme: str) -> None:
    """How often it would be listed: no table yet, counted, compared, at a rule, saved."""
    from tests.journeys.ways import set_up

    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        shutil.copytree(EXAMPLE_TABLES, folder, dirs_exist_ok=True)
        with at_work(application, scheme, Path(folder, "home")) as (person, camera):
            set_up(person)
            person.press("Ctrl+Shift+R")
            person.waits_for("752 rules")
            person.tab_to("Show: Rules")
            person.arrow_to("Show: How often", "Left" if scheme == "right-to-left" else "Right")
            person.press("Space")
            person.waits_for("A table has a row for each record")
            camera.take("how-often")
            person.write("Table", "~/visits.csv")
            person.press("Return")
            person.waits_for("A table needs its map")
            camera.take("how-often-without-map")
            person.write("Table", "~/visits.csv")
            person.write("Map", "~/visits.map.yaml")
            person.press("Return")
            person.waits_for("What was counted")
            camera.take("how-often-counted")
            person.tab_to("Compare with…")
            settle(300)
            person.press("Space")
            camera.take("how-often-comparing")
            person.activate("Close the list")
            person.tab_to("Rules in this table")
            person.press("Down", "Return")
            person.waits_for("Back to the table", "How often it would be listed")
            camera.take("how-often-rule")
            person.press("Alt+Left")
            person.waits_for("What was counted")
            person.activate("Compare with…")
            option = "Compare with Blood pressure figure for off-label ketamine: "
            person.activate(next(one for one in person.reads().split("\n") if one.startswith(option)))
            person.waits_for("Compare no more")
            person.tab_to("Compare no more")
            camera.take("how-often-compared")
            person.activate("Report as PDF…")
            person.waits_for("Save as")
            camera.take("how-often-saving")


def take_foreign_form(application: QApplication, scheme: str) -> None:
    """A form of another system: asked for, looked over, taken in, taken back."""
    from tests.exchange.fhir.foreign.example import EXAMPLE
    from tests.journeys.ways import set_up

    with (
        tempfile.TemporaryDirectory() as folder,
        at_work(application, scheme, Path(folder, "home")) as (person, camera),
    ):
        os.environ["HOME"] = folder
        Path(folder, "house-visit.json").write_text(json.dumps(EXAMPLE), "utf-8")
        set_up(person)
        person.activate("Settings")
        person.activate("This clinic's questions…")
        person.activate("Take in a form of another system…")
        person.waits_for("Take in a form", "nothing is fetched")
        camera.take("form-choosing")
        person.write("Form", "~/none.json")
        person.press("Return")
        person.waits_for("there is no such file")
        camera.take("form-not-read")
        person.write("Form", "~/house-visit.json")
        person.press("Return")
        person.waits_for("Take it in")
        camera.take("form-looked-over")
        person.tab_to("Esketamine nasal spray, in a clinic")
        person.press("Space")
        person.tab_to("Take it in")
        camera.take("form-questions")
        person.press("Space")
        person.waits_for("Written: taken in ")
        camera.take("form-taken-in")
        person.activate(next(one for one in person.reads().split("\n") if one.startswith("Undo: taken in ")))
        person.waits_for("Taken back: ")
        camera.take("form-taken-back")

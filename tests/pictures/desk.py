"""Pictures of the desk: first start, a screening from its beginning to the record, content, how questions are asked."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from screener.language import tr
from screener.ui.app import shipped_content
from tests.journeys.person import Person
from tests.pictures.camera import Camera, at_work, front, settle
from tests.ui.modes import MODES


def take_all(application: QApplication, scheme: str) -> None:
    """Every screen, from the first start to the signed report."""
    from tests.journeys.ways import begin, measure, respond_to_all, set_up, unlock

    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        person.waits_for("Try it with a made-up patient")
        camera.take("doors")
        rehearse(person, camera, scheme)
        person.press("1")
        person.waits_for("Passphrase again")
        camera.take("setting-up")
        person.press("Escape")
        person.waits_for("Set up records for this clinic", "Try it with a made-up patient")
        set_up(person, lambda: camera.take("recovery-key"))
        begin(person, "SYN-0031")
        measure(person)
        person.press("F6")
        respond_to_all(person)
        person.press("Ctrl+Shift+S")
        person.type("Pressure log of two weeks seen. Letter to the GP: list of medicines asked for.")
        camera.take("summary")
        person.press("Escape")
        sign(person, camera)
        person.write("Save the document as", "~/Documents/SYN-0031 report.pdf")
        camera.take("report")
        person.press("Escape")
        person.waits_for("SYN-0031", "Signed 2")
        person.activate("SYN-0031, Esketamine, clinic")
        person.waits_for("Amend…", "Report, page 1")
        person.activate("Amend…")
        camera.take("amending")
        person.press("Escape")
        person.waits_for("Amend…", "Report, page 1")
        person.press("Escape")
        person.waits_for("New screening")
        person.press("Ctrl+N")
        person.waits_for("What is being considered")
        person.write("Patient reference", "SYN-0042")
        person.write("Age, or year of birth", "52")
        person.activate("Pathway: Esketamine nasal spray, in a clinic")
        camera.take("new-screening")
        person.press("Escape")
        person.waits_for("SYN-0031")
        begin(person, "SYN-0042")
        crisis(person)
        camera.take("time-critical")
        person.press("F7")
        person.tab_to("Your response: Reviewed")
        person.arrow_to("Your response: More information needed", "Down")
        person.press("Space")
        person.write("More information needed: from whom", "her cardiologist")
        person.write("More information needed: by when", "Thu 26 Nov")
        person.press("Ctrl+Return")
        person.press("Ctrl+H")
        person.waits_for("Waiting for")
        camera.take("home")
        person.activate("Discard SYN-0042")
        camera.take("discarding")
        person.press("Escape")
        person.waits_for("Waiting for")
        look_at_settings(person, camera)
        person.waits_for("Waiting for")
        person.press("F1")
        camera.take("keys")
        person.press("Escape")
        person.press("Ctrl+L")
        unlock(person, "not the right one")
        person.waits_for("The next try is possible now.")
        camera.take("unlocking")


def take_interview(application: QApplication, scheme: str) -> None:
    """The made-up patient's interview, in whichever language the window speaks."""
    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        person.waits_for(tr("Try it with a made-up patient"))
        interview(person, scheme)
        camera.take("interview", front())


def look_at_settings(person: Person, camera: Camera) -> None:
    """As they open; found by a word; something that is not saved, and what is asked then."""
    person.activate("Settings")
    person.waits_for("Search settings")
    camera.take("settings")
    person.type("presure")
    person.waits_for("spelt nearly so")
    camera.take("settings-search")
    person.press("Escape")
    person.tab_to("Crisis card")
    person.type("Night line 555 0100")
    person.press("Return")
    person.type("Ask for the duty doctor.")
    camera.take("settings-crisis-card")
    person.press("Escape")
    camera.take("settings-leaving")
    person.tab_to("Leave without saving")
    person.press("Space")


def take_content(application: QApplication, scheme: str) -> None:
    """Settings with a clinic's own folder, and what is wrong with it after a slip is saved."""
    from tests.journeys.ways import set_up

    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # so that the path in the picture is nobody's
        northside = Path(folder, "northside")
        write_local_pack(northside)
        with at_work(application, scheme, Path(folder, "home"), pack=northside) as (person, camera):
            set_up(person)
            person.activate("Settings")
            person.waits_for("What this pack changes")
            person.tab_to("Choose a folder…")
            person.tab_to("Added. Themes")
            camera.take("settings-content")
            person.tab_to("Switched off")
            camera.take("settings-changes")
            rules = northside / "themes" / "psychosis-risk" / "rules.yaml"
            rules.write_text(rules.read_text("utf-8").replace("time-critical", "time-critcal"), "utf-8")
            person.waits_for("stays in use.")
            person.activate("Show findings")
            camera.take("findings")


def take_asking(application: QApplication, scheme: str) -> None:
    """How questions are asked: what a dose is given under, a long page, an instrument, sensitive ones, medicines."""
    from tests.journeys.ways import begin, choose_pathway, set_up, turn_to

    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        set_up(person)
        person.press("Ctrl+N")
        person.waits_for("What is being considered")
        person.write("Patient reference", "SYN-0057")
        choose_pathway(person, "Pathway: Day of a dose")
        person.activate("Under which rules the dose is given: Policy of this clinic")
        camera.take("new-screening-dose-day")
        person.press("Escape")
        person.waits_for("No screenings yet")
        begin(person, "SYN-0058")
        turn_to(person, "Neurological")
        settle(300)
        person.activate("Which questions are not asked, and why")
        person.tab_to("Next theme")
        camera.take("not-asked")
        turn_to(person, "Mood, bipolarity and present state")
        fill_in_scale(person)
        camera.take("instrument")
        turn_to(person, "Suicidality and safety")
        ask_of_suicide(person)
        camera.take("suicidality")
        turn_to(person, "Medicines and washout")
        list_medicines(person)
        camera.take("medicines")
        person.press("Ctrl+R")
        person.type("escit")
        camera.take("medicines-found")
        person.press("Escape")
        person.press("Ctrl+H")
        person.waits_for("SYN-0058", "Paused")
        begin(person, "SYN-0057", "Pathway: Day of a dose", "esketamine nasal spray")
        turn_to(person, "Dose day")
        person.press("4")
        camera.take("dose-day")


def fill_in_scale(person: Person) -> None:
    """PHQ-9 by item numbers."""
    person.press("1")
    person.tab_to("PHQ-9: item 1")
    person.type("221301210")
    person.tab_to("PHQ-9: Not known")


def ask_of_suicide(person: Person) -> None:
    """The Columbia screener as it was asked from paper, and the questions that come after it."""
    person.tab_to("C-SSRS screener: Question 1, past month")
    person.type("1000010")


def list_medicines(person: Person) -> None:
    """Three medicines as people say them."""
    adding = "Medicines: add a medicine by its name or trade name"
    person.tab_to(adding)
    for said, use in (("zolofft 50 mg", "Taken now"), ("lithium 300 mg", "Stopped"), ("blue tablets", "Not known")):
        person.type(said)
        person.press("Return")
        name = person.focus_name.partition(":")[0]
        person.arrow_to(f"{name}: use: {use}")
        person.press("Space")
        if use == "Stopped":
            person.tab_to(f"{name}: last taken")
            person.type("3w")
        person.press("Ctrl+R")


def write_local_pack(folder: Path) -> None:
    """A clinic's own folder: a theme and a question more, a rule replaced, one switched off, drafts on."""
    from screener.forms.local import entry_hash, read_pack

    shipped, _, _ = read_pack(shipped_content())
    assert shipped is not None
    rule = shipped.rules["psychosis.ever_ketamine"]
    own = rule.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    own |= {"title": "Psychosis, ever", "tier": "time-critical", "override": True, "of": entry_hash(rule)}
    off = {"rule": "psychosis.second_degree_from_memory", "by": "Clinician A", "on": "2026-11-02"}
    off["reason"] = "The family history comes on paper, with the referral."
    arrival = {"id": "arrival.way_home", "kind": "yes_no", "text": "Is the way home arranged?", "short": "The way home"}
    asked = {"id": "psychosis.doctor_asked", "kind": "yes_no", "text": "Was an earlier admission asked for?"}
    head = {"id": "northside", "version": "3", "extends": "intake", "title": "Northside clinic"}
    files: dict[str, object] = {
        "pack.yaml": head | {"drafts": True, "off": [off]},
        "themes/arrival/questions.yaml": {
            "id": "arrival",
            "title": "Arrival at Northside",
            "pathways": ["esketamine-clinic", "ketamine-clinic"],
            "questions": [arrival],
        },
        "themes/psychosis-risk/questions.yaml": {"id": "psychosis-risk", "questions": [asked]},
        "themes/psychosis-risk/rules.yaml": [own],
    }
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, indent=1), "utf-8")


def interview(person: Person, mode: str) -> Person:
    """From the doors to the third theme of the made-up patient, in the window of training."""
    person.press("2")
    room = person.turns_to(tr("Screener · training"))
    front().resize(MODES[mode].room)
    room.activate(tr("First look: a half-filled patient"))
    room.waits_for("MADE-UP-01")
    room.waits_until(lambda: room.hears(tr("This is the person")))
    room.press("Return")
    room.press("Ctrl+PgDown", "Ctrl+PgDown")
    while f" 1: {tr('systolic')}" not in room.focus_name:
        room.press("Shift+Tab")  # up from what is asked next to what is answered
    return room


def rehearse(person: Person, camera: Camera, mode: str) -> None:
    """The made-up patient: interview, what is still open, review."""
    room = interview(person, mode)
    window = front()
    camera.take("interview", window)
    room.press("Ctrl+O")
    camera.take("still-open", window)
    room.press("Escape")
    room.press("Ctrl+J")
    camera.take("jot", window)
    room.press("Escape")
    room.press("F9")
    camera.take("cover", window)
    room.press("F9")
    room.press("F6")
    room.press("J", "J")
    camera.take("review", window)
    room.press("Ctrl+H")
    room.closes_the_window()
    person.turns_to("Screener").waits_for("Set up records for this clinic")


def sign(person: Person, camera: Camera) -> None:
    """Confirm who it is, type the passphrase, and wait for the report."""
    from tests.journeys.ways import PASSPHRASE

    person.press("Ctrl+Shift+Return")
    person.waits_until(lambda: person.hears("Passphrase"))
    camera.take("signing")
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2", "Report, page 1")


def crisis(person: Person) -> None:
    """A reading and a symptom that make a time-critical item."""
    from tests.journeys.ways import turn_to

    turn_to(person, "Blood pressure and heart")
    person.tab_to("Blood pressure and pulse, reading 1: phase")
    person.press("Down")
    person.tab_to("Blood pressure and pulse, reading 1: systolic")
    person.type("191/124 96")
    person.tab_to("Symptoms now: Sudden severe headache")
    person.press("Space")

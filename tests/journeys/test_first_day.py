"""One person, one fresh machine, keys only: from the first start to a signed report in hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from screener.ui.app import Program, build
from tests.journeys.person import Person

PASSPHRASE = "a lamp, a stair, a river"
MOST_ITEMS = 40


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    app = qt_api.QtWidgets.QApplication.instance()
    made = build(app, home=tmp_path / "home")
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.window.close()
    made.shut()


@pytest.fixture
def person(qtbot: QtBot, program: Program) -> Person:
    return Person(qtbot.waitUntil, program.window)


def set_up(person: Person) -> None:
    """Through the first door to the empty list."""
    person.waits_for("Set up records for this clinic", "Try it with a made-up patient")
    person.activate("Set up records for this clinic")
    person.waits_for("Passphrase again")
    person.write("Your name", "Clinician A")
    person.write("Passphrase", PASSPHRASE)
    person.write("Passphrase again", PASSPHRASE)
    person.press("Return")
    person.waits_for("Your recovery key")
    person.activate("I have written it down or printed it")
    person.activate("Open the records")
    person.waits_for("No screenings yet")


def begin(person: Person, reference: str = "SYN-0042") -> None:
    """A new screening for esketamine under the US label, with the person confirmed."""
    person.press("Ctrl+N")
    person.waits_for("What is being considered")
    person.write("Patient reference", reference)
    person.write("Second mark", "K 1974")
    person.write("Age, or year of birth", "52")
    person.activate("Pathway: Esketamine nasal spray, in a clinic")
    person.write("Product of this visit", "Spravato")
    person.press("Ctrl+Return")
    person.waits_for("For clinician review", reference)
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")


def turn_to(person: Person, theme: str) -> None:
    """Turn pages until a theme is the one that is open."""
    for _ in range(10):
        if theme in person.surroundings:
            return
        person.press("Ctrl+PgDown")
    raise AssertionError(f"{theme} never came; the keyboard is in {person.surroundings}")


def measure(person: Person) -> None:
    """Two readings typed as people say them; the mean and the item stand at once."""
    turn_to(person, "Blood pressure and heart")
    person.tab_to("Blood pressure and pulse, reading 1: phase")
    person.press("Down")
    person.tab_to("Blood pressure and pulse, reading 1: systolic")
    person.type("151/94 82")
    person.press("Ctrl+R")
    person.type("147/92")
    person.waits_for("Mean of 2, before dose", "149.0 / 93.0")


def respond_to_all(person: Person) -> list[str]:
    """Give each item that asks for one a response; returns the items in the order they came."""
    seen: list[str] = []
    for _ in range(MOST_ITEMS):
        if not person.sees("still need"):
            return seen
        seen.append(person.focus_name.rpartition(":")[0])
        person.tab_to("Your response: Reviewed")
        person.press("Space")
        if len(seen) == 1:
            person.write("Note to the response", "Cuff changed, measured again on Thursday.")
        person.press("Ctrl+Return")
    raise AssertionError(f"there is no end of items: {seen}")


def text_of(pdf: Path) -> str:
    """A report's words, each run of blanks as one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.mark.slow
def test_from_the_first_start_to_a_signed_report(person: Person, tmp_path: Path) -> None:
    set_up(person)
    begin(person)
    measure(person)
    person.waits_for("Mean pressure above the figure of the US esketamine label")
    person.tab_to("Bleeding in the brain, ever: Yes")
    person.press("U")
    person.waits_for("Bleeding in the brain, ever: not established")
    person.press("Ctrl+J")
    person.type("They did a scan once")
    person.press("Ctrl+Return")
    turn_to(person, "Psychosis risk")
    person.tab_to("Psychosis ever: Yes")
    person.press("1")
    person.waits_for("Why: Psychosis ever")
    person.press("Ctrl+Z")
    assert not person.sees("Why: Psychosis ever")
    person.press("Ctrl+Y")
    person.waits_for("Why: Psychosis ever", "Saved ")
    person.press("F6")
    person.waits_for("responded", "Your response")
    items = respond_to_all(person)
    assert items
    person.press("Ctrl+Shift+S")
    person.type("Second visit after the pressure log has been seen.")
    person.press("Escape")
    person.press("Ctrl+Shift+Return")
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2")
    report = tmp_path / "report.pdf"
    person.waits_for("Report, page 1")
    person.write("Save the report as", str(report))
    person.activate("Save PDF")
    person.waits_until(report.exists)
    words = text_of(report)
    for said in (
        "SYN-0042",
        "Esketamine nasal spray, in a clinic",
        "Spravato",
        "149.0/93.0",
        "Cuff changed, measured again on Thursday.",
        "Bleeding in the brain, ever",
        "not known",
        "They did a scan once",
        "Second visit after the pressure log has been seen.",
        "Signed by Clinician A",
        "The list says nothing about whether treatment takes place.",
    ):
        assert said in words, f"{said!r} is not in the report:\n{words}"
    person.press("Escape")
    person.waits_for("SYN-0042", "Signed 2")

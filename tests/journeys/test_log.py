"""What leaves the records, and what is asked of them later: files, the audit log, erasing under a reference."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qt_compat import qt_api

from tests.journeys.person import Person
from tests.journeys.ways import begin, measure, set_up, sign_as_incomplete

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """As with a screen reader: only then does Qt tell the cells of a table anew after other lines came into it."""
    accessible = qt_api.QtGui.QAccessible
    accessible.setActive(True)
    yield
    accessible.setActive(False)


def sign_one(person: Person) -> None:
    """A signed record of SYN-0042, open, its report set."""
    set_up(person)
    begin(person)
    measure(person)
    sign_as_incomplete(person)
    person.press("Escape")
    person.waits_for("Signed 2", "New screening")
    open_record(person)


def open_record(person: Person) -> None:
    person.activate("SYN-0042")
    person.waits_for("Export…", "Report, page 1")


def write_file(person: Person, way: str, file: Path) -> None:
    """Through the pages that ask what is taken out and where it goes, and back."""
    person.activate("Export…")
    person.waits_for(way)
    person.activate(way)
    person.waits_until(lambda: person.hears("Save as"))
    person.write("Save as", str(file))
    person.press("Return")
    person.waits_for(f"Written: {file}")
    person.press("Escape")
    person.waits_until(lambda: person.hears(way))
    person.press("Escape")
    person.waits_until(lambda: person.hears("Export…"))


def test_a_record_is_taken_out_and_the_log_says_so(person: Person, tmp_path: Path) -> None:
    sign_one(person)
    signed, redacted = tmp_path / "one.screener-record.json", tmp_path / "two.json"
    write_file(person, "Signed file", signed)
    write_file(person, "Redacted copy", redacted)
    write_file(person, "FHIR bundle (R4)", tmp_path / "three.json")
    assert json.loads((tmp_path / "three.json").read_text("utf-8"))["type"] == "document"
    assert "SYN-0042" in signed.read_text("utf-8")
    assert not {"SYN-0042", "K 1974", "Clinician A"} & set(
        json.dumps(json.loads(redacted.read_text("utf-8"))).split('"')
    )
    command = [sys.executable, "-m", "screener", "verify", str(signed)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    person.press("Escape")
    person.waits_for("New screening", "SYN-0042")
    person.activate("Audit log")
    person.waits_for(
        "Took a signed record out as a redacted file.",
        "Took a signed record out as a FHIR bundle.",
        "Took a signed record out as a signed file.",
    )
    person.waits_until(lambda: person.hears("Audit log"))
    person.press("Down", "Down", "Down")
    person.waits_for("As it stands in the log: read")
    person.press("Return")
    person.waits_for("Everything about SYN-0042", "Began a screening.")
    person.waits_until(lambda: not person.sees("Set up these records."), person.reads)
    person.activate("Every screening again")
    person.waits_for("Set up these records.")
    person.press("Ctrl+F")
    person.type("no such thing")
    person.waits_for("Nothing found")
    person.activate("Show all lines")
    person.waits_for("Set up these records.")
    person.activate("Check everything")
    person.waits_for("Both logs are whole")
    table = tmp_path / "log.csv"
    person.activate("Save as a table…")
    person.waits_until(lambda: person.hears("Save as"))
    person.write("Save as", str(table))
    person.activate("With the references of the screenings")
    person.activate("Write the file")
    person.waits_for(f"Written: {table}")
    assert "SYN-0042" in table.read_text("utf-8-sig")
    person.press("Escape")
    person.waits_until(lambda: person.hears("Save as a table…"))
    person.press("Escape")
    person.waits_for("New screening")


def test_what_is_kept_under_a_reference_is_erased(person: Person, home: Path) -> None:
    sign_one(person)
    person.press("Escape")
    person.waits_for("New screening")
    begin(person, "SYN-0099")
    person.press("Ctrl+H")
    person.waits_for("Paused", "SYN-0042")
    person.activate("Audit log")
    person.waits_for("Opened the records.")
    person.activate("Erase what is kept under a reference…")
    person.waits_until(lambda: person.hears("Reference"))
    person.type("SYN-0042")
    person.press("Return")
    person.waits_for("Kept under SYN-0042: 1 signed record.")
    person.waits_until(lambda: person.hears("Reference, typed again"))
    person.type("SYN-004")
    person.press("Return")
    person.waits_for("This is not the reference above. Nothing was erased.")
    person.press("End")
    person.type("2")
    person.press("Return")
    person.waits_for("1 signed record: the words are gone", f"There is no backup of these records in {home}")
    person.waits_until(lambda: person.hears("Done"))
    person.press("Escape")
    person.waits_for("Erased what was kept under a reference: 1 screening, 1 signed record or amendment.")
    person.activate("Check everything")
    person.waits_for("Both logs are whole", "Of 1 more only the signatures are left.")
    person.press("Escape")
    person.waits_for("New screening", "SYN-0099")
    assert not person.sees("SYN-0042")

"""Some signed screenings as tables: those that home's search finds, and those of one reference; each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from screener.records.record import build, canonical
from screener.screening.session import Session
from screener.store.audit import Wanted
from screener.store.deed_words import sentence
from screener.store.vault import Vault
from screener.ui.shell.home import HomePage
from tests.journeys.ways import PASSPHRASE, unlock
from tests.store.places import CHEAP
from tests.ui.desks import CLOCK, session_of, shipped
from tests.ui.test_log import press
from tests.ui.test_pages import nameless, twice
from tests.ui.test_ways_out import Office

PART = {"number": 1, "last": False, "earlier": []}


def sign(vault: Vault, reference: str, pathway: str, *, part: bool = False) -> None:
    session = Session(shipped(), replace(session_of(pathway).opening, reference=reference), CLOCK)
    screening = vault.shelf.begin(session.opening.to_json())
    if part:
        vault.shelf.seal_part(screening, canonical(build(session, part=PART)), {}, PASSPHRASE)
    else:
        vault.shelf.seal(screening, canonical(build(session)), {}, PASSPHRASE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three signed screenings, one of them in its first part, and one that is not signed."""
    folder = tmp_path / "home"
    vault, _ = Vault.create(folder, name="Clinician A", passphrase=PASSPHRASE, cost=CHEAP)
    with vault:
        sign(vault, "SYN-0042", "ketamine-home")
        sign(vault, "SYN-0050", "ketamine-clinic", part=True)
        sign(vault, "K-9", "ketamine-clinic")
        vault.shelf.begin(replace(session_of("kap").opening, reference="SYN-0060").to_json())
    return folder


@pytest.fixture
def office(qtbot: QtBot, home: Path) -> Iterator[Office]:
    made = Office(qtbot, home)
    unlock(made)
    made.waits_for("SYN-0042")
    yield made
    made.close()


def click(office: Office, name: str) -> None:
    page = office.program.window.page
    assert (nameless(page), twice(page)) == ([], [])
    press(page, name)


def look_for(office: Office, words: str) -> None:
    office.press("Ctrl+F")
    office.type(words)


def written(office: Office, form: str, file: Path) -> list[str]:
    """The references in the table."""
    click(office, form)
    office.waits_until(lambda: office.hears("Save as"))
    office.write("Save as", str(file))
    click(office, "Write the file")
    office.waits_for(f"Written: {file}")
    rows = csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    return [row["reference"] for row in rows]


def logged(office: Office, home: Path) -> list[tuple[str, str]]:
    """Whose rows were taken out, in the words of the log, once the records are closed."""
    office.close()
    with Vault.open(home, PASSPHRASE) as vault:
        lines = vault.audit_page(Wanted(limit=100)).lines
        whose = {line.record: line.reference for line in vault.shelf.records()}
    return [(whose[line.subject], sentence(line)) for line in lines if line.deed in ("export", "read")]


ROW = "Took a signed record out as a row of a table."


def test_where_a_search_stands_those_that_it_finds_are_offered_and_nothing_else_is_written(
    office: Office, home: Path, tmp_path: Path
) -> None:
    look_for(office, "syn")
    click(office, "Export…")
    office.waits_for("those found with “syn”, or all", "All screenings: Table (CSV)")
    file = tmp_path / "some.csv"
    assert written(office, "The 2 screenings found: Table (CSV)", file) == ["SYN-0042", "SYN-0050"]
    assert office.sees("Those found with “syn” alone.", "2 screenings.")
    assert sorted(logged(office, home)) == [("SYN-0042", ROW), ("SYN-0050", ROW)]


def test_all_of_them_are_offered_beside_those_found(office: Office, home: Path, tmp_path: Path) -> None:
    look_for(office, "K-9")
    office.press("Ctrl+Shift+E")
    office.waits_for("The 1 screening found: Table (CSV)")
    everybody = ["SYN-0042", "SYN-0050", "K-9"]
    assert written(office, "All screenings: Table (CSV)", tmp_path / "all.csv") == everybody
    assert not office.sees("alone.")
    assert {whose for whose, _ in logged(office, home)} == set(everybody)


def test_without_a_search_all_are_meant_and_where_nothing_signed_is_found_that_is_said(office: Office) -> None:
    click(office, "Export…")
    office.waits_for("All signed screenings, a row for each.")
    assert not office.sees("found")
    office.waits_until(lambda: office.hears("Table (CSV)"))
    office.press("Escape")
    office.waits_until(lambda: office.sees("New screening"))
    look_for(office, "SYN-0060")
    click(office, "Export…")
    office.waits_for("No signed screening is found with “SYN-0060”. All signed screenings, a row for each.")
    assert not office.sees("screening found:")


def test_nobody_who_left_home_meanwhile_is_asked(office: Office) -> None:
    look_for(office, "syn")
    page = office.program.window.page
    assert isinstance(page, HomePage)
    page.export.emit()
    page.settings.emit()
    office.waits_for("Appearance")
    office.waits_until(lambda: not office.sees("screenings found"))


def test_the_records_of_one_reference_are_taken_out_from_their_page(office: Office, home: Path, tmp_path: Path) -> None:
    page = office.program.window.page
    assert isinstance(page, HomePage)
    page.records.emit("SYN-0050")
    office.waits_for("Records of SYN-0050", "Latest visit first.")
    click(office, "Export…")
    office.waits_for("The signed screenings of SYN-0050, a row for each.")
    assert written(office, "Table (CSV)", tmp_path / "one.csv") == ["SYN-0050"]
    assert office.sees("Those of SYN-0050 alone.", "1 screening.")
    office.press("Escape")
    office.waits_until(lambda: office.hears("Table (CSV)"))
    office.press("Escape")
    office.waits_for("Records of SYN-0050")
    assert [line for line in logged(office, home) if line[1] == ROW] == [("SYN-0050", ROW)]


def test_where_nothing_is_signed_under_a_reference_there_is_nothing_to_take_out(office: Office) -> None:
    page = office.program.window.page
    assert isinstance(page, HomePage)
    page.records.emit("SYN-0060")
    office.waits_for("Records of SYN-0060", "Latest visit first.")
    with pytest.raises(AssertionError, match="Export…"):
        office.activate("Export…")

"""An author at the keys counts a made-up table; nothing of it is left behind where the program keeps its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import set_up

pytestmark = pytest.mark.slow
TABLE = Path(__file__).parents[1] / "cohort" / "example" / "visits.csv"


def test_a_table_is_counted_by_keys_alone_and_leaves_nothing_behind(person: Person, home: Path) -> None:
    set_up(person)
    person.press("Ctrl+Shift+R")
    person.waits_for("752 rules", "As written · ")
    person.tab_to("Show: Rules")
    person.arrow_to("Show: How often")
    person.press("Space")
    person.waits_for("No table is counted")
    person.write("Table", str(TABLE))
    person.write("Map", str(TABLE.with_name("visits.map.yaml")))
    person.press("Return")
    person.waits_for("What was counted", "260 of 260 rules that were run")
    person.tab_to("Rules in this table")
    person.press("Down", "Return")
    person.waits_for("Back to the table", "How often it would be listed", "Table visits.csv, 120 records")
    person.press("Alt+Left")
    person.waits_for("What was counted")
    person.press("Escape")
    person.waits_for("No screenings yet")
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        held = path.read_bytes()
        assert b"visits.csv" not in held and b"MADE-UP" not in held, path.name

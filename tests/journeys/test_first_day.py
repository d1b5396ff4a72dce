"""One person, one fresh machine, keys only: from the first start to a signed report in hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import (
    PASSPHRASE,
    begin,
    come_to_psychosis,
    measure,
    respond_to_all,
    save_report,
    set_up,
    stands_in,
)


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
    person.waits_for("“They did a scan once”")
    person.write("Who is in the room", "alone")
    person.press("Tab")
    person.waits_for("since ")
    come_to_psychosis(person)
    person.press("1")
    person.waits_for("Why: Psychosis ever", "Undo Psychosis ever")
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
    person.waits_until(lambda: person.hears("Passphrase"))
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2")
    stands_in(
        save_report(person, tmp_path / "report.pdf"),
        "SYN-0042",
        "Esketamine nasal spray, in a clinic",
        "Spravato",
        "149.0/93.0",
        "Cuff changed, measured again on Thursday.",
        "Bleeding in the brain, ever",
        "not known",
        "They did a scan once",
        "alone from ",
        "Second visit after the pressure log has been seen.",
        "Signed by Clinician A",
        "The list says nothing about whether treatment takes place.",
    )
    person.press("Escape")
    person.waits_for("SYN-0042", "Signed 2")

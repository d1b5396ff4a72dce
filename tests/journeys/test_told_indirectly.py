"""A facilitator in Oregon, and a client who tells of the past by the way: brothers, years, places; a letter besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import PASSPHRASE, begin, save_report, set_up, stands_in, turn_to

pytestmark = pytest.mark.slow


def test_what_is_told_by_the_way_is_kept_in_the_words_in_which_it_was_told(person: Person, tmp_path: Path) -> None:
    set_up(person)
    oregon = "Pathway: Psilocybin services in Oregon"
    begin(person, "SYN-0208", oregon, "psilocybin product of the Oregon programme", role="Facilitator")
    person.tab_to("Reason for the visit")
    person.type("To say goodbye to somebody")
    turn_to(person, "Psychosis risk")
    person.press("2")
    person.activate("All of them")
    person.tab_to("Psychosis in a parent, sibling or child: Yes")
    person.press("Ctrl+J")
    person.type("My brother was away at twenty, the radio spoke to him")
    person.press("Ctrl+Return")
    person.waits_until(lambda: person.hears("Psychosis in a parent, sibling or child"))
    person.press("1")
    person.waits_for("“My brother was away at twenty, the radio spoke to him”", "Psychotic disorder in a first-degree")
    # A letter says more than the client does.
    person.write("Informant: who says so", "chart")
    person.press("Tab")
    person.tab_to("Psychiatric admission ever: Yes")
    person.press("1")
    person.press("Alt+N")
    person.type("a letter of 2019 speaks of a rest")
    person.activate("Next question")
    person.waits_until(lambda: person.hears("Reason for the admission"))
    person.press("Alt+U")
    person.write("Informant: who says so", "patient")
    person.press("Tab")
    person.tab_to("Psychiatric admission ever: Yes")
    person.press("Alt+I")
    person.press("F6")
    person.waits_for(" without a response")
    person.activate("Sign as incomplete…")
    person.waits_for("Without a response")
    person.activate("Why it is incomplete: The patient left")
    person.tab_to("Passphrase")
    person.type(PASSPHRASE)
    person.press("Return")
    stands_in(
        save_report(person, tmp_path / "report.pdf"),
        "Screening report (supplement)",
        "Signed as incomplete: The patient left",
        "Clinician A, facilitator",
        "To say goodbye to somebody",
        "“My brother was away at twenty, the radio spoke to him”",
        "Psychosis in a parent, sibling or child yes",
        "a letter of 2019 speaks of a rest",
        "chart, ",
    )

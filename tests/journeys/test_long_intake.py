"""An intake that goes as they go: much is told out of turn, the telephone rings, somebody comes in, the power fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.ways import (
    PASSPHRASE,
    begin,
    measure,
    respond_to_all,
    save_report,
    set_up,
    stands_in,
    turn_to,
    unlock,
)

pytestmark = pytest.mark.slow


def jot(person: Person, words: str) -> None:
    person.press("Ctrl+J")
    person.type(words)
    person.press("Ctrl+Return")


def test_ketamine_at_home_with_two_calls_a_partner_who_disagrees_and_a_crash(
    start: Start, home: Path, tmp_path: Path
) -> None:
    person = start()
    set_up(person)
    begin(person, "SYN-0107", "Pathway: Ketamine at home", "compounded ketamine lozenge")
    person.tab_to("Reason for the visit")
    person.type("Low for years, tablets did little")
    jot(person, "My sister had that infusion and it gave her back to us")
    assert person.hears("Reason for the visit")
    person.type(", wants to try at home")
    person.tab_to("Sex: Female")
    person.press("1")
    person.tab_to("Pregnancy, past or possible: Yes")
    person.press("2")
    person.tab_to("Route of the ketamine: Into a vein")
    person.press("4")
    turn_to(person, "Medicines and washout")
    person.tab_to("Medicines: add a medicine by its name or trade name")
    person.type("sertralin 100 mg")
    person.press("F9")
    person.waits_for("Covered")
    person.press("F9")
    person.waits_for("SYN-0107")
    person.press("Return")
    person.press("Space")
    # Somebody comes in, and stays for a while.
    person.write("Who is in the room", "with partner or family")
    person.press("Tab")
    turn_to(person, "Psychosis risk", back=True)
    person.press("Alt+L")
    turn_to(person, "Substance use and dependence")
    person.press("2")
    person.press("Alt+I")
    person.waits_until(lambda: person.hears("Alcohol in the past year: who says so"))
    person.type("partner")
    person.tab_to("Alcohol in the past year, other account: Yes")
    person.press("Space")
    person.waits_for("These accounts differ.", "Partner: yes", "Patient: no")
    # The second call takes longer: the records are locked in the middle of a word.
    person.press("Alt+N")
    person.type("She says two glasses, most eve")
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for("SYN-0107", "Paused")
    person.activate("SYN-0107, Ketamine, home, Paused: open")
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.waits_for("She says two glasses, most eve")
    person.press("Alt+N")
    person.press("End")
    person.type("nings")
    person.press("Tab")
    person.waits_for("Saved ")
    # The power fails.
    went_down = tmp_path / "as it was"
    shutil.copytree(home, went_down)
    person = start(place=went_down)
    unlock(person)
    person.waits_for("SYN-0107")
    person.tab_to("SYN-0107")
    person.press("Space")
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.waits_for("She says two glasses, most evenings")
    person.write("Who is in the room", "alone")
    person.press("Tab")
    person.press("Ctrl+O")
    person.press("Return")
    person.waits_until(lambda: person.hears("Psychotic symptoms now"))
    person.press("2")
    turn_to(person, "Substance use and dependence")
    person.activate("Alcohol in the past year, account of partner: use")
    person.waits_for("Used")
    turn_to(person, "Blood pressure and heart", back=True)
    measure(person)
    jot(person, "He worries more than I do")
    person.press("F6")
    person.waits_for(" without a response")
    assert respond_to_all(person)
    person.press("Ctrl+Shift+Return")
    person.waits_until(lambda: person.hears("Passphrase"))
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2")
    stands_in(
        save_report(person, tmp_path / "report.pdf"),
        "“My sister had that infusion and it gave her back to us”",
        "Low for years, tablets did little, wants to try at home",
        "sertraline (100 mg, current)",
        "with partner or family from ",
        "Alcohol in the past year patient: no · partner: yes (used)",
        "She says two glasses, most evenings",
        "Psychotic symptoms now no",
        "“He worries more than I do”",
    )

"""What a clinician does again and again, key by key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Knows which Qt it is only once pytest-qt does: a table of proofs is made without it.
    from tests.journeys.person import Person

PASSPHRASE = "a lamp, a stair, a river"
MOST_ITEMS = 40


def set_up(person: Person, at_the_key: Callable[[], object] = bool) -> None:
    """Through the first door to the empty list; `at_the_key` is done where the recovery key is shown."""
    person.waits_for("Set up records for this clinic", "Try it with a made-up patient")
    person.activate("Set up records for this clinic")
    person.waits_for("Passphrase again")
    person.write("Your name", "Clinician A")
    person.write("Passphrase", PASSPHRASE)
    person.write("Passphrase again", PASSPHRASE)
    person.press("Return")
    person.waits_for("Your recovery key")
    at_the_key()
    person.activate("I have written it down or printed it")
    person.activate("Open the records")
    person.waits_for("No screenings yet")


ESKETAMINE = "Pathway: Esketamine nasal spray, in a clinic"
"""The first of the pathways: Tab comes to it, and arrows go on from there."""


def choose_pathway(person: Person, pathway: str = ESKETAMINE) -> None:
    """To a pathway by its name; arrows choose as they move."""
    person.activate(ESKETAMINE)
    person.arrow_to(pathway, "Down")


def begin(
    person: Person,
    reference: str = "SYN-0042",
    pathway: str = ESKETAMINE,
    product: str = "Spravato",
    *also: str,
    role: str = "",
) -> None:
    """A new screening, of esketamine under the US label unless said otherwise, with the person confirmed.

    `also`: boxes to tick before it begins.
    """
    person.press("Ctrl+N")
    person.waits_for("What is being considered")
    person.write("Patient reference", reference)
    person.write("Second mark", "K 1974")
    person.write("Age, or year of birth", "52")
    if role:
        person.tab_to("Role")
        person.type(role)
    choose_pathway(person, pathway)
    person.write("Product of this visit", product)
    for box in also:
        person.activate(box)
    person.press("Ctrl+Return")
    person.waits_for("For clinician review", reference)
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")


def turn_to(person: Person, theme: str, *, back: bool = False) -> None:
    """Turn pages until a theme is the one that is open."""
    for _ in range(20):
        if theme in person.surroundings:
            return
        person.press("Ctrl+PgUp" if back else "Ctrl+PgDown")
    raise AssertionError(f"{theme} never came; the keyboard is in {person.surroundings}")


def come_to_psychosis(person: Person) -> None:
    """To the second question of a sensitive theme: it is there once the first one is answered."""
    turn_to(person, "Psychosis risk")
    person.waits_until(lambda: person.hears("Psychotic symptoms now"))
    person.press("2")
    person.tab_to("Psychosis ever: Yes")


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


def give_as_incomplete(person: Person, passphrase: str = PASSPHRASE) -> None:
    """The shortest way to a signed record, up to the passphrase."""
    person.press("F6")
    person.activate("Sign as incomplete…")
    person.waits_until(lambda: person.hears("Why it is incomplete"))
    person.press("Space")
    person.tab_to("Passphrase")
    person.type(passphrase)
    person.press("Return")


def sign_as_incomplete(person: Person) -> None:
    """The shortest way to a signed record."""
    give_as_incomplete(person)
    person.waits_for("Signed 2", "Report, page 1")


def respond_to_all(person: Person) -> list[str]:
    """Give each item that asks for one a response; returns the items in the order they came."""
    seen: list[str] = []
    if not person.sees("Your response"):  # in little room the list stands alone, and Enter shows the item
        person.press("Return")
    for _ in range(MOST_ITEMS):
        if not person.sees(" without a response"):
            return seen
        seen.append(person.focus_name.rpartition(":")[0])
        person.tab_to("Your response: Reviewed")
        person.press("Space")
        if len(seen) == 1:
            person.write("Note to the response", "Cuff changed, measured again on Thursday.")
        person.press("Ctrl+Return")
    raise AssertionError(f"there is no end of items: {seen}")


def respond_to_listed(person: Person) -> None:
    """A response to each listed item: those come first, and a part can be signed once they are done."""
    for _ in range(MOST_ITEMS):
        if "not established" in person.focus_name:
            return
        person.tab_to("Your response: Reviewed")
        person.press("Space")
        person.press("Ctrl+Return")
    raise AssertionError("there is no end of listed items")


def add_account(
    person: Person, name: str, role: str, before: Callable[[], object] = bool, passphrase: str = f"{PASSPHRASE} too"
) -> None:
    """On the page of accounts: one more, with a passphrase of its own. `before` is done when all is filled in."""
    person.press("Ctrl+N")
    person.waits_for("First passphrase again")
    person.write("Name", name)
    person.tab_to("Role: Clinician")
    person.arrow_to(f"Role: {role}", "Down")
    person.write("First passphrase", passphrase)
    person.write("First passphrase again", passphrase)
    before()
    person.press("Return")
    person.waits_for(f"{name} was added")


def unlock(person: Person, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase at the door."""
    person.waits_for("Passphrase forgotten")
    person.waits_until(lambda: person.hears("Passphrase"))
    person.press("Ctrl+A")
    person.type(passphrase)
    person.press("Return")


def unlock_as(person: Person, place: int, passphrase: str, before: Callable[[], object] = bool) -> None:
    """At a door that several can open: say whose passphrase it is (the how manieth of the list), and type it."""
    person.waits_for("Passphrase forgotten")
    person.waits_until(lambda: person.hears("Passphrase"))
    person.tab_to("Whose passphrase")
    person.press("Home", *["Down"] * place)
    before()
    person.tab_to("Passphrase")
    person.type(passphrase)
    person.press("Return")


def text_of(pdf: Path) -> str:
    """The words of a PDF, each run of blanks as one."""
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def save_report(person: Person, file: Path) -> str:
    """Save the report that is shown; its words, as they are read in the file."""
    person.waits_for("Report, page 1")
    person.write("Save the document as", str(file))
    person.activate("Save PDF")
    person.waits_until(file.exists)
    return text_of(file)


def stands_in(words: str, *told: str, where: str = "in the report") -> None:
    """Each of these is in a text, as it was told."""
    for said in told:
        assert said in words, f"{said!r} is not {where}:\n{words}"

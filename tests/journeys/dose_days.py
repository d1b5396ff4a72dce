"""A dose day key by key: what an ordinary visit answers, and the ways through the list."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.journeys.ways import PASSPHRASE

if TYPE_CHECKING:
    # Knows which Qt it is only once pytest-qt does.
    from tests.journeys.person import Person

REFERENCES = tuple(f"SYN-{number:04}" for number in range(101, 111))
TODAY = datetime(2026, 11, 26, 8, 30).astimezone()
"""A week after the visits that were kept."""

Keys = tuple[str, ...]
"""Keys to press one after another; what begins with an apostrophe is typed."""

BEFORE: dict[str, Keys] = {
    "New since the last visit": ("8",),
    "Last time of eating": ("'0630",),
    "Last time of drinking": ("'0730",),
    "Nasal steroid or decongestant today": ("2",),
    "Blood pressure and pulse": ("'128/82 71", "', 126/80 70 98%"),
    "Symptoms now": ("8",),
    "Conditions of measurement": ("A",),
    "Earlier session with readings": ("R",),
    "Intoxicated or in withdrawal now": ("3",),
    "Taken in the last 24 hours": ("6",),
    "Medicines changed since the last visit": ("2",),
    "Another source of ketamine": ("2",),
    "Medicines: add a medicine by its name or trade name": ("Alt+A",),
    "Psychotic symptoms now": ("2",),
    "Worse since the last dose": ("2",),
    "Thoughts of harm now": ("2",),
    "That contact, and how to reach them": ("'Partner", "Return"),
    "Alone with a baby on the day of a dose": ("2",),
    "Pregnancy possible, today": ("2",),
    "Way home arranged": ("S",),
    "Adult at home after the session": ("S",),
    "Pulse oximeter on site today": ("A",),
    "Reaction in progress": ("4",),
}
AFTER: dict[str, Keys] = {
    "Pressure falling after the dose": ("A",),
    "Agreed today, no driving until tomorrow": ("1",),
}


class WallClock:
    """A clock that goes on when it is told to."""

    moment = TODAY

    def now(self) -> datetime:
        return self.moment


def does(person: Person, keys: Keys) -> None:
    """Press keys, and type what is to be typed."""
    for key in keys:
        person.type(key[1:]) if key.startswith("'") else person.press(key)


def confirm(person: Person) -> None:
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.waits_until(lambda: bool(person.focus_name) and not person.hears("This is the person"))


LINE = "Who, and what there is to record"
"""What is typed over the list comes here, wherever in the list the keyboard is."""


def mark(reference: str) -> str:
    """The second mark that the visits of last week were kept with."""
    return f"K 19{reference[-2:]}"


def tell(person: Person, reference: str, what: str, *understood: str) -> None:
    """Over the list: a part of the reference, the second mark, what there is to record; the line says it back."""
    person.type(f"{reference[-3:]} {mark(reference)} {what}".strip())
    assert person.hears(LINE)
    for words in (reference, *understood):
        assert words in person.told, f"{words} is not said back: {person.told}"
    person.press("Return")


def begin(person: Person, reference: str, planned: str = "") -> None:
    """Out of those who were here before, with what is known of that visit, which the line says before it begins."""
    what = f"dose {planned}" if planned else ""
    tell(person, reference, what, "begins today's visit: Dose day", "Spravato, as on 19 Nov 2026")
    person.waits_for("confirmed by reference and second mark, as they were typed", "1 earlier record")


def come_back_to(person: Person, reference: str) -> None:
    """By a part of the reference alone to somebody of today, and into the screening, which asks who this is."""
    person.type(reference[-3:])
    assert person.hears(LINE)
    assert "Enter opens the screening" in person.told
    person.press("Return")
    confirm(person)


def leave(person: Person, reference: str, *said: str) -> None:
    """Back to the list, where the keyboard is on this person: that line says so, whatever the others say."""
    person.press("Ctrl+H")
    person.waits_for("People of the day")
    stands_on_the_line(person, reference, *said)


def stands_on_the_line(person: Person, reference: str, *said: str) -> None:
    person.waits_until(
        lambda: person.hears(f"{reference}, Dose day") and all(words in person.told for words in said),
        lambda: f"{said} is not said of {reference}: {person.focus_name}: {person.told}",
    )


def ask(person: Person, told: dict[str, Keys]) -> None:
    """Answer each question as it comes: after each answer the next one has the keyboard, without a further key."""
    asked = set[str]()
    last = [*told][-1]
    while last not in asked:
        question = next((label for label in told if person.hears(label)), "")
        assert question and question not in asked, f"nobody told what to say to {person.focus_name}"
        asked.add(question)
        does(person, told[question])
    assert asked == set(told), set(told) - asked


def sign(person: Person, reference: str) -> None:
    """The last answer of a part led here; the identity stands over the line where the passphrase is typed."""
    person.waits_until(lambda: person.hears("Passphrase"))
    assert reference in person.told
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("People of the day")

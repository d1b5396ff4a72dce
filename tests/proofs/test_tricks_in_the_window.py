"""Tricks pasted into the real window: what its records hold afterwards is what was pasted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qt_compat import qt_api

from screener.store.vault import Vault
from tests.proofs.tricks import TRICKS
from tests.store.places import PASSPHRASE, made

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NASTY = (
    "'; DROP TABLE step; --",
    "../../../../etc/passwd",
    "CON",
    "a" * 5_000,
    "😀👩‍👩‍👧‍👦🇩🇪",
    "\u202eright to left\u202c",
    "two\nlines\r\nand\ta tab",
    "\x00 in the middle \x00",
    "<b>bold</b><img src=x onerror=alert(1)>",
    "\u2028\u2029",
)
PATHWAY = "Pathway: Ketamine at home"

pytestmark = pytest.mark.slow


def paste(person: Any, text: str) -> None:
    """Put a text where the keyboard is, over what is there, as a person brings it from elsewhere."""
    qt_api.QtWidgets.QApplication.clipboard().setText(text)
    person.press("Ctrl+A", "Ctrl+V")


def plain_breaks(text: str) -> str:
    """Every break of a line as the one that a field of several lines knows; blanks at the ends go."""
    return text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n").strip()


def screen_it(person: Any, text: str) -> None:
    """One screening with the text in every field on the way, left again for the list."""
    from tests.journeys.ways import choose_pathway

    person.press("Ctrl+N")
    person.waits_for("What is being considered")
    for name in ("Patient reference", "Second mark", "Product of this visit"):
        if name == "Product of this visit":
            choose_pathway(person, PATHWAY)
        person.tab_to(name)
        paste(person, text)
    person.press("Ctrl+Return")
    person.waits_until(lambda: person.hears("This is the person"), person.reads)
    person.press("Return")
    person.tab_to("Reason for the visit")
    paste(person, text)
    person.activate("Reason for the visit: open the note")
    person.tab_to("Reason for the visit: note")
    paste(person, text)
    person.press("Tab")
    person.tab_to("Who is in the room")
    paste(person, text)
    person.press("Tab", "Ctrl+J")
    paste(person, text)
    person.press("Ctrl+Return")
    person.waits_for("Saved ")
    person.press("Ctrl+H")
    person.waits_until(lambda: person.hears("Search screenings"))


def kept(vault: Vault) -> list[Mapping[str, Any]]:
    """What the records hold of each screening, in the order in which they were begun."""
    drafts = sorted((vault.shelf.draft(line.screening) for line in vault.shelf.drafts()), key=lambda d: d.updated_at)
    found: list[Mapping[str, Any]] = []
    for draft in drafts:
        answered = [step["after"] for step in draft.steps if step["step"] == "answer"]
        [account] = answered[-1]["accounts"]
        found.append(
            {
                **{name: draft.opening[name] for name in ("reference", "second_mark", "product")},
                "answer": account["value"],
                "note": account.get("note", ""),
                "room": [step["after"] for step in draft.steps if step["step"] == "visit"][-1],
                "jot": [step["after"]["text"] for step in draft.steps if step["step"] == "jot"][-1],
            }
        )
    return found


def test_what_is_pasted_into_the_window_is_in_the_records(tmp_path: Path, qapp: Any, qtbot: QtBot) -> None:
    from screener.ui.app import build
    from tests.journeys.person import Person

    texts = [f"T{number} {trick}" for number, trick in enumerate(NASTY)]
    assert set(NASTY) <= set(TRICKS)
    made(tmp_path)[0].close()
    program = build(qapp, home=tmp_path)
    try:
        qtbot.addWidget(program.window)
        program.window.show()
        person = Person(qtbot.waitUntil, program.window)
        person.waits_for("Open the records")
        person.write("Passphrase", PASSPHRASE)
        person.press("Return")
        person.waits_until(lambda: person.hears("New screening"))
        for text in texts:
            screen_it(person, text)
    finally:
        qt_api.QtWidgets.QApplication.clipboard().clear()
        program.shut()
    with Vault.open(tmp_path, PASSPHRASE) as vault:
        found = kept(vault)
        assert vault.verify() == ()
    for text, screening in zip(texts, found, strict=True):
        for field, value in screening.items():
            assert plain_breaks(value) == plain_breaks(text), f"{field}: {value!a} in place of {text!a}"

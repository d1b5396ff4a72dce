"""From the first start to a signed record in another language, in a process that speaks it from its first import.

`tests/languages/test_spoken.py` runs this file for each language.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from screener.clock import SystemClock
from screener.language import CHOSEN_BY, ENGLISH, spoken, tr
from screener.store.vault import Vault
from tests.journeys.conftest import Start, home, person, start
from tests.journeys.person import Person
from tests.journeys.ways import PASSPHRASE
from tests.languages.catalogues import entries, template

__all__ = ["Start", "home", "person", "start"]

assert spoken() != ENGLISH, f"begin with {CHOSEN_BY}"


def begin(person: Person) -> None:
    person.waits_for(tr("Set up records for this clinic"))
    person.activate(tr("Set up records for this clinic"))
    person.waits_for(tr("Passphrase again"))
    person.write(tr("Your name"), "Clinician A")
    person.write(tr("Passphrase"), PASSPHRASE)
    person.write(tr("Passphrase again"), PASSPHRASE)
    person.press("Return")
    person.waits_for(tr("Your recovery key"))
    person.activate(tr("I have written it down or printed it"))
    person.activate(tr("Open the records"))
    person.waits_for(tr("No screenings yet"))
    person.press("Ctrl+N")
    person.waits_for(tr("What is being considered"))
    person.write(tr("Patient reference"), "SYN-0042")
    person.write(tr("Age, or year of birth"), "52")
    person.activate(tr("Pathway: {title}").format(title="Esketamine nasal spray, in a clinic"))
    person.press("Ctrl+Return")
    person.waits_for(tr("For clinician review"), "SYN-0042")
    person.waits_until(lambda: person.hears(tr("This is the person: confirm")))
    person.press("Return")


def sign(person: Person) -> None:
    person.press("F6")
    person.activate(tr("Sign as incomplete…"))
    person.waits_until(lambda: person.hears(tr("Why it is incomplete: {text}").format(text=tr("The patient left"))))
    person.press("Space")
    person.tab_to(tr("Passphrase"))
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for(tr("Page"), "SYN-0042")
    person.waits_until(lambda: any(line.startswith(tr("Signed").split()[0]) for line in person.reads().splitlines()))


def test_a_screening_is_begun_answered_and_signed(person: Person, home: Path) -> None:
    begin(person)
    person.press("Alt+U")
    person.waits_for(tr("Not known"))
    heard = person.reads()
    sign(person)
    for text in (tr("Themes"), tr("Come back"), tr("Informant")):
        assert text in heard, f"{text!r} is not on the screen"
    person.press("Escape")
    person.waits_for("SYN-0042", tr("New screening"))
    copy = shutil.copytree(home, home.with_name("copy"))
    said = kept_in(copy)
    assert "not_known" in said and "Clinician A" in said
    assert sorted(translated_in(said)) == [], "what is kept depends on the language of the window"


def kept_in(folder: Path) -> str:
    """Everything that the records hold: what was signed, and every line of the log."""
    with Vault.open(folder, PASSPHRASE, clock=SystemClock()) as vault:
        records = [vault.shelf.record(line.record) for line in vault.shelf.records()]
        listed = vault.shelf.listing(signed=True)
        said = [record.content.decode("utf-8") for record in records]
        digests = [draft.digest for draft in listed.drafts] + [record.digest for record in listed.records]
        noted = [[line.deed, line.subject, line.details] for line in vault.audit_log()]
        said += [json.dumps(kept, ensure_ascii=False) for kept in (*digests, *noted)]
    return "\n".join(said)


def translated_in(said: str) -> set[str]:
    """Texts of the window, as this language says them, that stand in what was kept; words that English shares aside."""
    held = (entry for entry in entries(template()) if len(entry.key) == 2)
    ours = {tr(entry.key[1]): entry.key[1] for entry in held if "{" not in entry.key[1]}
    return {text for text, of in ours.items() if text != of and f'"{text}"' in said}

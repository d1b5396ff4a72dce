"""What a killed program had said to be saved is found in its vault, value by value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from screener.clock import SystemClock
from screener.forms.model import Pack, Question
from screener.forms.pack import load_pack
from screener.places import forms_folder
from screener.rules.values import Kind, State
from screener.screening.answers import PATIENT
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.store.failures import DamagedVault
from screener.store.vault import Vault
from tests.kills.killing import Killed
from tests.kills.lines import JOTS, Shown, shown_as_saved
from tests.store.places import PASSPHRASE


def shipped_pack(home: Path | None = None) -> Pack:
    """The pack that the program was started with; from the cache in its home, where one is told."""
    pack = load_pack(forms_folder() / "intake", cache=home and home / "cache").pack
    assert pack is not None
    return pack


def check(folder: Path, kills: Sequence[Killed], pack: Pack) -> int:
    """Open the vault that these programs were killed over, the last one just now; return how many steps are in it.

    AssertionError where anything that was shown as saved is not there, or the chains of the vault do not hold.
    """
    with Vault.open(folder, PASSPHRASE) as vault:
        drafts = {str(line.opening["reference"]): line.screening for line in vault.shelf.drafts()}
        found = 0
        for killed in kills:
            assert killed.reference in drafts, f"{killed.reference} was begun and is lost"
            try:
                draft = vault.shelf.draft(drafts[killed.reference])
            except DamagedVault as damaged:
                # The vault itself missed what the window had said to be saved.
                raise AssertionError(f"lost: {damaged.said}") from damaged
            found += len(draft.steps)
            _check_one(killed, draft.screening, draft.opening, draft.steps, pack)
        assert vault.verify() == ()
    return found


def _check_one(
    killed: Killed, screening: str, opening: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], pack: Pack
) -> None:
    for shown in shown_as_saved(killed.lines):
        assert shown.screening == screening, f"{shown.screening} was shown as saved, {killed.reference} is {screening}"
        assert shown.number <= len(steps), f"lost: {shown.number} steps were shown as saved, {len(steps)} are there"
        _check_moment(shown, Session.replay(pack, Opening.from_json(opening), steps[: shown.number], SystemClock()))
    Session.replay(pack, Opening.from_json(opening), steps, SystemClock())


def _check_moment(shown: Shown, session: Session) -> None:
    typed = {place: stands for place, stands in shown.stands.items() if stands not in (None, [])}
    found = stands_in(session)
    for place in sorted(typed.keys() | found.keys()):
        if place != shown.open_place:
            assert found.get(place) == typed.get(place), (
                f"lost: with {shown.number} steps shown as saved, {place} stands as {found.get(place)}, "
                f"and {typed.get(place)} was typed"
            )


def stands_in(session: Session) -> dict[str, Any]:
    """Everything in a screening, in the words of the pipe."""
    found = {
        place: _stands(recorded.question, recorded.entry_of(PATIENT)) for place, recorded in session.recorded.items()
    }
    jots = [jot.text for jot in session.jots.values()]
    return found | ({JOTS: jots} if jots else {})


def _stands(question: Question, entry: Any) -> dict[str, Any] | None:
    if entry is None:
        return None
    if entry.state is not State.ANSWERED:
        return {"state": str(entry.state)}
    if question.kind is Kind.READINGS and isinstance(entry.raw, list | tuple):
        return {"value": [[row[part] for part in ("systolic", "diastolic", "pulse")] for row in entry.raw]}
    return {"value": entry.raw}

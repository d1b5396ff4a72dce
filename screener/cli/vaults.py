"""A vault as a command opens it: with a passphrase that was asked for, under an account that may be named."""

from __future__ import annotations

from pathlib import Path

from screener.cli import passphrase
from screener.store.vault import Vault, names
from screener.text import WorldError


def asked_for(folder: Path, account: str) -> str:
    """The passphrase for the records of a folder, of the account where there is one or one is named."""
    people = names(folder)
    return passphrase.asked(account or (people[0].name if len(people) == 1 else str(folder)))


def opened(folder: Path, said: str, account: str) -> Vault:
    """The vault, opened by the account of this name; by whichever the passphrase is of where none is named."""
    return Vault.open(folder, said, account=_account(folder, account) if account else None)


def _account(folder: Path, name: str) -> str:
    found = [person.id for person in names(folder) if person.name.casefold() == name.strip().casefold()]
    if not found:
        there = ", ".join(person.name for person in names(folder))
        raise WorldError(f"There is no account with the name {name} here.", f"There are: {there}.")
    return found[0]

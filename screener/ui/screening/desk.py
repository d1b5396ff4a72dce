"""What an open screening stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screener.records.browse import Shelf
from screener.ui.jobs import Jobs


@dataclass(frozen=True, slots=True)
class Desk:
    """What a workspace stands on: the store and its thread, the site's crisis card, how a passphrase is checked."""

    shelf: Shelf
    jobs: Jobs
    screening: str
    crisis_card: str = ""
    check_passphrase: Callable[[str], None] | None = None
    """Raises a WorldError for a wrong one; None where there is none (a made-up patient)."""
    may_sign: bool = True
    """Not where somebody only shows how an intake is done."""
    country: str = ""
    """The clinic's, by whose paper a report begins where no profile says more."""
    comes_back: bool = False
    """What was signed leads back to the list that the screening was opened from: its line there says so."""

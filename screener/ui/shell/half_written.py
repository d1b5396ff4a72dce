"""Forms whose words wait where somebody leaves them, until what they ask for is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from screener.language import tr

STANDS_AS_LEFT = tr("This stands as it was left. It is not saved yet.")


@dataclass(eq=False, slots=True)
class Filling:
    """One filling in of a form. Whoever does what the form asks for says so here, also where the page has gone."""

    form: str
    """Which form it is, and of what: what is left on it stands on the next page of the same form."""
    title: str
    """As the page is headed."""
    reference: str = ""
    """Whose screening or record it is about, if it is about one."""
    done: bool = False


@runtime_checkable
class HalfWritten(Protocol):
    """A page that hands over what is written on it and not done, and takes it up again. Never a passphrase."""

    filling: Filling

    @property
    def written(self) -> object | None:
        """What somebody wrote or chose here; None where everything is as it came."""

    def take_up(self, written: Any) -> None:
        """Have what was left stand here again, and say so."""

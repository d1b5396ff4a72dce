"""Pages that hold something which is nowhere else yet, and how one leaves them for somewhere of one's own choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable


@runtime_checkable
class AsksFirst(Protocol):
    """A page that nobody leaves without its knowing: it asks, or keeps what was written, or says why not now."""

    def leave_for(self, way: Callable[[], object]) -> None:
        """Go this way once nothing is lost by it; not at all where the user stays."""

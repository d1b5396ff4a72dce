"""The crisis card as it is read: during a screening by F8, and beside its wording in Settings."""

from __future__ import annotations

TITLE, LEAD = "Crisis card", "The site's own wording."
_BLANK = "This crisis card is blank. Its wording and numbers are the site's own: Settings, crisis card."


def card_lines(text: str) -> list[tuple[str, str]]:
    """The site's own wording and numbers, each line with its level; blank says that it is blank."""
    return [(part, "large") for part in text.splitlines() if part.strip()] or [(_BLANK, "strong")]

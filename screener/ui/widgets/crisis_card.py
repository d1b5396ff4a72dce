"""The crisis card as it is read: during a screening by F8, and beside its wording in Settings."""

from __future__ import annotations

from screener.exchange import crisis_card as on_paper
from screener.language import WINDOW, tr

TITLE, LEAD = tr("Crisis card"), tr("The site's own wording.")
BLANK = WINDOW.word(on_paper.BLANK)
_WHERE = tr("It is written in Settings, crisis card.")


def own_lines(text: str) -> list[str]:
    """The lines of what a site wrote, without empty ones."""
    return [line for line in text.splitlines() if line.strip()]


def card_lines(text: str) -> list[tuple[str, str]]:
    """The site's own wording and numbers, each line with its level; blank says that it is blank."""
    return [(line, "large") for line in own_lines(text)] or [(f"{BLANK} {_WHERE}", "strong")]

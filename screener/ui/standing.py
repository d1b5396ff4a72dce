"""The line at the foot of the window in the window's language: as it stands on paper, but for the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.language import tr, tr_n

if TYPE_CHECKING:
    from screener.forms.model import Pack


def standing_sentence() -> str:
    """What the list is not."""
    return tr("Items are listed for a clinician to review. The list says nothing about whether treatment takes place.")


def standing_words(pack: Pack) -> str:
    """The pack, how much of it was re-read, and what the list is not."""
    rules = tr_n("{reread} of 1 rule", "{reread} of {n} rules", pack.active_rules, reread=pack.reread_rules)
    whole = pack.reread_rules == pack.active_rules
    far = tr("content re-read by a named clinician") if whole else tr("content not yet re-read by a named clinician")
    named = tr("Pack {id} {version}").format(id=pack.head.id, version=pack.head.version)
    return f"{named}, {far}: {rules}. {standing_sentence()}"

"""Which profiles a pathway takes: those that are always on, those that it needs, and those that it offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screener.forms.model import Pack, Pathway
from screener.rules.words import series


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A profile that was chosen and is nothing to this pathway: where it stands among those, and what is offered."""

    place: int
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Needed:
    """A profile that the pathway needs and that was not chosen: any of these would do."""

    options: tuple[str, ...]
    message: str


def not_offered(pack: Pack, pathway: Pathway, chosen: Sequence[str]) -> Iterator[NotOffered]:
    """Those chosen of the pack's profiles that the pathway neither needs nor offers."""
    always = _always(pack)
    needed = [name for options in pathway.needed for name in options]
    offered = [name for name in dict.fromkeys((*needed, *pathway.offers)) if name not in always]
    strange = [profile.id for profile in pack.profiles if profile.id not in (*always, *offered)]
    suggestion = f"it offers {series(offered, 'and')}" if offered else "it offers none"
    for place, name in enumerate(chosen):
        if name in strange:
            yield NotOffered(place, f"{pathway.id} does not offer {name}", suggestion)


def still_needed(pack: Pack, pathway: Pathway, chosen: Sequence[str]) -> Iterator[Needed]:
    """What the pathway needs beside those that were chosen and those that are always on."""
    held = {*chosen, *_always(pack)}
    for options in pathway.needed:
        if held.isdisjoint(options):
            yield Needed(options, f"{pathway.id} needs the profile {series(options)}")


def _always(pack: Pack) -> set[str]:
    return {profile.id for profile in pack.profiles if profile.always}

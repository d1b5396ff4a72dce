"""A long list of screenings, page after page: the unfinished first, then the signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from screener.language import tr
from screener.records.browse import DraftLine, Json, Listing, RecordLine, Shelf

PAGE = 100
_TOP = 1 << 62
"""Before the first row of a list that has not been begun."""
_INTERRUPTED = ("in progress", "in review")


@dataclass(frozen=True, slots=True)
class Found:
    """What has been read of the list so far. `unfinished` and `signed` count all there are; None where not counted.

    `drafts_more` and `signed_more`: where reading goes on, None at the end.
    """

    words: str = ""
    drafts: tuple[DraftLine, ...] = ()
    records: tuple[RecordLine, ...] = ()
    drafts_more: int | None = None
    signed_more: int | None = None
    unfinished: int | None = None
    signed: int | None = None

    @property
    def more(self) -> bool:
        """Whether there is anything that has not been read."""
        return self.drafts_more is not None or self.signed_more is not None

    @property
    def nothing(self) -> bool:
        return not self.drafts and not self.records

    @property
    def said(self) -> str:
        """How much of how much is shown, in words; the two kinds are not counted together."""
        begun = {draft.screening for draft in self.drafts}
        signed = len({record.screening for record in self.records} - begun)
        parts = (
            _counted(tr("Unfinished"), len(self.drafts), self.unfinished, self.drafts_more is not None),
            _counted(tr("Signed"), signed, self.signed, self.signed_more is not None),
        )
        return " · ".join(part for part in parts if part)

    @property
    def interrupted(self) -> DraftLine | None:
        """The screening that was open when the program last stopped without being asked to."""
        return next((draft for draft in self.drafts if draft.digest.get("state") in _INTERRUPTED), None)


def first(shelf: Shelf, words: str = "") -> Found:
    """The first page, of all screenings or of those with these words."""
    drafts = shelf.listing(signed=False, words=words, limit=PAGE)
    room = PAGE - len(drafts.drafts)
    # With no room left the signed ones are only counted; they are read when it comes to them.
    signed = shelf.listing(signed=True, words=words, limit=max(1, room))
    found = Found(words, drafts.drafts, drafts.records, drafts.more, None, drafts.total, signed.total)
    if drafts.more is None and room > 0:
        return _with_signed(found, signed)
    return replace(found, signed_more=_TOP if signed.records else None)


def further(shelf: Shelf, found: Found) -> Found:
    """The same with one page more."""
    if found.drafts_more is not None:
        page = shelf.listing(signed=False, words=found.words, limit=PAGE, before=found.drafts_more)
        drafts, records = (*found.drafts, *page.drafts), (*found.records, *page.records)
        return replace(found, drafts=drafts, records=records, drafts_more=page.more)
    if found.signed_more is not None:
        before = found.signed_more
        return _with_signed(found, shelf.listing(signed=True, words=found.words, limit=PAGE, before=before))
    return found


def waited_for(listing: Listing) -> Iterator[tuple[str, Json]]:
    """What is waited for, each with its reference: as the screening says now, or the latest record of one signed."""
    seen = set()
    for draft in listing.drafts:
        seen.add(draft.screening)
        yield from ((str(draft.opening["reference"]), entry) for entry in draft.digest.get("waiting_for", ()))
    for record in listing.records:
        if record.screening not in seen:
            seen.add(record.screening)
            yield from ((record.reference, entry) for entry in record.digest.get("waiting_for", ()))


def _with_signed(found: Found, page: Listing) -> Found:
    return replace(found, records=(*found.records, *page.records), signed_more=page.more)


def _counted(what: str, shown: int, total: int | None, more: bool) -> str:
    if total is None:
        many = tr("the latest {shown:,} that match, and there are more") if more else "{shown:,}"
        return f"{what}: {many.format(shown=shown)}" if shown or more else ""
    many = tr("{total:,}, further down") if more and not shown else tr("the latest {shown:,} of {total:,}")
    return f"{what}: {many.format(shown=shown, total=total)}" if more else f"{what}: {total:,}"

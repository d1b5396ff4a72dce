"""The people of a dose day in one list, out of what the list of screenings knows of each: no screening is opened."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from screener.far_off import far_off
from screener.language import kept, tr
from screener.records.browse import DraftLine, Json, Listing, RecordLine
from screener.records.parts import called

NOT_RECORDED, NONE_RECORDED, NO_DOSE, NOTHING_SIGNED = (
    tr("not recorded"),
    tr("none recorded"),
    tr("no dose recorded"),
    tr("nothing yet"),
)
"""What is said where nothing is."""
_MINUTE_S = 60
_WITH_PULSE = re.compile(r"(/\d+) (\d)")


@dataclass(frozen=True, slots=True)
class Next:
    """What is due next and how far off that is: `due 10:52, none recorded`, `in 12 min`.

    Where no source names a time for another reading there is none: the last reading stands here, and nothing beside it.
    """

    said: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class PersonOfDay:
    """One person of the day: what was recorded so far, in words."""

    screening: str
    record: str
    """The record, once the last part is signed; empty until then."""
    reference: str
    second_mark: str
    pathway: str
    state: str
    signed: tuple[str, ...]
    """What was signed, oldest first: `before the dose, 10:05`."""
    course: Json = field(default_factory=dict, repr=False)
    """As `CourseSoFar.to_json` made it; empty where nothing is recorded yet."""

    @property
    def before(self) -> tuple[str, str]:
        """The readings before the dose, and when the last of them was taken."""
        held = self.course.get("before")
        if not held:
            return NONE_RECORDED, ""
        at = _time(held["at"])
        return _unbroken(str(held["words"])), tr("at {time}").format(time=at) if at else ""

    @property
    def product(self) -> str:
        return str(self.course.get("product", ""))

    @property
    def dose(self) -> str:
        """When the dose was given; until then, for when it is planned."""
        planned = _time(self.course.get("planned_at", ""))
        waits = tr("planned {time}").format(time=planned) if planned else NOT_RECORDED
        return _time(self.course.get("given_at", "")) or waits

    @property
    def is_given(self) -> bool:
        """Whether a time of the dose is recorded."""
        return bool(self.course.get("given_at"))

    @property
    def leaving(self) -> str:
        return _time(self.course.get("left_at", "")) or NOT_RECORDED

    def next(self, now: datetime) -> Next:
        """The next reading as it stands at a local moment."""
        last = _measured(self.course.get("after"))
        if not self.course.get("given_at"):
            return Next(NO_DOSE)
        due = next((due for due in self.course.get("due", ()) if not due["recorded"]), None)
        if due is None:
            return Next(tr("last {reading}").format(reading=last) if last else NONE_RECORDED)
        said = tr("due {time}, none recorded").format(time=_time(due["at"]))
        return Next(said, "" if self.course.get("left_at") else far_off(datetime.fromisoformat(str(due["at"])), now))

    def words(self, now: datetime) -> str:
        """All of it in one line, as it is read aloud."""
        coming = self.next(now)
        parts = (
            self.second_mark,
            self.product,
            tr("before the dose: {readings}").format(readings=" ".join(part for part in self.before if part)),
            tr("dose: {time}").format(time=self.dose),
            tr("next reading: {said}").format(said=", ".join(part for part in (coming.said, coming.beside) if part)),
            tr("leaving: {time}").format(time=self.leaving),
            tr("signed: {parts}").format(parts="; ".join(self.signed) or NOTHING_SIGNED),
        )
        return "; ".join(part for part in parts if part)


def people_of_day(listing: Listing, pathways: Collection[str]) -> list[PersonOfDay]:
    """Everybody whose screening is on one of these pathways, in the order in which they were begun."""
    signed: dict[str, list[RecordLine]] = {}
    for record in sorted(listing.records, key=lambda record: record.signed_at):
        signed.setdefault(record.screening, []).append(record)
    drafts = [draft for draft in listing.drafts if draft.opening["pathway"] in pathways]
    begun = {draft.screening for draft in listing.drafts}
    found = [(_begun(draft.digest, draft.opening), _of_draft(draft, signed)) for draft in drafts]
    for screening, records in signed.items():
        if screening not in begun and records[-1].pathway in pathways:
            found.append((_begun(records[-1].digest, {}), _of_record(records)))
    return [person for _, person in sorted(found, key=lambda pair: (pair[0], pair[1].screening))]


def _of_draft(draft: DraftLine, signed: Mapping[str, list[RecordLine]]) -> PersonOfDay:
    digest, opening = draft.digest, draft.opening
    return PersonOfDay(
        draft.screening,
        "",
        str(opening["reference"]),
        str(digest.get("second_mark", opening.get("second_mark", ""))),
        str(digest.get("pathway", "")),
        str(digest.get("state", "in progress")),
        _signed_words(signed.get(draft.screening, ())),
        dict(digest.get("course") or {}),
    )


def _of_record(records: list[RecordLine]) -> PersonOfDay:
    last = records[-1]
    return PersonOfDay(
        last.screening,
        last.record,
        last.reference,
        str(last.digest.get("second_mark", "")),
        str(last.digest.get("pathway", "")),
        kept("signed as incomplete") if last.incomplete else kept("signed"),
        _signed_words(records),
        dict(last.digest.get("course") or {}),
    )


def _signed_words(records: Sequence[RecordLine]) -> tuple[str, ...]:
    found = []
    for number, record in enumerate(records, start=1):
        in_parts = len(records) > 1 or record.digest.get("part")
        what = called(record.digest.get("part_name"), number if in_parts else None)
        incomplete = tr(", incomplete") if record.incomplete else ""
        found.append(f"{what}, {record.signed_at[11:16]}{incomplete}")
    return tuple(found)


def _begun(digest: Json, opening: Json) -> str:
    course: Mapping[str, Any] = digest.get("course") or {}
    return str(course.get("begun_at") or opening.get("begun_at", ""))


def _measured(held: Any) -> str:
    if not held:
        return ""
    at, words = _time(held["at"]), _unbroken(str(held["words"]))
    return tr("{reading} at {time}").format(reading=words, time=at) if at else words


def _unbroken(readings: str) -> str:
    """A pressure and its pulse are never parted by the end of a line."""
    return _WITH_PULSE.sub("\\1\u00a0\\2", readings)


def _time(moment: Any) -> str:
    """The time of day of a moment, or of what is a time already."""
    said = str(moment)
    return said[11:16] if len(said) > len("10:31:00") else said[:5]

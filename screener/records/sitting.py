"""One screening of a reference as it can be read again: a signed record or part, or one that is not finished yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from screener.forms.model import TIERS
from screener.forms.words import short_day
from screener.language import KEPT, WINDOW, Voice, tr
from screener.records.amendment import printed
from screener.records.browse import Json, SignedRecord
from screener.screening.answers import Carried


@dataclass(frozen=True, slots=True)
class Sitting:
    """A record's content with who signed it and when, or what an unfinished screening would seal if it were signed now.

    What it says of itself, `day`, `how` and `name`, is said to the window alone.
    `content` is as `screener.records.record.build` makes it. `record` and `signed_at` are empty while it is unfinished.
    """

    screening: str
    content: Json = field(repr=False)
    record: str = ""
    signed_at: str = ""
    signer: str = ""
    amendments: tuple[Json, ...] = field(default=(), repr=False)
    sha256: str = ""
    """Of the signed content, byte for byte."""

    @property
    def id(self) -> str:
        """What it is told apart by: the record, or the screening while there is none."""
        return self.record or self.screening

    @property
    def signed(self) -> bool:
        return bool(self.record)

    @property
    def reference(self) -> str:
        return str(self.content["opening"]["reference"])

    @property
    def visit_date(self) -> str:
        """The ISO day that its intervals were worked out for."""
        return str(self.content["visit"]["visit_date"])

    @property
    def pathway(self) -> str:
        return str(self.content["pathway"]["title"])

    @property
    def part(self) -> int | None:
        """Its number where a screening was signed in parts."""
        part = self.content.get("part")
        return None if part is None else int(part["number"])

    @property
    def day(self) -> str:
        """The day of the visit: `12 Oct 2026`."""
        return short_day(self.visit_date, WINDOW)

    @property
    def how(self) -> str:
        """How it stands: `signed 10:42`, `part 1, signed 10:42`, `unfinished, begun 10:21`."""
        if not self.signed:
            return tr("unfinished, begun {at}").format(at=self._at(str(self.content["opening"]["begun_at"])))
        signed = tr("signed {at}").format(at=self._at(self.signed_at))
        part = self.content.get("part")
        return signed if part is None else f"{part_name(part, WINDOW)}, {signed}"

    @property
    def name(self) -> str:
        """Day and how it stands, in one line that no other record of the reference has."""
        return f"{self.day}, {self.how}"

    def _at(self, moment: str) -> str:
        """The time of day; with its date where that is not the day of the visit."""
        return (
            moment[11:16]
            if moment[:10] == self.visit_date
            else f"{short_day(moment[:10], WINDOW)} {moment[11:16]}".strip()
        )

    def marks(self) -> dict[str, int]:
        """How many items stand under each mark; never to be summed."""
        items = self.content["items"]
        listed = [str(item["tier"]) for item in items if item["outcome"] == "listed"]
        return {tier: listed.count(tier) for tier in TIERS} | {"open": len(items) - len(listed)}


def brief_day(iso: str, beside: str, say: Voice = KEPT) -> str:
    """`12 Oct` where it lies in the same year as the day `beside`; `12 Oct 2025` otherwise."""
    said = short_day(iso, say)
    return said.rpartition(" ")[0] if said != iso and iso[:4] == beside[:4] else said


def not_asked(day: str, record: Carried, today: str, say: Voice = KEPT) -> str:
    """`12 Oct, not asked today`; of a record of today, when it was signed: `26 Nov 10:42, not asked since`.

    `day`: the day of the record's visit, as it is written here.
    """
    if record.visit_date != today:
        return say.tr("{day}, not asked today").format(day=day)
    return say.tr("{day} {time}, not asked since").format(day=day, time=record.signed_at[11:16])


def part_name(part: Json, say: Voice = KEPT) -> str:
    """`part 1`, and what it is a part of: `part 1, before the dose`."""
    named, numbered = part.get("name"), say.tr("part {number}").format(number=part["number"])
    return f"{numbered}, {say.word(str(named))}" if named else numbered


def signed_sittings(kept: Iterable[SignedRecord]) -> list[Sitting]:
    """Signed records with their amendments, which may stand anywhere among them, in order of visit."""
    records: list[SignedRecord] = []
    added: dict[str, list[Json]] = {}
    for one in kept:
        if one.amends is None:
            records.append(one)
        else:
            added.setdefault(one.amends, []).append(printed(one))
    return in_order(
        Sitting(
            record.screening,
            json.loads(record.content),
            record.record,
            record.signature.signed_at,
            record.signature.signer,
            tuple(added.get(record.record, ())),
            hashlib.sha256(record.content).hexdigest(),
        )
        for record in records
    )


def in_order(sittings: Iterable[Sitting]) -> list[Sitting]:
    """By day of visit; of one day the signed ones first, as they were signed, then the unfinished, as they began."""

    def place(sitting: Sitting) -> tuple[str, bool, str]:
        return sitting.visit_date, not sitting.signed, sitting.signed_at or str(sitting.content["opening"]["begun_at"])

    return sorted(sittings, key=place)


def last_of_each(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Of every screening what stands last: a part holds all that the parts before it held."""
    last = {sitting.screening: sitting for sitting in sittings}
    return [sitting for sitting in sittings if last[sitting.screening] is sitting]


def questions_of(content: Json) -> Iterable[tuple[Json, Mapping[str, Any]]]:
    """Every question of a record with its theme, in form order."""
    return ((theme, question) for theme in content["themes"] for question in theme["questions"])

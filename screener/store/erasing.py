"""Everything that is kept under a reference: how much that is, and taking it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, false, func, select, update

from screener.store import journal, search
from screener.store.deeds import Deed
from screener.store.tables import record as records
from screener.store.tables import screening as screenings


@dataclass(frozen=True, slots=True)
class KeptUnder:
    """How many screenings are kept under a reference, how many of them are unfinished, how many records were signed."""

    screenings: int
    unfinished: int
    signed: int


def kept_under(connection: Connection, reference: str) -> KeptUnder:
    """A count, for whoever erases it and may read none of it."""
    wanted = func.count(), func.sum(case((screenings.c.state == "draft", 1), else_=0))
    some, unfinished = connection.execute(select(*wanted).where(_under(reference))).one()
    signed = select(func.count()).where(
        records.c.screening.in_(select(screenings.c.id).where(_under(reference))),
        records.c.amends.is_(None),
        records.c.erased.is_(None),
    )
    return KeptUnder(some, unfinished or 0, connection.execute(signed).scalar_one())


def erase(deed: Deed, reference: str) -> int:
    """Erase what is kept under a reference; how many screenings that were."""
    connection = deed.connection
    kept = select(screenings.c.id, screenings.c.number).where(_under(reference))
    rows = connection.execute(kept).all()
    if not rows:
        return 0
    named = [row.id for row in rows]
    signed = select(records.c.id).where(records.c.screening.in_(named), records.c.erased.is_(None))
    gone = [row.id for row in connection.execute(signed.order_by(records.c.number))]
    number = deed.note("erase", screenings=named, records=gone)
    for row in rows:
        take_out(connection, row.id, row.number)
    without = {"erased": number, "content": b"", "reference": "", "digest": "{}", "mark": ""}
    connection.execute(update(records).where(records.c.id.in_(gone)).values(without))
    last = NOTHING_LEFT | {"state": "erased", "reason": "", "touched": number, "updated_at": deed.at}
    connection.execute(update(screenings).where(screenings.c.id.in_(named)).values(last))
    return len(rows)


def take_out(connection: Connection, screening: str, number: int) -> None:
    """A screening's words out of the journal and out of what is searched."""
    journal.erase(connection, screening)
    search.drop(connection, number)


NOTHING_LEFT: dict[str, Any] = {
    "opening": None,
    "digest": None,
    "mark": "",
    "reference": "",
    "second_mark": "",
    "visit_date": "",
    "waits": False,
}
"""A screening's row without anything of the patient."""


def _under(reference: str) -> ColumnElement[bool]:
    """The screenings under a reference, their own or that of a record of theirs; none under no reference."""
    if not reference:
        return false()
    recorded = select(records.c.screening).where(records.c.reference == reference)
    return (screenings.c.reference == reference) | screenings.c.id.in_(recorded)

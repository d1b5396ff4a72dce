"""What the lists of screenings and records show: pages of them, found by words, last touched first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, or_, select

from screener.records.browse import DraftLine, Json, Known, LastVisit, Listing, RecordLine
from screener.store import search
from screener.store.journal import whole
from screener.store.tables import record as records
from screener.store.tables import screening as screenings

_KEPT = ("draft", "signed")


def drafts(connection: Connection) -> list[DraftLine]:
    """Unfinished screenings, last touched first."""
    wanted = select(screenings).where(screenings.c.state == "draft").order_by(screenings.c.touched.desc())
    return [_draft_line(row) for row in connection.execute(wanted)]


def page(connection: Connection, *, signed: bool, words: str, limit: int, before: int | None) -> Listing:
    """A page of unfinished screenings or of signed ones; see `Shelf.listing`."""
    state = "signed" if signed else "draft"
    total = None
    if words.strip():
        order = screenings.c.number
        found = search.matching(connection, words, signed=signed, limit=limit + 1, before=before)
        wanted = select(screenings).where(order.in_(found))
    else:
        order = screenings.c.touched
        counted = select(func.count()).select_from(screenings).where(screenings.c.state == state)
        total = connection.execute(counted).scalar()
        wanted = select(screenings).where(screenings.c.state == state)
        wanted = wanted if before is None else wanted.where(order < before)
    rows = connection.execute(wanted.order_by(order.desc()).limit(limit + 1)).all()
    more = getattr(rows[limit - 1], order.name) if len(rows) > limit else None
    return _listing(connection, rows[:limit], more, total)


def waiting(connection: Connection, limit: int) -> Listing:
    """Screenings, unfinished and signed, for which something is waited for, last touched first."""
    # In the very words of the index, which holds no others.
    wanted = select(screenings).where(literal_column("waits")).order_by(screenings.c.touched.desc()).limit(limit)
    return _listing(connection, connection.execute(wanted).all(), None, None)


def of_day(connection: Connection, day: str) -> Listing:
    """Every screening with this visit date (ISO), unfinished and signed, in the order of beginning."""
    kept = screenings.c.state.in_(_KEPT)
    wanted = select(screenings).where(screenings.c.visit_date == day, kept).order_by(screenings.c.number)
    return _listing(connection, connection.execute(wanted).all(), None, None)


def last_visits(connection: Connection, pathways: Collection[str], since: str, before: str) -> list[LastVisit]:
    """The latest visit of each reference on these pathways in these days; see `Shelf.last_visits`."""
    seen, day, state = screenings.c.reference, screenings.c.visit_date, screenings.c.state
    there = select(seen).where(day == before, state.in_(_KEPT))
    # What is kept is told below: asked for here, it would have the rows found by their state, of all years.
    wanted = (
        select(seen, screenings.c.second_mark, day, state, screenings.c.opening, screenings.c.digest)
        .where(day >= since, day < before, seen != "", seen.not_in(there))
        .order_by(day.desc(), screenings.c.number.desc())
    )
    found: dict[str, LastVisit] = {}
    for row in connection.execute(wanted):
        opening = json.loads(row.opening) if row.state in _KEPT and row.reference not in found else {}
        if opening.get("pathway") in pathways:
            found[row.reference] = _last_visit(row, opening)
    return [*found.values()]


def _last_visit(row: Row[*tuple[Any, ...]], opening: Json) -> LastVisit:
    """The product is that of the visit: it can have become another one since the beginning."""
    return LastVisit(
        reference=row.reference,
        second_mark=row.second_mark,
        visit_date=row.visit_date,
        pathway=str(opening["pathway"]),
        profiles=tuple(str(name) for name in opening.get("profiles", ())),
        product=str(json.loads(row.digest).get("product", opening.get("product", ""))),
    )


def known(connection: Connection) -> list[Known]:
    """Every reference that something is kept under."""
    wanted = select(screenings.c.reference, func.max(screenings.c.second_mark)).where(screenings.c.reference != "")
    return [Known(reference, mark) for reference, mark in connection.execute(wanted.group_by(screenings.c.reference))]


def signed(connection: Connection, reference: str | None, words: str = "") -> list[RecordLine]:
    """Signed records, latest first; of one reference, or of screenings found by words, when given."""
    wanted = _record_lines()
    if reference is not None:
        wanted = wanted.where(records.c.reference == whole(reference))
    if words.strip():
        # An unfinished screening can have parts that are signed.
        numbers = [search.matching(connection, words, signed=state) for state in (True, False)]
        found = select(screenings.c.id).where(or_(*(screenings.c.number.in_(one) for one in numbers)))
        wanted = wanted.where(records.c.screening.in_(found))
    return [_record_line(row) for row in connection.execute(wanted.order_by(records.c.number.desc()))]


def any_signed(connection: Connection) -> bool:
    """Whether there is a signed record at all; asked of the first that is found."""
    wanted = select(records.c.id).where(records.c.amends.is_(None), records.c.erased.is_(None))
    return connection.execute(wanted.limit(1)).first() is not None


def _listing(connection: Connection, rows: Sequence[Row[Any]], more: int | None, total: int | None) -> Listing:
    unfinished = tuple(_draft_line(row) for row in rows if row.state == "draft")
    if not rows:
        return Listing((), (), more, total)
    found = connection.execute(_record_lines().where(records.c.screening.in_([row.id for row in rows])))
    order = {row.id: place for place, row in enumerate(rows)}
    lines = sorted(found, key=lambda row: (order[row.screening], -row.number))
    return Listing(unfinished, tuple(_record_line(row) for row in lines), more, total)


def _record_lines() -> Select[Any]:
    """Records without the contents: a list of them is read in no time."""
    amendments = records.alias("amendment")
    count = select(func.count()).where(amendments.c.amends == records.c.id).scalar_subquery()
    columns = [column for column in records.c if column not in (records.c.content, records.c.statement)]
    return select(*columns, count.label("amendments")).where(records.c.amends.is_(None), records.c.erased.is_(None))


def _draft_line(row: Row[Any]) -> DraftLine:
    return DraftLine(row.id, json.loads(row.opening), json.loads(row.digest), row.steps, row.updated_at)


def _record_line(row: Row[*tuple[Any, ...]]) -> RecordLine:
    return RecordLine(
        record=row.id,
        screening=row.screening,
        reference=row.reference,
        pathway=row.pathway,
        visit_date=row.visit_date,
        signed_at=row.signed_at,
        signer=row.signer,
        incomplete=row.incomplete,
        amendments=row.amendments,
        digest=json.loads(row.digest),
    )


# --- what a row holds for them ----------------------------------------------------------------------------------------


def shown(opening: Json, digest: Json) -> dict[str, Any]:
    """What the list needs of a screening beside its own words: by what it is found and warned of, whether it waits."""
    return {
        "reference": whole(str(opening.get("reference", ""))),
        "second_mark": whole(str(digest.get("second_mark", opening.get("second_mark", "")))),
        "visit_date": whole(str(digest.get("visit_date", opening.get("visit_date", "")))),
        "waits": bool(digest.get("waiting_for")),
    }


def shown_of_record(content: bytes, opening: Json) -> dict[str, Any]:
    """What a list shows of a record: out of its own content, so that the list never says other than the record."""
    body = json.loads(content)
    opened = body.get("opening", opening)
    return {
        "reference": str(opened.get("reference", "")),
        "pathway": str(opened.get("pathway", "")),
        "visit_date": str(body.get("visit", {}).get("visit_date") or opened.get("visit_date", "")),
        "incomplete": body.get("incomplete") is not None,
    }


def mark_of_screening(steps: int, opening: str, digest: str) -> str:
    """Fits a screening's row as it was last written.

    What is long lies on pages of its own: one that was not written again still carries its seal.
    """
    return _mark(steps, opening, digest)


def mark_of_record(row: Json) -> str:
    """Fits what the list shows of a record."""
    return _mark(row["reference"], row["pathway"], row["visit_date"], int(row["incomplete"]), row["digest"])


def _mark(*parts: object) -> str:
    return hashlib.sha256("\0".join(str(part) for part in parts).encode("utf-8")).hexdigest()[:32]

"""The audit log: one row per deed, never changed, chained, written in the transaction of the deed itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, or_, select

from screener.records.browse import Json
from screener.store.chain import START, BadRow, linked
from screener.store.deed_words import called
from screener.store.head import Tip
from screener.store.journal import text_of
from screener.store.prepared import Prepared
from screener.store.tables import account as accounts
from screener.store.tables import audit as table
from screener.store.tables import record as records
from screener.store.tables import screening as screenings


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One deed: when (ISO, with offset), by which account, what, to what.

    `name` of the account, `about`, the reference of the screening or record, and `screening`, the id of the screening
    that a line belongs to, are of today and not of the row.
    """

    number: int
    at: str
    account: str
    deed: str
    subject: str
    details: Json
    name: str = ""
    about: str = ""
    screening: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the log: by these accounts and of these deeds (all where empty), on days from `since` to `until`.

    Days as YYYY-MM-DD, both included. `subject` is a screening or a record: all lines about that screening and what was
    signed of it. `without`: none of these deeds. `words`: lines in which each of them stands: in what the deed is
    called, its details, the name of the account, the reference where it may be read. `before`: the `more` of the page
    before.
    """

    accounts: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    subject: str = ""
    without: tuple[str, ...] = ()
    words: str = ""
    before: int | None = None
    limit: int = 200


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Lines, latest first; where the next page begins, None at the end."""

    lines: tuple[AuditLine, ...]
    more: int | None


def tip(connection: Connection) -> Tip:
    """The last row of the log."""
    row = connection.execute(select(table.c.number, table.c.chain).order_by(table.c.number.desc()).limit(1)).first()
    return Tip(row.number, row.chain) if row else Tip(0, START)


def note(connection: Connection, last: Tip, *, at: str, account: str, deed: str, subject: str, details: Json) -> Tip:
    """Write the row of a deed behind the `last` one. `subject`: what it was done to, a screening or a record."""
    number, body = last.number + 1, text_of(details)
    chain = linked(last.chain, number, at, account, deed, subject, body)
    row = {"number": number, "at": at, "account": account, "deed": deed, "subject": subject, "details": body}
    _ADD.run(connection, row | {"chain": chain})
    return Tip(number, chain)


_ADD = Prepared(insert(table))


def verify(connection: Connection) -> BadRow | None:
    """The first row that is altered, missing or out of its place; None when all are sound.

    A missing end is the head's business.
    """
    before = Tip(0, START)
    for row in connection.execute(select(table).order_by(table.c.number)):
        number = before.number + 1
        if row.number != number:
            return BadRow("audit log", number, "missing")
        chain = linked(before.chain, number, row.at, row.account, row.deed, row.subject, row.details)
        if chain != row.chain:
            return BadRow("audit log", number, "altered")
        before = Tip(number, chain)
    return None


def _reasons(connection: Connection, among: Sequence[str]) -> dict[str, str]:
    """Why each of these screenings was discarded that was, as far as the words were not erased."""
    wanted = select(screenings.c.id, screenings.c.reason).where(screenings.c.reason != "", screenings.c.id.in_(among))
    return {row.id: json.loads(row.reason)["said"] for row in connection.execute(wanted)}


def _details(row: Row[Any], why: Mapping[str, str]) -> Json:
    said: dict[str, Any] = json.loads(row.details)
    return said | {"reason": why[row.subject]} if row.deed == "discard" and row.subject in why else said


def last_of(connection: Connection, deeds: Collection[str]) -> int:
    """The number of the last line of one of these deeds; 0 where there is none."""
    wanted = select(table.c.number).where(table.c.deed.in_(deeds)).order_by(table.c.number.desc()).limit(1)
    return connection.execute(wanted).scalar() or 0


def page(connection: Connection, wanted: Wanted, *, named: bool) -> AuditPage:
    """A page of the log, latest first.

    `named`: with the references of the screenings that lines are about, and the reasons for discarding, which are
    somebody's own words.
    """
    rows = select(table)
    for chosen, among in ((table.c.account, wanted.accounts), (table.c.deed, wanted.deeds)):
        if among:
            rows = rows.where(chosen.in_(among))
    if wanted.since:
        rows = rows.where(table.c.at >= wanted.since)
    if wanted.until:
        # Any moment of that day sorts before this.
        rows = rows.where(table.c.at < f"{wanted.until}~")
    if wanted.without:
        rows = rows.where(table.c.deed.not_in(wanted.without))
    if wanted.subject:
        rows = rows.where(_of_subject(connection, wanted.subject))
    for word in wanted.words.split():
        rows = rows.where(_with_word(word, named=named))
    if wanted.before is not None:
        rows = rows.where(table.c.number < wanted.before)
    found = connection.execute(rows.order_by(table.c.number.desc()).limit(wanted.limit + 1)).all()
    shown = found[: wanted.limit]
    names = {row.id: row.name for row in connection.execute(select(accounts.c.id, accounts.c.name))}
    behind = _behind(connection, [row.subject for row in shown])
    why = _reasons(connection, [row.subject for row in shown if row.deed == "discard"]) if named else {}
    lines = tuple(
        AuditLine(
            row.number,
            row.at,
            row.account,
            row.deed,
            row.subject,
            _details(row, why),
            names.get(row.account, ""),
            names.get(row.subject, "") or (behind[row.subject][1] if named and row.subject in behind else ""),
            behind[row.subject][0] if row.subject in behind else "",
        )
        for row in shown
    )
    return AuditPage(lines, shown[-1].number if len(found) > wanted.limit else None)


def _behind(connection: Connection, subjects: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The screening behind each screening and record among these ids, and the reference that it has."""
    found: dict[str, tuple[str, str]] = {}
    for of, screening in ((screenings, screenings.c.id), (records, records.c.screening)):
        wanted = select(of.c.id, screening.label("screening"), of.c.reference).where(of.c.id.in_(subjects))
        found |= {row.id: (row.screening, row.reference) for row in connection.execute(wanted)}
    return found


def _of_subject(connection: Connection, subject: str) -> ColumnElement[bool]:
    """The lines about a screening: its own, those of what was signed of it, and that of its erasing."""
    screening = _behind(connection, [subject]).get(subject, (subject, ""))[0]
    signed = select(records.c.id).where(records.c.screening == screening)
    erased = (table.c.deed == "erase") & table.c.details.contains(f'"{screening}"', autoescape=True)
    return (table.c.subject == screening) | table.c.subject.in_(signed) | erased


def _with_word(word: str, *, named: bool) -> ColumnElement[bool]:
    """The lines in which a word stands as a person would read them."""
    people = select(accounts.c.id).where(accounts.c.name.icontains(word, autoescape=True))
    found = [
        table.c.deed.in_(called(word)),
        table.c.deed.icontains(word, autoescape=True),
        table.c.details.icontains(word, autoescape=True),
        table.c.account.in_(people),
        table.c.subject.in_(people),
    ]
    if named:
        for of in (screenings, records):
            found.append(table.c.subject.in_(select(of.c.id).where(of.c.reference.icontains(word, autoescape=True))))
    return or_(*found)


def chain_at(connection: Connection, number: int) -> str | None:
    """The chain hash of one row; None when there is no such row."""
    return START if number == 0 else connection.execute(select(table.c.chain).where(table.c.number == number)).scalar()

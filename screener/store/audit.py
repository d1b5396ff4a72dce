"""The audit log: one row per deed, never changed, chained, written in the transaction of the deed itself."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from screener.records.browse import Json
from screener.store.chain import START, BadRow, linked
from screener.store.head import Tip
from screener.store.journal import text_of
from screener.store.tables import audit as table


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One deed: when (ISO, with offset), by which account, what, to what."""

    number: int
    at: str
    account: str
    deed: str
    subject: str
    details: Json


def tip(connection: Connection) -> Tip:
    """The last row of the log."""
    row = connection.execute(select(table.c.number, table.c.chain).order_by(table.c.number.desc()).limit(1)).first()
    return Tip(row.number, row.chain) if row else Tip(0, START)


def note(connection: Connection, *, at: str, account: str, deed: str, subject: str, details: Json) -> int:
    """Write the row of a deed; its number. `subject` is what it was done to: a screening, a record, a choice."""
    last, body = tip(connection), text_of(details)
    number = last.number + 1
    chain = linked(last.chain, number, at, account, deed, subject, body)
    row = {"number": number, "at": at, "account": account, "deed": deed, "subject": subject, "details": body}
    connection.execute(insert(table), [row | {"chain": chain}])
    return number


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


def lines(connection: Connection) -> list[AuditLine]:
    """Every deed, oldest first."""
    return [
        AuditLine(row.number, row.at, row.account, row.deed, row.subject, json.loads(row.details))
        for row in connection.execute(select(table).order_by(table.c.number))
    ]


def chain_at(connection: Connection, number: int) -> str | None:
    """The chain hash of one row; None when there is no such row."""
    return START if number == 0 else connection.execute(select(table.c.chain).where(table.c.number == number)).scalar()

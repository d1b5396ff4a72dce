"""The journal: every step of every screening as a row, in order, chained."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from screener.records.browse import Json
from screener.store.chain import START, BadRow, linked
from screener.store.head import Tip
from screener.store.prepared import Prepared
from screener.store.tables import audit as log
from screener.store.tables import screening as screenings
from screener.store.tables import step as table


def text_of(value: Json) -> str:
    """A JSON object as text, the same for the same content. A Decimal in it is our mistake: numbers are text."""
    return whole(_TEXT.encode(value))


# Built once: to build an encoder costs more than to encode an answer.
_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def whole(text: str) -> str:
    """Text that can be written down. Half a sign, as a paste can leave one, has no UTF-8: its number stands for it.

    In JSON it comes back as it was given.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def tip(connection: Connection) -> Tip:
    """The last row of the journal."""
    row = connection.execute(select(table.c.number, table.c.chain).order_by(table.c.number.desc()).limit(1)).first()
    return Tip(row.number, row.chain) if row else Tip(0, START)


def append(connection: Connection, last: Tip, screening: str, held: int, steps: Sequence[Json], at: str) -> Tip:
    """Add steps behind the `held` ones of this screening; `last`: the last row of all, as it was and as it is then."""
    for place, step in enumerate(steps, start=held + 1):
        salt, body = secrets.token_hex(16), text_of(step)
        sealed = _sealed(salt, body)
        last = Tip(last.number + 1, linked(last.chain, last.number + 1, screening, place, at, sealed))
        row = {"number": last.number, "screening": screening, "position": place, "at": at}
        _ADD.run(connection, row | {"salt": salt, "body": body, "sealed": sealed, "chain": last.chain})
    return last


_ADD = Prepared(insert(table))


def steps_of(connection: Connection, screening: str) -> tuple[Json, ...]:
    """A screening's steps in order."""
    found = connection.execute(select(table.c.body).where(table.c.screening == screening).order_by(table.c.position))
    return tuple(json.loads(row.body) for row in found)


def erase(connection: Connection, screening: str) -> None:
    """Take the words out of a screening's rows. The salted hash of each stays: the chain still proves the others."""
    connection.execute(update(table).where(table.c.screening == screening).values(salt=None, body=None))


def first_bad(connection: Connection) -> BadRow | None:
    """The first row that is altered, missing, or erased though its screening is still there; None: all are sound."""
    rows = connection.execute(
        select(table, screenings.c.state)
        .join(screenings, screenings.c.id == table.c.screening, isouter=True)
        .order_by(table.c.number)
    )
    gone = _taken_out(connection)
    before = Tip(0, START)
    for row in rows:
        number = before.number + 1
        if row.number != number:
            return BadRow("journal", number, "missing")
        chain = linked(before.chain, number, row.screening, row.position, row.at, row.sealed)
        if chain != row.chain:
            return BadRow("journal", number, "altered")
        if row.body is None or row.salt is None:
            if row.state not in ("discarded", "erased") or row.screening not in gone:
                return BadRow("journal", number, "erased, and its screening was not discarded")
        elif _sealed(row.salt, row.body) != row.sealed:
            return BadRow("journal", number, "altered")
        before = Tip(number, chain)
    return None


def _taken_out(connection: Connection) -> set[str]:
    """The screenings that were discarded or erased, as the audit log says."""
    deeds = select(log.c.deed, log.c.subject, log.c.details).where(log.c.deed.in_(("discard", "erase")))
    found: set[str] = set()
    for row in connection.execute(deeds):
        found.update(json.loads(row.details).get("screenings", ()) if row.deed == "erase" else (row.subject,))
    return found


def chain_at(connection: Connection, number: int) -> str | None:
    """The chain hash of one row; None when there is no such row."""
    return START if number == 0 else connection.execute(select(table.c.chain).where(table.c.number == number)).scalar()


def _sealed(salt: str, body: str) -> str:
    return hashlib.sha256(f"{salt}{body}".encode()).hexdigest()

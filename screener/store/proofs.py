"""What can be proved of an open vault: that nothing is missing from its end, and nothing altered before it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select

from screener.store import audit, journal
from screener.store.chain import BadRow
from screener.store.failures import AlteredRows, DamagedHead, MissingRows
from screener.store.head import HeadFile
from screener.store.keys import bytes_of
from screener.store.shelf import signed_of
from screener.store.signing import verify_record
from screener.store.tables import record as records
from screener.store.tables import signing_key as signing_keys

Loss = DamagedHead | MissingRows | AlteredRows


def loss(connection: Connection, head_file: HeadFile, tail: Path | None) -> Loss | None:
    """What the sealed head says against these rows; None when they reach it. `tail`: the kept end of the file, if any.

    Rows beyond the head are no loss: a program that is killed between the commit and the head leaves some.
    """
    try:
        head = head_file.read()
    except DamagedHead as problem:
        return problem
    steps = max(0, head.journal.number - journal.tip(connection).number)
    deeds = max(0, head.audit.number - audit.tip(connection).number)
    if steps or deeds:
        return MissingRows(steps, deeds, head.at, str(tail or ""))
    if journal.chain_at(connection, head.journal.number) != head.journal.chain:
        return AlteredRows(head.journal.number)
    if audit.chain_at(connection, head.audit.number) != head.audit.chain:
        return AlteredRows(head.audit.number)
    return None


def bad_rows(connection: Connection) -> tuple[BadRow, ...]:
    """The first bad row of each log, and each record that is not as it was signed, or signed by a key unknown here."""
    first = (journal.first_bad(connection), audit.verify(connection))
    return (*(row for row in first if row), *_bad_records(connection))


def _bad_records(connection: Connection) -> list[BadRow]:
    known = {row.fingerprint: row.public_key for row in connection.execute(select(signing_keys))}
    found: list[BadRow] = []
    for number, row in enumerate(connection.execute(select(records).order_by(records.c.number)).all(), start=1):
        key = known.get(row.fingerprint)
        if row.number != number:
            return [*found, BadRow("records", number, "missing")]
        if key is None:
            found.append(BadRow("records", number, "signed by a key that was never valid here"))
        elif not verify_record(signed_of(row), bytes_of(key)).unchanged:
            found.append(BadRow("records", number, "altered"))
    return found

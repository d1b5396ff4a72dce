"""What can be proved of an open vault: that nothing is missing from its end, and nothing altered before it."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection, select

from screener.records.browse import SignedRecord
from screener.store import audit, journal
from screener.store.chain import BadRow
from screener.store.failures import AlteredRows, DamagedHead, MissingRows
from screener.store.head import HeadFile
from screener.store.shelf import signed_of
from screener.store.signing import verify_record
from screener.store.tables import audit as log
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
    return (*(row for row in first if row), *_bad_records(connection), *_bad_lists(connection))


def _bad_lists(connection: Connection) -> list[BadRow]:
    """Lists that do not name every row: a page that was not written again still carries its seal."""
    if connection.dialect.name != "sqlite":
        return []
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    return [] if said == "ok" else [BadRow("lists", 1, "missing")]


def _bad_records(connection: Connection) -> list[BadRow]:
    """Each record that the audit log says was signed, numbered in that order: one that was taken out is missed."""
    known = {row.fingerprint: row.public_key for row in connection.execute(select(signing_keys))}
    kept = {row.id: row for row in connection.execute(select(records))}
    found = []
    for number, record in enumerate(_signed_by_the_log(connection), start=1):
        row = kept.get(record)
        what = "missing" if row is None else _wrong(signed_of(row), known.get(row.fingerprint))
        if what:
            found.append(BadRow("records", number, what))
    return found


def _signed_by_the_log(connection: Connection) -> list[str]:
    deeds = select(log.c.details).where(log.c.deed.in_(("sign", "sign part", "amend"))).order_by(log.c.number)
    return [json.loads(row.details).get("record", "") for row in connection.execute(deeds)]


def _wrong(signed: SignedRecord, key: str | None) -> str:
    if key is None:
        return "signed by a key that was never valid here"
    return "" if verify_record(signed, key).unchanged else "altered"

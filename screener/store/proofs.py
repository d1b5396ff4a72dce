"""What can be proved of an open vault: that nothing is missing from its end, and nothing altered before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, select

from screener.language import kept
from screener.records.browse import SignedRecord
from screener.store import audit, journal
from screener.store.chain import BadRow
from screener.store.failures import AlteredRows, DamagedHead, Loss, MissingRows
from screener.store.head import HeadFile
from screener.store.lists import mark_of_record, mark_of_screening, shown
from screener.store.shelf import signed_of
from screener.store.signing import said_in, verify_record
from screener.store.tables import audit as log
from screener.store.tables import choice as choices
from screener.store.tables import record as records
from screener.store.tables import screening as screenings
from screener.store.tables import signing_key as signing_keys
from screener.store.tables import step as steps


def loss(connection: Connection, head_file: HeadFile, tail: Path | None) -> Loss | None:
    """What the sealed head says against these rows; None when they reach it. `tail`: the kept end of the file, if any.

    Rows beyond the head are no loss: a program that is killed between the commit and the head leaves some.
    """
    try:
        head = head_file.read(torn=tail is not None)
    except DamagedHead as problem:
        return problem
    missed = max(0, head.journal.number - journal.tip(connection).number)
    deeds = max(0, head.audit.number - audit.tip(connection).number)
    if missed or deeds:
        return MissingRows(missed, deeds, head.at, str(tail or ""))
    if journal.chain_at(connection, head.journal.number) != head.journal.chain:
        return AlteredRows(head.journal.number)
    if audit.chain_at(connection, head.audit.number) != head.audit.chain:
        return AlteredRows(head.audit.number)
    return None


def bad_rows(connection: Connection) -> tuple[BadRow, ...]:
    """The first bad row of each log, and each record that is not as it was signed, or signed by a key unknown here."""
    first = [bad for bad in (journal.first_bad(connection), audit.verify(connection)) if bad]
    # What follows from the logs is told where these are whole.
    follow = () if first else (*_bad_screenings(connection), *_bad_choices(connection))
    return (*first, *_bad_records(connection), *follow, *_bad_lists(connection))


def _bad_lists(connection: Connection) -> list[BadRow]:
    """Lists that do not name every row: a page that was not written again still carries its seal."""
    if connection.dialect.name != "sqlite":
        return []
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    return [] if said == "ok" else [BadRow("lists", 1, "missing")]


def _bad_screenings(connection: Connection) -> list[BadRow]:
    """Each screening that does not stand as the log says it was left, or whose row is not as it was last written.

    A page that was not written again still carries its seal: only what is written elsewhere tells of it.
    """
    left: dict[str, str] = {}
    for row in connection.execute(select(log.c.deed, log.c.subject, log.c.details).order_by(log.c.number)):
        if row.deed in _LEAVES:
            left[row.subject] = _LEAVES[row.deed]
        elif row.deed == "erase":
            left |= dict.fromkeys(json.loads(row.details).get("screenings", ()), "erased")
    counted = select(steps.c.screening, func.count().label("count")).group_by(steps.c.screening)
    held = {row.screening: row.count for row in connection.execute(counted)}
    found = []
    for row in connection.execute(select(screenings)):
        mark = "" if row.opening is None else mark_of_screening(row.steps, row.opening, row.digest)
        whole = (row.state, row.steps, row.mark) == (left.pop(row.id, ""), held.get(row.id, 0), mark)
        if not (whole and _shown_as_said(row)):
            found.append(BadRow("screenings", row.number, "altered"))
    return found + [BadRow("screenings", number, "missing") for number, _ in enumerate(left, start=1)]


def _shown_as_said(row: Row[*tuple[Any, ...]]) -> bool:
    """What the lists find and sort a screening by is what its own words say."""
    if row.opening is None:
        return True
    said = shown(json.loads(row.opening), json.loads(row.digest))
    return all(getattr(row, name) == value for name, value in said.items())


_LEAVES = {"begin": "draft", "discard": "discarded", "sign": "signed"}
"""How each of these deeds leaves a screening."""


def _bad_choices(connection: Connection) -> list[BadRow]:
    """Each choice of the clinic that is not what it was last changed to, in the order in which they were first made."""
    last: dict[str, Any] = {}
    changes = select(log.c.subject, log.c.details).where(log.c.deed == "policy change").order_by(log.c.number)
    for row in connection.execute(changes):
        last[row.subject] = json.loads(row.details)["after"]
    kept = {row.key: json.loads(row.value) for row in connection.execute(select(choices))}
    return [
        BadRow("choices", number, "altered" if key in kept else "missing")
        for number, (key, value) in enumerate(last.items(), start=1)
        if kept.get(key) != value
    ]


def _bad_records(connection: Connection) -> list[BadRow]:
    """Each record that the audit log says was signed, numbered in that order: one that was taken out is missed."""
    known = {row.fingerprint: row.public_key for row in connection.execute(select(signing_keys))}
    erased = _erased_by_the_log(connection)
    found = []
    for number, record in enumerate(_signed_by_the_log(connection), start=1):
        row = connection.execute(select(records).where(records.c.id == record)).first()
        what = "missing" if row is None else _wrong(connection, row, known.get(row.fingerprint), erased)
        if what:
            found.append(BadRow("records", number, what))
    return found


def _signed_by_the_log(connection: Connection) -> list[str]:
    deeds = select(log.c.details).where(log.c.deed.in_(("sign", "sign part", "amend"))).order_by(log.c.number)
    return [json.loads(row.details).get("record", "") for row in connection.execute(deeds)]


def _erased_by_the_log(connection: Connection) -> set[str]:
    deeds = connection.execute(select(log.c.details).where(log.c.deed == "erase"))
    return {record for row in deeds for record in json.loads(row.details).get("records", ())}


def _wrong(connection: Connection, row: Row[Any], key: str | None, erased: set[str]) -> str:
    if row.erased is not None:
        return "" if row.id in erased else kept("erased, and the audit log does not say so")
    if key is None:
        return kept("signed by a key that was never valid here")
    signed = signed_of(row)
    if row.mark != mark_of_record(dict(row._mapping)) or not verify_record(signed, key).unchanged:
        return "altered"
    return "" if _logs_reach(connection, signed) else kept("signed when the logs were others than they are now")


def _logs_reach(connection: Connection, signed: SignedRecord) -> bool:
    """Both logs still hold the rows that they ended with when this was signed."""
    said = said_in(signed)
    return not said or all(
        rows.chain_at(connection, said[name]["number"]) == said[name]["chain"]
        for name, rows in (("journal", journal), ("audit", audit))
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """How far everything goes that can be proved: steps of the journal, lines of the audit log, records and amendments.

    `erased`: of how many more of those only their signatures are left.
    """

    steps: int
    deeds: int
    records: int
    erased: int = 0


def extent(connection: Connection) -> Extent:
    """How much there is to prove."""
    signed, erased = set(_signed_by_the_log(connection)), _erased_by_the_log(connection)
    steps, deeds = journal.tip(connection).number, audit.tip(connection).number
    return Extent(steps, deeds, len(signed - erased), len(signed & erased))


def told_by(connection: Connection, signed: SignedRecord) -> str:
    """What a record that was kept outside tells against these rows; empty where it fits them."""
    if not verify_record(signed).unchanged:
        return "it was changed since it was signed"
    key = select(signing_keys.c.public_key).where(signing_keys.c.public_key == signed.signature.public_key)
    if connection.execute(key).first() is None:
        return "the key that signed it was never valid here"
    row = connection.execute(select(records).where(records.c.id == signed.record)).first()
    if signed.statement and not _logs_reach(connection, signed):
        return "the logs do not hold the rows that they ended with when it was signed"
    if row is None:
        return "no record of this id is kept here"
    if row.erased is None and signed_of(row) != signed:
        return "the record of this id that is kept here is another one"
    return ""

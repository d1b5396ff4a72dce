"""The shelf: screenings and records in one vault, for whoever has it open."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from screener.records.browse import Draft, DraftLine, Json, RecordLine, Saved, Signature, SignedRecord
from screener.store import journal
from screener.store.deeds import Deed, Deeds
from screener.store.failures import DamagedVault, NotOnShelf, PartSigned
from screener.store.journal import text_of
from screener.store.keyring import Account
from screener.store.keys import SigningPair
from screener.store.signing import sign
from screener.store.tables import choice as choices
from screener.store.tables import record as records
from screener.store.tables import screening as screenings


class VaultShelf:
    """Fulfils `screener.records.browse.Shelf`: a method that returns has committed, one that raises has not.

    `unlock_signing` gives the open account's signing key for its passphrase, or raises `WrongPassphrase`.
    """

    def __init__(self, deeds: Deeds, account: Account, unlock_signing: Callable[[str], SigningPair]) -> None:
        self._deeds, self._account, self._unlock_signing = deeds, account, unlock_signing

    # --- unfinished screenings --------------------------------------------------------------------------------------

    def begin(self, opening: Json) -> str:
        """Open a new screening and return its id."""
        screening = secrets.token_hex(8)
        with self._deeds.deed() as deed:
            row = {"id": screening, "state": "draft", "opening": text_of(opening), "digest": "{}", "steps": 0}
            number = deed.note("begin", screening)
            when = {"touched": number, "begun_at": deed.at, "updated_at": deed.at}
            deed.connection.execute(insert(screenings), [row | when])
        return screening

    def append(self, screening: str, steps: Sequence[Json], digest: Json) -> Saved:
        """Add steps to the journal in order; on return they are on disk. Without steps only the digest is renewed."""
        with self._deeds.deed() as deed:
            held = _draft_row(deed.connection, screening).steps
            number = held + len(steps)
            values: dict[str, Any] = {"digest": text_of(digest), "steps": number, "updated_at": deed.at}
            if steps:
                journal.append(deed.connection, screening, held, steps, deed.at)
                values["touched"] = deed.note("answer", screening, first=held + 1, last=number)
            _change(deed.connection, screening, values)
        return Saved(screening, number, deed.at)

    def drafts(self) -> list[DraftLine]:
        """Unfinished screenings, last touched first."""
        with self._deeds.look() as connection:
            rows = connection.execute(
                select(screenings).where(screenings.c.state == "draft").order_by(screenings.c.touched.desc())
            ).all()
        return [
            DraftLine(row.id, json.loads(row.opening), json.loads(row.digest), row.steps, row.updated_at)
            for row in rows
        ]

    def draft(self, screening: str) -> Draft:
        """An unfinished screening, whole. Opening it is a deed: it leaves a line in the audit log."""
        with self._deeds.deed() as deed:
            row = _draft_row(deed.connection, screening)
            steps = journal.steps_of(deed.connection, screening)
            if len(steps) != row.steps:
                # A page that was never written again after it changed carries its seal, and lacks what was added.
                raise DamagedVault(self._deeds.place, f"of {row.steps} saved steps {len(steps)} are there")
            deed.note("open", screening)
        return Draft(screening, json.loads(row.opening), steps, json.loads(row.digest), row.updated_at)

    def discard(self, screening: str, reason: str) -> None:
        """Remove an unfinished screening: its words are erased, the rows' hashes and an audit row stay.

        Raises `PartSigned` where a part of it has been signed: a signed record is a fact.
        """
        with self._deeds.deed() as deed:
            _draft_row(deed.connection, screening)
            if deed.connection.execute(select(records.c.id).where(records.c.screening == screening)).first():
                raise PartSigned
            journal.erase(deed.connection, screening)
            number = deed.note("discard", screening, reason=reason)
            gone = {"state": "discarded", "opening": None, "digest": None, "touched": number, "updated_at": deed.at}
            _change(deed.connection, screening, gone)

    # --- signed records ---------------------------------------------------------------------------------------------

    def seal(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        """Sign these exact bytes with the open account's key and close the draft. Raises `WrongPassphrase`."""
        return self._seal(
            screening, content, digest, passphrase, "sign", {"state": "signed", "digest": text_of(digest)}
        )

    def seal_part(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        """As `seal`, for a part of a screening that goes on: the draft stays open."""
        return self._seal(screening, content, digest, passphrase, "sign part", {})

    def _seal(
        self, screening: str, content: bytes, digest: Json, passphrase: str, deed_name: str, change: Mapping[str, Any]
    ) -> SignedRecord:
        pair = self._unlock_signing(passphrase)
        with self._deeds.deed() as deed:
            opening = json.loads(_draft_row(deed.connection, screening).opening)
            signed = self._signed(deed, pair, screening, content)
            number = deed.note(deed_name, screening, record=signed.record, key=signed.signature.fingerprint)
            self._keep(deed.connection, signed, _shown(content, opening) | {"digest": text_of(digest)})
            _change(deed.connection, screening, {**change, "touched": number, "updated_at": deed.at})
        return signed

    def parts(self, screening: str) -> list[SignedRecord]:
        """What has been signed of a screening, oldest first; amendments are not among it."""
        wanted = select(records).where(records.c.screening == screening, records.c.amends.is_(None))
        with self._deeds.look() as connection:
            rows = connection.execute(wanted.order_by(records.c.number)).all()
        return [signed_of(row) for row in rows]

    def amend(self, record: str, content: bytes, passphrase: str) -> SignedRecord:
        """Add a signed amendment to a record, which itself never changes. Raises `WrongPassphrase`."""
        pair = self._unlock_signing(passphrase)
        with self._deeds.deed() as deed:
            found = _record_row(deed.connection, record)
            if found.amends:
                found = _record_row(deed.connection, found.amends)
            signed = self._signed(deed, pair, found.screening, content, amends=found.id)
            deed.note("amend", found.id, record=signed.record, key=signed.signature.fingerprint)
            same = ("reference", "pathway", "visit_date", "incomplete", "digest")
            self._keep(deed.connection, signed, {name: getattr(found, name) for name in same})
        return signed

    def records(self, reference: str | None = None) -> list[RecordLine]:
        """Signed records, latest first; of one reference when given."""
        amendments = records.alias("amendment")
        count = select(func.count()).where(amendments.c.amends == records.c.id).scalar_subquery()
        # Without the contents: a list of a thousand records is read in no time.
        columns = [column for column in records.c if column is not records.c.content]
        wanted = select(*columns, count.label("amendments")).where(records.c.amends.is_(None))
        if reference is not None:
            wanted = wanted.where(records.c.reference == reference)
        with self._deeds.look() as connection:
            rows = connection.execute(wanted.order_by(records.c.number.desc())).all()
        return [_line(row) for row in rows]

    def record(self, record: str) -> SignedRecord:
        """A signed record or amendment, byte for byte. Reading it is a deed: it leaves a line in the audit log."""
        with self._deeds.deed() as deed:
            row = _record_row(deed.connection, record)
            deed.note("read", record)
        return signed_of(row)

    def amendments(self, record: str) -> list[SignedRecord]:
        """What was added to a record, oldest first. It is read as part of the record and leaves no line of its own."""
        added = select(records).where(records.c.amends == record).order_by(records.c.number)
        with self._deeds.look() as connection:
            rows = connection.execute(added).all()
        return [signed_of(row) for row in rows]

    # --- what the clinic chose ----------------------------------------------------------------------------------------

    def remember(self, key: str, value: Json) -> None:
        """Keep a clinic-wide choice; the audit row says what it was and what it is now."""
        with self._deeds.deed() as deed:
            before = _choice(deed.connection, key)
            row = {"value": text_of(value), "changed_at": deed.at}
            if before is None:
                deed.connection.execute(insert(choices), [{"key": key} | row])
            else:
                deed.connection.execute(update(choices).where(choices.c.key == key).values(row))
            deed.note("policy change", key, before=before, after=dict(value))

    def recall(self, key: str) -> Json | None:
        """The clinic-wide choice kept under `key`, or None when none was ever made."""
        with self._deeds.look() as connection:
            return _choice(connection, key)

    # --- within a deed ------------------------------------------------------------------------------------------------

    def _signed(
        self, deed: Deed, pair: SigningPair, screening: str, content: bytes, amends: str | None = None
    ) -> SignedRecord:
        signature = sign(pair, content, signer=self._account.name, signed_at=deed.at)
        return SignedRecord(secrets.token_hex(8), screening, content, signature, amends)

    def _keep(self, connection: Connection, signed: SignedRecord, shown: Mapping[str, Any]) -> None:
        last = connection.execute(select(func.max(records.c.number))).scalar() or 0
        row = {
            "number": last + 1,
            "id": signed.record,
            "screening": signed.screening,
            "amends": signed.amends,
            "content": signed.content,
            "account": self._account.id,
            "signer": signed.signature.signer,
            "public_key": signed.signature.public_key,
            "fingerprint": signed.signature.fingerprint,
            "signed_at": signed.signature.signed_at,
            "signature": signed.signature.value,
        }
        connection.execute(insert(records), [row | dict(shown)])


def signed_of(row: Row[Any]) -> SignedRecord:
    """A row of the records' table as the value that left `seal`."""
    signature = Signature(row.signer, row.public_key, row.fingerprint, row.signed_at, row.signature)
    return SignedRecord(row.id, row.screening, bytes(row.content), signature, row.amends)


def _draft_row(connection: Connection, screening: str) -> Row[Any]:
    row = connection.execute(select(screenings).where(screenings.c.id == screening)).first()
    if row is None:
        raise NotOnShelf("There is no such screening here.")
    if row.state != "draft":
        raise NotOnShelf(f"This screening is already {row.state}.")
    return row


def _record_row(connection: Connection, record: str) -> Row[Any]:
    row = connection.execute(select(records).where(records.c.id == record)).first()
    if row is None:
        raise NotOnShelf("There is no such record here.")
    return row


def _change(connection: Connection, screening: str, values: Mapping[str, Any]) -> None:
    connection.execute(update(screenings).where(screenings.c.id == screening).values(dict(values)))


def _choice(connection: Connection, key: str) -> Json | None:
    text = connection.execute(select(choices.c.value).where(choices.c.key == key)).scalar()
    return None if text is None else dict(json.loads(text))


def _shown(content: bytes, opening: Json) -> dict[str, Any]:
    """What a list shows of a record: out of its own content, so that the list never says other than the record."""
    body = json.loads(content)
    opened = body.get("opening", opening)
    return {
        "reference": str(opened.get("reference", "")),
        "pathway": str(opened.get("pathway", "")),
        "visit_date": str(body.get("visit", {}).get("visit_date") or opened.get("visit_date", "")),
        "incomplete": body.get("incomplete") is not None,
    }


def _line(row: Row[*tuple[Any, ...]]) -> RecordLine:
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

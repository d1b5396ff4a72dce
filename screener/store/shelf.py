"""The shelf: screenings and records in one vault, for whoever has it open."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from screener.language import tr
from screener.records.browse import (
    Draft,
    DraftLine,
    Json,
    Known,
    LastVisit,
    Listing,
    RecordLine,
    Saved,
    Signature,
    SignedRecord,
)
from screener.store import erasing, journal, lists, search
from screener.store.deeds import Deed, Deeds
from screener.store.erasing import KeptUnder
from screener.store.failures import DamagedVault, NotOnShelf, PartSigned
from screener.store.head import Tip
from screener.store.journal import text_of, whole
from screener.store.keyring import Account
from screener.store.keys import SigningPair
from screener.store.lists import mark_of_record, mark_of_screening
from screener.store.prepared import Prepared
from screener.store.roles import Right
from screener.store.signing import sign, statement_of
from screener.store.tables import choice as choices
from screener.store.tables import record as records
from screener.store.tables import screening as screenings
from screener.store.tails import forget_tails


@dataclass(slots=True)
class _Held:
    """What is known of a screening from the last deed on it, so that the next need not ask: if nothing came between.

    `tip`: the log's last row then. `first`: its place in the order of touching is the first already.
    """

    screening: str
    steps: int
    number: int
    written: str
    """Its opening as it stands in the row, and as it is read."""
    opening: Json
    shown: Mapping[str, Any]
    words: str
    tip: Tip
    first: bool = False

    @classmethod
    def of(cls, row: Row[Any], tip: Tip) -> _Held:
        opening, digest = json.loads(row.opening), json.loads(row.digest)
        shown = {name: getattr(row, name) for name in ("reference", "second_mark", "visit_date", "waits")}
        words = search.words_of(opening, digest)
        return cls(row.id, row.steps, row.number, row.opening, opening, shown, words, tip)


class VaultShelf:
    """Fulfils `screener.records.browse.Shelf`: a method that returns has committed, one that raises has not.

    Each asks first whether the account's role includes it, and raises `NotAllowed` where it does not.
    `unlock_signing` gives the open account's signing key for its passphrase, or raises `WrongPassphrase`.
    """

    def __init__(self, deeds: Deeds, account: Account, unlock_signing: Callable[[str], SigningPair]) -> None:
        self._deeds, self._account, self._unlock_signing = deeds, account, unlock_signing
        self._held: _Held | None = None

    def forget(self) -> None:
        """The vault is closed: nothing of a screening is held any longer."""
        self._held = None

    # --- unfinished screenings --------------------------------------------------------------------------------------

    def begin(self, opening: Json) -> str:
        """Open a new screening and return its id."""
        screening = secrets.token_hex(8)
        with self._deeds.deed(Right.SCREEN) as deed:
            written = text_of(opening)
            row = {"id": screening, "state": "draft", "opening": written, "digest": "{}", "steps": 0}
            row["mark"] = mark_of_screening(0, written, "{}")
            number = deed.note("begin", screening)
            when = {"number": number, "touched": number, "begun_at": deed.at, "updated_at": deed.at}
            deed.connection.execute(insert(screenings), [row | when | lists.shown(opening, {})])
            search.put(deed.connection, number, search.words_of(opening, {}), signed=False)
        return screening

    def append(self, screening: str, steps: Sequence[Json], digest: Json) -> Saved:
        """Add steps to the journal in order; on return they are on disk. Without steps only the digest is renewed."""
        with self._deeds.deed(Right.SCREEN) as deed:
            held, tip = self._held, deed.head.audit
            self._held = None
            if held is None or (held.screening, held.tip) != (screening, tip):
                held = _Held.of(self._as_written(_draft_row(deed.connection, screening)), tip)
            number = held.steps + len(steps)
            changed: dict[str, Any] = {}
            if steps:
                deed.step(screening, held.steps, steps)
                line = deed.note("answer", screening, first=held.steps + 1, last=number)
                if not held.first:
                    changed["touched"] = line
            said = text_of(digest)
            values = {"at": screening, "to_digest": said, "to_steps": number, "to_updated_at": deed.at}
            values["to_mark"] = mark_of_screening(number, held.written, said)
            _APPENDED.run(deed.connection, values)
            shown = lists.shown(held.opening, digest)
            words = search.words_of(held.opening, digest)
            changed |= {} if shown == held.shown else shown
            if changed:
                _change(deed.connection, screening, changed)
            if words != held.words:
                search.put(deed.connection, held.number, words, signed=False)
            held.steps, held.shown, held.words, held.tip, held.first = number, shown, words, deed.head.audit, True
            # Without a row in the log nothing would tell whether this deed came to its end.
            self._held = held if steps else None
            return Saved(screening, number, deed.at)

    def drafts(self) -> list[DraftLine]:
        """Unfinished screenings, last touched first."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.drafts(connection)

    def listing(self, *, signed: bool, words: str = "", limit: int = 100, before: int | None = None) -> Listing:
        """A page of unfinished screenings or of signed ones; see `Shelf`."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.page(connection, signed=signed, words=words, limit=limit, before=before)

    def waiting(self, limit: int = 100) -> Listing:
        """Screenings, unfinished and signed, for which something is waited for, last touched first."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.waiting(connection, limit)

    def of_day(self, day: str) -> Listing:
        """Every screening with this visit date, unfinished and signed, in the order of beginning."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.of_day(connection, day)

    def last_visits(self, pathways: Collection[str], since: str, before: str) -> list[LastVisit]:
        """The latest visit of each reference on one of these pathways in these days; see `Shelf`."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.last_visits(connection, pathways, since, before)

    def known(self) -> list[Known]:
        """Every reference that something is kept under."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.known(connection)

    def draft(self, screening: str) -> Draft:
        """An unfinished screening, whole. Opening it is a deed: it leaves a line in the audit log."""
        with self._deeds.deed(Right.SCREEN) as deed:
            row = self._as_written(_draft_row(deed.connection, screening))
            steps = journal.steps_of(deed.connection, screening)
            if len(steps) != row.steps:
                # A page that was never written again after it changed carries its seal, and lacks what was added.
                raise DamagedVault(
                    self._deeds.place,
                    tr("of {steps} saved steps {there} are there").format(steps=row.steps, there=len(steps)),
                )
            deed.note("open", screening)
        return Draft(screening, json.loads(row.opening), steps, json.loads(row.digest), row.updated_at)

    def discard(self, screening: str, reason: str) -> None:
        """Remove an unfinished screening: its words are erased, the rows' hashes and an audit row stay.

        Raises `PartSigned` where a part of it has been signed: a signed record is a fact.
        """
        with self._deeds.deed(Right.SCREEN) as deed:
            row = _draft_row(deed.connection, screening)
            if deed.connection.execute(select(records.c.id).where(records.c.screening == screening)).first():
                raise PartSigned
            erasing.take_out(deed.connection, screening, row.number)
            # The reason is somebody's own words: it stands where it can be erased, which the log never is.
            number = deed.note("discard", screening)
            gone = erasing.NOTHING_LEFT | {
                "state": "discarded",
                "reason": text_of({"said": reason}),
                "touched": number,
                "updated_at": deed.at,
            }
            _change(deed.connection, screening, gone)

    # --- signed records ---------------------------------------------------------------------------------------------

    def seal(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        """Sign these exact bytes with the open account's key and close the draft. Raises `WrongPassphrase`."""
        return self._seal(screening, content, digest, passphrase, closes=True)

    def seal_part(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        """As `seal`, for a part of a screening that goes on: the draft stays open."""
        return self._seal(screening, content, digest, passphrase, closes=False)

    def _seal(self, screening: str, content: bytes, digest: Json, passphrase: str, *, closes: bool) -> SignedRecord:
        self._deeds.ask(Right.SIGN)
        pair = self._unlock_signing(passphrase)
        with self._deeds.deed(Right.SIGN) as deed:
            row = _draft_row(deed.connection, screening)
            signed = self._signed(deed, pair, screening, content)
            name = "sign" if closes else "sign part"
            number = deed.note(name, screening, record=signed.record, key=signed.signature.fingerprint)
            opening, said = json.loads(row.opening), text_of(digest)
            self._keep(deed.connection, signed, lists.shown_of_record(content, opening) | {"digest": said})
            changed: dict[str, Any] = {"touched": number, "updated_at": deed.at}
            if closes:
                changed |= {"state": "signed", "digest": said} | lists.shown(opening, digest)
                changed["mark"] = mark_of_screening(row.steps, row.opening, said)
                search.put(deed.connection, row.number, search.words_of(opening, digest), signed=True)
            _change(deed.connection, screening, changed)
        return signed

    def parts(self, screening: str) -> list[SignedRecord]:
        """What has been signed of a screening, oldest first; amendments are not among it."""
        wanted = select(records).where(records.c.screening == screening, records.c.amends.is_(None))
        with self._deeds.look(Right.SCREEN) as connection:
            rows = connection.execute(wanted.order_by(records.c.number)).all()
        return [signed_of(row) for row in rows]

    def amend(self, record: str, content: bytes, passphrase: str) -> SignedRecord:
        """Add a signed amendment to a record, which itself never changes. Raises `WrongPassphrase`."""
        self._deeds.ask(Right.SIGN)
        pair = self._unlock_signing(passphrase)
        with self._deeds.deed(Right.SIGN) as deed:
            found = _record_row(deed.connection, record)
            if found.amends:
                found = _record_row(deed.connection, found.amends)
            signed = self._signed(deed, pair, found.screening, content, amends=found.id)
            deed.note("amend", found.id, record=signed.record, key=signed.signature.fingerprint)
            same = ("reference", "pathway", "visit_date", "incomplete", "digest")
            self._keep(deed.connection, signed, {name: getattr(found, name) for name in same})
        return signed

    def records(self, reference: str | None = None, *, words: str = "") -> list[RecordLine]:
        """Signed records, latest first; of one reference, or of the screenings found by words, when given."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.signed(connection, reference, words)

    def has_signed(self) -> bool:
        """Whether any record is signed; no list of them is read for it."""
        with self._deeds.look(Right.SCREEN) as connection:
            return lists.any_signed(connection)

    def record(self, record: str) -> SignedRecord:
        """A signed record or amendment, byte for byte. Reading it is a deed: it leaves a line in the audit log."""
        with self._deeds.deed(Right.SCREEN) as deed:
            row = _record_row(deed.connection, record)
            deed.note("read", record)
        return signed_of(row)

    def amendments(self, record: str) -> list[SignedRecord]:
        """What was added to a record, oldest first. It is read as part of the record and leaves no line of its own."""
        added = select(records).where(records.c.amends == record).order_by(records.c.number)
        with self._deeds.look(Right.SCREEN) as connection:
            rows = connection.execute(added).all()
        return [signed_of(row) for row in rows]

    def signed_under(self, reference: str) -> list[SignedRecord]:
        """Every signed record and amendment of a reference, as they were signed. Each record has its audit line."""
        kept = select(records).where(records.c.reference == whole(reference), records.c.erased.is_(None))
        with self._deeds.look(Right.SCREEN) as connection:
            if not whole(reference) or connection.execute(kept.limit(1)).first() is None:
                return []
        with self._deeds.deed(Right.SCREEN) as deed:
            rows = deed.connection.execute(kept.order_by(records.c.number)).all()
            for row in rows:
                if row.amends is None:
                    deed.note("read", row.id)
        return [signed_of(row) for row in rows]

    def note_file(self, screening: str, kind: str, answers: int) -> None:
        """Answers out of a file are about to be offered in an unfinished screening: the line in the log comes first."""
        with self._deeds.deed(Right.SCREEN) as deed:
            _draft_row(deed.connection, screening)
            deed.note("file read", screening, kind=kind, answers=answers)

    def note_export(self, record: str, kind: str) -> None:
        """Something of a record is about to be written outside the vault: its line in the audit log comes first."""
        with self._deeds.deed(Right.EXPORT) as deed:
            _record_row(deed.connection, record)
            deed.note("export", record, kind=kind)

    def note_exports(self, taken: Sequence[str], kind: str) -> None:
        """Something of each of these records is about to be written outside the vault: a line for each, together."""
        with self._deeds.deed(Right.EXPORT) as deed:
            for record in taken:
                deed.note("export", record, kind=kind)

    def exported(self, record: str) -> SignedRecord:
        """A record that is being taken out. The export has its line already, so that reading it leaves none."""
        with self._deeds.look(Right.EXPORT) as connection:
            return signed_of(_record_row(connection, record))

    def erase(self, reference: str) -> int:
        """Take out everything that is kept under a reference, unfinished and signed; how many screenings that were.

        Rows, hashes and signatures stay, so that everything else can still be shown to be whole; the line in the audit
        log names the rows and nothing of the patient. Raises `NotOnShelf` where nothing is kept under it. A
        `StoreFailed` after the rows were erased leaves words in the write-ahead log; to ask again takes them out of it.
        """
        with self._deeds.deed(Right.PURGE) as deed:
            erased = erasing.erase(deed, whole(reference))
        self._take_out_of_logs()
        if not erased:
            raise NotOnShelf(tr("Nothing is kept under this reference."))
        return erased

    def _take_out_of_logs(self) -> None:
        self._deeds.checkpoint()
        forget_tails(self._deeds.place)

    def kept_under(self, reference: str) -> KeptUnder:
        """How much is kept under a reference: a count, for whoever erases it and may read none of it."""
        with self._deeds.look(Right.PURGE) as connection:
            return erasing.kept_under(connection, reference)

    # --- what the clinic chose ----------------------------------------------------------------------------------------

    def remember(self, key: str, value: Json) -> None:
        """Keep a clinic-wide choice; the audit row says what it was and what it is now."""
        with self._deeds.deed(Right.CHOOSE) as deed:
            before = _choice(deed.connection, key)
            row = {"value": text_of(value), "changed_at": deed.at}
            if before is None:
                deed.connection.execute(insert(choices), [{"key": key} | row])
            else:
                deed.connection.execute(update(choices).where(choices.c.key == key).values(row))
            deed.note("policy change", key, before=before, after=dict(value))

    def recall(self, key: str) -> Json | None:
        """The clinic-wide choice kept under `key`, or None when none was ever made."""
        with self._deeds.look(None) as connection:
            return _choice(connection, key)

    # --- within a deed ------------------------------------------------------------------------------------------------

    def _as_written(self, row: Row[Any]) -> Row[Any]:
        """The row of an unfinished screening. Raises `DamagedVault` where a part of it is not as it was written."""
        if row.mark != mark_of_screening(row.steps, row.opening, row.digest):
            raise DamagedVault(self._deeds.place, tr("the row of a screening is not as it was last written"))
        return row

    def _signed(
        self, deed: Deed, pair: SigningPair, screening: str, content: bytes, amends: str | None = None
    ) -> SignedRecord:
        record = secrets.token_hex(8)
        statement = statement_of(
            content,
            record=record,
            screening=screening,
            amends=amends,
            signer=self._account,
            signed_at=deed.at,
            head=deed.head,
        )
        signature = sign(pair, statement, signer=self._account.name, signed_at=deed.at)
        return SignedRecord(record, screening, content, signature, amends, statement)

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
            "statement": signed.statement,
        }
        connection.execute(insert(records), [row | dict(shown) | {"mark": mark_of_record(shown)}])


def signed_of(row: Row[Any]) -> SignedRecord:
    """A row of the records' table as the value that left `seal`."""
    signature = Signature(row.signer, row.public_key, row.fingerprint, row.signed_at, row.signature)
    return SignedRecord(row.id, row.screening, bytes(row.content), signature, row.amends, bytes(row.statement or b""))


# Built once: to build a statement costs more than to run it.
_SCREENING = select(screenings).where(screenings.c.id == bindparam("at"))
_APPENDED = Prepared(
    update(screenings)
    .where(screenings.c.id == bindparam("at"))
    .values({name: bindparam(f"to_{name}") for name in ("digest", "steps", "updated_at", "mark")})
)


def _draft_row(connection: Connection, screening: str) -> Row[Any]:
    row = connection.execute(_SCREENING, {"at": screening}).first()
    if row is None:
        raise NotOnShelf(tr("There is no such screening here."))
    if row.state != "draft":
        raise NotOnShelf(
            tr("This screening is already signed.")
            if row.state == "signed"
            else tr("This screening is already discarded.")
        )
    return row


def _record_row(connection: Connection, record: str) -> Row[Any]:
    row = connection.execute(select(records).where(records.c.id == record)).first()
    if row is None:
        raise NotOnShelf(tr("There is no such record here."))
    if row.erased is not None:
        raise NotOnShelf(tr("What this record held was erased on request."))
    return row


def _change(connection: Connection, screening: str, values: Mapping[str, Any]) -> None:
    connection.execute(update(screenings).where(screenings.c.id == screening).values(dict(values)))


def _choice(connection: Connection, key: str) -> Json | None:
    text = connection.execute(select(choices.c.value).where(choices.c.key == key)).scalar()
    return None if text is None else dict(json.loads(text))

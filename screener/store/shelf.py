"""The shelf: screenings and records in one vault, for whoever has it open."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    false,
    func,
    insert,
    literal_column,
    select,
    update,
)

from screener.records.browse import Draft, DraftLine, Json, Known, Listing, RecordLine, Saved, Signature, SignedRecord
from screener.store import journal, search
from screener.store.deeds import Deed, Deeds
from screener.store.failures import DamagedVault, NotOnShelf, PartSigned
from screener.store.head import Tip
from screener.store.journal import text_of, whole
from screener.store.keyring import Account
from screener.store.keys import SigningPair
from screener.store.roles import Right
from screener.store.signing import sign, statement_of
from screener.store.tables import choice as choices
from screener.store.tables import record as records
from screener.store.tables import screening as screenings
from screener.store.tails import forget_tails


@dataclass(frozen=True, slots=True)
class KeptUnder:
    """How many screenings are kept under a reference, how many of them are unfinished, how many records were signed."""

    screenings: int
    unfinished: int
    signed: int


@dataclass(frozen=True, slots=True)
class _Held:
    """What is known of a screening from the last deed on it, so that the next need not ask: if nothing came between.

    `tip`: the log's last row then. `first`: its place in the order of touching is the first already.
    """

    screening: str
    steps: int
    number: int
    opening: Json
    shown: Mapping[str, Any]
    words: str
    tip: Tip
    first: bool = False

    @classmethod
    def of(cls, row: Row[Any], tip: Tip) -> _Held:
        opening, digest = json.loads(row.opening), json.loads(row.digest)
        shown = {name: getattr(row, name) for name in ("reference", "second_mark", "waits")}
        return cls(row.id, row.steps, row.number, opening, shown, search.words_of(opening, digest), tip)


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
            row = {"id": screening, "state": "draft", "opening": text_of(opening), "digest": "{}", "steps": 0}
            number = deed.note("begin", screening)
            when = {"number": number, "touched": number, "begun_at": deed.at, "updated_at": deed.at}
            deed.connection.execute(insert(screenings), [row | when | _shown(opening, {})])
            search.put(deed.connection, number, search.words_of(opening, {}), signed=False)
        return screening

    def append(self, screening: str, steps: Sequence[Json], digest: Json) -> Saved:
        """Add steps to the journal in order; on return they are on disk. Without steps only the digest is renewed."""
        with self._deeds.deed(Right.SCREEN) as deed:
            held, tip = self._held, deed.head.audit
            if held is None or (held.screening, held.tip) != (screening, tip):
                held = _Held.of(_draft_row(deed.connection, screening), tip)
            number = held.steps + len(steps)
            changed: dict[str, Any] = {}
            if steps:
                deed.step(screening, held.steps, steps)
                line = deed.note("answer", screening, first=held.steps + 1, last=number)
                if not held.first:
                    changed["touched"] = line
            values = {"at": screening, "to_digest": text_of(digest), "to_steps": number, "to_updated_at": deed.at}
            deed.connection.execute(_APPENDED, values)
            shown = _shown(held.opening, digest)
            words = search.words_of(held.opening, digest)
            changed |= {} if shown == held.shown else shown
            if changed:
                _change(deed.connection, screening, changed)
            if words != held.words:
                search.put(deed.connection, held.number, words, signed=False)
            known = replace(held, steps=number, shown=shown, words=words, tip=deed.head.audit, first=True)
            # Without a row in the log nothing would tell whether this deed came to its end.
            self._held = known if steps else None
            return Saved(screening, number, deed.at)

    def drafts(self) -> list[DraftLine]:
        """Unfinished screenings, last touched first."""
        with self._deeds.look(Right.SCREEN) as connection:
            rows = connection.execute(
                select(screenings).where(screenings.c.state == "draft").order_by(screenings.c.touched.desc())
            ).all()
        return [_draft_line(row) for row in rows]

    def listing(self, *, signed: bool, words: str = "", limit: int = 100, before: int | None = None) -> Listing:
        """A page of unfinished screenings or of signed ones; see `Shelf`."""
        state = "signed" if signed else "draft"
        with self._deeds.look(Right.SCREEN) as connection:
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
            return self._listing(connection, rows[:limit], more, total)

    def waiting(self, limit: int = 100) -> Listing:
        """Screenings, unfinished and signed, for which something is waited for, last touched first."""
        # In the very words of the index, which holds no others.
        wanted = select(screenings).where(literal_column("waits"))
        with self._deeds.look(Right.SCREEN) as connection:
            rows = connection.execute(wanted.order_by(screenings.c.touched.desc()).limit(limit)).all()
            return self._listing(connection, rows, None, None)

    def of_day(self, day: str) -> Listing:
        """Every screening with this visit date, unfinished and signed. Signed ones: of the last few hundred deeds."""
        drafts = select(screenings).where(screenings.c.state == "draft", _visited_on(day))
        lately = select(screenings.c.id).where(screenings.c.state == "signed").order_by(screenings.c.touched.desc())
        signed = select(screenings).where(screenings.c.id.in_(lately.limit(_SIGNED_LATELY)), _visited_on(day))
        with self._deeds.look(Right.SCREEN) as connection:
            rows = [row for wanted in (drafts, signed) for row in connection.execute(wanted.order_by("number"))]
            return self._listing(connection, rows, None, None)

    def _listing(
        self, connection: Connection, rows: Sequence[Row[Any]], more: int | None, total: int | None
    ) -> Listing:
        drafts = tuple(_draft_line(row) for row in rows if row.state == "draft")
        if not rows:
            return Listing((), (), more, total)
        found = connection.execute(_record_lines().where(records.c.screening.in_([row.id for row in rows])))
        order = {row.id: place for place, row in enumerate(rows)}
        lines = sorted(found, key=lambda row: (order[row.screening], -row.number))
        return Listing(drafts, tuple(_line(row) for row in lines), more, total)

    def known(self) -> list[Known]:
        """Every reference that something is kept under."""
        wanted = select(screenings.c.reference, func.max(screenings.c.second_mark)).where(screenings.c.reference != "")
        with self._deeds.look(Right.SCREEN) as connection:
            rows = connection.execute(wanted.group_by(screenings.c.reference))
            return [Known(reference, mark) for reference, mark in rows]

    def draft(self, screening: str) -> Draft:
        """An unfinished screening, whole. Opening it is a deed: it leaves a line in the audit log."""
        with self._deeds.deed(Right.SCREEN) as deed:
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
        with self._deeds.deed(Right.SCREEN) as deed:
            row = _draft_row(deed.connection, screening)
            if deed.connection.execute(select(records.c.id).where(records.c.screening == screening)).first():
                raise PartSigned
            journal.erase(deed.connection, screening)
            search.drop(deed.connection, row.number)
            # The reason is somebody's own words: it stands where it can be erased, which the log never is.
            number = deed.note("discard", screening)
            gone = _GONE | {
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
            self._keep(deed.connection, signed, _shown_of_record(content, opening) | {"digest": said})
            changed: dict[str, Any] = {"touched": number, "updated_at": deed.at}
            if closes:
                changed |= {"state": "signed", "digest": said} | _shown(opening, digest)
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

    def records(self, reference: str | None = None) -> list[RecordLine]:
        """Signed records, latest first; of one reference when given."""
        wanted = _record_lines()
        if reference is not None:
            wanted = wanted.where(records.c.reference == whole(reference))
        with self._deeds.look(Right.SCREEN) as connection:
            rows = connection.execute(wanted.order_by(records.c.number.desc())).all()
        return [_line(row) for row in rows]

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

    def note_export(self, record: str, kind: str) -> None:
        """Something of a record is about to be written outside the vault: its line in the audit log comes first."""
        with self._deeds.deed(Right.EXPORT) as deed:
            _record_row(deed.connection, record)
            deed.note("export", record, kind=kind)

    def erase(self, reference: str) -> int:
        """Take out everything that is kept under a reference, unfinished and signed; how many screenings that were.

        Rows, hashes and signatures stay, so that everything else can still be shown to be whole; the line in the audit
        log names the rows and nothing of the patient. Raises `NotOnShelf` where nothing is kept under it. A
        `StoreFailed` after the rows were erased leaves words in the write-ahead log; to ask again takes them out of it.
        """
        with self._deeds.deed(Right.PURGE) as deed:
            erased = _erased(deed, whole(reference))
        self._take_out_of_logs()
        if not erased:
            raise NotOnShelf("Nothing is kept under this reference.")
        return erased

    def _take_out_of_logs(self) -> None:
        self._deeds.checkpoint()
        forget_tails(self._deeds.place)

    def kept_under(self, reference: str) -> KeptUnder:
        """How much is kept under a reference: a count, for whoever erases it and may read none of it."""
        with self._deeds.look(Right.PURGE) as connection:
            wanted = func.count(), func.sum(case((screenings.c.state == "draft", 1), else_=0))
            some, unfinished = connection.execute(select(*wanted).where(_under(reference))).one()
            signed = select(func.count()).where(
                records.c.screening.in_(select(screenings.c.id).where(_under(reference))),
                records.c.amends.is_(None),
                records.c.erased.is_(None),
            )
            return KeptUnder(some, unfinished or 0, connection.execute(signed).scalar_one())

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
        connection.execute(insert(records), [row | dict(shown)])


def signed_of(row: Row[Any]) -> SignedRecord:
    """A row of the records' table as the value that left `seal`."""
    signature = Signature(row.signer, row.public_key, row.fingerprint, row.signed_at, row.signature)
    return SignedRecord(row.id, row.screening, bytes(row.content), signature, row.amends, bytes(row.statement or b""))


_SIGNED_LATELY = 500
"""More than any clinic signs in a day: what was signed before these was no visit of today."""


def _visited_on(day: str) -> ColumnElement[bool]:
    """The screenings whose visit is on a day, as their digest says, or their opening while there is no digest.

    Both are JSON as `text_of` writes it, in which no text of a person can stand for this.
    """
    said = text_of({"visit_date": day}).strip("{}")
    begun = (screenings.c.digest == "{}") & screenings.c.opening.contains(said, autoescape=True)
    return screenings.c.digest.contains(said, autoescape=True) | begun


def _under(reference: str) -> ColumnElement[bool]:
    """The screenings under a reference, their own or that of a record of theirs; none under no reference."""
    if not reference:
        return false()
    recorded = select(records.c.screening).where(records.c.reference == reference)
    return (screenings.c.reference == reference) | screenings.c.id.in_(recorded)


_GONE: dict[str, Any] = {"opening": None, "digest": None, "reference": "", "second_mark": "", "waits": False}


def _record_lines() -> Select[Any]:
    """Records without the contents: a list of them is read in no time."""
    amendments = records.alias("amendment")
    count = select(func.count()).where(amendments.c.amends == records.c.id).scalar_subquery()
    columns = [column for column in records.c if column not in (records.c.content, records.c.statement)]
    return select(*columns, count.label("amendments")).where(records.c.amends.is_(None), records.c.erased.is_(None))


def _draft_line(row: Row[Any]) -> DraftLine:
    return DraftLine(row.id, json.loads(row.opening), json.loads(row.digest), row.steps, row.updated_at)


def _shown(opening: Json, digest: Json) -> dict[str, Any]:
    """What the list needs of a screening beside its own words: by what it is found and warned of, whether it waits."""
    return {
        "reference": whole(str(opening.get("reference", ""))),
        "second_mark": whole(str(digest.get("second_mark", opening.get("second_mark", "")))),
        "waits": bool(digest.get("waiting_for")),
    }


# Built once: to build a statement costs more than to run it.
_SCREENING = select(screenings).where(screenings.c.id == bindparam("at"))
_APPENDED = (
    update(screenings)
    .where(screenings.c.id == bindparam("at"))
    .values({name: bindparam(f"to_{name}") for name in ("digest", "steps", "updated_at")})
)


def _erased(deed: Deed, reference: str) -> int:
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
        journal.erase(connection, row.id)
        search.drop(connection, row.number)
    without = {"erased": number, "content": b"", "reference": "", "digest": "{}"}
    connection.execute(update(records).where(records.c.id.in_(gone)).values(without))
    last = _GONE | {"state": "erased", "reason": "", "touched": number, "updated_at": deed.at}
    connection.execute(update(screenings).where(screenings.c.id.in_(named)).values(last))
    return len(rows)


def _draft_row(connection: Connection, screening: str) -> Row[Any]:
    row = connection.execute(_SCREENING, {"at": screening}).first()
    if row is None:
        raise NotOnShelf("There is no such screening here.")
    if row.state != "draft":
        raise NotOnShelf(f"This screening is already {row.state}.")
    return row


def _record_row(connection: Connection, record: str) -> Row[Any]:
    row = connection.execute(select(records).where(records.c.id == record)).first()
    if row is None:
        raise NotOnShelf("There is no such record here.")
    if row.erased is not None:
        raise NotOnShelf("What this record held was erased on request.")
    return row


def _change(connection: Connection, screening: str, values: Mapping[str, Any]) -> None:
    connection.execute(update(screenings).where(screenings.c.id == screening).values(dict(values)))


def _choice(connection: Connection, key: str) -> Json | None:
    text = connection.execute(select(choices.c.value).where(choices.c.key == key)).scalar()
    return None if text is None else dict(json.loads(text))


def _shown_of_record(content: bytes, opening: Json) -> dict[str, Any]:
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

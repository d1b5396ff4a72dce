"""The vault's tables as this version's statements see them. What a table once was is the business of `migrations/`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)


def only(rows: str) -> dict[str, Any]:
    """An index over these rows only."""
    return {"sqlite_where": text(rows), "postgresql_where": text(rows)}


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("administers", Boolean, nullable=False, server_default=false()),
    Column("until", Text),
)

# Keys that were ever valid here: a record stays checkable after its signer got another one.
signing_key = Table(
    "signing_key",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("account", Text, ForeignKey("account.id"), nullable=False),
    Column("public_key", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text),
)

# state: draft, signed, discarded or erased. number: in the order of beginning. touched: the audit row of the last deed;
# both are orders that no clock can turn round. waits: something is waited for. mark: fits what is long of the row.
screening = Table(
    "screening",
    metadata,
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("opening", Text),
    Column("digest", Text),
    Column("steps", Integer, nullable=False),
    Column("touched", Integer, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("reference", Text, nullable=False, server_default=""),
    Column("second_mark", Text, nullable=False, server_default=""),
    Column("waits", Boolean, nullable=False, server_default=false()),
    Column("reason", Text, nullable=False, server_default=""),
    Column("mark", Text, nullable=False, server_default=""),
    Column("visit_date", Text, nullable=False, server_default=""),
    Index("ix_screening_day", "visit_date", "number"),
    Index("ix_screening_state", "state", "touched"),
    Index("ix_screening_number", "number"),
    Index("ix_screening_reference", "reference", "second_mark"),
    Index("ix_screening_waits", "touched", **only("waits")),
)

# What is long stands last in its row, so that the rest can be read without it.
# salt and body go when a screening is discarded; sealed (their hash) stays, and with it the chain.
step = Table(
    "step",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("screening", Text, ForeignKey("screening.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("salt", Text),
    Column("body", Text),
    UniqueConstraint("screening", "position"),
)

# statement: the bytes that the signature is over; none in records of the first version: their content was signed.
# erased: the audit row of the erasing that took content, reference and digest out.
# mark: fits what lists show of it.
record = Table(
    "record",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("screening", Text, ForeignKey("screening.id"), nullable=False),
    Column("amends", Text, ForeignKey("record.id")),
    Column("reference", Text, nullable=False),
    Column("pathway", Text, nullable=False),
    Column("visit_date", Text, nullable=False),
    Column("incomplete", Boolean, nullable=False),
    Column("digest", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("signer", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("signed_at", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("statement", LargeBinary),
    Column("erased", Integer),
    Column("mark", Text, nullable=False, server_default=""),
    Index("ix_record_reference", "reference"),
    Index("ix_record_amends", "amends", **only("amends IS NOT NULL")),
    Index("ix_record_screening", "screening"),
)

# What the clinic chose for itself: its crisis card, its pressure limit.
choice = Table(
    "choice",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("chain", Text, nullable=False),
)

"""The first vault: screenings with their journal, signed records, the clinic's choices, the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None

# What is written once stays as it was written, whatever a later mistake in a statement says.
_ONCE = (
    ("audit", "UPDATE", ""),
    ("audit", "DELETE", ""),
    ("record", "UPDATE", ""),
    ("record", "DELETE", ""),
    ("step", "DELETE", ""),
    # Only the erasing of a discarded screening's words passes.
    (
        "step",
        "UPDATE",
        "WHEN NEW.salt IS NOT NULL OR NEW.body IS NOT NULL OR NEW.number <> OLD.number OR NEW.at <> OLD.at"
        " OR NEW.screening <> OLD.screening OR NEW.position <> OLD.position"
        " OR NEW.sealed <> OLD.sealed OR NEW.chain <> OLD.chain",
    ),
)


def upgrade() -> None:
    _people()
    _screenings()
    _records()
    _choices_and_audit()
    if op.get_bind().dialect.name == "sqlite":
        for table, deed, when in _ONCE:
            op.execute(
                f"CREATE TRIGGER {table}_keeps_on_{deed.lower()} BEFORE {deed} ON {table} {when}"
                f" BEGIN SELECT RAISE(ABORT, '{table} rows are written once'); END"
            )


def _people() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_table(
        "signing_key",
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_signing_key"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_signing_key_account"),
    )


def _screenings() -> None:
    op.create_table(
        "screening",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("opening", sa.Text),
        sa.Column("digest", sa.Text),
        sa.Column("steps", sa.Integer, nullable=False),
        sa.Column("touched", sa.Integer, nullable=False),
        sa.Column("begun_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_screening"),
    )
    op.create_index("ix_screening_state", "screening", ["state", "touched"])
    op.create_table(
        "step",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("screening", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.Column("salt", sa.Text),
        sa.Column("body", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_step"),
        sa.ForeignKeyConstraint(["screening"], ["screening.id"], name="fk_step_screening"),
        sa.UniqueConstraint("screening", "position", name="uq_step_screening"),
    )


def _records() -> None:
    op.create_table(
        "record",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("screening", sa.Text, nullable=False),
        sa.Column("amends", sa.Text),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("pathway", sa.Text, nullable=False),
        sa.Column("visit_date", sa.Text, nullable=False),
        sa.Column("incomplete", sa.Boolean, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("signer", sa.Text, nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("signed_at", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_record"),
        sa.UniqueConstraint("id", name="uq_record_id"),
        sa.ForeignKeyConstraint(["screening"], ["screening.id"], name="fk_record_screening"),
        sa.ForeignKeyConstraint(["amends"], ["record.id"], name="fk_record_amends"),
    )
    op.create_index("ix_record_reference", "record", ["reference"])
    op.create_index("ix_record_amends", "record", ["amends"])


def _choices_and_audit() -> None:
    op.create_table(
        "choice",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_choice"),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )

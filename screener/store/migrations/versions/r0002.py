"""Several accounts, a list that is searched in the vault, seals over records, erasing under a reference."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"

# Written once, but for erasing: content, reference and what lists show of it go, everything else stays.
_RECORD_KEEPS = " OR ".join(
    [
        "NEW.erased IS NULL",
        "OLD.erased IS NOT NULL",
        "length(NEW.content) <> 0",
        "NEW.reference <> ''",
        "NEW.digest <> '{}'",
        *(
            f"NEW.{column} IS NOT OLD.{column}"
            for column in (
                "number",
                "id",
                "screening",
                "amends",
                "pathway",
                "visit_date",
                "incomplete",
                "account",
                "signer",
                "public_key",
                "fingerprint",
                "signed_at",
                "signature",
                "statement",
            )
        ),
    ]
)


def upgrade() -> None:
    op.add_column("account", sa.Column("administers", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("account", sa.Column("until", sa.Text))
    # Whoever was there before there were roles did everything.
    op.execute(sa.text("UPDATE account SET administers = :yes").bindparams(sa.bindparam("yes", True, sa.Boolean)))
    for column in (
        sa.Column("number", sa.Integer, nullable=False, server_default="0"),
        sa.Column("reference", sa.Text, nullable=False, server_default=""),
        sa.Column("second_mark", sa.Text, nullable=False, server_default=""),
        sa.Column("waits", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
    ):
        op.add_column("screening", column)
    op.add_column("record", sa.Column("statement", sa.LargeBinary))
    op.add_column("record", sa.Column("erased", sa.Integer))
    for name, table, columns in (
        ("ix_screening_number", "screening", ["number"]),
        ("ix_screening_reference", "screening", ["reference", "second_mark"]),
        ("ix_record_screening", "record", ["screening"]),
    ):
        op.create_index(name, table, columns)
    op.drop_index("ix_record_amends", "record")
    for name, table, ordered, rows in (
        ("ix_screening_waits", "screening", "touched", "waits"),
        ("ix_record_amends", "record", "amends", "amends IS NOT NULL"),
    ):
        op.create_index(name, table, [ordered], sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TRIGGER record_keeps_on_update")
        op.execute(
            f"CREATE TRIGGER record_keeps_on_update BEFORE UPDATE ON record WHEN {_RECORD_KEEPS}"
            " BEGIN SELECT RAISE(ABORT, 'record rows are written once'); END"
        )
        op.execute("CREATE VIRTUAL TABLE listed USING fts5(words, tokenize = 'trigram')")
        op.execute("INSERT INTO listed(listed, rank) VALUES('secure-delete', 1)")
    else:
        op.create_table(
            "listed", sa.Column("rowid", sa.Integer, primary_key=True), sa.Column("words", sa.Text, nullable=False)
        )
    _fill()


def _fill() -> None:
    """What a list shows and searches of each screening that is still there, out of its own words."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT id, state, opening, digest FROM screening WHERE opening IS NOT NULL ORDER BY begun_at, id")
    ).fetchall()
    for number, row in enumerate(rows, start=1):
        opening, digest = json.loads(row.opening), json.loads(row.digest or "{}")
        reference, mark = _whole(str(opening.get("reference", ""))), _whole(_mark(opening, digest))
        connection.execute(
            sa.text(
                "UPDATE screening SET number = :number, reference = :reference, second_mark = :mark, waits = :waits"
                " WHERE id = :id"
            ).bindparams(sa.bindparam("waits", type_=sa.Boolean)),
            {"id": row.id, "number": number, "reference": reference, "mark": mark}
            | {"waits": bool(digest.get("waiting_for"))},
        )
        said = (reference, mark, str(digest.get("pathway", "")), str(opening.get("clinician", "")))
        state = "\x02signed\x02" if row.state == "signed" else "\x02unfinished\x02"
        words = _whole("\n".join((*said, state)).casefold())
        connection.execute(
            sa.text("INSERT INTO listed (rowid, words) VALUES (:number, :words)"),
            {"number": number, "words": words},
        )


def _whole(text: str) -> str:
    """Half a character has no UTF-8: its number stands for it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _mark(opening: dict[str, Any], digest: dict[str, Any]) -> str:
    return str(digest.get("second_mark", opening.get("second_mark", "")))

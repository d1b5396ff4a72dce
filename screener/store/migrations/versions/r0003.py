"""A mark on each row of a screening and of a record: whether what is long of it is as it was last written.

And the day of a visit, by which the list of a day finds its screenings.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"

_STAYS = (
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
# Written once, but for erasing: content, reference and what lists show of it go, everything else stays.
_RECORD_KEEPS = " OR ".join(
    [
        "NEW.erased IS NULL",
        "OLD.erased IS NOT NULL",
        "length(NEW.content) <> 0",
        "NEW.reference <> ''",
        "NEW.digest <> '{}'",
        "NEW.mark <> ''",
        *(f"NEW.{column} IS NOT OLD.{column}" for column in _STAYS),
    ]
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("screening", "record"):
        op.add_column(table, sa.Column("mark", sa.Text, nullable=False, server_default=""))
    op.add_column("screening", sa.Column("visit_date", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_screening_day", "screening", ["visit_date", "number"])
    if sqlite:
        op.execute("DROP TRIGGER record_keeps_on_update")
    _fill()
    if sqlite:
        op.execute(
            f"CREATE TRIGGER record_keeps_on_update BEFORE UPDATE ON record WHEN {_RECORD_KEEPS}"
            " BEGIN SELECT RAISE(ABORT, 'record rows are written once'); END"
        )


def _fill() -> None:
    """The marks of rows as they stand, but of those whose words were taken out."""
    connection = op.get_bind()
    kept = sa.text("SELECT id, steps, opening, digest FROM screening WHERE opening IS NOT NULL")
    for row in connection.execute(kept).fetchall():
        _put("screening", row.id, row.steps, row.opening, row.digest)
        day = {"id": row.id, "day": _day(json.loads(row.opening), json.loads(row.digest or "{}"))}
        connection.execute(sa.text("UPDATE screening SET visit_date = :day WHERE id = :id"), day)
    signed = sa.text("SELECT id, reference, pathway, visit_date, incomplete, digest FROM record WHERE erased IS NULL")
    for row in connection.execute(signed).fetchall():
        _put("record", row.id, row.reference, row.pathway, row.visit_date, int(row.incomplete), row.digest)


def _day(opening: dict[str, Any], digest: dict[str, Any]) -> str:
    day = str(digest.get("visit_date", opening.get("visit_date", "")))
    # Half a character has no UTF-8: its number stands for it.
    return day.encode("utf-8", "backslashreplace").decode("utf-8")


def _put(table: str, row: str, *parts: object) -> None:
    mark = hashlib.sha256("\0".join(str(part) for part in parts).encode("utf-8")).hexdigest()[:32]
    op.get_bind().execute(sa.text(f"UPDATE {table} SET mark = :mark WHERE id = :id"), {"mark": mark, "id": row})

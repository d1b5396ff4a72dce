"""The words by which a screening is found: part of a word is enough, in any case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, column, literal_column, select, table, text

from screener.records.browse import Json
from screener.store.journal import whole

# On SQLite a full-text index over groups of three characters, encrypted with the rest; elsewhere a plain table.
_listed = table("listed", column("rowid"), column("words"))
_GROUP = 3
# Stand among the words, so that the index itself tells the two apart; nobody types them.
_UNFINISHED, _SIGNED = "\x02unfinished\x02", "\x02signed\x02"


def words_of(opening: Json, digest: Json) -> str:
    """What a screening is found by, in small letters: reference, second mark, pathway, clinician."""
    mark = digest.get("second_mark", opening.get("second_mark", ""))
    said = (opening.get("reference", ""), mark, digest.get("pathway", ""), opening.get("clinician", ""))
    return whole("\n".join(str(part) for part in said).casefold())


def put(connection: Connection, number: int, words: str, *, signed: bool) -> None:
    """Have the screening with this number found by these words, and by no others."""
    drop(connection, number)
    row = {"number": number, "words": f"{words}\n{_SIGNED if signed else _UNFINISHED}"}
    connection.execute(text("INSERT INTO listed (rowid, words) VALUES (:number, :words)"), row)


def drop(connection: Connection, number: int) -> None:
    """Have the screening with this number found no more."""
    connection.execute(text("DELETE FROM listed WHERE rowid = :number"), {"number": number})


def matching(
    connection: Connection, wanted: str, *, signed: bool, limit: int | None = None, before: int | None = None
) -> Select[Any]:
    """The numbers of screenings in whose words every one of the wanted words stands, latest begun first; of so many.

    Only signed ones, or only unfinished ones; `before`: begun before the one with this number.
    """
    # A NUL would end the query early.
    parts = [*whole(wanted).replace("\0", " ").casefold().split(), _SIGNED if signed else _UNFINISHED]
    found = select(_listed.c.rowid).order_by(_listed.c.rowid.desc()).limit(limit)
    indexed = [part for part in parts if len(part) >= _GROUP] if connection.dialect.name == "sqlite" else []
    if indexed:
        phrases = " AND ".join('"' + part.replace('"', '""') + '"' for part in indexed)
        found = found.where(literal_column("listed").op("MATCH")(phrases))
    for part in parts:
        if part not in indexed:
            found = found.where(_listed.c.words.contains(part, autoescape=True))
    return found if before is None else found.where(_listed.c.rowid < before)

"""Statements that run with every answer: compiled once, and then given to the driver as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy.sql.expression import UpdateBase

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine import Dialect


class Prepared:
    """A statement that writes rows of texts and whole numbers.

    SQLAlchemy's own way from a statement to its driver costs several times what the row does, at every answer. The
    statement stays one of its Core, so that another database gets it in its own words.
    """

    def __init__(self, statement: UpdateBase) -> None:
        self._statement = statement
        self._dialect: Dialect | None = None
        self._words: str = ""
        self._order: tuple[str, ...] = ()

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Write one row. What the driver raises comes as it is."""
        if connection.dialect is not self._dialect:
            self._compile(connection.dialect)
        given = [values[name] for name in self._order] if self._order else values
        cursor = connection.connection.cursor()
        cursor.execute(self._words, given)
        cursor.close()

    def _compile(self, dialect: Dialect) -> None:
        compiled = self._statement.compile(dialect=dialect)
        self._words, self._order = str(compiled), tuple(compiled.positiontup or ())
        self._dialect = dialect

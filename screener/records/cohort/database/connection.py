"""A connection to a database, opened by its URL: what stands there, and statements that are run there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from screener.forms.findings import nearest
from screener.text import WorldError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

EXTRA = "cohort-sql"
SCHEMES = ("duckdb", "postgresql", "postgres")
PASSWORD = "For PostgreSQL it is read from the variable PGPASSWORD, from ~/.pgpass, or from a service (PGSERVICEFILE)."
_HIDDEN = ("information_schema", "pg_catalog")
_FOR_THE_CONNECTION = "screener_"
"""How tables begin that go with the connection."""


class Database:
    """An open connection. Whatever goes wrong there is a WorldError that says so."""

    def __init__(self, backend: Any, shown: str) -> None:
        self._backend, self.shown = backend, shown
        self._numbers = 0

    @property
    def _is_duckdb(self) -> bool:
        return bool(self._backend.name == "duckdb")

    # --- what stands there --------------------------------------------------------------------------------------------

    def table(self, name: str) -> ir.Table:
        """The table or the view of a name, `SCHEMA.NAME` where it lies elsewhere. WorldError if it is not there."""
        schema, name = self._found(name)
        where = f"{_quoted(schema)}.{_quoted(name)}"
        with _explained(self.shown):
            if self._is_duckdb:
                import ibis

                arrow = self._backend.con.sql(f"SELECT * FROM {where} LIMIT 0").to_arrow_table()
                return self._bound(name, ibis.Schema.from_pyarrow(arrow.schema), schema)
            return self._bound(name, self._backend.get_schema(name, database=schema), schema)

    def _found(self, wanted: str) -> tuple[str, str]:
        tables = self._tables()
        here = self._here()
        for schema, name in ((here, wanted), tuple(wanted.split(".", 1))) if "." in wanted else ((here, wanted),):
            if (schema, name) in tables:
                return schema, name
        known = [name if schema == here else f"{schema}.{name}" for schema, name in tables]
        hint = nearest(wanted, known)
        raise WorldError(
            f"{self.shown} has no table {wanted!r}.", f"{hint[:1].upper()}{hint[1:]}" if hint else "It holds no table."
        )

    def _tables(self) -> list[tuple[str, str]]:
        catalog = "table_catalog = current_catalog AND " if self._is_duckdb else ""
        hidden = ", ".join(f"'{name}'" for name in _HIDDEN)
        found = self.rows(
            "SELECT table_schema, table_name FROM information_schema.tables "
            f"WHERE {catalog}table_schema NOT IN ({hidden}) ORDER BY 1, 2"
        )
        return [(str(schema), str(name)) for schema, name in found]

    def _here(self) -> str:
        ((schema,),) = self.rows("SELECT current_schema()")
        return str(schema)

    def holds(self, name: str) -> bool:
        """Whether there is a table of this name already, where a new one would be made."""
        return (self._here(), name) in self._tables()

    def _bound(self, name: str, schema: Any, namespace: str | None = None) -> ir.Table:
        import ibis.expr.operations as ops

        return ops.DatabaseTable(
            name=name, schema=schema, source=self._backend, namespace=ops.Namespace(database=namespace)
        ).to_expr()

    # --- what is run there --------------------------------------------------------------------------------------------

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What a statement comes to."""
        with _explained(self.shown):
            cursor = self._backend.raw_sql(statement)
            found = cursor.fetchall()
            if not self._is_duckdb:
                cursor.close()
            return [tuple(row) for row in found]

    def _run(self, statement: str) -> None:
        with _explained(self.shown):
            cursor = self._backend.raw_sql(statement)
            if not self._is_duckdb:
                cursor.close()

    def of(self, expression: ir.Table) -> list[dict[str, Any]]:
        """The rows of an expression."""
        with _explained(self.shown):
            found: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
            return found

    def kept(self, expression: ir.Table) -> ir.Table:
        """What an expression comes to, as a table there that goes with the connection."""
        name = self._name()
        with _explained(self.shown):
            made = self._backend.compile(expression)
        self._run(f"CREATE TEMPORARY TABLE {_quoted(name)} AS {made}")
        return self._bound(name, expression.schema())

    def given(self, columns: Mapping[str, pa.Array]) -> ir.Table:
        """Columns from here, as a table there that goes with the connection."""
        import ibis
        import pyarrow as pa

        name, held = self._name(), pa.table(dict(columns))
        with _explained(self.shown):
            if not self._is_duckdb:
                self._backend.create_table(name, held, temp=True)
            else:
                connection = self._backend.con
                connection.register(f"{name}_here", held)
                connection.execute(f"CREATE TEMPORARY TABLE {_quoted(name)} AS SELECT * FROM {_quoted(name + '_here')}")
                connection.unregister(f"{name}_here")
        return self._bound(name, ibis.Schema.from_pyarrow(held.schema))

    def _name(self) -> str:
        self._numbers += 1
        return f"{_FOR_THE_CONNECTION}{self._numbers}"

    def write(self, name: str, expression: ir.Table) -> None:
        """What an expression comes to as a table that stays. One that is there already is never written over."""
        self.may_write(name)
        with _explained(self.shown):
            made = self._backend.compile(expression)
        self._run(f"CREATE TABLE {_quoted(self._here())}.{_quoted(name)} AS {made}")

    def may_write(self, name: str) -> None:
        """WorldError where a table has this name already."""
        if self.holds(name):
            raise WorldError(
                f"{self.shown} has a table {name!r} already.", "Choose another name: none is written over."
            )

    def take_away(self, name: str) -> None:
        """A table that was written by `write`, when what goes with it could not be."""
        self._run(f"DROP TABLE {_quoted(self._here())}.{_quoted(name)}")


@contextmanager
def opened(url: str, *, writes: bool) -> Iterator[Database]:
    """The database of a URL. Raises WorldError where it cannot be opened; nothing is made that was not there."""
    parts = urlsplit(url)
    shown = _shown(url)
    if parts.scheme not in SCHEMES:
        raise WorldError(
            f"{shown!r} names no database that is known here.",
            "Write duckdb:///FOLDER/FILE.duckdb or postgresql://USER@HOST/DATABASE.",
        )
    if parts.password is not None or "password" in parse_qs(parts.query, keep_blank_values=True):
        raise WorldError("A password stands in the connection, where others read it.", f"Leave it out. {PASSWORD}")
    _check_installed(parts.scheme)
    backend = _duckdb(parts.netloc, parts.path, shown, writes) if parts.scheme == "duckdb" else _postgres(url, shown)
    try:
        yield Database(backend, shown)
    finally:
        backend.disconnect()


def _shown(url: str) -> str:
    """The URL as it may be printed: with nothing that stands before a host but a name, and without its options."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return f"{parts.scheme}://{user.partition(':')[0]}{at}{host}{parts.path}" if parts.scheme else url.partition("?")[0]


def _check_installed(scheme: str) -> None:
    needed = ("ibis", "pyarrow", "duckdb" if scheme == "duckdb" else "psycopg")
    lacking = [name for name in needed if find_spec(name) is None]
    if lacking:
        raise WorldError(
            f"A table in a database needs {', '.join(lacking)}, which is not installed.",
            f"Install the optional extra {EXTRA}: pip install 'screener[{EXTRA}]'.",
        )


def _duckdb(host: str, path: str, shown: str, writes: bool) -> Any:
    import ibis

    file = Path(host + path)
    if not file.is_file():
        raise WorldError(f"{file} is not there, or is no file.", "Check its name: duckdb:/// and the whole path.")
    with _explained(shown):
        return ibis.duckdb.connect(file, read_only=not writes)


def _postgres(url: str, shown: str) -> Any:
    import ibis
    import psycopg

    with _explained(shown, f"Check that it runs, its name and its user. {PASSWORD}"):
        # By the driver itself, which knows services and password files; nothing is asked for.
        return ibis.postgres.from_connection(psycopg.connect(url, autocommit=True))


def _refusals() -> Sequence[type[Exception]]:
    """What is raised where a database, or what lies between, refuses something."""
    import ibis.common.exceptions
    import pyarrow as pa

    found: list[type[Exception]] = [ibis.common.exceptions.IbisError, OSError, pa.ArrowException]
    if find_spec("duckdb") is not None:
        import duckdb

        found.append(duckdb.Error)
    if find_spec("psycopg") is not None:
        import psycopg

        found.append(psycopg.Error)
    return found


_LOOK_AT = "Check that it runs, its name and its user, and what this user may read and make there."


@contextmanager
def _explained(shown: str, next_step: str = _LOOK_AT) -> Iterator[None]:
    """Turns refusals of a database into a sentence with what to do next."""
    try:
        yield
    except tuple(_refusals()) as wrong:
        said = " ".join(str(wrong).split()) or type(wrong).__name__
        raise WorldError(f"{shown} refused: {said[:400]}", next_step) from wrong


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'

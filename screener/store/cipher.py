"""The encrypted file as the driver sees it: the only place that opens one."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener.language import tr_n
from screener.store.failures import DamagedVault
from screener.store.files import private_file

if TYPE_CHECKING:
    # Imported late where they run: SQLAlchemy costs a fifth of a second, and the window comes first.
    from sqlalchemy import Engine


def connected(path: str, key: bytes, *, uri: bool = False) -> Any:
    """A connection that was told the key and has read nothing yet."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(path, uri=uri, isolation_level=None, check_same_thread=False, timeout=2)
    # SQLCipher's own log would write on the console.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def ready(connection: Any, mode: str) -> Any:
    """A connection set up so that a commit that returned is on the disk. Closed again when the file is not readable."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        # Where a plain sync ends in the drive's own memory (macOS), go through it; elsewhere these change nothing.
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
        # A discarded screening's words are overwritten, not only forgotten.
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def write_ahead(path: Path, key: bytes, *, check: bool) -> Engine:
    """The vault as it is worked with. `check` reads every page first: after a crash."""
    private_file(path)
    connection = ready(connected(str(path), key), "WAL")
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if check:
            # First bring the log into the file: a page that was half written when the power went is mended by that.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if faults:
                raise DamagedVault(
                    path, tr_n("{n} page does not carry its seal", "{n} pages do not carry their seal", len(faults))
                )
    except BaseException:
        connection.close()
        raise
    return engine_over(connection)


def one_file(path: Path, key: bytes) -> Engine:
    """A vault being made or upgraded: no log beside it. Foreign keys are checked afterwards, for tables are rebuilt."""
    private_file(path)
    return engine_over(ready(connected(str(path), key), "DELETE"))


def in_memory() -> Engine:
    """A vault that is gone with the program. Its key is nobody's."""
    return engine_over(ready(connected(":memory:", secrets.token_bytes(32)), "MEMORY"))


def engine_over(connection: Any) -> Engine:
    """SQLAlchemy over this one connection. The key is not kept: there is no second connection to make."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool
    from sqlcipher3 import dbapi2

    # hide_parameters: no error text may hold an answer.
    # StaticPool: every thread gets the same connection; `Deeds` sees to it that they take turns.
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )
    # The dialect's own place for it: a listener of the event costs as much again at every deed.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment]
    return engine


def rekey(path: Path, key: bytes, new_key: bytes) -> None:
    """Encrypt every page of a file anew. Only for a copy: a crash halfway leaves a file that no key opens."""
    connection = ready(connected(str(path), key), "DELETE")
    try:
        connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
    finally:
        connection.close()


def _begin(connection: Any) -> None:
    # The driver begins nothing by itself (isolation_level=None), so that tables, too, are made within the transaction;
    # IMMEDIATE, so that a refusal comes at the start and not at the commit.
    connection.cursor().execute("BEGIN IMMEDIATE")


def peeked(path: Path, key: bytes) -> str | None:
    """The version of the vault's tables, read without touching a byte; None when it cannot be told that way.

    The version never stands in the write-ahead log alone: upgrades replace the whole file.
    """
    from sqlcipher3 import dbapi2

    if not path.exists():
        return None
    connection = connected(f"{path.absolute().as_uri()}?immutable=1", key, uri=True)
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except dbapi2.Error:
        return None
    finally:
        connection.close()
    return str(found[0]) if found else None

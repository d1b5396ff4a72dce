"""A PostgreSQL server of one's own: from the system's package, on a socket in a temporary folder, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

USER = "postgres"
_PATIENCE_S = "60"
_SETTINGS = "fsync=off\nfull_page_writes=off\nlisten_addresses=''\nunix_socket_permissions=0777\n"


def _programs() -> Path | None:
    """Where the newest server's programs lie; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return None if there is None else Path(there).resolve().parent


def lacking() -> str:
    """Why there can be no server on this machine; empty where there can."""
    if _programs() is None:
        return "not on this machine: postgresql (the README's Test command installs it)"
    if find_spec("psycopg") is None:
        return "not on this machine: psycopg (it comes with the extra `test`)"
    return ""


@contextmanager
def server(password: str = "") -> Iterator[str]:
    """The URL of a server that nobody else reaches, which asks for a password where one is given.

    Where there can be none, the test is skipped or fails.
    """
    problem = lacking()
    if problem and os.environ.get("SCREENER_SKIPS_NOTHING"):
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)
    programs = _programs()
    assert programs is not None
    # A path of a socket may have a hundred letters: pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if _as_root():
            shutil.chown(folder, USER)
        asks: tuple[object, ...] = ("-A", "trust")
        if password:
            asks = ("-A", "scram-sha-256", "--pwfile", folder / "password")
            (folder / "password").write_text(password, encoding="utf-8")
        _run(programs / "initdb", "-D", folder / "data", "-U", USER, *asks, "-E", "UTF8", "--no-locale", "-N")
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"{_SETTINGS}unix_socket_directories='{folder}'\n")
        control = (programs / "pg_ctl", "-D", folder / "data", "-w", "-t", _PATIENCE_S)
        _run(*control, "-l", folder / "log", "start")
        try:
            yield f"postgresql://{USER}@/postgres?host={folder}"
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(*command: object) -> None:
    """Run one of the server's programs, which refuse to be root."""
    before = ["runuser", "-u", USER, "--"] if _as_root() else []
    # What `pg_ctl` begins keeps a pipe open for as long as it runs: what is said goes into a file.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [*before, *map(str, command)], stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False
        )
        said.seek(0)
        assert not done.returncode, said.read()

"""Versions of the tables: the migrations make what the statements expect, and an upgrade is whole or has not been."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screener.store import making, schema
from screener.store.failures import DamagedVault, LaterVersion, MissingRows
from screener.store.vault import Vault
from tests.store.places import OPENING, PASSPHRASE, answer, beside_the_program, bytes_of_all, made, opened

NOW = schema.newest()
THEN = f"r{int(NOW.removeprefix('r')) + 1:04}"
NEXT = """
from alembic import op
import sqlalchemy as sa
revision = "{next}"
down_revision = "{now}"

def upgrade():
    op.add_column("screening", sa.Column("room", sa.Text))
    op.execute("UPDATE screening SET room = 'none'")
    {then}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault of the present version with five answers and a record."""
    place = tmp_path / "records"
    with made(place)[0] as vault:
        vault.shelf.append(vault.shelf.begin(OPENING), [answer(number) for number in range(5)], {"answered": 5})
        vault.shelf.seal(vault.shelf.begin(OPENING), b"{}", {}, PASSPHRASE)
    return place


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From here on the program knows one more version; the file that makes it."""
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    step = migrations / "versions" / f"{THEN}.py"
    step.write_text(NEXT.format(now=NOW, next=THEN, then=""), "utf-8")
    return step


def columns(folder: Path) -> set[str]:
    with beside_the_program(folder) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(screening)")}


def test_the_migrations_make_exactly_the_tables_that_the_statements_expect() -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from screener.store.tables import metadata

    with Vault.in_memory() as vault, vault._deeds.look(None) as connection:
        # The full-text index is the driver's own kind of table.
        def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
            return not (kind == "table" and (name or "").startswith("listed"))

        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []
        assert schema.version_of(connection) == schema.newest()


def test_the_names_of_the_migrations_are_their_order() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(schema.configuration())
    assert [one.revision for one in script.walk_revisions()][::-1] == schema.versions()


def test_an_older_vault_is_brought_up_with_everything_in_it(folder: Path, next_version: Path) -> None:
    with opened(folder) as vault:
        [line] = vault.shelf.drafts()
        assert vault.shelf.draft(line.screening).steps == tuple(answer(number) for number in range(5))
        assert len(vault.shelf.records()) == 1
        assert vault.verify() == ()
        with vault._deeds.look(None) as connection:
            assert schema.version_of(connection) == THEN
    assert "room" in columns(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["vault.db", "vault.head", "vault.keys.json", "vault.lock"]
    opened(folder).close()


def test_an_older_vault_that_crashed_is_brought_up_with_what_stood_in_its_log(
    folder: Path, tmp_path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "left"
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", Path(schema.__file__).parent / "migrations")
        with opened(folder) as vault:
            [line] = vault.shelf.drafts()
            vault.shelf.append(line.screening, [answer(5)], {})
            shutil.copytree(folder, left)
    with opened(left) as vault:
        assert len(vault.shelf.draft(line.screening).steps) == 6
        assert vault.verify() == ()
    assert "room" in columns(left)


def test_a_program_that_does_not_know_the_new_version_refuses_it(
    folder: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(folder).close()
    monkeypatch.undo()
    before = bytes_of_all(folder)
    with pytest.raises(LaterVersion):
        opened(folder)
    assert bytes_of_all(folder) == before


def test_an_upgrade_that_stops_halfway_leaves_the_vault_as_it_was(folder: Path, next_version: Path) -> None:
    next_version.write_text(NEXT.format(now=NOW, next=THEN, then="raise RuntimeError('halfway')"), "utf-8")
    before = bytes_of_all(folder)["vault.keys.json"]
    with pytest.raises(RuntimeError, match="halfway"):
        opened(folder)
    assert bytes_of_all(folder)["vault.keys.json"] == before
    assert "room" not in columns(folder)
    next_version.write_text(NEXT.format(now=NOW, next=THEN, then=""), "utf-8")
    shutil.rmtree(next_version.parent / "__pycache__", ignore_errors=True)
    with opened(folder) as vault:
        assert vault.shelf.drafts()[0].steps == 5
    assert not (folder / "vault.db.upgrading").exists()


@pytest.mark.parametrize("moment", ["before the keys file", "between the keys file and the vault"])
def test_a_crash_in_an_upgrade_is_made_good_at_the_next_opening(
    folder: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    class Crash(BaseException):
        """Stands for the end of the program."""

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(making, "sync_file" if moment.startswith("before") else "_put", crash)
        with pytest.raises(Crash):
            opened(folder)
    assert (folder / "vault.db.upgrading").exists()
    assert "room" not in columns(folder)
    with opened(folder) as vault:
        assert vault.shelf.drafts()[0].steps == 5
        assert vault.verify() == ()
    assert "room" in columns(folder)
    assert not (folder / "vault.db.upgrading").exists()


def test_an_upgrade_that_loses_rows_does_not_replace_the_vault(folder: Path, next_version: Path) -> None:
    free = 'op.execute("DROP TRIGGER IF EXISTS audit_keeps_on_delete"); '
    then = 'op.execute("DELETE FROM audit WHERE number > 4")'
    next_version.write_text(NEXT.format(now=NOW, next=THEN, then=free + then), "utf-8")
    with pytest.raises(MissingRows):
        opened(folder)
    assert "room" not in columns(folder)
    free = 'op.execute("DROP TRIGGER IF EXISTS audit_keeps_on_update"); '
    then = 'op.execute("UPDATE audit SET at = 1 WHERE number = 3")'
    next_version.write_text(NEXT.format(now=NOW, next=THEN, then=free + then), "utf-8")
    shutil.rmtree(next_version.parent / "__pycache__", ignore_errors=True)
    with pytest.raises(DamagedVault, match="audit log: row 3 is altered"):
        opened(folder)
    assert "room" not in columns(folder)


def test_a_damaged_page_stops_an_upgrade(folder: Path, next_version: Path) -> None:
    path = folder / "vault.db"
    whole = path.read_bytes()
    place = len(whole) - 2000
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    with pytest.raises(DamagedVault):
        opened(folder)
    assert path.read_bytes()[4096:] == (whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])[4096:]

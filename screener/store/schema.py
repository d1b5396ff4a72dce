"""Which version a vault's tables have, and how older ones become the present one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def versions() -> list[str]:
    """Every version this program knows, oldest first: the migrations' names (r0001, r0002, ...) are their order."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("r[0-9]*.py"))


def newest() -> str:
    """The version that this program writes."""
    return versions()[-1]


def version_of(connection: Connection) -> str | None:
    """The version of the tables behind a connection; None while there are none."""
    from sqlalchemy import inspect, text

    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest version, within the transaction of `connection`: all of it, or nothing."""
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's settings: where the migrations lie, nothing printed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config

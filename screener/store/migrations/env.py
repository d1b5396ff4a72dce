"""Alembic's way in: it is handed a connection by `screener.store.schema` and runs within that connection's transaction."""

from __future__ import annotations

from alembic import context

from screener.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()

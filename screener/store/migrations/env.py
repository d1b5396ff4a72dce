"""Alembic's way in: runs within the transaction of the connection that `screener.store.schema` hands it."""

from __future__ import annotations

from alembic import context

from screener.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()

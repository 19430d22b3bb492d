"""Alembic asks here how to migrate: on the connection it was given, in the transaction that is open."""

from alembic import context

from event_server.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

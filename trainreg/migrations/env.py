"""Run the migrations inside the application's own engine and metadata."""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from trainreg.kernel.db import Base
from trainreg.kernel.types import Translated, UtcDateTime
from trainreg.migrations.triggers import create_triggers, drop_triggers


def render_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our column types as the plain ones beneath: a migration must not change when the product's code does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Translated):
        return "sa.JSON()"
    return False


def _keep_foreign_keys(connection: Connection, kept: bool) -> None:
    """On the driver's own connection: inside a transaction SQLite would ignore it."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if kept else 'OFF'}")
    cursor.close()


def migrate_on(connection: Connection) -> None:
    """All steps in one transaction; on SQLite with foreign keys off, and checked before it commits.

    A batch migration rebuilds tables: with foreign keys on, dropping the old table would delete its children.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        _keep_foreign_keys(connection, False)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_type,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        drop_triggers(connection)
        context.run_migrations()
        create_triggers(connection)
        if is_sqlite:
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if dangling:
                raise RuntimeError(f"the migration leaves dangling references: {dangling[:5]}")
    if is_sqlite:
        _keep_foreign_keys(connection, True)


with current_app.extensions["migrate"].db.engine.connect() as connection:
    migrate_on(connection)

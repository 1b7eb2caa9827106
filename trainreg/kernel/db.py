"""The database: one declarative base, safe SQLite transactions and the lock on what is counted."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, Select, Table, event, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.sql.base import ExecutableOption

from trainreg.kernel.refusals import NotFound, Refused

try:
    from pysqlite3 import dbapi2 as sqlite_module
except ImportError:  # no wheel for this platform: `trainreg doctor` warns when the fallback is too old
    import sqlite3 as sqlite_module

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SQLITE_VERSION: tuple[int, ...] = sqlite_module.sqlite_version_info

# False only while a safe HTTP method is answered: such a request reads under a deferred transaction.
_writing: ContextVar[bool] = ContextVar("trainreg_writing", default=True)


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(naming_convention=NAMING)


class Row(Base):
    """A model with the usual integer key."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


AnyRow = TypeVar("AnyRow", bound=Row)

db = SQLAlchemy(model_class=Base)


class WriteWhileReading(RuntimeError):
    """A safe request tried to write: a defect in a route, never a user's mistake."""


def engine_options(url: str) -> dict[str, Any]:
    """Engine options for this address; SQLite gets the bundled current library."""
    options: dict[str, Any] = {"hide_parameters": True}  # what people typed must not get into logs with an error
    if url.startswith("sqlite"):
        return options | {"module": sqlite_module, "connect_args": {"timeout": 30, "check_same_thread": False}}
    return options | {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}


def file_of(url: str, instance: Path) -> Path | None:
    """SQLite's file; None for another database, or one in memory."""
    name = make_url(url).database
    return instance / name if url.startswith("sqlite") and name and name != ":memory:" else None


def create_file(url: str, instance: Path) -> None:
    """Create SQLite's file for its owner alone, before SQLite creates it for everybody; its journals follow it."""
    path = file_of(url, instance)
    if path is not None and path.parent.is_dir():
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


def set_writing(writing: bool) -> None:
    """Say whether what follows in this thread may write; the web shell calls it at the start of each request."""
    _writing.set(writing)


@contextmanager
def writing() -> Iterator[None]:
    """Allow one short write of its own inside a request that otherwise only reads (throttling, for one)."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Only read for a while within a request or job that writes: on SQLite the one write lock is left to others."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


def snapshot() -> None:
    """Read everything as it is at one moment, to the end of the transaction that begins here.

    On SQLite every transaction does; on PostgreSQL each statement would see what was committed before it.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def begin_statement() -> str:
    """How SQLite begins: writers take the write lock at once, so that counting and inserting are one step."""
    return "BEGIN IMMEDIATE" if _writing.get() else "BEGIN DEFERRED"


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: Any) -> None:
    if not isinstance(connection, (sqlite3.Connection, sqlite_module.Connection)):
        return
    connection.isolation_level = None  # SQLAlchemy's `begin` event below begins, not the driver
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(begin_statement())


@event.listens_for(Session, "before_flush")
def _refuse_writes_while_reading(session: Session, _context: Any, _instances: Any) -> None:
    if not _writing.get() and (session.new or session.deleted or session.dirty):
        raise WriteWhileReading("a GET request tried to write to the database")


def insert_unless_known(model: type[Base], rows: list[dict[str, Any]], *, unique: str) -> None:
    """Insert rows; of one whose `unique` column another request wrote at this moment the first stays."""
    insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(insert(table_of(model)).on_conflict_do_nothing(index_elements=[unique]), rows)


def is_new(row: Row) -> bool:
    """Whether a row has no number yet: the next flush gives it one."""
    number: int | None = row.id
    return number is None


def count_of(statement: Select[Any]) -> int:
    """How many rows a select gives, whatever its order."""
    return db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def table_of(model: type[Base]) -> Table:
    """A model's table, for rows that are written without being objects first."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type checker
    return table


def lock_row(model: type[AnyRow], row_id: int, *options: ExecutableOption) -> AnyRow:
    """Lock and re-read one row until the end of the transaction; raises NotFound. `options` bring along what it needs.

    SQLite holds the whole database's write lock already (`BEGIN IMMEDIATE`); PostgreSQL locks the row, not its key
    (FOR NO KEY UPDATE): rows that refer to it may be written meanwhile, or whoever holds a registration and writes a
    scan of its event would wait in a circle with the desk.
    """
    statement = select(model).where(model.id == row_id).options(*options).with_for_update(of=model, key_share=True)
    row = db.session.scalar(statement.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def flush_or_refuse(refusal: Refused) -> None:
    """Flush; when a UNIQUE, CHECK or foreign key stands in the way, refuse with a sentence instead.

    Inside a savepoint whoever began it rolls back to it: the rest of the transaction, and its locks, are theirs.
    """
    try:
        db.session.flush()
    except IntegrityError as error:
        if not db.session().in_nested_transaction():
            db.session.rollback()
        raise refusal from error

"""Rows changed one by one, each kept as it was and as it became, so that all of it can be taken back exactly."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Date, Table, delete, insert, select, update
from sqlalchemy import Enum as EnumType
from sqlalchemy.exc import IntegrityError

from trainreg.kernel.db import Base, db
from trainreg.kernel.refusals import Refused
from trainreg.kernel.types import UtcDateTime


class ChangedSince(Exception):
    """A row is not what the change left behind."""


class Changes:
    """A list of changes that is written while they are made."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []

    def update(self, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
        """Change a row; values that are there already change nothing."""
        before = _read(table, row_id)
        new = {name: value for name, value in values.items() if before[name] != value}
        if not new:
            return
        db.session.execute(update(table).where(table.c.id == row_id).values(new))
        kept = {name: as_json(before[name]) for name in new}
        after = {name: as_json(value) for name, value in new.items()}
        self.made.append({"table": table.name, "id": row_id, "before": kept, "after": after})

    def insert(self, table: Table, values: Mapping[str, Any]) -> None:
        """Write a new row."""
        row_id = db.session.scalar(insert(table).values(dict(values)).returning(table.c.id))
        self.made.append({"table": table.name, "id": row_id, "before": None, "after": None})


def take_back(made: list[dict[str, Any]], *, otherwise: Refused) -> None:
    """Undo changes, the last one first; refuses when a row was changed by something else since."""
    try:
        for change in reversed(made):
            _take_back(Base.metadata.tables[change["table"]], change)
    except (ChangedSince, IntegrityError) as error:
        db.session.rollback()
        raise otherwise from error


def as_json(value: Any) -> Any:
    """A value of a column as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _take_back(table: Table, change: Mapping[str, Any]) -> None:
    if change["before"] is None:
        if db.session.execute(delete(table).where(table.c.id == change["id"])).rowcount != 1:  # type: ignore[attr-defined]
            raise ChangedSince
        return
    present = _read(table, change["id"])
    if any(as_json(present[name]) != value for name, value in change["after"].items()):
        raise ChangedSince
    before = {name: _from_json(table, name, value) for name, value in change["before"].items()}
    db.session.execute(update(table).where(table.c.id == change["id"]).values(before))


def _read(table: Table, row_id: int) -> Mapping[str, Any]:
    row = db.session.execute(select(table).where(table.c.id == row_id)).mappings().first()
    if row is None:
        raise ChangedSince
    return {column.key: row[column] for column in table.columns}


def _from_json(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return kind.enum_class(value) if isinstance(kind, EnumType) and kind.enum_class else value

"""Everything that is held about a person, as JSON; `docs/personal-data.md` says what each part means."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Column, Table, select

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import Base, db
from trainreg.me.holdings import HOLDINGS, records_of, rows_of, tables_in_reach
from trainreg.people.models import Person

audit.describes({"person.exported": _l("The official fetched a copy of everything that is held")})

FORMAT = "trainreg-person-1"
# By which of its columns a row of another table is named.
NAMED_BY = ("reference", "register_number", "slug", "code", "starts_at", "label", "name", "id")
# Staff are not the person's data.
_STAFF = "user_account"


def export(person: Person, *, by: Actor) -> str:
    """The whole record as a JSON document, noted in the history."""
    audit.record("person.exported", person, by=by)
    document: dict[str, Any] = {"format": FORMAT, "exported_at": clock.now().isoformat()}
    records = records_of(person.id)
    for table in tables_in_reach():
        section = HOLDINGS[table.name].section
        if section:
            own = select(table).where(rows_of(table, records)).order_by(*table.primary_key)
            document[section] = [_told(table, row) for row in db.session.execute(own).mappings().all()]
    return json.dumps(document, ensure_ascii=False, indent=2)


def _told(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    unsaid = HOLDINGS[table.name].unsaid
    told: dict[str, Any] = {}
    for column in table.columns:
        target = _target(column)
        if column.name in unsaid or column.primary_key or (target is not None and target.name in {"person", _STAFF}):
            continue
        value = row[column]
        name = column.name.removesuffix("_id") if target is not None else column.name
        told[name] = _named(target, value) if target is not None else _plain(column.name, value)
    return told


def _target(column: Column[Any]) -> Table | None:
    key = next(iter(column.foreign_keys), None)
    return Base.metadata.tables[key.column.table.name] if key is not None else None


def _named(table: Table, row_id: int | None) -> Any:
    """A row of another table by its name: a registration by its reference, an event by its slug."""
    if row_id is None:
        return None
    column = next(table.c[name] for name in NAMED_BY if name in table.c)
    return _plain("", db.session.scalar(select(column).where(table.c.id == row_id)))


def _plain(column: str, value: Any) -> Any:
    if column == "facts":
        return json.loads(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value

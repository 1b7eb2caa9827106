"""Two registrations of one person for one event become one; the other stays on record, closed, with its reference."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, UniqueConstraint, select

from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import Base, db
from trainreg.records.changes import Changes
from trainreg.records.references import REGISTRATION, Move
from trainreg.records.rules import CLOSED, is_better, is_stronger
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat

# What a registration was given as: it goes with the status, so that places and quotas count as before.
STANDING = (
    *(
        "status",
        "role",
        "agency_id",
        "sex",
        "level",
        "age_band",
        "position",
        "province",
        "group_name",
        "language",
        "email",
    ),
    *("waiting_since", "accept_by"),
)


def collapse(kept: Registration, merged: Registration, changes: Changes, *, by: Actor) -> bool:
    """Join two registrations; returns whether a place fell free.

    The stronger status counts, with the agency and role it was given for. The other registration is closed and keeps
    its reference, its ledger and whatever the kept one has of its own.
    """
    table = Base.metadata.tables["registration"]
    both_seated = takes_seat(kept.status, kept.role) and takes_seat(merged.status, merged.role)
    kept_status, merged_status, reference = kept.status, merged.status, kept.reference
    if is_stronger(merged_status, kept_status):
        row = db.session.execute(select(table).where(table.c.id == merged.id)).mappings().one()
        changes.update(table, kept.id, {name: row[name] for name in STANDING})
        _note(changes, kept.id, kept_status, merged_status, merged.reference, by)
    if merged_status not in CLOSED:
        closed = {"status": RegistrationStatus.CANCELLED, "waiting_since": None, "accept_by": None}
        changes.update(table, merged.id, closed)
        _note(changes, merged.id, merged_status, RegistrationStatus.CANCELLED, reference, by)
    for name, how in REGISTRATION.items():
        _carry_over(name, how, kept.id, merged.id, changes)
    return both_seated


def _note(
    changes: Changes,
    registration_id: int,
    from_status: RegistrationStatus,
    to_status: RegistrationStatus,
    reference: str,
    by: Actor,
) -> None:
    changes.insert(
        Base.metadata.tables["registration_move"],
        {
            "registration_id": registration_id,
            "from_status": from_status,
            "to_status": to_status,
            "at": clock.now(),
            "channel": Channel.DESK,
            "reason": f"= {reference}",
            "actor_kind": by.kind,
            "actor_label": by.label,
            "user_id": by.user_id,
        },
    )


def _carry_over(name: str, how: Move, kept_id: int, merged_id: int, changes: Changes) -> None:
    table = Base.metadata.tables[name.partition(".")[0]]
    column = name.partition(".")[2]
    if how is Move.STAYS:
        return
    mine, theirs = _rows(table, column, kept_id), _rows(table, column, merged_id)
    if how is Move.NEXT_EDITION:
        _next_editions(table, mine, theirs, kept_id, changes)
        return
    known = {key: row for row in mine for key in _keys(table, column, row)} if how is not Move.ALL else {}
    for row in theirs:
        double = next((known[key] for key in _keys(table, column, row) if key in known), None)
        if double is None:
            changes.update(table, row["id"], {column: kept_id})
        elif how is Move.BEST_MARK and is_better(row["state"], double["state"]):
            said = ("state", "source", "marked_at", "marked_by_id", "late_minutes", "left_early_minutes")
            changes.update(table, double["id"], {one: row[one] for one in said})


def _keys(table: Table, column: str, row: dict[str, Any]) -> list[tuple[Any, ...]]:
    """By what the row may stand once for its registration: one tuple for each constraint that holds for it."""
    found = (tuple((name, row[name]) for name in beside) for beside in unique_beside(table, column))
    return [key for key in found if all(value is not None for _name, value in key)]


def _next_editions(
    table: Table, mine: list[dict[str, Any]], theirs: list[dict[str, Any]], kept_id: int, changes: Changes
) -> None:
    """Certificates keep number, code, facts and state; where both have one of a kind, the order number goes on."""
    last: dict[object, int] = {}
    for row in mine:
        last[row["kind"]] = max(last.get(row["kind"], 0), row["edition"])
    for row in sorted(theirs, key=lambda row: (row["edition"], row["id"])):
        edition = row["edition"] if row["kind"] not in last else last[row["kind"]] + 1
        if row["kind"] in last:
            last[row["kind"]] = edition
        changes.update(table, row["id"], {"registration_id": kept_id, "edition": edition})


def unique_beside(table: Table, column: str) -> list[list[str]]:
    """The other columns of each constraint that allows this reference once."""
    return [
        [one.name for one in constraint.columns if one.name != column]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint) and column in constraint.columns
    ]


def _rows(table: Table, column: str, value: int) -> list[dict[str, Any]]:
    found = db.session.execute(select(table).where(table.c[column] == value).order_by(table.c.id)).mappings()
    return [{one.name: row[one] for one in table.columns} for row in found]


def events_of(registrations: Iterable[Registration]) -> list[int]:
    """Their events, in the order in which they are locked."""
    return sorted({registration.event_id for registration in registrations})

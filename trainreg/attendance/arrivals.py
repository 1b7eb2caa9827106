"""Marks that come from the door: made from scans, and made anew when an earlier scan comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, table_of
from trainreg.registration.models import Registration

Cell = tuple[int, int]  # the keys of a registration and of a session

_INSERT = insert(table_of(Attendance))
_CHANGE = (
    update(table_of(Attendance))
    .where(table_of(Attendance).c.id == bindparam("mark_id"))
    .values(
        state=bindparam("state"),
        source=bindparam("source"),
        marked_at=bindparam("marked_at"),
        marked_by_id=bindparam("marked_by_id"),
    )
)
FROM_SCANS = frozenset({Source.QR, Source.KIOSK})


@dataclass(frozen=True)
class Known:
    """A mark as it stands."""

    id: int
    state: AttendanceState
    source: Source
    marked_at: datetime


@dataclass(frozen=True)
class Arrival:
    """What the earliest scan says of one person at one session; `session` is the label of histories."""

    registration: Registration
    state: AttendanceState
    source: Source
    at: datetime
    by_id: int | None
    session: str


def record_arrivals(
    arrivals: Mapping[Cell, Arrival], known: Mapping[Cell, Known], *, by: Actor, project_id: int, at: datetime
) -> int:
    """Bring marks up to what scans say; a mark that a person set stands over them. Returns how many changed.

    The caller holds the registrations' locks and has read `known` under them. A mark of somebody who is not confirmed
    (let in anyway) lies there until the desk confirms, and counts from then on.
    """
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    notes = []
    for cell, arrival in arrivals.items():
        mark = known.get(cell)
        values = {
            "state": arrival.state,
            "source": arrival.source,
            "marked_at": arrival.at,
            "marked_by_id": arrival.by_id,
        }
        if mark is None:
            new.append({"registration_id": cell[0], "session_id": cell[1], **values})
        elif mark.source in FROM_SCANS and (mark.state, mark.marked_at) != (arrival.state, arrival.at):
            changed.append({"mark_id": mark.id, **values})
        else:
            continue
        if mark is None or mark.state is not arrival.state:
            notes.append((f"attendance.{arrival.state}", arrival.registration, {"session": arrival.session}))
    if new:
        db.session.execute(_INSERT, new)
    if changed:
        db.session.connection().execute(_CHANGE, changed)
    audit.record_each(notes, by=by, project_id=project_id, at=at)
    return len(new) + len(changed)

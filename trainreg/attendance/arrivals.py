"""Marks that come from the door: made from scans, and made anew when an earlier scan comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trainreg.attendance import ledger
from trainreg.attendance.confirmations import is_confirmed_by, not_yet_told
from trainreg.attendance.ledger import Cell, Change
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import FROM_SCANS, Mark, Source, counts_as_attended
from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.registration.models import Registration


@dataclass(frozen=True)
class Arrival:
    """What the earliest scan says of one person at one session; `session` is the label of histories."""

    registration: Registration
    mark: Mark
    source: Source
    at: datetime
    by_id: int | None
    session: str


def record_arrivals(
    event_id: int,
    arrivals: Mapping[Cell, Arrival],
    known: Mapping[Cell, Attendance],
    *,
    by: Actor,
    project_id: int,
    at: datetime,
) -> int:
    """Bring marks up to what scans say; a mark that a person set stands over them. Returns how many changed.

    The caller holds the registrations' locks and has read `known` under them. A mark of somebody who is not confirmed
    (let in anyway) lies there until the desk confirms, and counts from then on. A mark that says already that they
    came is confirmed in the ledger: no undoing takes it away from somebody who was scanned.
    """
    changes, notes, confirmed = [], [], []
    for cell, arrival in arrivals.items():
        row = known.get(cell)
        is_settled = row is not None and (row.source not in FROM_SCANS or row.mark == arrival.mark)
        if row is not None and is_settled:
            if counts_as_attended(row.state) and is_confirmed_by(row, arrival.source, by):
                confirmed.append(Change(cell, row, row.mark, arrival.source))
            if row.source not in FROM_SCANS:
                continue
            row.marked_at, row.marked_by_id = arrival.at, arrival.by_id  # the same, known since an earlier moment
            continue
        changes.append(Change(cell, row, arrival.mark, arrival.source))
        if row is None or row.state is not arrival.mark.state:
            notes.append((f"attendance.{arrival.mark.state}", arrival.registration, {"session": arrival.session}))
    marked = {cell: (arrival.at, arrival.by_id) for cell, arrival in arrivals.items()}
    ledger.write(event_id, [*changes, *not_yet_told(confirmed, by=by)], by=by, at=at, marked=marked)
    audit.record_each(notes, by=by, project_id=project_id, at=at)
    return len(changes)

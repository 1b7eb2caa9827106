"""Marks said again: by another account or in another way. Nothing changes, and yet no undoing may take them away."""

from collections.abc import Sequence

from sqlalchemy import select

from trainreg.attendance.ledger import Change
from trainreg.attendance.models import Attendance, AttendanceBatch, AttendanceChange, says_the_same
from trainreg.attendance.rules import Source
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db


def is_confirmed_by(row: Attendance, source: Source, by: Actor) -> bool:
    """Whether this says more than the mark does: what one account says twice in the same way is said once."""
    return (row.source, row.marked_by_id) != (source, by.user_id)


def not_yet_told(confirmed: Sequence[Change], *, by: Actor) -> list[Change]:
    """Those of these confirmations that the ledger does not hold since the mark became what it is."""
    if not confirmed:
        return []
    line = AttendanceChange
    lines = (
        select(line.registration_id, line.session_id, says_the_same(line), line.to_source, AttendanceBatch.user_id)
        .join(AttendanceBatch, AttendanceBatch.id == line.batch_id)
        .where(line.registration_id.in_({change.cell[0] for change in confirmed}))
        .order_by(line.id)
    )
    told: dict[tuple[int, int], set[tuple[Source | None, int | None]]] = {}
    for one, session_id, again, source, account in db.session.execute(lines):
        if again:
            told.setdefault((one, session_id), set()).add((source, account))
        else:
            told.pop((one, session_id), None)
    return [change for change in confirmed if (change.source, by.user_id) not in told.get(change.cell, ())]

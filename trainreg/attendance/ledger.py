"""What happened to the marks: every action appends its changes; nothing in the ledger is ever changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from trainreg.attendance.models import Attendance, AttendanceBatch, AttendanceChange
from trainreg.attendance.rules import Mark, Source
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, table_of

Cell = tuple[int, int]  # the keys of a registration and of a session
_CHANGES = insert(table_of(AttendanceChange))
_MARKS = insert(table_of(Attendance))


@dataclass(frozen=True, slots=True)
class Change:
    """What one cell becomes: the row as it stands, the mark it is to hold, and how that came to be known."""

    cell: Cell
    known: Attendance | None
    mark: Mark | None
    source: Source

    @property
    def is_confirmation(self) -> bool:
        """Whether somebody else says what stands already: a line is written, and the mark stays as it is."""
        return self.known is not None and self.known.mark == self.mark


def write(
    event_id: int,
    changes: Sequence[Change],
    *,
    by: Actor,
    at: datetime,
    undoes: AttendanceBatch | None = None,
    marked: Mapping[Cell, tuple[datetime, int | None]] | None = None,
) -> AttendanceBatch | None:
    """Set the marks and append them to the ledger, all of them one action; None when nothing is to be done.

    `marked` says of a cell when and by whom it came to be known, where that is not now and whoever acts.
    """
    if not changes:
        return None
    batch = AttendanceBatch(
        event_id=event_id,
        at=at,
        actor_kind=by.kind,
        actor_label=by.label,
        user_id=by.user_id,
        undoes_id=undoes.id if undoes else None,
    )
    db.session.add(batch)
    db.session.flush()
    db.session.execute(_CHANGES, [{"batch_id": batch.id, **_line(change)} for change in changes])
    new = []
    for change in changes:
        if change.is_confirmation:
            continue
        if change.mark is None:
            if change.known is not None:
                db.session.delete(change.known)
            continue
        marked_at, marked_by_id = (marked or {}).get(change.cell, (at, by.user_id))
        values = _columns(change.mark) | {
            "source": change.source,
            "marked_at": marked_at,
            "marked_by_id": marked_by_id,
        }
        if change.known is None:
            new.append({"registration_id": change.cell[0], "session_id": change.cell[1], **values})
        else:
            for name, value in values.items():
                setattr(change.known, name, value)
    if new:
        db.session.execute(_MARKS, new)
    return batch


def _columns(mark: Mark | None, prefix: str = "") -> dict[str, Any]:
    return {
        f"{prefix}state": mark.state if mark else None,
        f"{prefix}late_minutes": mark.late_minutes if mark else 0,
        f"{prefix}left_early_minutes": mark.left_early_minutes if mark else 0,
    }


def _line(change: Change) -> dict[str, Any]:
    known = change.known
    return {
        "registration_id": change.cell[0],
        "session_id": change.cell[1],
        **_columns(known.mark if known else None, "from_"),
        "from_source": known.source if known else None,
        **_columns(change.mark, "to_"),
        "to_source": change.source if change.mark else None,
    }

"""Scans at the door: one row for every one that was made, also for those that let nobody in."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.checkin.rules import Outcome, ScanKind
from trainreg.events.models import Event, Session
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.registration.models import Registration

LONGEST_REASON = 200


class Scan(Row):
    """One scan. `key` is made by the device, so that the same scan sent twice is one.

    `said` is the reference that a code named, or a short hash of a code that named nobody here. `at` is the moment by
    our clock, from `device_at` and the difference of the clocks when it was handed in.
    """

    __tablename__ = "scan"
    __table_args__ = (
        CheckConstraint("outcome <> 'let_in' OR reason <> ''", name="let_in_has_reason"),
        Index("ix_scan_event", "event_id", "id"),
        Index("ix_scan_registration", "registration_id", "session_id"),
    )

    key: Mapped[str] = mapped_column(String(36), unique=True)
    device: Mapped[str] = mapped_column(String(36))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))
    kind: Mapped[ScanKind] = mapped_column(enum_column(ScanKind))
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    said: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    device_at: Mapped[datetime] = mapped_column(UtcDateTime)
    device_now: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Nobody, where people scanned a code on the room's screen themselves.
    scanned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    scanned_by: Mapped[str] = mapped_column(String(200), default="")
    let_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    event: Mapped[Event] = relationship()
    session: Mapped[Session | None] = relationship()
    registration: Mapped[Registration | None] = relationship()


class ScanIsKept(RuntimeError):
    """Something tried to change or delete a scan: a defect, never a user's mistake."""


def _refuse(_mapper: Any, _connection: Any, scan: Scan) -> None:
    raise ScanIsKept(f"scan {scan.id} cannot be changed")


event.listen(Scan, "before_update", _refuse)
event.listen(Scan, "before_delete", _refuse)

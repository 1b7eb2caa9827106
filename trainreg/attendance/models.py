"""Attendance marks: one per registration and session."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.attendance.rules import AttendanceState, Source
from trainreg.events.models import Session
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.registration.models import Registration


class Attendance(Row):
    """What is known of one registration at one session."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("registration_id", "session_id"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    state: Mapped[AttendanceState] = mapped_column(enum_column(AttendanceState))
    source: Mapped[Source] = mapped_column(enum_column(Source))
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    registration: Mapped[Registration] = relationship()
    session: Mapped[Session] = relationship()

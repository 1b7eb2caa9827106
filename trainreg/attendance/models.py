"""Attendance: one mark per registration and session, the ledger of what changed it, and counts without names."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.agencies.models import Agency
from trainreg.attendance.rules import AttendanceState, Mark, Source
from trainreg.events.models import Session
from trainreg.kernel.actor import ActorKind
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.people.rules import Level, Sex
from trainreg.registration.models import Registration

MOST_UNNAMED = 100_000
_NO_AGENCY = text("agency_id IS NULL")


class Attendance(Row):
    """What is known of one registration at one session."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("registration_id", "session_id"),
        # That they stay below the length of the session is the service's to see: it stands in another table.
        CheckConstraint("late_minutes >= 0 AND (late_minutes = 0 OR state = 'late')", name="late_minutes"),
        CheckConstraint(
            "left_early_minutes >= 0 AND (left_early_minutes = 0 OR state IN ('present', 'late'))",
            name="left_early_minutes",
        ),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    state: Mapped[AttendanceState] = mapped_column(enum_column(AttendanceState))
    source: Mapped[Source] = mapped_column(enum_column(Source))
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    late_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    left_early_minutes: Mapped[int] = mapped_column(default=0, server_default="0")

    registration: Mapped[Registration] = relationship()
    session: Mapped[Session] = relationship()

    @property
    def mark(self) -> Mark:
        return Mark(self.state, self.late_minutes, self.left_early_minutes)


class AttendanceBatch(Row):
    """One action on the marks of an event: a press, a saved page, a column, an import; or the undoing of one."""

    __tablename__ = "attendance_batch"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))
    actor_label: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    # The action that this one takes back; each can be taken back once.
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("attendance_batch.id"), unique=True)

    changes: Mapped[list["AttendanceChange"]] = relationship(back_populates="batch", order_by="AttendanceChange.id")


class AttendanceChange(Row):
    """One line of the ledger: what was known of one person at one session before and after. Never changed.

    Where both are the same, somebody else said what was known already: the mark and its source stay as they were.
    """

    __tablename__ = "attendance_change"
    __table_args__ = (Index("ix_attendance_change_cell", "registration_id", "session_id"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("attendance_batch.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    from_state: Mapped[AttendanceState | None] = mapped_column(enum_column(AttendanceState, "from_state"))
    from_late_minutes: Mapped[int] = mapped_column(default=0)
    from_left_early_minutes: Mapped[int] = mapped_column(default=0)
    from_source: Mapped[Source | None] = mapped_column(enum_column(Source, "from_source"))
    to_state: Mapped[AttendanceState | None] = mapped_column(enum_column(AttendanceState, "to_state"))
    to_late_minutes: Mapped[int] = mapped_column(default=0)
    to_left_early_minutes: Mapped[int] = mapped_column(default=0)
    to_source: Mapped[Source | None] = mapped_column(enum_column(Source, "to_source"))

    batch: Mapped[AttendanceBatch] = relationship(back_populates="changes")

    @property
    def before(self) -> Mark | None:
        if self.from_state is None:
            return None
        return Mark(self.from_state, self.from_late_minutes, self.from_left_early_minutes)

    @property
    def after(self) -> Mark | None:
        if self.to_state is None:
            return None
        return Mark(self.to_state, self.to_late_minutes, self.to_left_early_minutes)

    @property
    def is_confirmation(self) -> bool:
        return self.before == self.after


def says_the_same(line: type[AttendanceChange]) -> ColumnElement[bool]:
    """The same as `is_confirmation`, asked of the database."""
    return (
        line.from_state.is_not_distinct_from(line.to_state)
        & (line.from_late_minutes == line.to_late_minutes)
        & (line.from_left_early_minutes == line.to_left_early_minutes)
    )


class UnnamedAttendance(Row):
    """How many people of one agency, sex and level came to a session of whom no list exists; no row means none.

    Never added to named attendance. `agency_id` empty: of an agency that nobody stated.
    """

    __tablename__ = "unnamed_attendance"
    __table_args__ = (
        UniqueConstraint("session_id", "agency_id", "sex", "level"),
        # To both databases two empty agencies are two agencies.
        Index(
            "uq_unnamed_attendance_without_agency",
            "session_id",
            "sex",
            "level",
            unique=True,
            sqlite_where=_NO_AGENCY,
            postgresql_where=_NO_AGENCY,
        ),
        CheckConstraint(f"people > 0 AND people <= {MOST_UNNAMED}", name="people_counted"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    sex: Mapped[Sex] = mapped_column(enum_column(Sex))
    level: Mapped[Level] = mapped_column(enum_column(Level))
    people: Mapped[int]

    session: Mapped[Session] = relationship()
    agency: Mapped[Agency | None] = relationship()

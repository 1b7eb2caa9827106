"""Events, their sessions, the outcomes they serve and the agencies they are for."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.agencies.models import Agency
from trainreg.events.rules import Admission, Approval, Audience, EventKind, EventStatus, SessionStatus
from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated, UtcDateTime, enum_column
from trainreg.programme.models import Outcome, Project


class Event(Row):
    """A seminar, training, briefing or the like. `slug` is its name in addresses and commands."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        CheckConstraint("threshold >= 0 AND threshold <= 1", name="threshold_is_share"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Text] = mapped_column(Translated)
    summary: Mapped[Text] = mapped_column(Translated, default=dict)
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind))
    place: Mapped[Text] = mapped_column(Translated, default=dict)
    timezone: Mapped[str] = mapped_column(String(64))
    capacity: Mapped[int | None]
    has_waiting_list: Mapped[bool] = mapped_column(default=True)
    approval: Mapped[Approval] = mapped_column(enum_column(Approval), default=Approval.DESK)
    admission: Mapped[Admission] = mapped_column(
        enum_column(Admission), default=Admission.OPEN, server_default=Admission.OPEN.value
    )
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.ANY_AGENCY)
    status: Mapped[EventStatus] = mapped_column(enum_column(EventStatus), default=EventStatus.DRAFT, index=True)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The share of planned time that earns a certificate.
    threshold: Mapped[Decimal] = mapped_column(Numeric(4, 3), default=Decimal("0.8"))
    has_illustrative_dates: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    project: Mapped[Project] = relationship()
    sessions: Mapped[list["Session"]] = relationship(
        back_populates="event", order_by="Session.starts_at", cascade="all, delete-orphan"
    )
    outcomes: Mapped[list[Outcome]] = relationship(secondary="event_outcome", order_by=Outcome.number)
    agencies: Mapped[list["EventAgency"]] = relationship(cascade="all, delete-orphan")

    @property
    def planned_sessions(self) -> list["Session"]:
        return [session for session in self.sessions if session.status is SessionStatus.PLANNED]

    @property
    def starts_at(self) -> datetime | None:
        return min((session.starts_at for session in self.planned_sessions), default=None)

    @property
    def ends_at(self) -> datetime | None:
        return max((session.ends_at for session in self.planned_sessions), default=None)


class Session(Row):
    """A dated block of an event; attendance is taken here. `day_share`: what it counts in person-days (1, 0.5, ...)."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("day_share >= 0 AND day_share <= 1", name="day_share_within_day"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    title: Mapped[Text] = mapped_column(Translated, default=dict)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    timezone: Mapped[str] = mapped_column(String(64))
    place: Mapped[Text] = mapped_column(Translated, default=dict)
    day_share: Mapped[Decimal] = mapped_column(Numeric(4, 3))
    status: Mapped[SessionStatus] = mapped_column(enum_column(SessionStatus), default=SessionStatus.PLANNED)

    event: Mapped[Event] = relationship(back_populates="sessions")


class EventOutcome(Row):
    """An outcome that an event serves."""

    __tablename__ = "event_outcome"
    __table_args__ = (UniqueConstraint("event_id", "outcome_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"), index=True)


class EventAgency(Row):
    """An agency whose officials (and its children's) may register."""

    __tablename__ = "event_agency"
    __table_args__ = (UniqueConstraint("event_id", "agency_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)

    agency: Mapped[Agency] = relationship()

"""Events, their sessions, the outcomes they serve and the agencies they are for."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, false, text, true
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
        CheckConstraint("offer_hours IS NULL OR offer_hours > 0", name="offer_hours_positive"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Text] = mapped_column(Translated)
    summary: Mapped[Text] = mapped_column(Translated, default=dict)
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind))
    place: Mapped[Text] = mapped_column(Translated, default=dict)
    # Who held it, as reports say it: "IOM Beijing and IOM Ulaanbaatar".
    hosts: Mapped[Text] = mapped_column(Translated, default=dict, server_default=text("'{}'"))
    timezone: Mapped[str] = mapped_column(String(64))
    capacity: Mapped[int | None]
    has_waiting_list: Mapped[bool] = mapped_column(default=True)
    # Whether the places of a quota that nobody took yet are kept for its agency.
    holds_quotas: Mapped[bool] = mapped_column(default=False, server_default=false())
    # How long somebody who moved up from the waiting list has to say that they come; None: they need not say so.
    offer_hours: Mapped[int | None]
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
    # How its mails go: where answers to them go, how many days before the start it reminds, whether it thanks.
    reply_to: Mapped[str | None] = mapped_column(String(254))
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=lambda: [7, 1], server_default=text("'[7, 1]'"))
    sends_thanks: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The version that calendars compare: it rises, at that moment, when time, place, title or status change.
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    project: Mapped[Project] = relationship()
    sessions: Mapped[list["Session"]] = relationship(
        back_populates="event", order_by="Session.starts_at", cascade="all, delete-orphan"
    )
    outcomes: Mapped[list[Outcome]] = relationship(secondary="event_outcome", order_by=Outcome.number)
    agencies: Mapped[list["EventAgency"]] = relationship(cascade="all, delete-orphan")
    quotas: Mapped[list["AgencyQuota"]] = relationship(cascade="all, delete-orphan", order_by="AgencyQuota.id")
    groups: Mapped[list["EventGroup"]] = relationship(cascade="all, delete-orphan", order_by="EventGroup.id")

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
        # Covers when an event begins.
        Index("ix_session_event_begins", "event_id", "status", "starts_at"),
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


class AgencyQuota(Row):
    """How many places of an event an agency has, with its children; one inside another is allowed."""

    __tablename__ = "agency_quota"
    __table_args__ = (UniqueConstraint("event_id", "agency_id"), CheckConstraint("places > 0", name="places_positive"))

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    places: Mapped[int]

    agency: Mapped[Agency] = relationship()


class EventGroup(Row):
    """A group of an event's participants (a drafting committee), with a limit of its own or none.

    Registrations name it by `code`. `is_open`: officials may say on the public form that they belong to it.
    """

    __tablename__ = "event_group"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("places IS NULL OR places > 0", name="places_positive"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[Text] = mapped_column(Translated)
    places: Mapped[int | None]
    is_open: Mapped[bool] = mapped_column(default=False)

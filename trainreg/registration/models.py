"""Registrations, the ledger of their moves and the forms they came in by."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.kernel.actor import ActorKind
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.people.models import Person
from trainreg.people.rules import LONGEST_POSITION, AgeBand, Level, Sex
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus


class Registration(Row):
    """A person at an event, once. Agency, sex, level, age band, position and province are as they were then."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        # Covers what is counted, so that places are counted without a look at the rows.
        Index("ix_registration_event_status", "event_id", "status", "role", "agency_id", "group_name"),
        Index("ix_registration_event_agency", "event_id", "agency_id"),
        Index("ix_registration_event_facets", "event_id", "status", "role", "sex", "level", "group_name", "agency_id"),
        Index("ix_registration_event_created", "event_id", "created_at", "id"),
        Index(
            "ix_registration_held", "event_id", sqlite_where=text("holds_place"), postgresql_where=text("holds_place")
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    role: Mapped[RegistrationRole] = mapped_column(enum_column(RegistrationRole), default=RegistrationRole.PARTICIPANT)
    status: Mapped[RegistrationStatus] = mapped_column(enum_column(RegistrationStatus))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    sex: Mapped[Sex] = mapped_column(enum_column(Sex))
    level: Mapped[Level] = mapped_column(enum_column(Level))
    age_band: Mapped[AgeBand] = mapped_column(
        enum_column(AgeBand), default=AgeBand.NOT_STATED, server_default=AgeBand.NOT_STATED.value
    )
    position: Mapped[str] = mapped_column(String(LONGEST_POSITION), default="")
    province: Mapped[str | None] = mapped_column(String(10))
    group: Mapped[str] = mapped_column("group_name", String(100), default="")
    language: Mapped[str] = mapped_column(String(8))
    # Where news of this registration goes when the person's own record holds no address.
    email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the present wait began: the order of the waiting list, with the key deciding between equals.
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Until when somebody who moved up has to say that they come; None: nothing is to be said.
    accept_by: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    # Named in somebody's stead who had a place: it is kept until there is an answer.
    holds_place: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The invitation that somebody came in by.
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)

    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()
    agency: Mapped[Agency] = relationship()
    moves: Mapped[list["RegistrationMove"]] = relationship(order_by="RegistrationMove.id")


class RegistrationMove(Row):
    """One line of the ledger: from, to, who, when, why, how. Never changed."""

    __tablename__ = "registration_move"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    from_status: Mapped[RegistrationStatus | None] = mapped_column(enum_column(RegistrationStatus, "from_status"))
    to_status: Mapped[RegistrationStatus] = mapped_column(enum_column(RegistrationStatus, "to_status"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    reason: Mapped[str] = mapped_column(String(500), default="")
    actor_kind: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))
    actor_label: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Submission(Row):
    """A form that came in. Each has its own reference and answer, so that a repeated registration looks like the first.

    `key` is the form's idempotency key: the same key and content twice is one submission.
    """

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    answer: Mapped[RegistrationStatus] = mapped_column(enum_column(RegistrationStatus))
    name_as_typed: Mapped[str] = mapped_column(String(220))
    # What was typed besides, so that the page of a repeated registration shows it as the page of a first one does.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    position: Mapped[str] = mapped_column(String(LONGEST_POSITION), default="", server_default="")
    level: Mapped[Level] = mapped_column(enum_column(Level), default=Level.NOT_STATED, server_default="not_stated")
    language: Mapped[str] = mapped_column(String(8), default="en", server_default="en")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    agency: Mapped[Agency | None] = relationship()
    registration: Mapped[Registration] = relationship()
    event: Mapped[Event] = relationship()


class Invitation(Row):
    """A link that opens an event's form to whoever holds it: for one person by name, or an agency's, so many times.

    `key` names it; the secret in its link is made from the key, and kept nowhere. See `registration.invitations`.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("most_uses > 0", name="can_be_used"),
        CheckConstraint("uses >= 0 AND uses <= most_uses", name="used_as_often_as_allowed"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    key: Mapped[str] = mapped_column(String(12), unique=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[str] = mapped_column(String(220), default="")
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    most_uses: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Whether it opens the form before registration opens and after it closes, too.
    outside_hours: Mapped[bool] = mapped_column(default=False, server_default=false())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    event: Mapped[Event] = relationship()
    agency: Mapped[Agency | None] = relationship()

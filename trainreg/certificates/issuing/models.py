"""Rounds of issuing that the worker takes in slices, and what they refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.certificates.issuing.rules import JobAction, JobStatus, RefusalKind
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor, ActorKind
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.registration.models import Registration


class CertificateJob(Row):
    """One round over an event's registrations, in the order of their ids; `after_id` is how far it has come.

    `only` lists the registrations that were chosen; without it, everybody is meant.
    """

    __tablename__ = "certificate_job"
    __table_args__ = (Index("ix_certificate_job_status", "status", "id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    action: Mapped[JobAction] = mapped_column(enum_column(JobAction))
    status: Mapped[JobStatus] = mapped_column(enum_column(JobStatus), default=JobStatus.GOING)
    only: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    after_id: Mapped[int] = mapped_column(default=0)
    made: Mapped[int] = mapped_column(default=0)
    already: Mapped[int] = mapped_column(default=0)
    not_eligible: Mapped[int] = mapped_column(default=0)
    undrawable: Mapped[int] = mapped_column(default=0)
    actor_kind: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))
    actor_label: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    refusals: Mapped[list[JobRefusal]] = relationship(
        back_populates="job", order_by="JobRefusal.id", cascade="all, delete-orphan"
    )

    @property
    def actor(self) -> Actor:
        """Who began it: certificates are issued in that name."""
        return Actor(self.actor_kind, self.actor_label, self.user_id)


class JobRefusal(Row):
    """Somebody who got nothing in a round, and why: the reasons of the verdict, or what cannot be drawn."""

    __tablename__ = "certificate_refusal"
    __table_args__ = (UniqueConstraint("job_id", "registration_id"),)

    job_id: Mapped[int] = mapped_column(ForeignKey("certificate_job.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[RefusalKind] = mapped_column(enum_column(RefusalKind))
    details: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    job: Mapped[CertificateJob] = relationship(back_populates="refusals")
    registration: Mapped[Registration] = relationship()

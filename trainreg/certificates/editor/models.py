"""Designs with their draft and their published versions, pictures, and what an event planned of its certificates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, event
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.certificates.editor.rules import MOST_MONTHS, Mailing
from trainreg.events.models import Event
from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated, UtcDateTime, enum_column
from trainreg.programme.models import Project


class Design(Row):
    """A design of the house's own, or of one project. `slug` is its name in addresses."""

    __tablename__ = "design"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Text] = mapped_column(Translated)
    # None: it belongs to the whole house, and every project may use it.
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    project: Mapped[Project | None] = relationship()
    draft: Mapped[DesignDraft] = relationship(back_populates="design", cascade="all, delete-orphan", uselist=False)
    versions: Mapped[list[DesignVersion]] = relationship(back_populates="design", order_by="DesignVersion.number")

    @property
    def latest(self) -> DesignVersion | None:
        return self.versions[-1] if self.versions else None


class DesignDraft(Row):
    """What a design looks like while it is worked on.

    `revision` rises with each save: whoever saves an older one is late.
    """

    __tablename__ = "design_draft"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision_from_one"),)

    design_id: Mapped[int] = mapped_column(ForeignKey("design.id"), unique=True)
    content: Mapped[str] = mapped_column(LongText)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    design: Mapped[Design] = relationship(back_populates="draft")


class DesignVersion(Row):
    """A published design, in canonical JSON under its fingerprint. Certificates name it for ever: it never changes."""

    __tablename__ = "design_version"
    __table_args__ = (
        UniqueConstraint("design_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    design_id: Mapped[int] = mapped_column(ForeignKey("design.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[str] = mapped_column(LongText)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    design: Mapped[Design] = relationship(back_populates="versions")


class DesignPicture(Row):
    """A picture as it goes onto paper: judged, cleaned and written anew when it came in. It never changes either."""

    __tablename__ = "design_picture"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="has_sides"),)

    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    media_type: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class CertificatePlan(Row):
    """What an event planned of its certificates. An event without a row takes what is usual (`queries.plan_of`)."""

    __tablename__ = "certificate_plan"
    __table_args__ = (
        CheckConstraint(
            f"valid_months IS NULL OR (valid_months >= 1 AND valid_months <= {MOST_MONTHS})", name="months_in_bounds"
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    # The fingerprint of a version of the gallery or of the house's own; empty: the usual one.
    design_sha256: Mapped[str] = mapped_column(String(64), default="")
    languages: Mapped[list[str]] = mapped_column(JSON)
    has_vertical: Mapped[bool] = mapped_column(default=False)
    valid_months: Mapped[int | None]
    mail: Mapped[Mailing] = mapped_column(enum_column(Mailing), default=Mailing.LINK)

    event: Mapped[Event] = relationship()


class NeverChanges(RuntimeError):
    """What certificates on paper rely on was to be changed or deleted: a defect, never a user's mistake."""


@event.listens_for(DesignVersion, "before_update")
@event.listens_for(DesignVersion, "before_delete")
@event.listens_for(DesignPicture, "before_update")
@event.listens_for(DesignPicture, "before_delete")
def _keep(_mapper: Any, _connection: Any, target: Row) -> None:
    raise NeverChanges(f"{target.__tablename__} {target.id} is never changed and never deleted")

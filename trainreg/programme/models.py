"""Projects, the outcomes they promised, their partners and who signs their certificates."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.agencies.models import Agency
from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated, UtcDateTime
from trainreg.programme.rules import LONGEST_NOTE


class Project(Row):
    """A funded project. `code` is its name in addresses and commands."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("budget_amount IS NULL OR budget_amount >= 0", name="budget_not_negative"),
    )

    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[Text] = mapped_column(Translated)
    summary: Mapped[Text] = mapped_column(Translated, default=dict)
    objective: Mapped[Text] = mapped_column(Translated, default=dict, server_default=text("'{}'"))
    organisation: Mapped[Text] = mapped_column(Translated)
    funder: Mapped[Text] = mapped_column(Translated, default=dict)
    # Where readers of its reports find somebody: lines of an address, as they are printed.
    contact: Mapped[Text] = mapped_column(Translated, default=dict, server_default=text("'{}'"))
    country: Mapped[str] = mapped_column(String(2), default="MN")
    timezone: Mapped[str] = mapped_column(String(64), default="Asia/Ulaanbaatar")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    budget_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    budget_currency: Mapped[str | None] = mapped_column(String(3))
    is_invented: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    outcomes: Mapped[list["Outcome"]] = relationship(
        back_populates="project", order_by="Outcome.number", cascade="all, delete-orphan"
    )
    partners: Mapped[list["ProjectPartner"]] = relationship(
        order_by="ProjectPartner.position", cascade="all, delete-orphan"
    )
    signatories: Mapped[list["Signatory"]] = relationship(order_by="Signatory.position", cascade="all, delete-orphan")
    photographs: Mapped[list["Photograph"]] = relationship(
        back_populates="project", order_by="Photograph.position, Photograph.id", cascade="all, delete-orphan"
    )


class Outcome(Row):
    """A key outcome the project promised."""

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    title: Mapped[Text] = mapped_column(Translated)

    project: Mapped[Project] = relationship(back_populates="outcomes")


class ProjectPartner(Row):
    """An agency the project works with."""

    __tablename__ = "project_partner"
    __table_args__ = (UniqueConstraint("project_id", "agency_id"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    position: Mapped[int] = mapped_column(default=0)

    agency: Mapped[Agency] = relationship()


class Signatory(Row):
    """Somebody who signs the project's certificates; printed as they are at the moment of issue."""

    __tablename__ = "signatory"
    __table_args__ = (UniqueConstraint("project_id", "position"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int]
    name: Mapped[Text] = mapped_column(Translated)
    title: Mapped[Text] = mapped_column(Translated)
    # The picture of their signature, by its fingerprint; the pictures stand further up the house (certificates).
    image_sha256: Mapped[str | None] = mapped_column(ForeignKey("design_picture.sha256"), index=True)


class Photograph(Row):
    """A photograph that reports of the project may show, once somebody has confirmed that those in it agreed.

    Unlike the pictures of certificates it can be deleted: an agreement can be taken back.
    """

    __tablename__ = "project_photograph"
    __table_args__ = (
        UniqueConstraint("project_id", "sha256"),
        CheckConstraint("width > 0 AND height > 0", name="has_sides"),
        CheckConstraint("confirmed_at IS NULL OR consent_note <> ''", name="confirmed_with_note"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int] = mapped_column(default=0)
    caption: Mapped[Text] = mapped_column(Translated, default=dict)
    alternative: Mapped[Text] = mapped_column(Translated, default=dict)
    # Who agreed, when, and how; for the desk alone.
    consent_note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_label: Mapped[str] = mapped_column(String(200), default="")
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    project: Mapped[Project] = relationship(back_populates="photographs")

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

"""What a project's file in the format of IATI says beyond the project's own record."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated
from trainreg.programme.iati.rules import LONGEST_IDENTIFIER, LONGEST_REF
from trainreg.programme.models import Project


class IatiSettings(Row):
    """Identifiers and codes of one project; an empty one is not said. Codes are those of IATI's codelists."""

    __tablename__ = "iati_settings"
    __table_args__ = (CheckConstraint("reporting_ref <> '' AND identifier <> ''", name="identified"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), unique=True)
    reporting_ref: Mapped[str] = mapped_column(String(LONGEST_REF))
    reporting_type: Mapped[str] = mapped_column(String(2))
    reporting_name: Mapped[Text] = mapped_column(Translated, default=dict)
    identifier: Mapped[str] = mapped_column(String(LONGEST_IDENTIFIER), unique=True)
    scope: Mapped[str] = mapped_column(String(1), default="")
    funder_ref: Mapped[str] = mapped_column(String(LONGEST_REF), default="")
    funder_type: Mapped[str] = mapped_column(String(2), default="")
    implementer_ref: Mapped[str] = mapped_column(String(LONGEST_REF), default="")
    implementer_type: Mapped[str] = mapped_column(String(2), default="")
    partner_role: Mapped[str] = mapped_column(String(1), default="")
    partner_type: Mapped[str] = mapped_column(String(2), default="")

    project: Mapped[Project] = relationship()
    sectors: Mapped[list["IatiSector"]] = relationship(order_by="IatiSector.position", cascade="all, delete-orphan")


class IatiSector(Row):
    """What the project works on, by a code of a vocabulary, with its share where there are several."""

    __tablename__ = "iati_sector"
    __table_args__ = (
        UniqueConstraint("settings_id", "vocabulary", "code"),
        CheckConstraint("percentage IS NULL OR (percentage > 0 AND percentage <= 100)", name="percentage_within"),
    )

    settings_id: Mapped[int] = mapped_column(ForeignKey("iati_settings.id"))
    position: Mapped[int]
    vocabulary: Mapped[str] = mapped_column(String(2))
    code: Mapped[str] = mapped_column(String(20))
    percentage: Mapped[Decimal | None] = mapped_column(Numeric(6, 3))

"""Agencies: ministries, departments, missions and organisations that officials come from."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated


class Agency(Row):
    """An agency; its children (departments, provincial offices) count with it where a rule says so."""

    __tablename__ = "agency"
    __table_args__ = (CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),)

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Text] = mapped_column(Translated)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped["Agency | None"] = relationship(remote_side="Agency.id")

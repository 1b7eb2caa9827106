"""Two records of one official made one, with all that is needed to take it back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.accounts.models import User
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime
from trainreg.people.models import Person


class PersonMerge(Row):
    """`changes` holds each row that was changed, moved or removed, before and after, in the order it was done."""

    __tablename__ = "person_merge"
    __table_args__ = (CheckConstraint("kept_id <> merged_id", name="two_persons"),)

    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # Places taken at each event before, by its id: what undoing may come back to.
    seats: Mapped[dict[str, int]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    kept: Mapped[Person] = relationship(foreign_keys=kept_id)
    merged: Mapped[Person] = relationship(foreign_keys=merged_id)
    by: Mapped[User | None] = relationship(foreign_keys=by_id)

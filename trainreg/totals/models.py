"""What is kept of the whole organisation's attendance: derived rows, which `service.rebuild` can make anew any time."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from trainreg.kernel.db import Base, table_of
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.migrations.triggers import create_triggers
from trainreg.people.rules import Sex

EVERYWHERE = 0  # in the place of a project: all of them


class CountedVisit(Base):
    """A registration that counts as an attendance, as the figures see it."""

    __tablename__ = "counted_visit"
    __table_args__ = (Index("ix_counted_visit_person", "person_id", "project_id"),)

    registration_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    project_id: Mapped[int]
    person_id: Mapped[int]
    sex: Mapped[Sex] = mapped_column(enum_column(Sex))
    agency_id: Mapped[int]
    thousandths: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Tally(Base):
    """Attendances, persons and thousandths of person-days of one project, or of all, by sex and agency."""

    __tablename__ = "tally"

    project_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sex: Mapped[Sex] = mapped_column(enum_column(Sex), primary_key=True)
    agency_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    attendances: Mapped[int]
    persons: Mapped[int]
    thousandths: Mapped[int] = mapped_column(BigInteger)


class TallyDue(Base):
    """A registration whose rows were touched in this transaction: the database itself notes it."""

    __tablename__ = "tally_due"

    registration_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


event.listen(
    table_of(TallyDue).metadata, "after_create", lambda _what, connection, **_more: create_triggers(connection)
)

"""What is kept of the whole organisation's attendance: derived rows, which `service.rebuild` can make anew any time."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from trainreg.events.rules import EventKind
from trainreg.kernel.db import Base, Row, table_of
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.migrations.triggers import create_triggers
from trainreg.people.rules import Level, Sex

EVERYWHERE = 0  # in the place of a project: all of them
NO_PROVINCE = ""


class CountedVisit(Base):
    """A registration that counts as an attendance, as the figures see it."""

    __tablename__ = "counted_visit"
    __table_args__ = (Index("ix_counted_visit_person", "person_id", "project_id"),)

    registration_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    project_id: Mapped[int]
    person_id: Mapped[int]
    sex: Mapped[Sex] = mapped_column(enum_column(Sex))
    agency_id: Mapped[int]
    level: Mapped[Level] = mapped_column(enum_column(Level))
    province: Mapped[str] = mapped_column(String(10))
    thousandths: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Tally(Base):
    """Attendances, persons and thousandths of person-days of one project, or of all, by who came.

    Of one project by sex and agency; level and province only everywhere.
    """

    __tablename__ = "tally"

    project_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sex: Mapped[Sex] = mapped_column(enum_column(Sex), primary_key=True)
    agency_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[Level] = mapped_column(enum_column(Level), primary_key=True)
    province: Mapped[str] = mapped_column(String(10), primary_key=True)
    attendances: Mapped[int]
    persons: Mapped[int]
    thousandths: Mapped[int] = mapped_column(BigInteger)


class CountedWho(Row):
    """What is told of somebody who came; packed visits name it by its number. Never changed, and never taken away."""

    __tablename__ = "counted_who"
    __table_args__ = (UniqueConstraint("sex", "agency_id", "level", "province"),)

    sex: Mapped[Sex] = mapped_column(enum_column(Sex))
    agency_id: Mapped[int]
    level: Mapped[Level] = mapped_column(enum_column(Level))
    province: Mapped[str] = mapped_column(String(10))


class CountedMonth(Base):
    """Who attended an event in one month of its place, and the certificates first given then; see `packs`."""

    __tablename__ = "counted_month"
    __table_args__ = (
        # Covers the sums that need no look at who came.
        Index("ix_counted_month_sums", "month", "project_id", "kind", "visits", "thousandths", "papers"),
        Index("ix_counted_month_project", "project_id", "month"),
    )

    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    project_id: Mapped[int]
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind))
    visits: Mapped[int]
    thousandths: Mapped[int] = mapped_column(BigInteger)
    papers: Mapped[int]
    first_day: Mapped[int]  # of the month: when somebody came first, and last; 0 where nobody did
    last_day: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class TallyDue(Base):
    """A registration whose rows were touched in this transaction: the database itself notes it."""

    __tablename__ = "tally_due"

    registration_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


event.listen(
    table_of(TallyDue).metadata, "after_create", lambda _what, connection, **_more: create_triggers(connection)
)

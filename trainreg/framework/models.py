"""A project's results framework: outputs, indicators, periods and targets; and what was handed in."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.framework.rules import (
    LONGEST_CODE,
    LONGEST_REASON,
    LONGEST_SOURCE,
    Breakdown,
    Counting,
    CountingRule,
    Direction,
    Filters,
    Span,
    breakdowns_from,
)
from trainreg.kernel.actor import ActorKind
from trainreg.kernel.db import Row
from trainreg.kernel.types import Text as Words
from trainreg.kernel.types import Translated, UtcDateTime, enum_column
from trainreg.programme.models import Outcome, Project
from trainreg.registration.models import Registration

_STANDS = text("reopened_at IS NULL")


class Output(Row):
    """What the project makes or does so that an outcome comes about; numbered within its outcome: 1.2."""

    __tablename__ = "output"
    __table_args__ = (
        UniqueConstraint("outcome_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    number: Mapped[int]
    title: Mapped[Words] = mapped_column(Translated)

    outcome: Mapped[Outcome] = relationship()

    @property
    def label(self) -> str:
        return f"{self.outcome.number}.{self.number}"


class Indicator(Row):
    """What shows how far the project came. `filters` and `breakdowns` are kept as plain JSON; see `framework.rules`.

    It belongs to the whole project, to an outcome, or to an output of that outcome.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        CheckConstraint("output_id IS NULL OR outcome_id IS NOT NULL", name="output_within_outcome"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"), index=True)
    output_id: Mapped[int | None] = mapped_column(ForeignKey("output.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    title: Mapped[Words] = mapped_column(Translated)
    unit: Mapped[Words] = mapped_column(Translated, default=dict)
    rule: Mapped[CountingRule] = mapped_column(enum_column(CountingRule))
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    breakdowns: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    direction: Mapped[Direction] = mapped_column(enum_column(Direction), default=Direction.INCREASE)
    baseline_year: Mapped[int | None]
    baseline_value: Mapped[Decimal | None] = mapped_column(Numeric(16, 3))

    project: Mapped[Project] = relationship()
    outcome: Mapped[Outcome | None] = relationship()
    output: Mapped[Output | None] = relationship()
    targets: Mapped[list["Target"]] = relationship(back_populates="indicator", cascade="all, delete-orphan")
    values: Mapped[list["HandValue"]] = relationship(back_populates="indicator", cascade="all, delete-orphan")

    @property
    def counting(self) -> Counting:
        """The rule with its filters."""
        return Counting(self.rule, Filters.from_json(self.filters), self.outcome_id)

    @property
    def wanted(self) -> tuple[Breakdown, ...]:
        """The breakdowns that reports show."""
        return breakdowns_from(self.breakdowns)


class ReportingPeriod(Row):
    """A time that the project reports on. Periods of a project share no day and lie within its time."""

    __tablename__ = "reporting_period"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    project: Mapped[Project] = relationship()
    handovers: Mapped[list["HandedIn"]] = relationship(
        back_populates="period", order_by="HandedIn.id", cascade="all, delete-orphan"
    )

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)

    @property
    def standing(self) -> "HandedIn | None":
        """What was handed in and is not taken back: while it stands the period is locked."""
        return next((one for one in reversed(self.handovers) if one.reopened_at is None), None)

    @property
    def is_locked(self) -> bool:
        return self.standing is not None


class Target(Row):
    """What an indicator should have reached in a period; `due_on`, where said, is a day of that period."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("indicator_id", "period_id"),)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    value: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    due_on: Mapped[date | None]

    indicator: Mapped[Indicator] = relationship(back_populates="targets")
    period: Mapped[ReportingPeriod] = relationship()


class HandValue(Row):
    """What somebody wrote for a period where the rule is "by hand", and where they have it from."""

    __tablename__ = "hand_value"
    __table_args__ = (UniqueConstraint("indicator_id", "period_id"),)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    value: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE))

    indicator: Mapped[Indicator] = relationship(back_populates="values")
    period: Mapped[ReportingPeriod] = relationship()


class HandedIn(Row):
    """A period as it was handed in: its figures in canonical JSON with their digest, and the rows they rest on.

    Never changed but for its reopening; handing in again makes another row.
    """

    __tablename__ = "handed_in"
    __table_args__ = (
        Index("uq_handed_in_standing", "period_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("ix_handed_in_period_id", "period_id"),
        CheckConstraint("reopened_at IS NULL OR reopen_reason <> ''", name="reopened_with_reason"),
    )

    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))
    actor_label: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    figures: Mapped[str] = mapped_column(Text)
    figures_sha256: Mapped[str] = mapped_column(String(64))
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened_by_label: Mapped[str] = mapped_column(String(200), default="")
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reopen_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    period: Mapped[ReportingPeriod] = relationship(back_populates="handovers")
    rows: Mapped[list["FrozenRow"]] = relationship(back_populates="handed_in", cascade="all, delete-orphan")


class FrozenRow(Row):
    """One registration as figures counted it on the day they were handed in: its snapshot and the sessions attended."""

    __tablename__ = "frozen_row"
    __table_args__ = (UniqueConstraint("handed_in_id", "registration_id"),)

    handed_in_id: Mapped[int] = mapped_column(ForeignKey("handed_in.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)

    handed_in: Mapped[HandedIn] = relationship(back_populates="rows")
    registration: Mapped[Registration] = relationship()

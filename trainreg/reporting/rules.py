"""What a figure counts, and how its parts add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from trainreg.attendance.rules import ATTENDED
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.people.rules import Sex
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

# Attendance counts when all of these hold: a confirmed participant, present or late, at a planned session of an
# event that was not called off.
COUNTED_ROLE = RegistrationRole.PARTICIPANT
COUNTED_STATUS = RegistrationStatus.CONFIRMED
COUNTED_STATES = ATTENDED
COUNTED_SESSIONS = SessionStatus.PLANNED
NOT_COUNTED_EVENTS = EventStatus.CANCELLED

# In addresses, and the name of the cell that is always there.
NOT_STATED = "not_stated"
THOUSANDTHS = 1000


class Measure(StrEnum):
    """What is counted.

    Attendances: registrations with at least one attended session. Persons: the distinct people among them.
    Person-days: the shares of a day that they attended, added up.
    """

    ATTENDANCES = "attendances"
    PERSONS = "persons"
    PERSON_DAYS = "person_days"


class Cell(NamedTuple):
    """A value for one sex, one agency and one province; None where agency or province was not stated."""

    sex: Sex
    agency_id: int | None
    value: Decimal
    province: str | None = None


@dataclass(frozen=True)
class Breakdown:
    """One figure and its parts. Each way of parting it has a "not stated" cell, and its cells sum to the total."""

    total: Decimal = Decimal(0)
    by_sex: Mapping[Sex, Decimal] = field(default_factory=lambda: dict.fromkeys(Sex, Decimal(0)))
    by_agency: Mapping[int | None, Decimal] = field(default_factory=lambda: {None: Decimal(0)})
    by_province: Mapping[str | None, Decimal] = field(default_factory=lambda: {None: Decimal(0)})
    agency_by_sex: Mapping[tuple[int | None, Sex], Decimal] = field(default_factory=dict)
    province_by_sex: Mapping[tuple[str | None, Sex], Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """The three measures of a project or of one of its outcomes."""

    attendances: Breakdown = field(default_factory=Breakdown)
    persons: Breakdown = field(default_factory=Breakdown)
    person_days: Breakdown = field(default_factory=Breakdown)

    def of(self, measure: Measure) -> Breakdown:
        """The breakdown of one measure."""
        return {
            Measure.ATTENDANCES: self.attendances,
            Measure.PERSONS: self.persons,
            Measure.PERSON_DAYS: self.person_days,
        }[measure]


def broken_down(cells: Iterable[Cell]) -> Breakdown:
    """Add cells up: in total, by sex (all of them, also those with nothing), agency and province; and by sex within."""
    none = Decimal(0)
    by_sex: dict[Sex, Decimal] = dict.fromkeys(Sex, none)
    by_agency: dict[int | None, Decimal] = {None: none}
    by_province: dict[str | None, Decimal] = {None: none}
    agency_by_sex: dict[tuple[int | None, Sex], Decimal] = {}
    province_by_sex: dict[tuple[str | None, Sex], Decimal] = {}
    for sex, agency_id, value, province in cells:
        by_sex[sex] += value
        by_agency[agency_id] = by_agency.get(agency_id, none) + value
        by_province[province] = by_province.get(province, none) + value
        agency_by_sex[agency_id, sex] = agency_by_sex.get((agency_id, sex), none) + value
        province_by_sex[province, sex] = province_by_sex.get((province, sex), none) + value
    return Breakdown(sum(by_sex.values(), none), by_sex, by_agency, by_province, agency_by_sex, province_by_sex)


def days(thousandths: int) -> Decimal:
    """Days from thousandths of a day: the database adds up whole numbers, which neither side can round."""
    return Decimal(thousandths) / THOUSANDTHS


def plain_number(value: Decimal) -> int | float:
    """A figure as programs read it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def is_held(status: EventStatus, *, starts_at: datetime | None, now: datetime) -> bool:
    """Held: published, not called off, and its first planned session has begun."""
    published = status in {EventStatus.OPEN, EventStatus.CLOSED}
    return published and starts_at is not None and starts_at <= now

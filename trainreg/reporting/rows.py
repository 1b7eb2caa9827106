"""The rows behind a figure, for those who may see names: they add up to it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Subquery, false, func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.people.models import Person
from trainreg.people.rules import Sex
from trainreg.registration.models import Registration
from trainreg.reporting import small
from trainreg.reporting.counted import counted_persons
from trainreg.reporting.counting.sums import Name
from trainreg.reporting.figures import ProjectFigures
from trainreg.reporting.question import Question
from trainreg.reporting.rules import COUNTED_SESSIONS, NOT_STATED, Measure, days
from trainreg.reporting.small import mask_of
from trainreg.reporting.steps import Course
from trainreg.web.paging import Page, asked_page

PER_PAGE = 50


@dataclass(frozen=True)
class FigureRow:
    """One registration behind a figure; for unique persons, the one that speaks for its person."""

    number: int
    sex: Sex
    agency: Text
    event_title: Text
    event_slug: str
    event_timezone: str
    last_at: datetime
    sessions: int
    sessions_planned: int
    attendances: int
    days: Decimal
    name: str
    latin_name: str
    reference: str


@dataclass(frozen=True)
class FigureRows:
    """One page of rows, and the figure they add up to on all pages together."""

    page: Page[FigureRow]
    total: Decimal


def rows_behind(question: Question) -> FigureRows:
    """The rows behind the figure; always the same number of statements."""
    counted, conditions = _asked(question)
    count, total = _counted(question, counted, conditions)
    number = min(asked_page(), max(1, -(-count // PER_PAGE)))
    first = (number - 1) * PER_PAGE
    found = db.session.execute(_statement(counted).where(*conditions).limit(PER_PAGE).offset(first)).mappings().all()
    is_persons = question.measure is Measure.PERSONS
    rows = [_row(place, row, is_persons=is_persons) for place, row in enumerate(found, first + 1)]
    return FigureRows(Page(rows, number, PER_PAGE, count), total)


def figure_without_rows(question: Question, figures: ProjectFigures) -> Decimal | None:
    """The figure for whoever may not see names; None where it is not told, or stands on no page and so has no guard.

    Rows without names would tell every small figure: one has only to count them.
    """
    name = _name(question, figures.course)
    if name is None or not mask_of(figures).tells(name):
        return None
    figure = _counted(question, *_asked(question))[1]
    # Nothing would tell that an agency or a province which is hidden came.
    return figure or (None if question.agency or question.province else figure)


def _name(question: Question, course: Course) -> Name | None:
    """What the mask calls this figure; None where no page shows it."""
    outcome_id = question.outcome.id if question.outcome else small.WHOLE
    agency_id = question.agency.id if question.agency else None
    province = None if question.province == NOT_STATED else question.province
    sex = question.sex or Sex.NOT_STATED
    if question.event is not None or question.until is not None:
        return _at_a_time(question, course) if len(question.limits) == 1 else None
    match question.limits:
        case [] | ["outcome"]:
            return small.of_part(outcome_id)
        case ["sex"] | ["outcome", "sex"]:
            return small.of_sex(outcome_id, sex)
        case ["agency"] | ["agency", "outcome"]:
            return small.of_agency(outcome_id, agency_id)
        case ["province"]:
            return small.of_province(province)
        case ["agency", "sex"]:
            return small.of_agency_by_sex(agency_id, sex)
        case ["province", "sex"]:
            return small.of_province_by_sex(province, sex)
    return None


def _at_a_time(question: Question, course: Course) -> Name | None:
    """An event, or the step of the project's course that ends on the day asked for."""
    if question.event is not None:
        return small.of_event(question.event.id)
    ends = [one.span.last for one in course.steps]
    return small.of_step(ends.index(question.until)) if question.until in ends else None


def _asked(question: Question) -> tuple[Subquery, list[ColumnElement[bool]]]:
    counted = counted_persons(
        question.project.id,
        outcome_id=question.outcome.id if question.outcome else None,
        event_id=question.event.id if question.event else None,
        before=_before(question),
    )
    return counted, _conditions(question, counted)


def _before(question: Question) -> dict[str, datetime] | None:
    """When the day asked for is over, in each time zone in which the project holds sessions."""
    if question.until is None:
        return None
    zones = select(Session.timezone).join(Event, Event.id == Session.event_id)
    midnight = datetime.combine(question.until + timedelta(days=1), time())
    return {
        zone: midnight.replace(tzinfo=ZoneInfo(zone))
        for zone in db.session.scalars(zones.where(Event.project_id == question.project.id).distinct())
    }


def _counted(question: Question, counted: Subquery, conditions: list[ColumnElement[bool]]) -> tuple[int, Decimal]:
    count, thousandths = db.session.execute(
        select(func.count(), func.coalesce(func.sum(counted.c.thousandths), 0)).where(*conditions)
    ).one()
    return count, days(int(thousandths)) if question.measure is Measure.PERSON_DAYS else Decimal(count)


def _conditions(question: Question, counted: Subquery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if question.measure is Measure.PERSONS:
        conditions.append(counted.c.place == 1)
    if question.sex is not None:
        conditions.append(counted.c.sex == question.sex)
    if question.agency is not None:
        conditions.append(counted.c.agency_id == question.agency.id)
    if not question.agency_stated:
        conditions.append(false())  # a registration always names an agency: this cell is empty by the schema
    if question.province is not None:
        province = func.coalesce(counted.c.province, "")
        conditions.append(province == ("" if question.province == NOT_STATED else question.province))
    return conditions


def _statement(counted: Subquery) -> Select[Any]:
    planned = (
        select(func.count())
        .where(Session.event_id == counted.c.event_id, Session.status == COUNTED_SESSIONS)
        .scalar_subquery()
    )
    return (
        select(
            *(column for column in counted.c if column.name not in {"person_id", "place", "province"}),
            Agency.name.label("agency"),
            Event.title.label("event_title"),
            Event.slug.label("event_slug"),
            Event.timezone.label("event_timezone"),
            planned.label("sessions_planned"),
            Registration.reference,
            Person.family_name,
            Person.given_name,
            Person.family_name_latin,
            Person.given_name_latin,
        )
        .join(Agency, Agency.id == counted.c.agency_id)
        .join(Event, Event.id == counted.c.event_id)
        .join(Registration, Registration.id == counted.c.registration_id)
        .join(Person, Person.id == counted.c.person_id)
        .order_by(Person.family_name, Person.given_name, counted.c.last_at, counted.c.registration_id)
    )


def _row(number: int, row: Any, *, is_persons: bool) -> FigureRow:
    return FigureRow(
        number=number,
        sex=row["sex"],
        agency=row["agency"],
        event_title=row["event_title"],
        event_slug=row["event_slug"],
        event_timezone=row["event_timezone"],
        last_at=row["last_at"],
        sessions=row["sessions"],
        sessions_planned=row["sessions_planned"],
        attendances=row["attendances"],
        days=days(int(row["all_thousandths"] if is_persons else row["thousandths"])),
        name=f"{row['family_name']} {row['given_name']}".strip(),
        latin_name=f"{row['family_name_latin']} {row['given_name_latin']}".strip(),
        reference=row["reference"],
    )

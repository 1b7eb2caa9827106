"""The rows behind a figure: they add up to it, and hold names only for those who may see names."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, false, func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.people.models import Person
from trainreg.people.rules import Sex
from trainreg.registration.models import Registration
from trainreg.reporting.counted import counted_persons
from trainreg.reporting.question import Question
from trainreg.reporting.rules import COUNTED_SESSIONS, Measure, days
from trainreg.web.paging import Page, asked_page

PER_PAGE = 50


@dataclass(frozen=True)
class FigureRow:
    """One registration behind a figure; for unique persons, the one that speaks for its person.

    `name`, `latin_name` and `reference` are None for those who may not see names: they were never read.
    """

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
    name: str | None = None
    latin_name: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class FigureRows:
    """One page of rows, and the figure they add up to on all pages together."""

    page: Page[FigureRow]
    total: Decimal


def rows_behind(question: Question, *, with_names: bool) -> FigureRows:
    """The rows behind the figure; always the same number of statements."""
    counted = counted_persons(
        question.project.id,
        outcome_id=question.outcome.id if question.outcome else None,
        event_id=question.event.id if question.event else None,
    )
    conditions = _conditions(question, counted)
    count, thousandths = db.session.execute(
        select(func.count(), func.coalesce(func.sum(counted.c.thousandths), 0)).where(*conditions)
    ).one()
    number = min(asked_page(), max(1, -(-count // PER_PAGE)))
    first = (number - 1) * PER_PAGE
    statement = _statement(counted, with_names=with_names).where(*conditions).limit(PER_PAGE).offset(first)
    found = db.session.execute(statement).mappings().all()
    is_persons = question.measure is Measure.PERSONS
    rows = [_row(place, row, is_persons=is_persons) for place, row in enumerate(found, first + 1)]
    total = days(int(thousandths)) if question.measure is Measure.PERSON_DAYS else Decimal(count)
    return FigureRows(Page(rows, number, PER_PAGE, count), total)


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
    return conditions


def _statement(counted: Subquery, *, with_names: bool) -> Select[Any]:
    planned = (
        select(func.count())
        .where(Session.event_id == counted.c.event_id, Session.status == COUNTED_SESSIONS)
        .scalar_subquery()
    )
    statement = (
        select(
            *(column for column in counted.c if column.name not in {"person_id", "place"}),
            Agency.name.label("agency"),
            Event.title.label("event_title"),
            Event.slug.label("event_slug"),
            Event.timezone.label("event_timezone"),
            planned.label("sessions_planned"),
        )
        .join(Agency, Agency.id == counted.c.agency_id)
        .join(Event, Event.id == counted.c.event_id)
    )
    if not with_names:
        return statement.order_by(counted.c.last_at.desc(), counted.c.registration_id)
    return (
        statement.add_columns(
            Registration.reference,
            Person.family_name,
            Person.given_name,
            Person.family_name_latin,
            Person.given_name_latin,
        )
        .join(Registration, Registration.id == counted.c.registration_id)
        .join(Person, Person.id == counted.c.person_id)
        .order_by(Person.family_name, Person.given_name, counted.c.last_at, counted.c.registration_id)
    )


def _row(number: int, row: Any, *, is_persons: bool) -> FigureRow:
    has_name = "given_name" in row
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
        name=f"{row['family_name']} {row['given_name']}".strip() if has_name else None,
        latin_name=f"{row['family_name_latin']} {row['given_name_latin']}".strip() if has_name else None,
        reference=row["reference"] if has_name else None,
    )

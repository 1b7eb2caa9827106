"""The rows behind a figure, for those who may see names: they add up to it."""

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
from trainreg.reporting import small
from trainreg.reporting.counted import counted_persons
from trainreg.reporting.counting.sums import Name
from trainreg.reporting.question import Question
from trainreg.reporting.rules import COUNTED_SESSIONS, NOT_STATED, Measure, days
from trainreg.reporting.small import Mask
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


def figure_without_rows(question: Question, mask: Mask) -> Decimal | None:
    """The figure for whoever may not see names; None where it is not told, or stands on no page and so has no guard.

    Rows without names would tell every small figure: one has only to count them.
    """
    limits = (question.sex, question.event, question.agency, None if question.agency_stated else NOT_STATED)
    by = [limit is not None for limit in limits]
    if sum(by) > 1 or (question.event and question.outcome) or not mask.tells(_name(question)):
        return None
    figure = _counted(question, *_asked(question))[1]
    return figure or (None if question.agency else figure)  # nothing would tell that an agency which is hidden came


def _name(question: Question) -> Name:
    """What the mask calls this figure."""
    outcome_id = question.outcome.id if question.outcome else small.WHOLE
    if question.event is not None:
        return small.of_event(question.event.id)
    if question.sex is not None:
        return small.of_sex(outcome_id, question.sex)
    if question.agency is not None or not question.agency_stated:
        return small.of_agency(outcome_id, question.agency.id if question.agency else None)
    return small.of_part(outcome_id)


def _asked(question: Question) -> tuple[Subquery, list[ColumnElement[bool]]]:
    counted = counted_persons(
        question.project.id,
        outcome_id=question.outcome.id if question.outcome else None,
        event_id=question.event.id if question.event else None,
    )
    return counted, _conditions(question, counted)


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
    return conditions


def _statement(counted: Subquery) -> Select[Any]:
    planned = (
        select(func.count())
        .where(Session.event_id == counted.c.event_id, Session.status == COUNTED_SESSIONS)
        .scalar_subquery()
    )
    return (
        select(
            *(column for column in counted.c if column.name not in {"person_id", "place"}),
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

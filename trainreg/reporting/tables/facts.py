"""Rows of the tables that say what there is: project, agencies, events, sessions, publications."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, EventOutcome, Session
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.programme.models import Outcome
from trainreg.publications.queries import list_publications_of
from trainreg.reporting.tables.scope import Scope

Row = Sequence[Any]
AT_ONCE = 1_000
_MINUTE = timedelta(minutes=1)


def projects(scope: Scope) -> Iterator[Row]:
    one = scope.project
    money = (one.budget_amount, one.budget_currency)
    yield one.code, *two(one.title), one.country, one.timezone, one.starts_on, one.ends_on, *money, one.is_invented


def agencies(_scope: Scope) -> Iterator[Row]:
    codes: dict[int, str] = {row.id: row.code for row in db.session.execute(select(Agency.id, Agency.code))}
    for code, parent_id, name in db.session.execute(
        select(Agency.code, Agency.parent_id, Agency.name).order_by("code")
    ):
        yield code, codes[parent_id] if parent_id is not None else None, *two(name)


def outcomes(scope: Scope) -> Iterator[Row]:
    for one in scope.project.outcomes:
        yield one.number, *two(one.title)


def periods(scope: Scope) -> Iterator[Row]:
    for one in scope.told.periods:
        yield one.code, one.starts_on, one.ends_on, one.standing.at if one.standing else None


def of_project(scope: Scope) -> list[ColumnElement[bool]]:
    """The events of the project that the reader may know of."""
    own = [Event.project_id == scope.project.id]
    return own if scope.sees_individuals else [*own, Event.status != EventStatus.DRAFT]


def events(scope: Scope) -> Iterator[Row]:
    for one in db.session.scalars(select(Event).where(*of_project(scope)).order_by(Event.id)):
        told = (*two(one.title), *two(one.place), one.timezone)
        yield one.slug, one.kind, one.status, *told, one.capacity, one.threshold, one.has_illustrative_dates


def event_outcomes(scope: Scope) -> Iterator[Row]:
    statement = (
        select(Event.slug, Outcome.number)
        .join(EventOutcome, EventOutcome.event_id == Event.id)
        .join(Outcome, Outcome.id == EventOutcome.outcome_id)
        .where(*of_project(scope))
        .order_by(Event.id, Outcome.number)
    )
    yield from streamed(statement)


def sessions(scope: Scope) -> Iterator[Row]:
    columns = (Session.id, Event.slug, Session.timezone, Session.starts_at, Session.ends_at, Session.day_share)
    statement = select(*columns, Session.status).join(Event).where(*of_project(scope)).order_by(Session.id)
    for key, slug, timezone, starts_at, ends_at, share, status in streamed(statement):
        day, minutes = clock.local(starts_at, timezone).date(), (ends_at - starts_at) // _MINUTE
        yield key, slug, day, starts_at, ends_at, minutes, share, status


def publications(scope: Scope) -> Iterator[Row]:
    for one in sorted(list_publications_of(scope.project.id), key=lambda found: found.id):
        outcome = one.outcome.number if one.outcome else None
        told = (one.id, one.kind, *two(one.title), outcome, one.published_on, one.translated_into)
        printed, handed = one.copies_printed, one.copies_handed
        yield *told, printed.number or None, printed.is_minimum, handed.number or None, one.web_address or None


def handouts(scope: Scope) -> Iterator[Row]:
    told = set(db.session.scalars(select(Event.id).where(*of_project(scope))))
    gone = [one for publication in list_publications_of(scope.project.id) for one in publication.handouts]
    for one in sorted(gone, key=lambda found: found.id):
        agency, event = one.agency.code if one.agency else None, one.event
        slug = event.slug if event and event.id in told else None
        yield one.id, one.publication_id, agency, slug, *two(one.recipient), one.handed_on, one.copies, one.is_minimum


def two(text: dict[str, str] | None) -> tuple[str, str]:
    return (text or {}).get("en", ""), (text or {}).get("mn", "")


def streamed(statement: Any) -> Iterator[Any]:
    """Rows, so many at a time: never all of them in memory."""
    return iter(db.session.execute(statement.execution_options(yield_per=AT_ONCE)))


def as_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

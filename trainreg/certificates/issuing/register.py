"""The register book: every number that was given out, in order, over all projects that one may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import contains_eager

from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.text import fold
from trainreg.programme.models import Project
from trainreg.registration.models import Registration

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the book is narrowed by. A code is no way in: it is the secret of whoever holds the paper."""

    project_ids: frozenset[int] | None
    search: str = ""
    project: str = ""
    event: str = ""
    state: CertificateState | None = None
    since: date | None = None
    until: date | None = None
    timezone: str = "UTC"


def book(asked: Asked) -> Select[Certificate]:
    """The lines of the book, the latest numbers first, each with its event and project."""
    statement = (
        select(Certificate)
        .join(Certificate.registration)
        .join(Registration.event)
        .join(Event.project)
        .options(
            contains_eager(Certificate.registration).contains_eager(Registration.event).contains_eager(Event.project),
        )
        .order_by(Certificate.series, Certificate.sequence.desc())
    )
    if asked.project_ids is not None:
        statement = statement.where(Event.project_id.in_(asked.project_ids))
    if asked.project:
        statement = statement.where(Project.code == asked.project)
    if asked.event:
        statement = statement.where(Event.slug == asked.event)
    if asked.state is not None:
        statement = statement.where(Certificate.state == asked.state)
    if asked.since is not None:
        statement = statement.where(Certificate.issued_at >= _midnight(asked.since, asked.timezone))
    if asked.until is not None:
        statement = statement.where(Certificate.issued_at < _midnight(asked.until + timedelta(days=1), asked.timezone))
    return _searched(statement, asked.search)


def _searched(statement: Select[Certificate], search: str) -> Select[Certificate]:
    """By the beginning of a number, or by every word of a name."""
    if not search.strip():
        return statement
    words = fold(search).split()
    name = [Certificate.holder.contains(word, autoescape=True) for word in words]
    number = Certificate.register_number.startswith(search.strip().upper(), autoescape=True)
    return statement.where(or_(number, and_(*name)) if words else number)


def _midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(timezone))


def lines(asked: Asked) -> Iterator[Certificate]:
    """Every line of the book, some at a time: there may be a hundred thousand."""
    statement = book(asked).execution_options(yield_per=ROWS_AT_ONCE)
    yield from db.session.scalars(statement)


def events_in_book(project_ids: frozenset[int] | None) -> list[Event]:
    """The events that have certificates, for the filter."""
    has_any = select(Registration.event_id).join(Certificate, Certificate.registration_id == Registration.id)
    statement = select(Event).where(Event.id.in_(has_any)).join(Event.project).options(contains_eager(Event.project))
    if project_ids is not None:
        statement = statement.where(Event.project_id.in_(project_ids))
    return list(db.session.scalars(statement.order_by(Project.code, Event.id)))

"""Find events."""

from collections.abc import Sequence

from sqlalchemy import func, select

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import ids_with_children, list_agencies
from trainreg.events.models import Event, Session
from trainreg.events.rules import Audience, Door, EventStatus, SessionStatus, door
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound


def find_event(slug: str) -> Event | None:
    return db.session.scalar(select(Event).where(Event.slug == slug))


def get_event(slug: str) -> Event:
    event = find_event(slug)
    if event is None:
        raise NotFound
    return event


def get_public_event(slug: str) -> Event:
    """An event that anyone may see: drafts are not."""
    event = get_event(slug)
    if event.status is EventStatus.DRAFT:
        raise NotFound
    return event


def project_of_event(slug: str, **_others: object) -> int:
    """The project that an address with a `slug` is about, for access rules."""
    project_id = db.session.scalar(select(Event.project_id).where(Event.slug == slug))
    if project_id is None:
        raise NotFound
    return project_id


def list_events_of(project_id: int) -> Sequence[Event]:
    """A project's events, the latest first; those without a date on top."""
    first_day = (
        select(func.min(Session.starts_at))
        .where(Session.event_id == Event.id, Session.status == SessionStatus.PLANNED)
        .correlate(Event)
        .scalar_subquery()
    )
    statement = select(Event).where(Event.project_id == project_id)
    return db.session.scalars(statement.order_by(first_day.is_not(None), first_day.desc(), Event.id)).all()


def door_of(event: Event) -> Door:
    """Whether the event takes a registration at this moment."""
    return door(
        event.status,
        now=clock.now(),
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        ends_at=event.ends_at,
    )


def list_agencies_for(event: Event) -> list[Agency]:
    """The agencies whose officials may register."""
    agencies = list(list_agencies())
    if event.audience is Audience.ANY_AGENCY:
        return agencies
    allowed = ids_with_children(listed.agency_id for listed in event.agencies)
    return [agency for agency in agencies if agency.id in allowed]

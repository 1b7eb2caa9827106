"""Find events."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain, count

from sqlalchemy import Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import ids_with_children, list_agencies
from trainreg.events.details import EventDetails
from trainreg.events.models import Event, Session
from trainreg.events.rules import Admission, Audience, Door, EventStatus, SessionStatus, door
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.programme.models import Outcome

_AT_HAND = "the event that was read last"
_BY_SLUG = select(Event).options(joinedload(Event.project)).where(Event.slug == bindparam("slug"))


def find_event(slug: str) -> Event | None:
    """The event of that address, read once: the access rule has just asked for its project when the page asks again."""
    session = db.session()
    known: Event | None = session.info.get(_AT_HAND)
    if known is None or known not in session or known.__dict__.get("slug") != slug:
        # Held here, because a session forgets what nobody else holds; what it forgets after a commit is read anew.
        known = session.info[_AT_HAND] = session.scalar(_BY_SLUG, {"slug": slug})
    return known


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
    return get_event(slug).project_id


def find_free_slug(wanted: str, *, besides: int | None = None) -> str:
    """This slug, or the first of `wanted-2`, `wanted-3`, ... that no other event has."""
    similar = select(Event.slug).where(or_(Event.slug == wanted, Event.slug.startswith(f"{wanted}-", autoescape=True)))
    taken = set(db.session.scalars(similar if besides is None else similar.where(Event.id != besides)))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(slug for slug in chain([wanted], numbered) if slug not in taken)


def has_same_event(project_id: int, details: EventDetails, starts: Iterable[datetime]) -> bool:
    """Whether the project has an event of this title and place whose sessions start at just these moments."""
    wanted = sorted(starts)
    similar = select(Event).where(Event.project_id == project_id, Event.kind == details.kind)
    return any(
        event.title == details.title
        and event.place == details.place
        and sorted(session.starts_at for session in event.sessions) == wanted
        for event in db.session.scalars(similar.options(selectinload(Event.sessions)))
    )


def list_outcomes_by_id(ids: Iterable[int]) -> Sequence[Outcome]:
    """These outcomes, by number."""
    return db.session.scalars(select(Outcome).where(Outcome.id.in_(ids)).order_by(Outcome.number)).all()


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


def public_events(now: datetime) -> Select[Event]:
    """Everything but drafts: first what takes registrations now, then what is to come, then the past, latest first."""
    planned = (Session.event_id == Event.id, Session.status == SessionStatus.PLANNED)
    first = select(func.min(Session.starts_at)).where(*planned).correlate(Event).scalar_subquery()
    last = select(func.max(Session.ends_at)).where(*planned).correlate(Event).scalar_subquery()
    is_open = and_(
        Event.status == EventStatus.OPEN,
        Event.admission == Admission.OPEN,
        or_(Event.opens_at.is_(None), Event.opens_at <= now),
        or_(Event.closes_at.is_(None), Event.closes_at > now),
    )
    group = case((last <= now, 2), (is_open, 0), else_=1)
    soonest_first = case((last <= now, None), else_=first)
    return (
        select(Event)
        .where(Event.status != EventStatus.DRAFT)
        .options(selectinload(Event.sessions), joinedload(Event.project))
        .order_by(group, soonest_first.is_(None), soonest_first, first.desc(), Event.id)
    )


def list_events_for_calendar(since: datetime) -> Sequence[Event]:
    """Every public event with a session that ends after that moment, the first one first."""
    planned = (Session.event_id == Event.id, Session.status == SessionStatus.PLANNED)
    last = select(func.max(Session.ends_at)).where(*planned).correlate(Event).scalar_subquery()
    statement = select(Event).where(Event.status != EventStatus.DRAFT, last > since)
    options = (selectinload(Event.sessions), joinedload(Event.project))
    return db.session.scalars(statement.options(*options).order_by(Event.created_at, Event.id)).all()


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


def ids_of_agencies_for(event: Event) -> set[int]:
    """The same as ids alone, for counting."""
    active = set(db.session.scalars(select(Agency.id).where(Agency.is_active)))
    if event.audience is Audience.ANY_AGENCY:
        return active
    return active & ids_with_children(listed.agency_id for listed in event.agencies)

"""What a focal point may see: events that ask their agency, and their own people there."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, Session
from trainreg.events.queries import door_of, find_event, list_agencies_for
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.nominations.rules import may_nominate
from trainreg.people.models import Person
from trainreg.people.service import PersonDetails
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.rules import RegistrationStatus


def list_open_to(agency_ids: frozenset[int]) -> list[tuple[Event, list[Agency]]]:
    """The events for which these agencies can nominate now, the soonest first, each with those it asks."""
    ahead = exists().where(
        Session.event_id == Event.id, Session.status == SessionStatus.PLANNED, Session.starts_at > clock.now()
    )
    statement = select(Event).where(Event.status == EventStatus.OPEN, ahead).options(selectinload(Event.sessions))
    found = []
    for event in db.session.scalars(statement):
        asked = [agency for agency in list_agencies_for(event) if agency.id in agency_ids]
        if asked and may_nominate(door_of(event), event.admission):
            found.append((event, asked))
    return sorted(found, key=lambda one: (one[0].starts_at or clock.now(), one[0].id))


def get_event_of(slug: str, agency_ids: frozenset[int]) -> tuple[Event, list[Agency]]:
    """An event that asks these agencies, with those it asks, or at which they have people; raises NotFound."""
    event = find_event(slug)
    if event is None or event.status is EventStatus.DRAFT:
        raise NotFound
    asked = [agency for agency in list_agencies_for(event) if agency.id in agency_ids]
    if not asked and not list_people_of(event, agency_ids):
        raise NotFound
    return event, asked


def list_people_of(event: Event, agency_ids: frozenset[int]) -> Sequence[Registration]:
    """These agencies' people at the event, by name."""
    return db.session.scalars(
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event.id, Registration.agency_id.in_(agency_ids))
        .options(joinedload(Registration.person), joinedload(Registration.agency))
        .order_by(Person.family_name, Person.given_name, Registration.id)
    ).all()


def get_person_of(event: Event, reference: str, agency_ids: frozenset[int]) -> Registration:
    """One registration of these agencies; another's is not found."""
    registration = db.session.scalar(
        select(Registration).where(
            Registration.event_id == event.id,
            Registration.reference == reference,
            Registration.agency_id.in_(agency_ids),
        )
    )
    if registration is None:
        raise NotFound
    return registration


def find_named(event: Event, details: PersonDetails, agency: Agency) -> Registration | None:
    """Somebody named before who is not known by more than that: the same name, from the same agency or address."""
    statement = (
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event.id, Registration.agency_id == agency.id)
        .where(Person.match_key == details.match_key, Person.email.is_(None))
    )
    if details.email:
        statement = statement.where(or_(Registration.email.is_(None), Registration.email == details.email))
    return db.session.scalar(statement.order_by(Registration.id).limit(1))


def nominated_ids(event: Event) -> frozenset[int]:
    """Who came onto the event's list by nomination: whoever registered themselves is nobody's to replace."""
    named = or_(RegistrationMove.from_status.is_(None), RegistrationMove.from_status == RegistrationStatus.CANCELLED)
    statement = (
        select(RegistrationMove.registration_id)
        .join(Registration, Registration.id == RegistrationMove.registration_id)
        .where(Registration.event_id == event.id, RegistrationMove.to_status == RegistrationStatus.NOMINATED, named)
    )
    return frozenset(db.session.scalars(statement))

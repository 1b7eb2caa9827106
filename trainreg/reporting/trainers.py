"""The trainers of a project and what they went on to teach, from its records."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from trainreg.certificates.queries import list_candidates
from trainreg.certificates.rules import Part
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventKind
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.reporting.cascades import Cascade, Dated, cascade_of
from trainreg.reporting.counted import counted_registrations
from trainreg.reporting.rules import COUNTED_SESSIONS, NOT_COUNTED_EVENTS

TEACHING = (RegistrationRole.TRAINER, RegistrationRole.RESOURCE_PERSON)


@dataclass(frozen=True)
class Trainers:
    """The cascade, with what its numbers stand for."""

    cascade: Cascade
    events: Mapping[int, Event]
    reached: Mapping[int, frozenset[int]]
    names: Mapping[int, str]  # empty for whoever may not see names
    numbers: Mapping[int, int]  # a trainer's place in the list, where there is no name

    def attendances(self, event_id: int) -> int:
        """How many people came to an event."""
        return len(self.reached.get(event_id, ()))


def trainers_of(project: Project, *, with_names: bool) -> Trainers:
    """Who completed a training of trainers of the project, and what of the project they taught after it."""
    dated = _dated(project.id)
    sources = _events([event.id for event in dated if event.trains_trainers])
    trained = {
        event.id: frozenset(
            one.registration.person_id
            for one in list_candidates(event)
            if one.verdict.eligible and one.part is Part.PARTICIPANT
        )
        for event in sources.values()
    }
    reached = _people_by_event(project.id)
    cascade = cascade_of(dated, trained, _teachers(project.id), reached)
    events = sources | _events(cascade.events - sources.keys())
    order = sorted(cascade.trained)
    names = _names(order) if with_names else {}
    return Trainers(cascade, events, reached, names, {person: number for number, person in enumerate(order, 1)})


def _dated(project_id: int) -> list[Dated]:
    """Every event of the project that has begun and was not called off; one statement, however many they are."""
    first, last = func.min(Session.starts_at), func.max(Session.ends_at)
    rows = db.session.execute(
        select(Event.id, first, last, Event.kind)
        .join(Session, (Session.event_id == Event.id) & (Session.status == COUNTED_SESSIONS))
        .where(Event.project_id == project_id, Event.status != NOT_COUNTED_EVENTS)
        .group_by(Event.id, Event.kind)
        .having(first <= clock.now())
    )
    return [Dated(key, begins, ends, kind is EventKind.TRAINING_OF_TRAINERS) for key, begins, ends, kind in rows]


def _events(event_ids: Collection[int]) -> dict[int, Event]:
    """Those that the page names."""
    named = select(Event).where(Event.id.in_(event_ids)).options(selectinload(Event.sessions))
    return {event.id: event for event in db.session.scalars(named)}


def _teachers(project_id: int) -> dict[int, frozenset[int]]:
    rows = db.session.execute(
        select(Registration.event_id, Registration.person_id)
        .join(Event)
        .where(
            Event.project_id == project_id,
            Registration.role.in_(TEACHING),
            Registration.status == RegistrationStatus.CONFIRMED,
        )
    )
    return _grouped((event_id, person_id) for event_id, person_id in rows)


def _people_by_event(project_id: int) -> dict[int, frozenset[int]]:
    counted = counted_registrations(project_id)
    rows = db.session.execute(select(counted.c.event_id, counted.c.person_id))
    return _grouped((event_id, person_id) for event_id, person_id in rows)


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for event_id, person_id in pairs:
        found.setdefault(event_id, set()).add(person_id)
    return {event_id: frozenset(people) for event_id, people in found.items()}


def _names(person_ids: Collection[int]) -> dict[int, str]:
    people = db.session.scalars(select(Person).where(Person.id.in_(person_ids)))
    return {person.id: person.name for person in people}

"""The trainers of a project and what they went on to teach, from its records."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from trainreg.certificates.queries import list_candidates
from trainreg.events.models import Event
from trainreg.events.queries import list_events_with_sessions
from trainreg.events.rules import EventKind, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.reporting.cascades import Cascade, Dated, cascade_of
from trainreg.reporting.counted import counted_registrations

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
    events = {event.id: event for event in _held_events(project)}
    trained = {
        event.id: frozenset(one.registration.person_id for one in list_candidates(event) if one.verdict.eligible)
        for event in events.values()
        if event.kind is EventKind.TRAINING_OF_TRAINERS
    }
    reached = _people_by_event(project.id)
    dated = [
        Dated(event.id, event.starts_at, event.ends_at, event.id in trained)
        for event in events.values()
        if event.starts_at is not None and event.ends_at is not None
    ]
    cascade = cascade_of(dated, trained, _teachers(events), reached)
    order = sorted(cascade.trained)
    names = _names(order) if with_names else {}
    return Trainers(cascade, events, reached, names, {person: number for number, person in enumerate(order, 1)})


def _held_events(project: Project) -> list[Event]:
    now = clock.now()
    return [
        event
        for event in list_events_with_sessions(project.id)
        if event.status is not EventStatus.CANCELLED and event.starts_at is not None and event.starts_at <= now
    ]


def _teachers(event_ids: Collection[int]) -> dict[int, frozenset[int]]:
    rows = db.session.execute(
        select(Registration.event_id, Registration.person_id).where(
            Registration.event_id.in_(event_ids),
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

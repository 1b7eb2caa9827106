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
from trainreg.reporting.cascades import Cascade, Dated, Trained, cascade_of
from trainreg.reporting.counted import counted_registrations
from trainreg.reporting.counting.hiding import is_small
from trainreg.reporting.figures import figures_of
from trainreg.reporting.rules import COUNTED_SESSIONS, NOT_COUNTED_EVENTS
from trainreg.reporting.small import EVERYTHING_TOLD, Mask, hidden_in_line, mask_of, of_event

TEACHING = (RegistrationRole.TRAINER, RegistrationRole.RESOURCE_PERSON)


@dataclass(frozen=True)
class Trainers:
    """The cascade, with what its numbers stand for."""

    cascade: Cascade
    events: Mapping[int, Event]
    reached: Mapping[int, frozenset[int]]
    names: Mapping[int, str]  # empty for whoever may not see names
    came: frozenset[int]  # everybody who came to a training of trainers
    mask: Mask

    def attendances(self, event_id: int) -> int | None:
        """How many people came to an event; None where it is not told."""
        return len(self.reached.get(event_id, ())) if self.mask.tells(of_event(event_id)) else None

    def fruits(self, trainers: Iterable[Trained]) -> Mapping[int, tuple[Trained, ...]]:
        """What these taught, together, with the trainers below: a tree of persons would tell how many they are."""
        found: dict[int, tuple[Trained, ...]] = {}
        for taught in (taught for one in trainers for taught in one.taught):
            found[taught.event_id] = found.get(taught.event_id) or taught.below
        return dict(sorted(found.items(), key=lambda one: (str(self.events[one[0]].starts_at), one[0])))


@dataclass(frozen=True)
class Told:
    """The counts of the cascade; None where one is not told."""

    trained: int | None
    active: int | None
    attendances: int | None
    persons: int | None


def told_of(found: Trainers, *, with_names: bool) -> Told:
    """For whoever may not see names: nothing from which a few trainers, or those who did not complete, would follow."""
    cascade = found.cascade
    trained, active = len(cascade.trained), len(cascade.active)
    people = Told(trained, active, cascade.attendances, len(cascade.persons))
    if with_names:
        return people
    missed = len(found.came - cascade.trained)
    parts = {"active": (active,), "idle": (trained - active,), "missed": (missed,)}
    hidden = hidden_in_line(parts, (trained + missed,))
    tells_trained = "missed" not in hidden and not is_small(trained)
    tells_active = tells_trained and not hidden
    sums = (cascade.attendances, len(cascade.persons))
    tells_sums = all(found.mask.tells(of_event(one)) for one in cascade.events) and not any(map(is_small, sums))
    return Told(
        trained if tells_trained else None,
        active if tells_active else None,
        *(sums if tells_sums else (None, None)),
    )


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
    came = frozenset(person for event_id in sources for person in reached.get(event_id, ()))
    mask = EVERYTHING_TOLD if with_names else mask_of(figures_of(project))
    return Trainers(cascade, events, reached, names, came, mask)


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

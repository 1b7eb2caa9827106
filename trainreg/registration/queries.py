"""Find and count registrations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from trainreg.events.models import Event
from trainreg.events.queries import door_of
from trainreg.events.rules import Admission
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.tokens import hashed
from trainreg.registration.models import Invitation, Registration, Submission
from trainreg.registration.rules import (
    Entrance,
    RegistrationRole,
    RegistrationStatus,
    door_for_invited,
    entrance,
    places_for_newcomers,
    seats_left,
    seats_taken,
    takes_seat,
)


def count_by_status_and_role(event_id: int) -> dict[tuple[RegistrationStatus, RegistrationRole], int]:
    """How many registrations stand in each status and role; served by one index, whatever the event's size."""
    rows = db.session.execute(
        select(Registration.status, Registration.role, func.count())
        .where(Registration.event_id == event_id)
        .group_by(Registration.status, Registration.role)
    )
    return {(status, role): count for status, role, count in rows}


@dataclass(frozen=True)
class Places:
    """The places of an event now: taken, left (None: no limit), and wanted by those who wait."""

    taken: int
    left: int | None
    waiting: int

    @property
    def for_newcomers(self) -> int | None:
        """Free places that nobody who waits has a claim to; None means that there is no limit."""
        return places_for_newcomers(self.left, self.waiting)


def places_of(event: Event) -> Places:
    """Count an event's places; the one function that every page and every decision asks."""
    counts = count_by_status_and_role(event.id)
    taken = seats_taken((status, role, count) for (status, role), count in counts.items())
    waiting = sum(
        count
        for (status, role), count in counts.items()
        if status is RegistrationStatus.WAITLISTED and takes_seat(RegistrationStatus.CONFIRMED, role)
    )
    return Places(taken, seats_left(event.capacity, taken), waiting)


def count_seats_left(event: Event) -> int | None:
    """Free places now; None means that there is no limit."""
    return places_of(event).left


def entrance_of(event: Event, places: Places, invitation: Invitation | None = None) -> Entrance:
    """What a newcomer, or the holder of an invitation, meets at this moment."""
    door, admission = door_of(event), event.admission
    if invitation is not None:
        door, admission = door_for_invited(door, outside_hours=invitation.outside_hours), Admission.OPEN
    return entrance(door, places.for_newcomers, has_waiting_list=event.has_waiting_list, admission=admission)


def find_registration_of(event_id: int, person_id: int) -> Registration | None:
    return db.session.scalar(
        select(Registration).where(Registration.event_id == event_id, Registration.person_id == person_id)
    )


def get_registration(slug: str, reference: str) -> Registration:
    """A registration of that event; one of another event is not found."""
    registration = db.session.scalar(
        select(Registration).join(Event).where(Event.slug == slug, Registration.reference == reference)
    )
    if registration is None:
        raise NotFound
    return registration


def find_submission(key: str) -> Submission | None:
    return db.session.scalar(select(Submission).where(Submission.key == key))


def get_submission_by_receipt(slug: str, receipt: str) -> Submission:
    submission = db.session.scalar(
        select(Submission).join(Event).where(Event.slug == slug, Submission.receipt_hash == hashed(receipt))
    )
    if submission is None:
        raise NotFound
    return submission


def list_waiting(event_id: int) -> Sequence[Registration]:
    """The waiting list, head first."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.status == RegistrationStatus.WAITLISTED)
        .order_by(Registration.waiting_since, Registration.id)
    ).all()

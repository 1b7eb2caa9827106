"""Find and count registrations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from trainreg.events.models import Event
from trainreg.events.queries import door_of, ids_of_agencies_for
from trainreg.events.rules import Admission
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.tokens import hashed
from trainreg.registration.models import Invitation, Registration, Submission
from trainreg.registration.rules import (
    Bound,
    Entrance,
    Limits,
    RegistrationRole,
    RegistrationStatus,
    door_for_invited,
    entrance,
    room_in_all,
    seats_left,
)
from trainreg.registration.seating import Seating, seating_of


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
    """The places of an event now, in all or for people of one agency and group. None: no limit.

    `taken` and `waiting` count the event's; `left` are free, `for_newcomers` those of them that nobody who waits has
    a claim to; `bound` and `agency_id` say what leaves no more.
    """

    taken: int
    left: int | None
    waiting: int
    for_newcomers: int | None
    bound: Bound | None = None
    agency_id: int | None = None


def places_of(event: Event, agency_id: int | None = None, group: str = "") -> Places:
    """Count an event's places, for people of that agency and group or in all; every page and decision asks this."""
    return places_in(event, seating_of(event), agency_id, group)


def places_in(event: Event, seating: Seating, agency_id: int | None = None, group: str = "") -> Places:
    """The same where the places are counted already."""
    taken, waiting = seating.taken.total, seating.waiting.total()
    if agency_id is not None:
        room = seating.room_for_newcomers(agency_id, group)
        left = seating.room(agency_id, group).left
        return Places(taken, left, waiting, room.left, room.bound, room.agency_id)
    left = seats_left(seating.limits.capacity, taken)
    newcomers = room_in_all(seating.limits, seating.taken_after_waiting(), _drawn_on(event, seating.limits))
    return Places(taken, left, waiting, newcomers, Bound.EVENT)


def _drawn_on(event: Event, limits: Limits) -> set[int | None]:
    """The innermost quota of each agency whose officials may register; None for one without a quota."""
    if not limits.quotas:
        return {None}
    return {(limits.chain(agency_id) or (None,))[0] for agency_id in ids_of_agencies_for(event)}


def entrance_of(event: Event, places: Places | None, invitation: Invitation | None = None) -> Entrance:
    """What a newcomer of the agency and group whose places these are meets at this moment, or anybody.

    None for the places asks for the door alone. Whoever holds an invitation finds it open where others do not.
    """
    door, admission = door_of(event), event.admission
    if invitation is not None:
        door, admission = door_for_invited(door, outside_hours=invitation.outside_hours), Admission.OPEN
    left = None if places is None else places.for_newcomers
    return entrance(door, left, has_waiting_list=event.has_waiting_list, admission=admission)


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


def find_by_reference(reference: str) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.reference == reference))


_BY_KEY = select(Submission).where(Submission.key == bindparam("key"))


def find_submission(key: str) -> Submission | None:
    return db.session.scalar(_BY_KEY, {"key": key})


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


def list_lapsed_offers(event_id: int, now: datetime) -> Sequence[Registration]:
    """Whoever has not said in time that they come, as they are now: the caller holds the event's lock."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.accept_by <= now)
        .order_by(Registration.accept_by, Registration.id)
        .execution_options(populate_existing=True)
    ).all()


def list_events_with_lapsed_offers(now: datetime) -> Sequence[Event]:
    """The events in which somebody has not said in time that they come."""
    lapsed = select(Registration.event_id).where(Registration.accept_by <= now)
    return db.session.scalars(select(Event).where(Event.id.in_(lapsed)).order_by(Event.id)).all()

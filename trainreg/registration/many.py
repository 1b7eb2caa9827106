"""Put many people on an event's list in one go: a list that was sent, a past event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trainreg.agencies.models import Agency
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.tokens import new_reference
from trainreg.people.models import Person
from trainreg.registration.ledger import append_move
from trainreg.registration.models import Registration
from trainreg.registration.notices import tell
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.seating import seating_of
from trainreg.registration.service import AlreadyRegistered, EventIsOff, Particulars, ensure_group, no_room


@dataclass(frozen=True)
class Entry:
    """Somebody who is to be on the list; the caller knows that they are not."""

    person: Person
    agency: Agency
    particulars: Particulars


def enter_many(
    event: Event,
    entries: Sequence[Entry],
    status: RegistrationStatus,
    *,
    by: Actor,
    channel: Channel,
    at: datetime | None = None,
    quiet: bool = False,
) -> list[Registration]:
    """As `service.enter` for each, all or none, for a caller who holds the event's lock; written together.

    Places are counted once, and each entry is given its own by the one function that decides about them.
    """
    _ensure_seats(event, entries, status)
    moment = at or clock.now()
    registrations = [_registration(event, entry, status, by=by, channel=channel, at=moment) for entry in entries]
    db.session.add_all(registrations)
    flush_or_refuse(AlreadyRegistered())
    action = f"registration.{status.value}"
    audit.record_each(((action, one, {}) for one in registrations), by=by, project_id=event.project_id, at=at)
    if not quiet:
        for registration in registrations:
            tell(registration)
    return registrations


def _ensure_seats(event: Event, entries: Sequence[Entry], status: RegistrationStatus) -> None:
    if status is RegistrationStatus.CONFIRMED and event.status is EventStatus.CANCELLED:
        raise EventIsOff
    seating = seating_of(event)
    for entry in entries:
        group = entry.particulars.group
        ensure_group(event, group)
        if takes_seat(status, entry.particulars.role):
            room = seating.room(entry.agency.id, group)
            if room.left == 0:
                raise no_room(event, room)
            seating.taken.add(seating.limits, entry.agency.id, group)


def _registration(
    event: Event, entry: Entry, status: RegistrationStatus, *, by: Actor, channel: Channel, at: datetime
) -> Registration:
    particulars = entry.particulars
    registration = Registration(
        event=event,
        person=entry.person,
        agency=entry.agency,
        reference=new_reference(),
        role=particulars.role,
        status=status,
        sex=entry.person.sex,
        level=particulars.level,
        position=particulars.position,
        province=particulars.province,
        group=particulars.group,
        language=particulars.language or entry.person.language,
        email=particulars.email,
        created_at=at,
        moves=[],
    )
    append_move(registration, None, status, by=by, channel=channel, at=at)
    return registration

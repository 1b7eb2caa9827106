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
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.notices import tell
from trainreg.registration.queries import places_of
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.service import AlreadyRegistered, EventIsOff, Particulars, enter


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
    """As `service.enter` for each, all or none, for a caller who holds the event's lock.

    Where it is certain that all of them have places, the rows are written together; otherwise one after the other, so
    that the one function which gives places decides about each.
    """
    if not _all_fit(event, entries, status):
        return [
            enter(
                event,
                entry.person,
                entry.agency,
                status,
                by=by,
                channel=channel,
                particulars=entry.particulars,
                at=at,
                quiet=quiet,
            )
            for entry in entries
        ]
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


def _all_fit(event: Event, entries: Sequence[Entry], status: RegistrationStatus) -> bool:
    if status is RegistrationStatus.CONFIRMED and event.status is EventStatus.CANCELLED:
        raise EventIsOff
    wanted = sum(takes_seat(status, entry.particulars.role) for entry in entries)
    if wanted == 0:
        return True
    left = places_of(event).left
    return left is None or left >= wanted


def _registration(
    event: Event, entry: Entry, status: RegistrationStatus, *, by: Actor, channel: Channel, at: datetime
) -> Registration:
    particulars = entry.particulars
    move = RegistrationMove(
        from_status=None,
        to_status=status,
        at=at,
        channel=channel,
        actor_kind=by.kind,
        actor_label=by.label,
        user_id=by.user_id,
    )
    return Registration(
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
        waiting_since=at if status is RegistrationStatus.WAITLISTED else None,
        moves=[move],
    )

"""Put many people on an event's list in one go: a list that was sent, a past event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from trainreg.agencies.models import Agency
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.tokens import new_reference
from trainreg.people.models import Person
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.notices import tell
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.seating import seating_of
from trainreg.registration.service import AlreadyRegistered, EventIsOff, Particulars, ensure_group, no_room

TOLD_AT_ONCE = 500


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
) -> dict[int, int]:
    """As `service.enter` for each, all or none, for a caller who holds the event's lock; written together.

    Places are counted once, and each entry is given its own by the one function that decides about them. Returns the
    ids of the registrations by person.
    """
    _ensure_seats(event, entries, status)
    db.session.flush()
    moment = at or clock.now()
    rows = [_registration(event.id, entry, status, at=moment) for entry in entries]
    if not rows:
        return {}
    inserted = insert(Registration).returning(Registration.person_id, Registration.id)
    try:
        ids: dict[int, int] = dict(db.session.execute(inserted, rows).all())
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyRegistered from error
    in_order = [ids[row["person_id"]] for row in rows]
    move = {
        "from_status": None,
        "to_status": status,
        "at": moment,
        "channel": channel,
        "reason": "",
        "actor_kind": by.kind,
        "actor_label": by.label,
        "user_id": by.user_id,
    }
    db.session.execute(insert(RegistrationMove), [move | {"registration_id": one} for one in in_order])
    action = f"registration.{status.value}"
    audit.record_ids(action, Registration, in_order, by=by, project_id=event.project_id, at=at)
    if not quiet:
        _tell(in_order)
    return ids


def _tell(ids: Sequence[int]) -> None:
    for start in range(0, len(ids), TOLD_AT_ONCE):
        batch = select(Registration).where(Registration.id.in_(ids[start : start + TOLD_AT_ONCE]))
        loaded = batch.options(joinedload(Registration.person), selectinload(Registration.moves))
        for registration in db.session.scalars(loaded.order_by(Registration.id)):
            tell(registration)


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


def _registration(event_id: int, entry: Entry, status: RegistrationStatus, *, at: datetime) -> dict[str, Any]:
    particulars = entry.particulars
    return {
        "event_id": event_id,
        "person_id": entry.person.id,
        "agency_id": entry.agency.id,
        "reference": new_reference(),
        "role": particulars.role,
        "status": status,
        "sex": entry.person.sex,
        "age_band": particulars.age_band_of(entry.person),
        "level": particulars.level,
        "position": particulars.position,
        "province": particulars.province,
        "group": particulars.group,
        "language": particulars.language or entry.person.language,
        "email": particulars.email,
        "created_at": at,
        "waiting_since": at if status is RegistrationStatus.WAITLISTED else None,
    }

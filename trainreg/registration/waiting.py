"""The waiting list: who moves up when places fall free, and until when they have to say that they come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.registration.ledger import append_move, note_move
from trainreg.registration.models import Registration
from trainreg.registration.notices import address_of, tell
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.seating import Seating, seating_of

_S = RegistrationStatus


def may_promote(event: Event) -> bool:
    """Whether places are still given to those who wait: never after the event's start."""
    starts_at = event.starts_at
    return event.status is not EventStatus.CANCELLED and (starts_at is None or clock.now() < starts_at)


def promote_waiting(event: Event, *, by: Actor, seating: Seating | None = None) -> list[Registration]:
    """Give free places to those who wait, in order, each time to the first for whom there is room.

    The caller holds the event's lock, and may hand over the places as counted under it; they are kept up to date.
    """
    if not may_promote(event):
        return []
    db.session.flush()
    seating = seating or seating_of(event)
    if not seating.can_promote:
        return []
    promoted = list(_in_turn(event.id, seating))
    for registration in promoted:
        append_move(registration, _S.WAITLISTED, _S.CONFIRMED, by=by, channel=Channel.SYSTEM)
        registration.accept_by = _answer_until(event, registration)
        note_move(registration, by=by)
        tell(registration)
    return promoted


def _in_turn(event_id: int, seating: Seating) -> Iterator[Registration]:
    """Those who move up, the longest waiting first. The list is read as bare rows: it may be long, and few move."""
    waiting = db.session.execute(
        select(Registration.id, Registration.role, Registration.agency_id, Registration.group)
        .where(Registration.event_id == event_id, Registration.status == _S.WAITLISTED)
        .order_by(Registration.waiting_since, Registration.id)
    ).all()
    for registration_id, role, agency_id, group in waiting:
        if takes_seat(_S.CONFIRMED, role):
            if seating.room(agency_id, group).left == 0:
                continue
            seating.promote(agency_id, group)
        yield db.session.get_one(Registration, registration_id)


def _answer_until(event: Event, registration: Registration) -> datetime | None:
    """When the place goes to the next unless its owner says that they come; whoever cannot be asked need not say so."""
    if event.offer_hours is None or address_of(registration) is None:
        return None
    until = clock.now() + timedelta(hours=event.offer_hours)
    return until if event.starts_at is None else min(until, event.starts_at)

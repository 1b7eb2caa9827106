"""Decide about many registrations at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.registration.answers import ensure_answered
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.service import lock_event, move


@dataclass
class BulkResult:
    """How many were moved, how many stood there already, and why the others were not, each reason with its count."""

    done: int = 0
    unchanged: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def decide(
    event: Event, references: Iterable[str], to_status: RegistrationStatus, *, by: Actor, reason: str = ""
) -> BulkResult:
    """Move these registrations of the event, the earliest first; one that cannot be moved does not stop the others."""
    event = lock_event(event)
    chosen = select(Registration).where(Registration.event_id == event.id, Registration.reference.in_(list(references)))
    registrations = db.session.scalars(chosen.order_by(Registration.created_at, Registration.id)).all()
    result = BulkResult()
    # Seats are given back last: nobody who is about to be declined moves up for a moment.
    for registration in sorted(registrations, key=lambda one: takes_seat(one.status, one.role)):
        if registration.status is to_status:
            result.unchanged += 1
            continue
        try:
            ensure_answered(registration, to_status)
            move(registration, to_status, by=by, channel=Channel.DESK, reason=reason)
        except Refused as refusal:  # raised before anything of this one is written
            result.refused[str(refusal)] += 1
        else:
            result.done += 1
    return result

"""Decide about many registrations at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.registration.answers import ensure_answered
from trainreg.registration.lists import Wanted, list_matching_references
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.service import lock_event, move

CHUNK = 500  # references in one statement: databases take only so many values


class ListChanged(Refused):
    """Between the question and the answer somebody registered, or was moved."""

    sentence = _l("The list has changed in the meantime. Look at the number again.")


@dataclass
class BulkResult:
    """How many were moved, how many stood there already, and why the others were not, each reason with its count."""

    done: int = 0
    unchanged: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def decide_matching(
    event: Event, wanted: Wanted, to_status: RegistrationStatus, *, expected: int, by: Actor, reason: str = ""
) -> BulkResult:
    """The same for everybody that the list would show, over all its pages, whom somebody was told to be so many."""
    event = lock_event(event)
    references = list_matching_references(event.id, wanted)
    if len(references) != expected:
        raise ListChanged
    return decide(event, references, to_status, by=by, reason=reason)


def decide(
    event: Event, references: Sequence[str], to_status: RegistrationStatus, *, by: Actor, reason: str = ""
) -> BulkResult:
    """Move these registrations of the event, the earliest first; one that cannot be moved does not stop the others."""
    event = lock_event(event)
    registrations: list[Registration] = []
    for start in range(0, len(references), CHUNK):
        chosen = references[start : start + CHUNK]
        registrations += db.session.scalars(
            select(Registration)
            .where(Registration.event_id == event.id, Registration.reference.in_(chosen))
            .options(joinedload(Registration.person), selectinload(Registration.moves))
        )
    registrations.sort(key=lambda one: (one.created_at, one.id))
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

"""What an official changes about a registration, confirms of a nomination, and takes back of a repeated form."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import Approval, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.people import service as people
from trainreg.people.rules import CONSENT_WORDS, ConsentPurpose, Level
from trainreg.registration.models import Registration, Submission
from trainreg.registration.notices import tell_withdrawn
from trainreg.registration.queries import places_of
from trainreg.registration.rules import Channel, RegistrationStatus, takes_seat
from trainreg.registration.service import EventFull, EventIsOff, IllegalMove, lock_event, move

audit.describes({"registration.changed": _l("Changed by the official: %(what)s")})

_S = RegistrationStatus
ASKED = frozenset({_S.INVITED, _S.NOMINATED})
STANDING = frozenset({_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED})


@dataclass(frozen=True)
class Changes:
    """What may change without asking anybody: it takes nobody's place."""

    position: str
    level: Level
    language: str


def change(registration: Registration, said: Changes, *, by: Actor) -> None:
    """Write what differs, while the registration stands."""
    registration = lock_row(Registration, registration.id)
    if registration.status not in STANDING | ASKED:
        raise IllegalMove
    changed = _apply(registration, said)
    if changed:
        project_id = registration.event.project_id
        audit.record("registration.changed", registration, by=by, project_id=project_id, what=", ".join(changed))


def confirm_nomination(
    registration: Registration, said: Changes, consents: Mapping[ConsentPurpose, bool], *, by: Actor
) -> None:
    """The person who was named or invited says that they come, and what may be done with their details.

    Where the desk decides, it decides now; elsewhere there is a place at once, or one on the waiting list.
    """
    event = lock_event(registration.event)
    db.session.refresh(registration)
    if registration.status in STANDING:
        return  # pressed twice
    if registration.status not in ASKED:
        raise IllegalMove
    if event.status is EventStatus.CANCELLED:
        raise EventIsOff
    _apply(registration, said)
    people.record_consents(
        registration.person,
        dict(consents),
        version=CONSENT_WORDS,
        language=said.language,
        channel=Channel.SELF.value,
    )
    move(registration, _standing_for(event, registration), by=by, channel=Channel.SELF)


def _standing_for(event: Event, registration: Registration) -> RegistrationStatus:
    if event.approval is Approval.DESK:
        return _S.REQUESTED
    if registration.holds_place or not takes_seat(_S.CONFIRMED, registration.role) or _has_room(event, registration):
        return _S.CONFIRMED
    if not event.has_waiting_list:
        raise EventFull
    return _S.WAITLISTED


def _has_room(event: Event, registration: Registration) -> bool:
    return places_of(event, registration.agency_id, registration.group).for_newcomers != 0


def change_submission(submission: Submission, said: Changes) -> None:
    """What a form that came in again says changes on its own page, and nowhere else."""
    submission = lock_row(Submission, submission.id)
    if submission.withdrawn_at is not None:
        raise IllegalMove
    _apply(submission, said)


def withdraw_submission(submission: Submission) -> None:
    """Take a form back that came in again; the registration of the person it names stands as it stood."""
    submission = lock_row(Submission, submission.id)
    if submission.withdrawn_at is None:
        submission.withdrawn_at = clock.now()
        tell_withdrawn(submission)


def _apply(row: Registration | Submission, said: Changes) -> list[str]:
    changed = [name for name, value in vars(said).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(said, name))
    return changed

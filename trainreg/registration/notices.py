"""Tell officials where their registration stands."""

from datetime import datetime

from trainreg.accounts.models import User
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox import service as outbox
from trainreg.outbox.queries import find_message
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.links import absolute

KINDS = {
    RegistrationStatus.INVITED: "registration_invited",
    RegistrationStatus.NOMINATED: "registration_nominated",
    RegistrationStatus.REQUESTED: "registration_received",
    RegistrationStatus.WAITLISTED: "registration_waiting",
    RegistrationStatus.CONFIRMED: "registration_confirmed",
    RegistrationStatus.DECLINED: "registration_declined",
    RegistrationStatus.CANCELLED: "registration_cancelled",
}


def address_of(registration: Registration) -> str | None:
    """Where news of a registration goes: the person's address on record, else the one given with it."""
    return registration.person.email or registration.email


def tell(registration: Registration) -> None:
    """Write the mail for the status a registration has just come to, when there is an address."""
    kind = KINDS.get(registration.status)
    if kind is not None:
        _tell("registration_offered" if registration.accept_by else kind, registration)


def tell_lapsed(registration: Registration) -> None:
    """Tell somebody that their place goes to the next, because no answer came in time."""
    _tell("registration_lapsed", registration)


def tell_repeated(registration: Registration) -> None:
    """Tell the person that somebody registered them again, and where their registration stands; at most once a day."""
    to = address_of(registration)
    if to is not None:
        _queue(
            "registration_repeated",
            registration.event,
            key=f"{registration.reference}/repeated/{clock.now():%Y-%m-%d}",
            to=to,
            name=registration.person.name,
            reference=registration.reference,
            language=registration.language,
            registration_id=registration.id,
            status=registration.status,
        )


def tell_submission(submission: Submission, *, to: str, language: str) -> None:
    """Write to an address that is not on record what it would get after a first registration, and nothing else."""
    _queue(
        KINDS[submission.answer],
        submission.event,
        key=f"{submission.reference}/answered",
        to=to,
        name=submission.name_as_typed,
        reference=submission.reference,
        language=language,
        registration_id=submission.registration_id,
    )


def tell_nominee(kind: str, registration: Registration) -> None:
    """Tell somebody who was nominated what became of it."""
    _tell(kind, registration)


def tell_nominator(registration: Registration) -> None:
    """Tell the focal point who named somebody that they do not come, so that another can be named."""
    named = [move for move in registration.moves if move.to_status is RegistrationStatus.NOMINATED]
    user = db.session.get(User, named[-1].user_id) if named and named[-1].user_id else None
    if user is not None and user.is_active:
        outbox.queue(
            "nomination_declined",
            key=f"{registration.reference}/nomination_declined/{len(registration.moves)}",
            to=user.email,
            name=user.name,
            language=user.language,
            who=registration.person.name,
            reason=registration.moves[-1].reason,
            event=registration.event,
            agency_url=f"{absolute('home.index').rstrip('/')}/agency/events/{registration.event.slug}",
        )


def tell_withdrawn(submission: Submission) -> None:
    """Write what a first registration would get when it is cancelled, to the address that the form's answer went to."""
    answered = find_message(f"{submission.reference}/answered")
    if answered is not None and answered.recipient:
        _queue(
            KINDS[RegistrationStatus.CANCELLED],
            submission.event,
            key=f"{submission.reference}/withdrawn",
            to=answered.recipient,
            name=submission.name_as_typed,
            reference=submission.reference,
            language=submission.language,
            registration_id=submission.registration_id,
        )


def _tell(kind: str, registration: Registration) -> None:
    to = address_of(registration)
    if to is not None:
        _queue(
            kind,
            registration.event,
            key=f"{registration.reference}/{kind}/{len(registration.moves)}",
            to=to,
            name=registration.person.name,
            reference=registration.reference,
            language=registration.language,
            registration_id=registration.id,
            accept_by=registration.accept_by,
        )


def _queue(
    kind: str,
    event: Event,
    *,
    key: str,
    to: str,
    name: str,
    reference: str,
    language: str,
    registration_id: int,
    status: RegistrationStatus | None = None,
    accept_by: datetime | None = None,
) -> None:
    outbox.queue(
        kind,
        key=key,
        to=to,
        name=name,
        language=language,
        registration_id=registration_id,
        link=f"r/{reference}",
        reference=reference,
        status=status,
        accept_by=accept_by,
        event=event,
        event_url=absolute("registration.public_event", slug=event.slug),
    )

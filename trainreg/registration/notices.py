"""Tell officials where their registration stands."""

from datetime import datetime

from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.outbox import service as outbox
from trainreg.outbox.queries import find_message
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.links import absolute

KINDS = {
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
            is_first=len(registration.moves) == 1,
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
    is_first: bool = False,
) -> None:
    outbox.queue(
        kind,
        key=key,
        is_first=is_first,
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

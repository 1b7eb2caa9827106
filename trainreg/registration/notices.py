"""Tell officials where their registration stands."""

from trainreg.outbox import service as outbox
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.links import absolute

KINDS = {
    RegistrationStatus.REQUESTED: "registration_received",
    RegistrationStatus.WAITLISTED: "registration_waiting",
    RegistrationStatus.CONFIRMED: "registration_confirmed",
    RegistrationStatus.DECLINED: "registration_declined",
    RegistrationStatus.CANCELLED: "registration_cancelled",
}


def tell(registration: Registration) -> None:
    """Write the mail for the status a registration has just come to, when there is an address."""
    kind = KINDS.get(registration.status)
    if kind is not None:
        _queue(registration, kind, key=f"{registration.reference}/{kind}/{len(registration.moves)}")


def tell_repeated(registration: Registration, submission_reference: str) -> None:
    """Tell the person that somebody registered them again, and where their registration stands."""
    _queue(registration, "registration_repeated", key=f"{submission_reference}/repeated")


def _queue(registration: Registration, kind: str, *, key: str) -> None:
    person = registration.person
    if person.email:
        outbox.queue(
            kind,
            key=key,
            to=person.email,
            name=person.name,
            language=registration.language,
            registration_id=registration.id,
            registration=registration,
            event=registration.event,
            event_url=absolute("registration.public_event", slug=registration.event.slug),
        )

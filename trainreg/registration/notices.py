"""Tell officials where their registration stands."""

from datetime import datetime
from typing import Any

from trainreg.accounts.models import User
from trainreg.events.calendar import Attendee, Method, calendar_of
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox import service as outbox
from trainreg.outbox.drafts import Draft
from trainreg.outbox.queries import find_message
from trainreg.outbox.service import queue_draft
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import Channel, RegistrationStatus
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
# Mails with a calendar file: the event goes into the reader's calendar, or out of it.
CALENDARS = {
    "registration_confirmed": Method.REQUEST,
    "registration_promoted": Method.REQUEST,
    "registration_offered": Method.REQUEST,
    "registration_cancelled": Method.CANCEL,
    "registration_lapsed": Method.CANCEL,
    "registration_declined": Method.CANCEL,
}


def address_of(registration: Registration) -> str | None:
    """Where news of a registration goes: the person's address on record, else the one given with it."""
    return registration.person.email or registration.email


def tell(registration: Registration) -> None:
    """Write the mail for the status a registration has just come to, when there is an address."""
    kind = kind_for(registration)
    if kind is not None:
        _tell(kind, registration)


def kind_for(registration: Registration) -> str | None:
    """The kind of mail that says where a registration stands; None where no mail does."""
    if registration.accept_by is not None:
        return "registration_offered"
    last = registration.moves[-1] if registration.moves else None
    if (
        last is not None
        and last.channel is Channel.SYSTEM
        and (last.from_status, last.to_status) == (RegistrationStatus.WAITLISTED, RegistrationStatus.CONFIRMED)
    ):
        return "registration_promoted"
    return KINDS.get(registration.status)


def tell_lapsed(registration: Registration) -> None:
    """Tell somebody that their place goes to the next, because no answer came in time."""
    _tell("registration_lapsed", registration)


def tell_repeated(registration: Registration) -> None:
    """Tell the person that somebody registered them again, and where their registration stands; at most once a day."""
    _tell(
        "registration_repeated",
        registration,
        key=f"{registration.reference}/repeated/{clock.now():%Y-%m-%d}",
        status=registration.status,
    )


def tell_submission(submission: Submission, *, to: str, language: str) -> None:
    """Write to an address that is not on record what it would get after a first registration, and nothing else."""
    _answer(KINDS[submission.answer], submission, "answered", to=to, language=language)


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
        kind = KINDS[RegistrationStatus.CANCELLED]
        _answer(kind, submission, "withdrawn", to=answered.recipient, language=submission.language)


def _answer(kind: str, submission: Submission, occasion: str, *, to: str, language: str) -> None:
    event, name = submission.event, submission.name_as_typed
    method = CALENDARS.get(kind) if submission.answer is RegistrationStatus.CONFIRMED else None
    moves = 1 if method is Method.REQUEST else 2  # as many as a first registration would have had by then
    queue_draft(
        Draft(
            kind=kind,
            key=f"{submission.reference}/{occasion}",
            to=to,
            name=name,
            language=language,
            registration_id=submission.registration_id,
            link=f"r/{submission.reference}",
            calendar=None if method is None else _file(event, Attendee(name, to), method, language, moves=moves),
            reply_to=event.reply_to,
            context=about(event, submission.reference),
        )
    )


def draft_for(kind: str, registration: Registration, *, key: str, to: str, **context: Any) -> Draft:
    """A mail about a registration, with what every mail about one is told, and its calendar file where it has one."""
    event, name = registration.event, registration.person.name
    return Draft(
        kind=kind,
        key=key,
        to=to,
        name=name,
        language=registration.language,
        registration_id=registration.id,
        link=f"r/{registration.reference}",
        calendar=_calendar_of(kind, registration, to),
        reply_to=event.reply_to,
        context={**about(event, registration.reference, accept_by=registration.accept_by), **context},
    )


def about(event: Event, reference: str, *, accept_by: datetime | None = None) -> dict[str, Any]:
    """What the templates of a mail about a registration are told."""
    return {
        "reference": reference,
        "event": event,
        "event_url": absolute("registration.public_event", slug=event.slug),
        "accept_by": accept_by,
    }


def calendar_for(registration: Registration, method: Method, *, to: str) -> str | None:
    """The event as a calendar file for this one person; None while it has no day.

    Each change of the event and each move of the registration makes a later version of the same entry.
    """
    attendee = Attendee(registration.person.name, to)
    return _file(registration.event, attendee, method, registration.language, moves=len(registration.moves))


def _tell(kind: str, registration: Registration, *, key: str | None = None, **context: Any) -> None:
    to = address_of(registration)
    if to is not None:
        is_first = key is None and len(registration.moves) == 1
        key = key or f"{registration.reference}/{kind}/{len(registration.moves)}"
        queue_draft(draft_for(kind, registration, key=key, to=to, **context), is_first=is_first)


def _calendar_of(kind: str, registration: Registration, to: str) -> str | None:
    """The file that goes along; nobody is told to strike out what was never in their calendar."""
    method = CALENDARS.get(kind)
    had_place = any(move.to_status is RegistrationStatus.CONFIRMED for move in registration.moves)
    if method is None or (method is Method.CANCEL and not had_place):
        return None
    return calendar_for(registration, method, to=to)


def _file(event: Event, attendee: Attendee, method: Method, language: str, *, moves: int) -> str | None:
    if event.starts_at is None:
        return None
    sequence = event.sequence + moves
    file = calendar_of([event], language, sequence=sequence, method=method, attendee=attendee, at=clock.now())
    return file.decode()

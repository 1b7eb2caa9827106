"""Somebody who was named by their agency, or invited by the desk, says yes or no.

Until then nothing is done with their data: they take no seat, get no reminder, and stand in no list that leaves.
"""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.people import service as people
from trainreg.people.models import Person
from trainreg.people.rules import AgeBand, ConsentPurpose, Level
from trainreg.people.service import PersonDetails
from trainreg.questions.service import store_answers
from trainreg.registration.intake import PublicRegistration, agree, room_for_known, status_in
from trainreg.registration.models import Registration
from trainreg.registration.rules import UNANSWERED, Channel, RegistrationStatus, Room, may_move
from trainreg.registration.seating import seating_of
from trainreg.registration.service import EventIsOff, lock_event, move, no_room

audit.describes(
    {
        "registration.answered": _l("The person confirmed the details and what may be done with them"),
        "person.named_rightly": _l("Details completed by the person"),
    }
)

_S = RegistrationStatus


class AnsweredAlready(Refused):
    """Pressed twice, or somebody else was quicker."""

    sentence = _l("This was answered already. Reload the page to see where the registration stands.")


class TooLateToAnswer(Refused):
    """The event has begun."""

    sentence = _l("The event has begun: this can no longer be answered here. Ask the organizers.")


class MustAgree(Invalid):
    """Nobody comes without having read what is done with their details."""

    sentence = _l("Please read how your details are used, and tick this box.")
    field = "run_event"


class NotAnsweredYet(Refused):
    """The desk decides on people who have agreed to be on the list."""

    sentence = _l(
        "Somebody who was nominated or invited has to confirm their details first. "
        "Wait for the answer, or enter it from the signed paper."
    )


def ensure_answered(registration: Registration, to_status: RegistrationStatus) -> None:
    """Refuse to give a place to, or to wait with, somebody who has not agreed to it."""
    if registration.status in UNANSWERED and to_status not in {_S.DECLINED, _S.CANCELLED}:
        raise NotAnsweredYet


def may_decide(registration: Registration, to_status: RegistrationStatus) -> bool:
    """Whether the desk can move somebody there now."""
    is_unasked = registration.status not in UNANSWERED or to_status in {_S.DECLINED, _S.CANCELLED}
    return is_unasked and may_move(registration.status, to_status)


def may_correct(registration: Registration) -> bool:
    """Whether the answer may set the names right: while the person is known from this registration alone.

    Whoever named somebody may have given an address of their own; records of other events stay as they are.
    """
    others = select(Registration.id).where(
        Registration.person_id == registration.person_id, Registration.id != registration.id
    )
    return db.session.scalar(others.limit(1)) is None


def answer_nomination(
    registration: Registration,
    *,
    details: PublicRegistration,
    by: Actor,
    channel: Channel = Channel.SELF,
    reason: str = "",
) -> Registration:
    """Say yes: the data are completed, the consents kept, and the registration goes where the event puts it.

    At the desk (`channel`) the answer is entered from a paper that the person signed; `reason` says so.
    """
    event = _event_that_waits(registration)
    if ConsentPurpose.RUN_EVENT not in details.consents:
        raise MustAgree
    person, said, language = registration.person, details.details, details.details.language
    room = room_for_known(seating_of(event), registration)
    status = status_in(event, room.left)
    if status is None:
        raise no_room(event, Room(room.left, room.bound, room.agency_id))
    if may_correct(registration):
        _complete(person, said, by=by)
        if channel is Channel.SELF and person.email is None and said.email in {None, registration.email}:
            person.email = registration.email  # the link came there: the address is theirs
    people.ensure_posting(
        person, registration.agency, by=by, position=details.position or registration.position, level=details.level
    )
    agree(person, details.consents, language=language, channel=channel)
    registration.sex, registration.language = said.sex, language
    registration.position = details.position or registration.position
    registration.level = registration.level if details.level is Level.NOT_STATED else details.level
    registration.age_band = registration.age_band if said.age_band is AgeBand.NOT_STATED else said.age_band
    registration.province = details.province or registration.province
    if person.email is None and said.email:
        registration.email = said.email
    db.session.flush()
    store_answers(event.id, registration.id, details.answers)
    audit.record("registration.answered", registration, by=by, project_id=event.project_id)
    return move(registration, status, by=by, channel=channel, reason=reason)


def decline_nomination(
    registration: Registration, *, by: Actor, reason: str = "", channel: Channel = Channel.SELF
) -> Registration:
    """Say no, with a reason or none; the focal point hears of it and may name somebody else."""
    _event_that_waits(registration)
    return move(registration, _S.DECLINED, by=by, channel=channel, reason=reason, quiet=True)


def _event_that_waits(registration: Registration) -> Event:
    event = lock_event(registration.event)
    db.session.refresh(registration)
    if registration.status not in UNANSWERED:
        raise AnsweredAlready
    if event.status is EventStatus.CANCELLED:
        raise EventIsOff
    if event.starts_at is not None and clock.now() >= event.starts_at:
        raise TooLateToAnswer
    return event


def _complete(person: Person, said: PersonDetails, *, by: Actor) -> None:
    """Take the names as the person writes them."""
    wanted = {
        "given_name": said.given_name,
        "family_name": said.family_name,
        "given_name_latin": said.given_name_latin or person.given_name_latin,
        "family_name_latin": said.family_name_latin or person.family_name_latin,
        "sex": said.sex,
        "age_band": person.age_band if said.age_band is AgeBand.NOT_STATED else said.age_band,
        "language": said.language,
    }
    changed = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    for name, value in changed.items():
        setattr(person, name, value)
    if {"given_name", "family_name"} & changed.keys():
        person.match_key = said.match_key
    if changed:
        audit.record("person.named_rightly", person, by=by)

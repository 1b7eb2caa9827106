"""Take in a registration: from the public form, without an account, and from the desk."""

import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field, replace

from flask_babel import lazy_gettext as _l

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import find_agency_by_code, ids_with_children
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import Audience, Door, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import OFFICIAL, SYSTEM, Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.kernel.tokens import hashed, new_reference
from trainreg.people import service as people
from trainreg.people.duplicates import note_new_person
from trainreg.people.models import Person
from trainreg.people.rules import CONSENT_WORDS, ConsentPurpose, Level
from trainreg.people.service import PersonDetails
from trainreg.questions.details import Answers
from trainreg.questions.service import store_answers
from trainreg.registration.invitations import agencies_of, take
from trainreg.registration.models import Invitation, Registration, Submission
from trainreg.registration.namesakes import Identified
from trainreg.registration.notices import address_of, tell_repeated, tell_submission
from trainreg.registration.queries import entrance_of, find_registration_of, find_submission
from trainreg.registration.receipts import receipt_for
from trainreg.registration.rules import (
    UNANSWERED,
    Channel,
    Entrance,
    RegistrationRole,
    RegistrationStatus,
    Room,
    entrance,
    may_move,
    status_for_newcomer,
    takes_seat,
)
from trainreg.registration.seating import Seating, seating_of
from trainreg.registration.service import (
    AlreadyRegistered,
    EventIsOff,
    Particulars,
    ensure_group,
    enter,
    lock_event,
    move,
    no_room,
    put_on_list,
)
from trainreg.registration.waiting import promote_waiting

_S = RegistrationStatus
# Whoever withdrew, or was only asked to come, may still register; a decision of the desk stands.
REENTERING = frozenset({_S.CANCELLED, _S.INVITED, _S.NOMINATED})
NOBODY_ASKED = Identified()


class RegistrationNotOpen(Refused):
    """Too early."""

    sentence = _l("Registration for this event is not open yet. What you typed is still here.")


class RegistrationClosed(Refused):
    """Too late."""

    sentence = _l("Registration for this event is closed.")


class NotInvited(Refused):
    """The form was reached without an invitation."""

    sentence = _l("One registers for this event by an invitation link. Open the link that you were sent.")


class OnlyNominated(Refused):
    """The form was reached although agencies nominate."""

    sentence = _l("Officials are nominated by their agencies for this event. Ask your agency's focal point.")


class AgencyNotInvited(Invalid):
    """Unknown, or not among those the event is for."""

    sentence = _l("Choose an agency from the list: the event is for officials of these.")
    field = "agency"


class KeyReused(Refused):
    """The same form, sent again with other content."""

    sentence = _l(
        "This form was sent once already with other answers, and those were kept. To send these as well, press again."
    )


_AT_THE_DOOR: dict[Entrance, type[Refused]] = {
    Entrance.CANCELLED: EventIsOff,
    Entrance.NOT_YET: RegistrationNotOpen,
    Entrance.BY_INVITATION: NotInvited,
    Entrance.BY_NOMINATION: OnlyNominated,
}


@dataclass(frozen=True)
class PublicRegistration:
    """What the form says."""

    details: PersonDetails
    agency_code: str
    position: str = ""
    level: Level = Level.NOT_STATED
    province: str | None = None
    consents: frozenset[ConsentPurpose] = frozenset()
    group: str = ""
    answers: Answers = field(default_factory=Answers)

    def content_hash(self, event_id: int) -> str:
        """A fingerprint of the answers: the language of the page is no answer."""
        plain = replace(self, details=replace(self.details, language=""), consents=frozenset(), answers=Answers())
        answers = asdict(plain) | {"event": event_id, "consents": sorted(self.consents)}
        answers |= {"answers": self.answers.fingerprint()}
        return hashed(json.dumps(answers, sort_keys=True, default=str))


def register(
    event: Event,
    form: PublicRegistration,
    *,
    key: str,
    language: str,
    by: Actor = OFFICIAL,
    invitation: Invitation | None = None,
) -> Submission:
    """Take a public form in: the answer depends on the event's state alone, whoever is on its list already.

    The same key with the same content is the same submission; with other content it is refused. An invitation is
    used up in this transaction, also by somebody who is registered already: whether it still opens tells nothing.
    """
    event = lock_event(event)
    earlier = find_submission(key)
    if earlier is not None:
        if earlier.content_hash != form.content_hash(event.id):
            raise KeyReused
        return earlier
    if invitation is not None:
        invitation = take(invitation, event)
    _ensure_door_is_open(event, invitation)
    agency = _allowed_agency(event, form.agency_code, invitation)
    ensure_group(event, form.group, only_open=True)
    seating = seating_of(event)
    promote_waiting(event, by=SYSTEM, seating=seating)
    answer = _answer_for_newcomer(event, seating, agency, form.group)
    person = people.find_known(form.details, agency)
    known = find_registration_of(event.id, person.id) if person is not None else None
    if known is None:
        registration = _enter(
            event, person, agency, answer, form, language=language, by=by, channel=Channel.SELF, put=put_on_list
        )
        reference = registration.reference
    else:
        registration, reference = known, new_reference()
    came_in = known is None or _enter_again(event, seating, registration, form, language=language, by=by)
    if invitation is not None and came_in:
        registration.invitation_id = invitation.id
    submission = _acknowledge(registration, answer, form, agency, key=key, reference=reference, language=language)
    typed = form.details.email
    if known is not None and typed and typed.casefold() != address_of(known):
        tell_submission(submission, to=typed, language=language)
    return submission


def add_at_desk(
    event: Event,
    form: PublicRegistration,
    status: RegistrationStatus,
    *,
    agency: Agency,
    role: RegistrationRole,
    language: str,
    by: Actor,
    who: Identified = NOBODY_ASKED,
) -> Registration:
    """Enter somebody at the desk, or at the door once the event has begun; the desk is told of a second entry.

    `who` is what the desk said of those on record who may be the same.
    """
    event = lock_event(event)
    if event.status is EventStatus.CANCELLED:
        raise EventIsOff
    person = who.person or people.find_known(form.details, agency)
    if person is not None and find_registration_of(event.id, person.id) is not None:
        raise AlreadyRegistered
    starts_at = event.starts_at
    channel = Channel.WALK_IN if starts_at is not None and clock.now() >= starts_at else Channel.DESK
    entered = _enter(event, person, agency, status, form, language=language, by=by, channel=channel, role=role)
    if person is None:
        note_new_person(entered.person, who.not_these, by=by)
    return entered


def _allowed_agency(event: Event, code: str, invitation: Invitation | None) -> Agency:
    agency = find_agency_by_code(code)
    if agency is None or not agency.is_active:
        raise AgencyNotInvited
    invited = agencies_of(invitation)
    if invited is not None and agency.id not in invited:
        raise AgencyNotInvited
    if event.audience is Audience.LISTED_AGENCIES:
        allowed = ids_with_children(listed.agency_id for listed in event.agencies)
        if agency.id not in allowed:
            raise AgencyNotInvited
    return agency


def _ensure_door_is_open(event: Event, invitation: Invitation | None) -> None:
    met = entrance_of(event, None, invitation)
    if not met.lets_in:
        raise _AT_THE_DOOR.get(met, RegistrationClosed)


def _answer_for_newcomer(event: Event, seating: Seating, agency: Agency, group: str) -> RegistrationStatus:
    """The status a first registration from there gets now; raises when there is none."""
    room = seating.room_for_newcomers(agency.id, group)
    status = status_in(event, room.left)
    if status is None:
        raise no_room(event, room)
    return status


def status_in(event: Event, left: int | None) -> RegistrationStatus | None:
    """What somebody gets for whom the door is open."""
    return status_for_newcomer(event.approval, entrance(Door.OPEN, left, has_waiting_list=event.has_waiting_list))


def room_for_known(seating: Seating, registration: Registration) -> Room:
    """The room for somebody on the list who has no place yet; whoever takes no seat finds room always."""
    if registration.holds_place or not takes_seat(_S.CONFIRMED, registration.role):
        return Room(None)
    return seating.room_for_newcomers(registration.agency_id, registration.group)


def agree(person: Person, consents: Collection[ConsentPurpose], *, language: str, channel: Channel) -> None:
    """Keep what a person agreed to, and what not, when they came in."""
    given = {purpose: purpose in consents for purpose in ConsentPurpose}
    people.record_consents(person, given, version=CONSENT_WORDS, language=language, channel=channel.value)


def _enter(
    event: Event,
    person: Person | None,
    agency: Agency,
    status: RegistrationStatus,
    form: PublicRegistration,
    *,
    language: str,
    by: Actor,
    channel: Channel,
    role: RegistrationRole = RegistrationRole.PARTICIPANT,
    put: Callable[..., Registration] = enter,
) -> Registration:
    if person is None:
        person = people.create_posted(
            form.details, agency, by=by, position=form.position, level=form.level, province=form.province
        )
    else:
        people.ensure_posting(person, agency, by=by, position=form.position, level=form.level, province=form.province)
    particulars = Particulars(
        role=role,
        position=form.position,
        level=form.level,
        age_band=form.details.age_band,
        province=form.province,
        group=form.group,
        language=language,
        email=None if person.email else form.details.email,
    )
    registration = put(event, person, agency, status, by=by, channel=channel, particulars=particulars)
    agree(person, form.consents, language=language, channel=channel)
    store_answers(event.id, registration.id, form.answers)
    return registration


def _enter_again(
    event: Event,
    seating: Seating,
    registration: Registration,
    form: PublicRegistration,
    *,
    language: str,
    by: Actor,
) -> bool:
    """A form without an account changes nothing that is known; the news goes to the address on record.

    Whoever comes back takes the place of their own agency and group, whatever the form says. Says whether they came
    in by it: whoever was only asked to come has answered, and agreed, by registering.
    """
    if registration.status in REENTERING:
        answer = status_in(event, room_for_known(seating, registration).left)
        if answer is not None and may_move(registration.status, answer):
            if registration.status in UNANSWERED:
                agree(registration.person, form.consents, language=language, channel=Channel.SELF)
            move(registration, answer, by=by, channel=Channel.SELF)
            return True
    audit.record("registration.repeated", registration, by=by, project_id=event.project_id)
    tell_repeated(registration)
    return False


def _acknowledge(
    registration: Registration,
    answer: RegistrationStatus,
    form: PublicRegistration,
    agency: Agency,
    *,
    key: str,
    reference: str,
    language: str,
) -> Submission:
    submission = Submission(
        key=key,
        content_hash=form.content_hash(registration.event_id),
        event=registration.event,
        registration=registration,
        reference=reference,
        receipt_hash=hashed(receipt_for(key)),
        answer=answer,
        name_as_typed=f"{form.details.family_name} {form.details.given_name}".strip(),
        agency=agency,
        position=form.position,
        level=form.level,
        language=language,
        at=clock.now(),
    )
    db.session.add(submission)
    flush_or_refuse(KeyReused())
    return submission

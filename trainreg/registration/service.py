"""Register, confirm, decline, cancel: every move under the event's lock, in the ledger, told by mail."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from trainreg.agencies.models import Agency
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import SYSTEM, Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.kernel.tokens import new_reference
from trainreg.people.models import Person
from trainreg.people.rules import AgeBand, Level
from trainreg.registration.ledger import append_move, note_move
from trainreg.registration.models import Registration
from trainreg.registration.notices import tell, tell_lapsed, tell_nominator
from trainreg.registration.queries import find_registration_of, list_lapsed_offers
from trainreg.registration.rules import (
    NO_ANSWER_IN_TIME,
    Bound,
    Channel,
    RegistrationRole,
    RegistrationStatus,
    Room,
    may_move,
    takes_seat,
)
from trainreg.registration.seating import seating_of
from trainreg.registration.waiting import may_promote, promote_waiting
from trainreg.web.locale import tr

audit.describes(
    {
        "registration.requested": _l("Registration received"),
        "registration.waitlisted": _l("Put on the waiting list"),
        "registration.confirmed": _l("Confirmed"),
        "registration.declined": _l("Declined"),
        "registration.cancelled": _l("Cancelled"),
        "registration.invited": _l("Invited"),
        "registration.nominated": _l("Nominated"),
        "registration.accepted": _l("Accepted the place from the waiting list"),
        "registration.kept": _l("The event began before an answer came: the place stays"),
        "registration.repeated": _l("The same person registered again; nothing changed"),
    }
)

_S = RegistrationStatus


class EventFull(Refused):
    """Every place is taken."""

    sentence = _l("All places of this event are taken.")


class PlacesKept(EventFull):
    """There are free places, and they are kept for agencies with a quota of their own."""

    sentence = _l("The places that are left are kept for agencies with places of their own.")


class QuotaFull(EventFull):
    """The agency's own places, or those of one above it, are taken."""

    sentence = _l("All %(places)s places of %(agency)s are taken.")


class GroupFull(EventFull):
    """The group has as many people as it may have."""

    sentence = _l("All places of this group are taken.")


class UnknownGroup(Invalid):
    """The event has groups, and this is none of them."""

    sentence = _l("Choose a group from the list.")
    field = "group"


class OfferIsOver(Refused):
    """Too late, or the place was given back."""

    sentence = _l("This place is not kept any more. Ask the organizers whether there is another one.")


class IllegalMove(Refused):
    """The table of moves does not hold this one."""

    sentence = _l("This registration cannot be changed that way any more. Reload the page to see where it stands.")


class EventIsOff(Refused):
    """A cancelled event confirms nobody."""

    sentence = _l("The event is cancelled.")


class AlreadyRegistered(Refused):
    """(person, event) is unique."""

    sentence = _l("This person is registered for the event already.")


@dataclass(frozen=True)
class Particulars:
    """In what role and from what position somebody comes; kept with the registration as it was then."""

    role: RegistrationRole = RegistrationRole.PARTICIPANT
    position: str = ""
    level: Level = Level.NOT_STATED
    age_band: AgeBand = AgeBand.NOT_STATED
    province: str | None = None
    group: str = ""
    language: str | None = None
    # An address given with the registration, for a person whose record holds none.
    email: str | None = None

    def age_band_of(self, person: Person) -> AgeBand:
        """As stated for this event, else as it stands on the person's record."""
        return person.age_band if self.age_band is AgeBand.NOT_STATED else self.age_band


def lock_event(event: Event) -> Event:
    """Hold the event's row to the end of the transaction: places are counted and given under this lock."""
    return lock_row(Event, event.id, joinedload(Event.project))


def create_registration(
    event: Event,
    person: Person,
    agency: Agency,
    status: RegistrationStatus,
    *,
    by: Actor,
    channel: Channel,
    particulars: Particulars | None = None,
    reason: str = "",
    at: datetime | None = None,
    quiet: bool = False,
) -> Registration:
    """Put a person on an event's list in that status; refuses a full event or a second registration.

    `at` is the moment it happened, for records of the past; `quiet` sends no message.
    """
    event = lock_event(event)
    if find_registration_of(event.id, person.id) is not None:
        raise AlreadyRegistered
    return enter(
        event,
        person,
        agency,
        status,
        by=by,
        channel=channel,
        particulars=particulars or Particulars(),
        reason=reason,
        at=at,
        quiet=quiet,
    )


def enter(
    event: Event,
    person: Person,
    agency: Agency,
    status: RegistrationStatus,
    *,
    by: Actor,
    channel: Channel,
    particulars: Particulars,
    reason: str = "",
    at: datetime | None = None,
    quiet: bool = False,
) -> Registration:
    """The same for a caller who holds the event's lock and knows that the person is not on the list."""
    ensure_group(event, particulars.group)
    if status is _S.CONFIRMED and event.status is EventStatus.CANCELLED:
        raise EventIsOff
    if takes_seat(status, particulars.role):
        _ensure_seat(event, agency.id, particulars.group)
    return put_on_list(
        event,
        person,
        agency,
        status,
        by=by,
        channel=channel,
        particulars=particulars,
        reason=reason,
        at=at,
        quiet=quiet,
    )


def put_on_list(
    event: Event,
    person: Person,
    agency: Agency,
    status: RegistrationStatus,
    *,
    by: Actor,
    channel: Channel,
    particulars: Particulars,
    reason: str = "",
    at: datetime | None = None,
    quiet: bool = False,
) -> Registration:
    """The same for a caller who has found, under this lock, that there is a place as well: nothing is asked again."""
    registration = Registration(
        event=event,
        person=person,
        agency=agency,
        reference=new_reference(),
        role=particulars.role,
        status=status,
        sex=person.sex,
        age_band=particulars.age_band_of(person),
        level=particulars.level,
        position=particulars.position,
        province=particulars.province,
        group=particulars.group,
        language=particulars.language or person.language,
        email=particulars.email,
        created_at=at or clock.now(),
        moves=[],
    )
    db.session.add(registration)
    append_move(registration, None, status, by=by, channel=channel, reason=reason, at=at)
    note_move(registration, by=by, at=at)
    flush_or_refuse(AlreadyRegistered())
    if not quiet:
        tell(registration)
    return registration


def move(
    registration: Registration,
    to_status: RegistrationStatus,
    *,
    by: Actor,
    channel: Channel,
    reason: str = "",
    at: datetime | None = None,
    quiet: bool = False,
) -> Registration:
    """Move a registration along the table of legal moves; the same status twice changes nothing.

    When a place falls free, the first who waits and for whom there is room moves up in this transaction.
    """
    event = lock_event(registration.event)
    db.session.refresh(registration)
    from_status = registration.status
    if from_status is to_status:
        return registration
    if not may_move(from_status, to_status):
        raise IllegalMove
    if to_status is _S.CONFIRMED and event.status is EventStatus.CANCELLED:
        raise EventIsOff
    had_place = takes_seat(from_status, registration.role) or registration.holds_place
    if takes_seat(to_status, registration.role) and not registration.holds_place:
        _ensure_seat(event, registration.agency_id, registration.group)
    append_move(registration, from_status, to_status, by=by, channel=channel, reason=reason, at=at)
    note_move(registration, by=by, at=at)
    if not quiet:
        tell(registration)
    if from_status is _S.NOMINATED and channel is Channel.SELF and to_status in {_S.DECLINED, _S.CANCELLED}:
        tell_nominator(registration)
    if had_place and not (takes_seat(to_status, registration.role) or registration.holds_place):
        promote_waiting(event, by=by)
    return registration


def confirm(registration: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Give a place; refuses when none is left."""
    return move(registration, _S.CONFIRMED, by=by, channel=Channel.DESK, reason=reason)


def decline(registration: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Say no."""
    return move(registration, _S.DECLINED, by=by, channel=Channel.DESK, reason=reason)


def cancel(registration: Registration, *, by: Actor, channel: Channel = Channel.DESK, reason: str = "") -> Registration:
    """Withdraw a registration."""
    return move(registration, _S.CANCELLED, by=by, channel=channel, reason=reason)


def accept(registration: Registration, *, by: Actor) -> Registration:
    """Say that somebody who moved up comes: the place is theirs for good. Once the place is lost it is refused.

    Until the place has gone to somebody else a late answer is as good as one in time.
    """
    lock_event(registration.event)
    db.session.refresh(registration)
    if registration.status is not _S.CONFIRMED:
        raise OfferIsOver
    if registration.accept_by is not None:
        registration.accept_by = None
        audit.record("registration.accepted", registration, by=by, project_id=registration.event.project_id)
    return registration


def lapse_offers(event: Event, *, by: Actor = SYSTEM) -> list[Registration]:
    """Take back the places of those who did not say in time that they come, and give them to the next who wait.

    Once the event has begun a place can go to nobody else, so its owner keeps it. The worker calls this, and commits
    once for each event that `queries.list_events_with_lapsed_offers` finds.
    """
    event = lock_event(event)
    lapsed = list(list_lapsed_offers(event.id, clock.now()))
    for registration in lapsed:
        if may_promote(event):
            append_move(
                registration, _S.CONFIRMED, _S.CANCELLED, by=by, channel=Channel.SYSTEM, reason=NO_ANSWER_IN_TIME
            )
            note_move(registration, by=by)
            tell_lapsed(registration)
        else:
            registration.accept_by = None
            audit.record("registration.kept", registration, by=by, project_id=event.project_id)
    promote_waiting(event, by=by)
    return lapsed


def _ensure_seat(event: Event, agency_id: int, group: str) -> None:
    room = seating_of(event).room(agency_id, group)
    if room.left == 0:
        raise no_room(event, room)


def no_room(event: Event, room: Room) -> Refused:
    """The refusal that says what it is that has no place left."""
    if room.bound is Bound.QUOTA:
        quota = next(quota for quota in event.quotas if quota.agency_id == room.agency_id)
        return QuotaFull(places=quota.places, agency=tr(quota.agency.name))
    if room.bound is Bound.GROUP:
        return GroupFull()
    return PlacesKept() if room.bound is Bound.KEPT else EventFull()


def ensure_group(event: Event, code: str, *, only_open: bool = False) -> None:
    """Refuse a group that the event does not have; at the desk an event without groups takes any word for one."""
    offered = {group.code for group in event.groups if group.is_open or not only_open} if code else set()
    if code and code not in offered and (only_open or event.groups):
        raise UnknownGroup

"""Register, confirm, decline, cancel: every move under the event's lock, in the ledger, told by mail."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from trainreg.agencies.models import Agency
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.refusals import Refused
from trainreg.kernel.tokens import new_reference
from trainreg.people.models import Person
from trainreg.people.rules import Level
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.notices import tell
from trainreg.registration.queries import count_seats_left, find_registration_of, list_waiting
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus, may_move, takes_seat

audit.describes(
    {
        "registration.requested": _l("Registration received"),
        "registration.waitlisted": _l("Put on the waiting list"),
        "registration.confirmed": _l("Confirmed"),
        "registration.declined": _l("Declined"),
        "registration.cancelled": _l("Cancelled"),
        "registration.invited": _l("Invited"),
        "registration.nominated": _l("Nominated"),
        "registration.repeated": _l("The same person registered again; nothing changed"),
    }
)

_S = RegistrationStatus


class EventFull(Refused):
    """Every place is taken."""

    sentence = _l("All places of this event are taken.")


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
    province: str | None = None
    group: str = ""
    language: str | None = None
    # An address given with the registration, for a person whose record holds none.
    email: str | None = None


def lock_event(event: Event) -> Event:
    """Hold the event's row to the end of the transaction: places are counted and given under this lock."""
    return lock_row(Event, event.id)


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
    _ensure_seat(event, status, particulars.role)
    registration = Registration(
        event=event,
        person=person,
        agency=agency,
        reference=new_reference(),
        role=particulars.role,
        status=status,
        sex=person.sex,
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
    _append_move(registration, None, status, by=by, channel=channel, reason=reason, at=at)
    flush_or_refuse(AlreadyRegistered())
    _note_move(registration, by=by, at=at)
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

    When a place falls free, the head of the waiting list moves up in this transaction.
    """
    event = lock_event(registration.event)
    db.session.refresh(registration)
    from_status = registration.status
    if from_status is to_status:
        return registration
    if not may_move(from_status, to_status):
        raise IllegalMove
    _ensure_seat(event, to_status, registration.role)
    _append_move(registration, from_status, to_status, by=by, channel=channel, reason=reason, at=at)
    _note_move(registration, by=by, at=at)
    if not quiet:
        tell(registration)
    if takes_seat(from_status, registration.role) and not takes_seat(to_status, registration.role):
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


def promote_waiting(event: Event, *, by: Actor) -> list[Registration]:
    """Give free places to the head of the waiting list, in order; never after the event's start.

    The caller holds the event's lock.
    """
    starts_at = event.starts_at
    if event.status is EventStatus.CANCELLED or (starts_at is not None and clock.now() >= starts_at):
        return []
    promoted: list[Registration] = []
    db.session.flush()
    left = count_seats_left(event)
    for registration in list_waiting(event.id):
        if takes_seat(_S.CONFIRMED, registration.role):
            if left == 0:
                break
            left = None if left is None else left - 1
        _append_move(registration, _S.WAITLISTED, _S.CONFIRMED, by=by, channel=Channel.SYSTEM)
        _note_move(registration, by=by)
        tell(registration)
        promoted.append(registration)
    return promoted


def _ensure_seat(event: Event, status: RegistrationStatus, role: RegistrationRole) -> None:
    if status is _S.CONFIRMED and event.status is EventStatus.CANCELLED:
        raise EventIsOff
    if takes_seat(status, role) and count_seats_left(event) == 0:
        raise EventFull


def _append_move(
    registration: Registration,
    from_status: RegistrationStatus | None,
    to_status: RegistrationStatus,
    *,
    by: Actor,
    channel: Channel,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    at = at or clock.now()
    registration.status = to_status
    registration.waiting_since = at if to_status is _S.WAITLISTED else None
    registration.moves.append(
        RegistrationMove(
            from_status=from_status,
            to_status=to_status,
            at=at,
            channel=channel,
            reason=reason,
            actor_kind=by.kind,
            actor_label=by.label,
            user_id=by.user_id,
        )
    )


def _note_move(registration: Registration, *, by: Actor, at: datetime | None = None) -> None:
    action = f"registration.{registration.status.value}"
    audit.record(action, registration, by=by, project_id=registration.event.project_id, at=at)

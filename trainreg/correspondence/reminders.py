"""Reminders before an event and thanks after it: who is due one now, written some at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, literal, select
from sqlalchemy.orm import selectinload

from trainreg.assessment.entering import who_waits
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.correspondence import drafts
from trainreg.correspondence.choosing import attended_once, has_address, registrations_for
from trainreg.correspondence.rules import (
    LONGEST_AHEAD,
    THANKS_WINDOW,
    is_daytime,
    reminder_due,
    reminder_moment,
    thanks_due,
)
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db, lock_row
from trainreg.outbox.models import Message
from trainreg.outbox.service import queue_each
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.notices import address_of
from trainreg.registration.rules import RegistrationStatus

BATCH = 200
_A_DAY = timedelta(days=1)


def list_ahead() -> Sequence[int]:
    """Events that begin within the longest time that a reminder looks ahead."""
    now = clock.now()
    first = func.min(Session.starts_at)
    return events_where(first > now, first <= now + timedelta(days=LONGEST_AHEAD + 1))


def list_just_over() -> Sequence[int]:
    """Events that ended so lately that thanks may be due."""
    now = clock.now()
    last = func.max(Session.ends_at)
    return events_where(last <= now, last > now - THANKS_WINDOW - 3 * _A_DAY)


def write_reminders(event_id: int) -> int:
    """Write the next reminders of an event that are due at this hour; returns how many.

    Whoever was confirmed after the moment of a reminder learnt the days from that confirmation.
    """
    event, now = lock_row(Event, event_id), clock.now()
    if event.status is EventStatus.CANCELLED or event.starts_at is None or not is_daytime(now, event.timezone):
        return 0
    days = reminder_due(event.starts_at, event.timezone, event.reminder_days, now)
    if days is None:
        return 0
    tail = f"/event_reminder/{clock.local(event.starts_at, event.timezone):%Y-%m-%d}/{days}"
    moment = reminder_moment(event.starts_at, event.timezone, days)
    people = list_untold(event_id, tail, _was_confirmed_before(moment))
    asked = who_waits(people)
    return queue_each(
        drafts.reminder(one, key=f"{one.reference}{tail}", to=address, is_asked=one.id in asked)
        for one in people
        if (address := address_of(one)) is not None
    )


def write_thanks(event_id: int) -> int:
    """Write the next thanks to those who came; returns how many."""
    event, now = lock_row(Event, event_id), clock.now()
    is_off = event.status is EventStatus.CANCELLED or event.ends_at is None or not event.sends_thanks
    if is_off or not is_daytime(now, event.timezone):
        return 0
    if event.ends_at is None or not thanks_due(event.ends_at, event.timezone, now):
        return 0
    tail = "/event_thanks"
    people = list_untold(event_id, tail, attended_once())
    issued, asked = with_certificate(people), who_waits(people)
    return queue_each(
        drafts.thanks(
            one, key=f"{one.reference}{tail}", to=address, is_issued=one.id in issued, is_asked=one.id in asked
        )
        for one in people
        if (address := address_of(one)) is not None
    )


def with_certificate(people: Sequence[Registration]) -> set[int]:
    """Those of them who hold a valid certificate."""
    ids = [registration.id for registration in people]
    held = select(Certificate.registration_id).where(Certificate.registration_id.in_(ids))
    return set(db.session.scalars(held.where(Certificate.state == CertificateState.ISSUED)))


def events_where(*conditions: ColumnElement[bool]) -> Sequence[int]:
    statement = (
        select(Event.id)
        .join(Session)
        .where(Session.status == SessionStatus.PLANNED, Event.status.in_([EventStatus.OPEN, EventStatus.CLOSED]))
        .group_by(Event.id)
        .having(*conditions)
        .order_by(Event.id)
    )
    return db.session.scalars(statement).all()


def list_untold(event_id: int, tail: str, *conditions: ColumnElement[bool]) -> Sequence[Registration]:
    """Confirmed people with an address who have no message of this key yet, some of them."""
    is_told = exists().where(Message.key == Registration.reference.concat(literal(tail)))
    statement = (
        registrations_for(event_id)
        .where(Registration.status == RegistrationStatus.CONFIRMED, has_address(), ~is_told, *conditions)
        .options(selectinload(Registration.moves))
        .order_by(Registration.id)
        .limit(BATCH)
    )
    return db.session.scalars(statement).all()


def _was_confirmed_before(moment: datetime) -> ColumnElement[bool]:
    """Whether the present confirmation is older than that moment."""
    confirmed = select(func.max(RegistrationMove.at)).where(
        RegistrationMove.registration_id == Registration.id,
        RegistrationMove.to_status == RegistrationStatus.CONFIRMED,
    )
    return confirmed.correlate(Registration).scalar_subquery() < moment

"""What an event sent to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import defer

from trainreg.correspondence.models import Announcement, Letter
from trainreg.correspondence.rules import AnnouncementState
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.text import fold
from trainreg.outbox.models import Message, MessageStatus
from trainreg.people.models import Person
from trainreg.registration.models import Registration


@dataclass(frozen=True)
class Asked:
    """Which messages the desk wants to see."""

    kind: str = ""
    status: MessageStatus | None = None
    text: str = ""
    letter_id: int | None = None


def messages_of(event_id: int, asked: Asked) -> Select[Any]:
    """An event's messages, the latest first and without their texts."""
    statement = (
        select(Message)
        .join(Registration, Registration.id == Message.registration_id)
        .where(Registration.event_id == event_id)
        .options(defer(Message.text), defer(Message.html), defer(Message.calendar))
        .order_by(Message.id.desc())
    )
    if asked.kind:
        statement = statement.where(Message.kind == asked.kind)
    if asked.status is not None:
        statement = statement.where(Message.status == asked.status)
    if asked.letter_id is not None:
        statement = statement.where(Message.letter_id == asked.letter_id)
    if asked.text:
        statement = statement.join(Registration.person)
    for word in asked.text.split()[:6]:
        columns = (Message.recipient_name, Message.subject, Registration.reference)
        matches = [column.icontains(word, autoescape=True) for column in columns]
        if fold(word):  # SQLite knows upper and lower case of Latin letters only
            matches.append(Person.match_key.contains(fold(word), autoescape=True))
        statement = statement.where(or_(*matches))
    return statement


def count_messages(event_id: int) -> dict[tuple[str, MessageStatus], int]:
    """How many messages of each kind and state an event has."""
    rows = db.session.execute(
        select(Message.kind, Message.status, func.count())
        .join(Registration, Registration.id == Message.registration_id)
        .where(Registration.event_id == event_id)
        .group_by(Message.kind, Message.status)
    )
    return {(kind, status): count for kind, status, count in rows}


def get_message_of(event: Event, message_id: int) -> tuple[Message, Registration]:
    """A message of that event with the registration it is about; one of another event is not found."""
    found = db.session.execute(
        select(Message, Registration)
        .join(Registration, Registration.id == Message.registration_id)
        .where(Message.id == message_id, Registration.event_id == event.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def list_letters(event_id: int) -> Sequence[Letter]:
    """The letters of an event, the latest first."""
    return db.session.scalars(select(Letter).where(Letter.event_id == event_id).order_by(Letter.id.desc())).all()


def get_letter(event: Event, letter_id: int) -> Letter:
    letter = db.session.scalar(select(Letter).where(Letter.id == letter_id, Letter.event_id == event.id))
    if letter is None:
        raise NotFound
    return letter


def count_of_letter(letter_id: int) -> dict[MessageStatus, int]:
    rows = db.session.execute(
        select(Message.status, func.count()).where(Message.letter_id == letter_id).group_by(Message.status)
    )
    return dict(rows.all())


def list_pending(event_id: int) -> Sequence[Announcement]:
    """News that waits to be told or is being told."""
    states = (AnnouncementState.PENDING, AnnouncementState.TELLING)
    statement = select(Announcement).where(Announcement.event_id == event_id, Announcement.state.in_(states))
    return db.session.scalars(statement.order_by(Announcement.id)).all()


def get_announcement(event: Event, announcement_id: int) -> Announcement:
    statement = select(Announcement).where(Announcement.id == announcement_id, Announcement.event_id == event.id)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found

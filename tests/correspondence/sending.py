"""What tests of this room share."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tests import factories as make
from trainreg.events.details import SessionDetails
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

NINE = datetime(2027, 3, 10, 1, 0, tzinfo=UTC)  # nine in the morning in Ulaanbaatar


def messages(kind: str = "") -> list[Message]:
    """The messages of a kind, or all, in the order they were written."""
    found = db.session.scalars(select(Message).order_by(Message.id))
    return [message for message in found if not kind or message.kind == kind]


def event_at(starts: datetime, **values: object) -> Event:
    return make.event(starts=starts, **values)


def somebody(
    event: Event, status: RegistrationStatus = RegistrationStatus.CONFIRMED, *, language: str = "en", **values: object
) -> Registration:
    """An official with an address, on the list of the event since long ago."""
    number = len(messages()) + event.id * 1000 + int(values.pop("number", 0))
    person = make.person(email=values.pop("email", f"official{number}.{status}@example.org"))
    return make.registration(event, person, status, language=language, **values)


def moved(event: Event, by: timedelta) -> list[SessionDetails]:
    """The event's sessions, later by so much."""
    return [
        SessionDetails(
            id=one.id,
            starts_at=one.starts_at + by,
            ends_at=one.ends_at + by,
            timezone=one.timezone,
            day_share=one.day_share,
            title=one.title,
            place=one.place,
        )
        for one in event.sessions
    ]

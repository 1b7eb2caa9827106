"""What an organizer types into the form of an event."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.factories import TIMEZONE
from trainreg.events.details import EventDetails, SessionDetails
from trainreg.events.models import Event
from trainreg.events.rules import EventKind

FIRST = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)  # nine o'clock in Ulaanbaatar


def event_details(**values: Any) -> EventDetails:
    """A seminar, as services take it."""
    details = {"title": {"en": "Border seminar"}, "kind": EventKind.SEMINAR, "timezone": TIMEZONE}
    return EventDetails(**details | values)


def session_details(day: int = 0, **values: Any) -> SessionDetails:
    """The morning of the first day, or of a later one."""
    starts = FIRST + timedelta(days=day)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=3)}
    return SessionDetails(**times | {"timezone": TIMEZONE, "day_share": Decimal("0.5")} | values)


def sessions_of(event: Event) -> list[SessionDetails]:
    """An event's sessions, as they would come back unchanged."""
    return [
        SessionDetails(id=s.id, starts_at=s.starts_at, ends_at=s.ends_at, timezone=s.timezone, day_share=s.day_share)
        for s in event.sessions
    ]


def event_form(**values: Any) -> dict[str, Any]:
    """A filled form without sessions."""
    return {
        "title_en": "Border seminar",
        "title_mn": "Хилийн семинар",
        "summary_en": "Two days on documents.",
        "kind": "seminar",
        "place_en": "Zamyn-Uud",
        "timezone": TIMEZONE,
        "days": "2",
        "pattern": "morning_and_afternoon",
        "capacity": "30",
        "has_waiting_list": "y",
        "approval": "desk",
        "audience": "any_agency",
        "threshold": "80",
    } | values


def row(number: int = 0, **values: Any) -> dict[str, str]:
    """One row of sessions."""
    fields = {"day": "2027-03-01", "starts": "09:00", "ends": "12:30", "day_share": "0.5"} | values
    return {f"sessions-{number}-{name}": value for name, value in fields.items()}

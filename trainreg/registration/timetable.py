"""An event's sessions by day, on the wall clock of the place where they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from babel import dates

from trainreg.events.models import Event, Session
from trainreg.kernel.clock import local


@dataclass
class Day:
    """The sessions of one day in one time zone."""

    date: date
    timezone: str
    sessions: list[Session] = field(default_factory=list)


def days_of(sessions: Iterable[Session]) -> list[Day]:
    """Sessions in the order they are held, a day at a time."""
    days: list[Day] = []
    for session in sorted(sessions, key=lambda one: (one.starts_at, one.id)):
        day, zone = local(session.starts_at, session.timezone).date(), session.timezone
        if not days or (days[-1].date, days[-1].timezone) != (day, zone):
            days.append(Day(day, zone))
        days[-1].sessions.append(session)
    return days


def zone_words(timezone: str, at: datetime, language: str) -> str:
    """A time zone as people say it, with its distance from UTC: Ulaanbaatar Standard Time (UTC+08:00)."""
    there = local(at, timezone)
    name = dates.get_timezone_name(there, locale=language)
    return f"{name} ({dates.get_timezone_gmt(there, locale='en').replace('GMT', 'UTC')})"


def zones_of(event: Event, language: str) -> dict[str, str]:
    """The words for each time zone that the event's sessions are held in."""
    return {
        session.timezone: zone_words(session.timezone, session.starts_at, language)
        for session in event.planned_sessions
    }

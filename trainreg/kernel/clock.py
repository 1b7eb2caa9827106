"""The one clock."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today(timezone: str) -> date:
    """The calendar day it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(timezone)).date()


@cache
def timezone_names() -> frozenset[str]:
    """Every IANA time zone name this machine knows."""
    return frozenset(available_timezones())


def local(moment: datetime, timezone: str) -> datetime:
    """The same moment on the wall clock of an IANA time zone."""
    return moment.astimezone(ZoneInfo(timezone))

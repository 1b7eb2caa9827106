"""When people are reminded and thanked, what of an event's changes they are told, and placeholders in letters."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from trainreg.registration.rules import RegistrationStatus

_S = RegistrationStatus


class News(StrEnum):
    """What all people of an event are told."""

    CHANGED = "changed"
    CALLED_OFF = "called_off"


class AnnouncementState(StrEnum):
    """Pending: further changes may join in. Telling: the mails are being written."""

    PENDING = "pending"
    TELLING = "telling"
    TOLD = "told"
    DROPPED = "dropped"


TOLD_OF: dict[News, frozenset[RegistrationStatus]] = {
    News.CHANGED: frozenset({_S.CONFIRMED, _S.WAITLISTED, _S.REQUESTED}),
    News.CALLED_OFF: frozenset({_S.CONFIRMED, _S.WAITLISTED, _S.REQUESTED, _S.INVITED, _S.NOMINATED}),
}
# Who corrects a date often corrects it twice: changes within this time are told together.
CHANGES_SETTLE = timedelta(minutes=10)

REMINDER_HOUR = time(9)
THANKS_HOUR = time(10)
# Nobody's telephone rings at night because a worker was down in the evening.
DAY_BEGINS, DAY_ENDS = time(8), time(20)
THANKS_WINDOW = timedelta(days=7)
FOLLOW_UP_WINDOW = timedelta(days=30)
LONGEST_AHEAD = 60
MOST_REMINDERS = 5


def is_daytime(now: datetime, timezone: str) -> bool:
    """Whether it is an hour at which an office writes, on the clock of the event."""
    return DAY_BEGINS <= now.astimezone(ZoneInfo(timezone)).time() < DAY_ENDS


def reminder_moment(starts_at: datetime, timezone: str, days: int) -> datetime:
    """Nine in the morning, so many days before the day of the start."""
    zone = ZoneInfo(timezone)
    day = starts_at.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(day, REMINDER_HOUR, zone)


def reminder_due(starts_at: datetime, timezone: str, days: Collection[int], now: datetime) -> int | None:
    """Which reminder is due: the last one whose moment has passed; None before the first and from the start on.

    One that was missed (the worker was down) goes out late, unless a later one has taken its place.
    """
    if now >= starts_at:
        return None
    passed = [ahead for ahead in days if reminder_moment(starts_at, timezone, ahead) <= now]
    return min(passed, default=None)


def days_until(starts_at: datetime, timezone: str, now: datetime) -> int:
    """How many days on the calendar lie between now and the day of the start."""
    zone = ZoneInfo(timezone)
    return (starts_at.astimezone(zone).date() - now.astimezone(zone).date()).days


def thanks_due(ends_at: datetime, timezone: str, now: datetime) -> bool:
    """From ten in the morning after the last day, for a week: attendance is sometimes noted late."""
    zone = ZoneInfo(timezone)
    day: date = ends_at.astimezone(zone).date() + timedelta(days=1)
    begins = datetime.combine(day, THANKS_HOUR, zone)
    return begins <= now < begins + THANKS_WINDOW


def follow_up_due(ends_at: datetime, timezone: str, months: int, now: datetime) -> bool:
    """From ten in the morning so many months after the last day, for a month: by then it is late for the next."""
    last = ends_at.astimezone(ZoneInfo(timezone)).date()
    year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
    day = date(year, month + 1, min(last.day, monthrange(year, month + 1)[1]))
    begins = datetime.combine(day, THANKS_HOUR, ZoneInfo(timezone))
    return begins <= now < begins + FOLLOW_UP_WINDOW


def days_from(text: str) -> list[int] | None:
    """`7, 1` as the days of the reminders, the earliest first; None for anything else."""
    parts = [part for part in re.split(r"[,;\s]+", text.strip()) if part]
    if len(parts) > MOST_REMINDERS or not all(re.fullmatch(r"[0-9]{1,2}", part) for part in parts):
        return None
    days = sorted({int(part) for part in parts}, reverse=True)
    return days if all(1 <= day <= LONGEST_AHEAD for day in days) else None


PLACEHOLDERS = ("name", "event", "when", "place", "reference", "link")
_PLACEHOLDER = re.compile(r"\{([^\W\d]\w*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """Words in braces that stand for nothing; a brace that encloses no word is only a brace."""
    return [found for found in dict.fromkeys(_PLACEHOLDER.findall(text)) if found not in PLACEHOLDERS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled, once: what a value holds is not filled again."""
    return "".join(value for _name, value in pieces(text, values))


def pieces(text: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the placeholder it came from, "" for what was typed."""
    for number, piece in enumerate(_PLACEHOLDER.split(text)):
        if number % 2 == 0:
            yield "", piece
        elif piece in values:
            yield piece, values[piece]
        else:
            yield "", f"{{{piece}}}"


@dataclass(frozen=True)
class Block:
    """A session as it is compared, in one reader's language."""

    id: int
    starts_at: datetime
    ends_at: datetime
    timezone: str
    title: str
    place: str
    is_cancelled: bool


@dataclass(frozen=True)
class Difference:
    """A session that was and is; None: it was not there before, or is there no longer."""

    was: Block | None
    now: Block | None


def session_differences(before: Sequence[Block], after: Sequence[Block]) -> list[Difference]:
    """What changed between two programmes, in the order of time; a session called off is one no longer there."""
    was = {block.id: block for block in before if not block.is_cancelled}
    now = {block.id: block for block in after if not block.is_cancelled}
    found = [Difference(was.get(key), now.get(key)) for key in was.keys() | now.keys() if was.get(key) != now.get(key)]
    return sorted(found, key=lambda one: min(block.starts_at for block in (one.was, one.now) if block is not None))

"""What an event is, when it takes registrations, and how its sessions lie."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from trainreg.kernel.mongolian import transliterate


class EventKind(StrEnum):
    """The kinds of events, in the field's words."""

    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    TRAINING = "training"
    TRAINING_OF_TRAINERS = "training_of_trainers"
    BRIEFING = "briefing"
    CONSULTATION_MEETING = "consultation_meeting"
    STUDY_VISIT = "study_visit"


class EventStatus(StrEnum):
    """Draft: only staff see it. Open: takes registrations. Closed: takes none, stays public. Cancelled: is off."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Approval(StrEnum):
    """Who confirms a registration: the system at once while places last, or the desk."""

    AUTOMATIC = "automatic"
    DESK = "desk"


class Admission(StrEnum):
    """How people come in: whoever finds the page, holders of an invitation link, or those their agencies nominate."""

    OPEN = "open"
    INVITATION = "invitation"
    NOMINATION_ONLY = "nomination_only"


class Audience(StrEnum):
    """Who may register: officials of any agency, or of the listed agencies and their children."""

    ANY_AGENCY = "any_agency"
    LISTED_AGENCIES = "listed_agencies"


class SessionStatus(StrEnum):
    """A cancelled session counts for nobody."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Door(StrEnum):
    """Why registration is possible now, or not."""

    OPEN = "open"
    NOT_PUBLISHED = "not_published"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


EVENT_MOVES: dict[EventStatus, frozenset[EventStatus]] = {
    EventStatus.DRAFT: frozenset({EventStatus.OPEN, EventStatus.CANCELLED}),
    EventStatus.OPEN: frozenset({EventStatus.CLOSED, EventStatus.CANCELLED}),
    EventStatus.CLOSED: frozenset({EventStatus.OPEN, EventStatus.CANCELLED}),
    EventStatus.CANCELLED: frozenset(),
}


def door(
    status: EventStatus,
    *,
    now: datetime,
    opens_at: datetime | None,
    closes_at: datetime | None,
    ends_at: datetime | None,
) -> Door:
    """Whether this event takes a registration now. `ends_at` is the end of its last planned session."""
    if status is EventStatus.CANCELLED:
        return Door.CANCELLED
    if status is EventStatus.DRAFT:
        return Door.NOT_PUBLISHED
    if ends_at is not None and now >= ends_at:
        return Door.OVER
    if status is EventStatus.CLOSED or (closes_at is not None and now >= closes_at):
        return Door.CLOSED
    if opens_at is not None and now < opens_at:
        return Door.NOT_YET
    return Door.OPEN


class Pattern(StrEnum):
    """How the days of an event are divided into sessions."""

    MORNING_AND_AFTERNOON = "morning_and_afternoon"
    WHOLE_DAY = "whole_day"
    HALF_DAY = "half_day"


_MORNING = (time(9), time(12, 30), Decimal("0.5"))
_AFTERNOON = (time(13, 30), time(17), Decimal("0.5"))
BLOCKS: dict[Pattern, tuple[tuple[time, time, Decimal], ...]] = {
    Pattern.MORNING_AND_AFTERNOON: (_MORNING, _AFTERNOON),
    Pattern.WHOLE_DAY: ((time(9), time(17), Decimal(1)),),
    Pattern.HALF_DAY: (_MORNING,),
}


@dataclass(frozen=True)
class SessionPlan:
    """A session as the layout proposes it; `day_share` is its share of a day."""

    starts_at: datetime
    ends_at: datetime
    timezone: str
    day_share: Decimal


def lay_out(first_day: date, days: int, pattern: Pattern, timezone: str) -> list[SessionPlan]:
    """The sessions of `days` consecutive days, at office hours of that time zone."""
    zone = ZoneInfo(timezone)
    return [
        SessionPlan(datetime.combine(day, starts, zone), datetime.combine(day, ends, zone), timezone, day_share)
        for day in (first_day + timedelta(days=number) for number in range(days))
        for starts, ends, day_share in BLOCKS[pattern]
    ]


class ClockProblem(StrEnum):
    """Why a wall clock time does not name one moment."""

    SKIPPED = "skipped"
    TWICE = "twice"


def clock_problem(day: date, at: time, timezone: str) -> ClockProblem | None:
    """Whether the clocks of that place skip this time of that day, or show it twice."""
    zone = ZoneInfo(timezone)
    typed = datetime.combine(day, at)
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return None
    shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    return ClockProblem.TWICE if shown == typed else ClockProblem.SKIPPED


MOST_SESSIONS = 60
LONGEST_SESSION = timedelta(hours=16)
LONGEST_PAUSE = timedelta(days=60)
MOST_SEATS = 100_000
MOST_ROWS_OF_PLACES = 60
LONGEST_OFFER = 60 * 24


def keeps_too_many(capacity: int | None, quotas: Mapping[int, int], parents: Mapping[int, int | None]) -> bool:
    """Whether quotas keep more places than there are: of the event, or of the quota that they stand in."""
    kept: dict[int | None, int] = {}
    for agency_id, places in quotas.items():
        above = parents.get(agency_id)
        while above is not None and above not in quotas:
            above = parents.get(above)
        kept[above] = kept.get(above, 0) + places
    most = {above: capacity if above is None else quotas[above] for above in kept}
    return any(most[above] is not None and places > (most[above] or 0) for above, places in kept.items())


class SessionProblem(StrEnum):
    """Why a session cannot stand in its event."""

    ENDS_BEFORE_START = "ends before start"
    TOO_LONG = "too long"
    ANOTHER_DAY = "ends on another day"
    FAR_FROM_PROJECT = "far from project"
    FAR_FROM_OTHERS = "far from others"
    OVERLAP = "overlap"


class SessionTimes(Protocol):
    """What the rules look at in a session; `place` is compared, whatever language it is in."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def timezone(self) -> str: ...
    @property
    def place(self) -> Mapping[str, str]: ...
    @property
    def is_cancelled(self) -> bool: ...


def problems_in_sessions(
    sessions: Sequence[SessionTimes], *, earliest: date, latest: date
) -> dict[int, SessionProblem]:
    """What is wrong, by the session's place in the list; at most one problem each.

    A session ends on the day it starts (midnight included); the first and last days bound it to its project;
    it is not more than 60 days from the rest of its event; two in one place do not overlap.
    """
    problems: dict[int, SessionProblem] = {}
    for number, session in enumerate(sessions):
        problem = _problem_alone(session, earliest, latest)
        if problem is not None:
            problems[number] = problem
    sound = [number for number in range(len(sessions)) if number not in problems]
    sound.sort(key=lambda number: sessions[number].starts_at)
    for number in _apart(sessions, sound):
        problems[number] = SessionProblem.FAR_FROM_OTHERS
    planned = [number for number in sound if not sessions[number].is_cancelled]
    for number in _overlapping(sessions, planned):
        problems.setdefault(number, SessionProblem.OVERLAP)
    return problems


def _problem_alone(session: SessionTimes, earliest: date, latest: date) -> SessionProblem | None:
    zone = ZoneInfo(session.timezone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    if session.ends_at <= session.starts_at:
        return SessionProblem.ENDS_BEFORE_START
    if session.ends_at - session.starts_at > LONGEST_SESSION:
        return SessionProblem.TOO_LONG
    if (ends - timedelta(microseconds=1)).date() != starts.date():
        return SessionProblem.ANOTHER_DAY
    if not earliest <= starts.date() <= latest:
        return SessionProblem.FAR_FROM_PROJECT
    return None


def _apart(sessions: Sequence[SessionTimes], in_order: list[int]) -> list[int]:
    """Those beyond a long pause: all but the largest run of sessions that follow each other closely."""
    runs: list[list[int]] = []
    for number in in_order:
        if not runs or sessions[number].starts_at - sessions[runs[-1][-1]].starts_at > LONGEST_PAUSE:
            runs.append([])
        runs[-1].append(number)
    main = max(runs, key=len, default=[])
    return [number for run in runs if run is not main for number in run]


def _overlapping(sessions: Sequence[SessionTimes], in_order: list[int]) -> list[int]:
    """Those that begin before another one in the same place has ended."""
    busy_until: dict[frozenset[tuple[str, str]], datetime] = {}
    found = []
    for number in in_order:
        session = sessions[number]
        place = frozenset(session.place.items())
        if place in busy_until and session.starts_at < busy_until[place]:
            found.append(number)
        busy_until[place] = max(session.ends_at, busy_until.get(place, session.ends_at))
    return found


def shifted(moment: datetime, days: int, timezone: str) -> datetime:
    """The same time on the wall clock, so many days later (or earlier)."""
    local = moment.astimezone(ZoneInfo(timezone))
    return datetime.combine(local.date() + timedelta(days=days), local.time(), ZoneInfo(timezone))


def days_until_again(first_day: date, today: date, *, ahead: int = 14) -> int:
    """How many days to move an event so that it falls on the same weekday, `ahead` or a few more days from today."""
    soonest = today + timedelta(days=ahead)
    return (soonest - first_day).days + (first_day.weekday() - soonest.weekday()) % 7


def slug_from(title: str, *, longest: int = 60) -> str:
    """A title as part of an address: Latin small letters, digits and dashes; "event" when nothing is left."""
    latin = unicodedata.normalize("NFKD", transliterate(title)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")
    if len(words) > longest:
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return words or "event"


LONGEST_TITLE = 200
_COPY = {"en": "(copy)", "mn": "(хуулбар)"}


def copied_title(title: Mapping[str, str]) -> dict[str, str]:
    """The title of a copy, in each language it has."""
    copied = {}
    for language, words in title.items():
        mark = _COPY.get(language, _COPY["en"])
        copied[language] = f"{words[: LONGEST_TITLE - len(mark) - 1].rstrip()} {mark}"
    return copied

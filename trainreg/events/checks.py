"""What must hold of an event before it is written; each failing check is a refusal with a sentence."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, func, select

from trainreg.agencies.models import Agency
from trainreg.events.details import EventDetails, SessionDetails
from trainreg.events.places import places_problems
from trainreg.events.refusals import (
    BadSessions,
    ClosesBeforeOpening,
    NoAgencyListed,
    NoTitle,
    TooManySessions,
    UnknownAgency,
    UnknownOutcome,
    UnknownTimezone,
    WrongCapacity,
    WrongDayShare,
    WrongThreshold,
)
from trainreg.events.rules import MOST_SEATS, MOST_SESSIONS, Audience, problems_in_sessions
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.programme.models import Outcome, Project

YEAR = timedelta(days=366)


def plausible_days(project: Project, today: date) -> tuple[date, date]:
    """The first and the last day on which an event of this project is not a slip of the keyboard.

    From a year before the project until two years after it, or after today for an event that is held again.
    """
    return project.starts_on - YEAR, max(project.ends_on or today, today) + 2 * YEAR


def event_problems(project: Project, details: EventDetails) -> Iterator[Refused]:
    """Everything that cannot be in these details, as refusals."""
    if not any(text.strip() for text in details.title.values()):
        yield NoTitle()
    if details.timezone not in clock.timezone_names():
        yield UnknownTimezone()
    if details.capacity is not None and not 1 <= details.capacity <= MOST_SEATS:
        yield WrongCapacity(most=f"{MOST_SEATS:,}")
    if not 0 <= details.threshold <= 1:
        yield WrongThreshold()
    yield from places_problems(details)
    if details.opens_at and details.closes_at and details.closes_at <= details.opens_at:
        yield ClosesBeforeOpening()
    if details.audience is Audience.LISTED_AGENCIES and not details.agency_ids:
        yield NoAgencyListed()
    if _count(select(func.count()).where(Agency.id.in_(details.agency_ids))) != len(details.agency_ids):
        yield UnknownAgency()
    of_project = select(func.count()).where(Outcome.project_id == project.id, Outcome.id.in_(details.outcome_ids))
    if _count(of_project) != len(details.outcome_ids):
        yield UnknownOutcome()


def ensure_event(project: Project, details: EventDetails) -> None:
    """Refuse details that cannot be."""
    for refusal in event_problems(project, details):
        raise refusal


def ensure_sessions(project: Project, sessions: Sequence[SessionDetails]) -> None:
    """Refuse sessions that cannot be, naming them."""
    if len(sessions) > MOST_SESSIONS:
        raise TooManySessions(most=MOST_SESSIONS)
    if any(session.timezone not in clock.timezone_names() for session in sessions):
        raise UnknownTimezone(field="sessions")
    if any(not 0 <= session.day_share <= 1 for session in sessions):
        raise WrongDayShare(field="sessions")
    earliest, latest = plausible_days(project, clock.now().date())
    problems = problems_in_sessions(sessions, earliest=earliest, latest=latest)
    if problems:
        raise BadSessions(problems, {"earliest": earliest.isoformat(), "latest": latest.isoformat()})


def _count(statement: Select[int]) -> int:
    return db.session.scalar(statement) or 0

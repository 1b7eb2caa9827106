"""What the desk needs to know first: what waits for a decision, what is next, how far an event has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, distinct, func, select, true

from trainreg.attendance.models import Attendance
from trainreg.attendance.unnamed import totals_of
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.events.models import Event, Session
from trainreg.events.rules import Admission, EventStatus, SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.queries import count_by_status_and_role
from trainreg.registration.rules import RegistrationRole, RegistrationStatus, seats_taken

ProjectIds = frozenset[int] | None


@dataclass(frozen=True)
class Progress:
    """How far one event has come, in counts of participants' registrations."""

    requested: int
    waitlisted: int
    confirmed: int
    seats: int
    sessions: int
    sessions_over: int
    sessions_marked: int
    certificates: int
    # Counted at sessions of which no list exists: beside the others, never added to them.
    unnamed: int


@dataclass(frozen=True)
class EventLine:
    """An event in a list at the desk."""

    event: Event
    starts_at: datetime | None
    ends_at: datetime | None
    confirmed: int
    undecided: int


def progress_of(event: Event) -> Progress:
    """Counts for the overview of one event."""
    counts = count_by_status_and_role(event.id)
    participants = {
        status: sum(n for (one, role), n in counts.items() if one is status and role is RegistrationRole.PARTICIPANT)
        for status in RegistrationStatus
    }
    planned = event.planned_sessions
    planned_ids = {session.id for session in planned}
    marked = select(func.count(distinct(Attendance.session_id))).join(Session).where(Session.event_id == event.id)
    issued = (
        select(func.count())
        .select_from(Certificate)
        .join(Registration)
        .where(Registration.event_id == event.id, Certificate.state == CertificateState.ISSUED)
    )
    return Progress(
        requested=participants[RegistrationStatus.REQUESTED],
        waitlisted=participants[RegistrationStatus.WAITLISTED],
        confirmed=participants[RegistrationStatus.CONFIRMED],
        seats=seats_taken((status, role, count) for (status, role), count in counts.items()),
        sessions=len(planned),
        sessions_over=sum(session.ends_at <= clock.now() for session in planned),
        sessions_marked=db.session.scalar(marked) or 0,
        certificates=db.session.scalar(issued) or 0,
        unnamed=sum(people for session_id, people in totals_of(event).items() if session_id in planned_ids),
    )


def list_event_lines(project_ids: ProjectIds, *, limit: int = 30) -> list[EventLine]:
    """The events under way, coming or lately over in these projects (None: all), by date; drafts without date first."""
    first, last = func.min(Session.starts_at), func.max(Session.ends_at)
    rows = db.session.execute(
        select(Event, first, last)
        .outerjoin(Session, (Session.event_id == Event.id) & (Session.status == SessionStatus.PLANNED))
        .where(_in_projects(project_ids), Event.status != EventStatus.CANCELLED)
        .group_by(Event.id)
        .order_by(first.is_not(None), first.desc(), Event.id.desc())
        .limit(limit)
    ).all()
    counts = _count_by_event([event.id for event, _first, _last in rows])
    return [
        EventLine(
            event,
            starts_at,
            ends_at,
            counts.get((event.id, RegistrationStatus.CONFIRMED), 0),
            counts.get((event.id, RegistrationStatus.REQUESTED), 0),
        )
        for event, starts_at, ends_at in rows
    ]


def list_open_events(*, limit: int = 4) -> Sequence[Event]:
    """Public events that take registrations and have not begun, the soonest first."""
    first = func.min(Session.starts_at)
    now = clock.now()
    return db.session.scalars(
        select(Event)
        .join(Session)
        .where(Event.status == EventStatus.OPEN, Event.admission == Admission.OPEN)
        .where(Session.status == SessionStatus.PLANNED)
        .where((Event.closes_at.is_(None)) | (Event.closes_at > now))
        .group_by(Event.id)
        .having(first > now)
        .order_by(first)
        .limit(limit)
    ).all()


def _in_projects(project_ids: ProjectIds) -> ColumnElement[bool]:
    return true() if project_ids is None else Event.project_id.in_(project_ids)


def _count_by_event(event_ids: Collection[int]) -> dict[tuple[int, RegistrationStatus], int]:
    rows = db.session.execute(
        select(Registration.event_id, Registration.status, func.count())
        .where(Registration.event_id.in_(event_ids), Registration.role == RegistrationRole.PARTICIPANT)
        .group_by(Registration.event_id, Registration.status)
    )
    return {(event_id, status): count for event_id, status, count in rows}

"""Who of an agency came to an event."""

from sqlalchemy import func, select

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, counts_as_attended
from trainreg.events.models import Event, Session
from trainreg.events.rules import SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

_CAME = [state for state in AttendanceState if counts_as_attended(state)]


def sessions_over(event: Event) -> int:
    """How many of its planned sessions have begun: so many one could have come to."""
    return sum(session.starts_at <= clock.now() for session in event.planned_sessions)


def attended_of(event: Event, agency_ids: frozenset[int]) -> dict[int, int]:
    """How many planned sessions each of these agencies' people came to, by registration."""
    rows = db.session.execute(
        select(Attendance.registration_id, func.count())
        .join(Registration, Registration.id == Attendance.registration_id)
        .join(Session, Session.id == Attendance.session_id)
        .where(Registration.event_id == event.id, Registration.agency_id.in_(agency_ids))
        .where(Attendance.state.in_(_CAME), Session.status == SessionStatus.PLANNED)
        .group_by(Attendance.registration_id)
    )
    return dict(rows.all())

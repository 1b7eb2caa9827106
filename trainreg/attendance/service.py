"""Mark attendance."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.audit import service as audit
from trainreg.events.models import Session
from trainreg.events.rules import SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.refusals import Refused
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

audit.describes(
    {
        "attendance.marked": _l("Session %(session)s: %(state)s"),
        "attendance.cleared": _l("Session %(session)s: mark taken back"),
    }
)


class NotConfirmed(Refused):
    """Attendance is taken of confirmed people."""

    sentence = _l("Attendance is taken of confirmed people only.")


class WrongSession(Refused):
    """The session belongs to another event, or is cancelled."""

    sentence = _l("This session belongs to another event, or was cancelled.")


class MarkedMeanwhile(Refused):
    """Two people marked the same cell at the same moment."""

    sentence = _l("Somebody else marked this at the same time. Reload the page.")


def find_mark(registration: Registration, session: Session) -> Attendance | None:
    """What is known of this person at this session."""
    return db.session.scalar(
        select(Attendance).where(Attendance.registration_id == registration.id, Attendance.session_id == session.id)
    )


def mark(
    registration: Registration,
    session: Session,
    state: AttendanceState | None,
    *,
    by: Actor,
    source: Source = Source.DESK,
    at: datetime | None = None,
) -> Attendance | None:
    """Set what is known of one person at one session; None takes the mark back. The same mark twice is one mark."""
    if session.event_id != registration.event_id or session.status is SessionStatus.CANCELLED:
        raise WrongSession
    if registration.status is not RegistrationStatus.CONFIRMED:
        raise NotConfirmed
    known = find_mark(registration, session)
    if (known.state if known else None) is state:
        return known
    project_id = registration.event.project_id
    if state is None:
        db.session.delete(known)
        audit.record("attendance.cleared", registration, by=by, project_id=project_id, at=at, session=session.id)
        return None
    if known is None:
        known = Attendance(registration_id=registration.id, session_id=session.id)
        db.session.add(known)
    known.state, known.source, known.marked_at, known.marked_by_id = state, source, at or clock.now(), by.user_id
    flush_or_refuse(MarkedMeanwhile())
    audit.record(
        "attendance.marked", registration, by=by, project_id=project_id, at=at, session=session.id, state=state.value
    )
    return known

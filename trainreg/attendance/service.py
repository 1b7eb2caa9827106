"""Mark attendance."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from trainreg.attendance.models import Attendance
from trainreg.attendance.queries import list_marks
from trainreg.attendance.rules import AttendanceState, Source, may_mark
from trainreg.audit import service as audit
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

audit.describes(
    {
        "attendance.present": _l("Present at the session of %(session)s"),
        "attendance.late": _l("Late for the session of %(session)s"),
        "attendance.excused": _l("Excused from the session of %(session)s"),
        "attendance.absent": _l("Absent from the session of %(session)s"),
        "attendance.cleared": _l("Attendance mark for the session of %(session)s taken back"),
    }
)

Cell = tuple[int, int]  # the keys of a registration and of a session


class NotConfirmed(Refused):
    """Attendance is taken of confirmed people."""

    sentence = _l("Attendance is taken of confirmed people only, and %(name)s is not confirmed.")


class WrongSession(Refused):
    """The session belongs to another event, or is cancelled."""

    sentence = _l("This session belongs to another event, or was cancelled.")


class TooEarly(Refused):
    """Nobody can have come to a session that is days away."""

    sentence = _l(
        "The session of %(session)s has not begun. Attendance can be taken from 12 hours before it; "
        "until then people can only be excused."
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
    mark_many(registration.event, {(registration.id, session.id): state}, by=by, source=source, at=at)
    return list_marks([registration.id]).get((registration.id, session.id))


def mark_many(
    event: Event,
    marks: Mapping[Cell, AttendanceState | None],
    *,
    by: Actor,
    source: Source = Source.DESK,
    at: datetime | None = None,
) -> int:
    """Set many cells of an event's grid, all or none; returns how many changed. What stands already is left alone."""
    moment = at or clock.now()
    sessions = {session.id: session for session in event.planned_sessions}
    registrations = _lock_registrations(event, {registration_id for registration_id, _session in marks})
    known = list_marks(registrations)
    new: list[dict[str, Any]] = []
    notes = []
    for cell, state in marks.items():
        registration, session = registrations.get(cell[0]), sessions.get(cell[1])
        if registration is None:
            raise NotFound
        if session is None:
            raise WrongSession
        mark_now = known.get(cell)
        if (mark_now.state if mark_now else None) is state:
            continue
        _ensure_may_mark(registration, session, state, at=moment)
        values = {"state": state, "source": source, "marked_at": moment, "marked_by_id": by.user_id}
        if state is None:
            db.session.delete(mark_now)
        elif mark_now is None:
            new.append({"registration_id": cell[0], "session_id": cell[1], **values})
        else:
            _change(mark_now, values)
        notes.append((f"attendance.{state or 'cleared'}", registration, {"session": label_of(session)}))
    if new:
        db.session.execute(insert(Attendance), new)
    audit.record_each(notes, by=by, project_id=event.project_id, at=at)
    return len(notes)


def mark_rest_present(event: Event, session: Session, *, by: Actor) -> int:
    """Mark everybody present at a session of whom nothing is known yet; returns how many."""
    confirmed = select(Registration.id).where(
        Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED
    )
    marked = select(Attendance.registration_id).where(Attendance.session_id == session.id)
    unmarked = db.session.scalars(confirmed.where(Registration.id.not_in(marked)).order_by(Registration.id))
    present = AttendanceState.PRESENT
    return mark_many(event, {(registration_id, session.id): present for registration_id in unmarked}, by=by)


def label_of(session: Session) -> str:
    """A session in histories: its day and hour on the wall clock of its place, such as 2013-03-05 09:00."""
    return f"{clock.local(session.starts_at, session.timezone):%Y-%m-%d %H:%M}"


def _lock_registrations(event: Event, registration_ids: Collection[int]) -> dict[int, Registration]:
    """Hold these registrations to the end of the transaction: two marks of one person come one after the other."""
    statement = (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.id.in_(list(registration_ids)))
        .order_by(Registration.id)  # everybody locks in the same order, so nobody waits in a circle
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {registration.id: registration for registration in db.session.scalars(statement)}


def _ensure_may_mark(
    registration: Registration, session: Session, state: AttendanceState | None, *, at: datetime
) -> None:
    if registration.status is not RegistrationStatus.CONFIRMED:
        raise NotConfirmed(name=registration.person.name)
    if not may_mark(state, now=at, starts_at=session.starts_at):
        raise TooEarly(session=label_of(session))


def _change(known: Attendance, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(known, name, value)

"""Events that have happened, and people who were there."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from tests import factories as make
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.programme.models import Project
from trainreg.registration.models import Registration


def past_event(project: Project, **values: Any) -> Event:
    """Two days in March 2026, a morning and an afternoon of three hours each."""
    return make.event(project, days=2, starts=datetime(2026, 3, 10, 1, 0, tzinfo=UTC), **values)


def two_events(people: int) -> list[Event]:
    """Two events of one project, whose numbers come from one counter; so many people have earned one at each."""
    project = make.project(code="RUSH")
    events = [past_event(project) for _ in range(2)]
    for event in events:
        for _ in range(people):
            attend(make.registration(event), 4)
    return events


def attend(registration: Registration, sessions: int, state: AttendanceState = AttendanceState.PRESENT) -> None:
    """Mark the first so many sessions of the event."""
    for session in registration.event.sessions[:sessions]:
        mark = db.session.scalar(
            select(Attendance).where(Attendance.registration_id == registration.id, Attendance.session_id == session.id)
        )
        if mark is None:
            mark = Attendance(registration_id=registration.id, session_id=session.id, source=Source.DESK)
            db.session.add(mark)
        mark.state, mark.marked_at = state, make.NOW
    db.session.commit()

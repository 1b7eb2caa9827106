"""Who was there: the grid of an event, people by sessions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, counts_as_attended, is_open_for_marks
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

States = Mapping[int, AttendanceState]


@dataclass(frozen=True)
class GridRow:
    """One person of the grid; `states` by session, those without a mark left out."""

    registration: Registration
    states: States

    @property
    def attended(self) -> int:
        return sum(map(counts_as_attended, self.states.values()))


@dataclass(frozen=True)
class Grid:
    """An event's confirmed people by its planned sessions."""

    event: Event
    sessions: Sequence[Session]
    rows: Sequence[GridRow]

    def attended(self, session: Session) -> int:
        """How many came to the session."""
        return sum(counts_as_attended(row.states.get(session.id)) for row in self.rows)

    def unmarked(self, session: Session) -> int:
        """Of how many nothing is known yet."""
        return sum(session.id not in row.states for row in self.rows)

    def is_open(self, session: Session) -> bool:
        """Whether attendance of the session can be taken by now."""
        return is_open_for_marks(now=clock.now(), starts_at=session.starts_at)

    @property
    def not_yet_open(self) -> list[Session]:
        """The sessions that are too far ahead for attendance."""
        return [session for session in self.sessions if not self.is_open(session)]

    def find_row(self, registration_id: int) -> GridRow | None:
        """The row of one person."""
        return next((row for row in self.rows if row.registration.id == registration_id), None)


def grid_of(event: Event) -> Grid:
    """The whole grid, people by name; the number of queries does not depend on how many they are."""
    registrations = _list_confirmed(event.id)
    states: dict[int, dict[int, AttendanceState]] = {registration.id: {} for registration in registrations}
    marks = db.session.execute(
        select(Attendance.registration_id, Attendance.session_id, Attendance.state)
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED)
    )
    for registration_id, session_id, state in marks:
        states[registration_id][session_id] = state
    sessions = event.planned_sessions
    planned = {session.id for session in sessions}
    rows = [
        GridRow(one, {session_id: state for session_id, state in states[one.id].items() if session_id in planned})
        for one in registrations
    ]
    return Grid(event, sessions, rows)


def get_session(event: Event, session_id: int) -> Session:
    """A planned session of that event; raises NotFound."""
    for session in event.planned_sessions:
        if session.id == session_id:
            return session
    raise NotFound


def list_marks(registration_ids: Collection[int]) -> dict[tuple[int, int], Attendance]:
    """Every mark of these registrations, by registration and session."""
    marks = db.session.scalars(select(Attendance).where(Attendance.registration_id.in_(list(registration_ids))))
    return {(mark.registration_id, mark.session_id): mark for mark in marks}


def count_attended(registration_ids: Collection[int]) -> dict[int, int]:
    """How many sessions each of these registrations attended; those that attended none are left out."""
    attended = (one for (one, _session), mark in list_marks(registration_ids).items() if counts_as_attended(mark.state))
    return Counter(attended)


def _list_confirmed(event_id: int) -> Sequence[Registration]:
    statement = (
        select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person), joinedload(Registration.agency))
        .where(Registration.event_id == event_id, Registration.status == RegistrationStatus.CONFIRMED)
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )
    return db.session.scalars(statement).all()

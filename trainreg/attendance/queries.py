"""Who was there: the grid of an event, people by sessions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from trainreg.agencies.models import Agency
from trainreg.attendance.models import Attendance, AttendanceBatch, AttendanceChange, says_the_same
from trainreg.attendance.rules import (
    FROM_SCANS,
    UNDO_OFFERED,
    AttendanceState,
    Mark,
    counts_as_attended,
    is_open_for_marks,
)
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.locale import tr

States = Mapping[int, AttendanceState]


@dataclass(frozen=True)
class GridRow:
    """One person of the grid; `marks` by session, those without a mark left out."""

    registration: Registration
    marks: Mapping[int, Mark]

    @cached_property
    def states(self) -> States:
        return {session_id: mark.state for session_id, mark in self.marks.items()}

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

    @property
    def agencies(self) -> list[Agency]:
        """The agencies of the people on the grid, by name."""
        found = {row.registration.agency_id: row.registration.agency for row in self.rows}
        return sorted(found.values(), key=lambda agency: tr(agency.name).casefold())

    def find_row(self, registration_id: int) -> GridRow | None:
        """The row of one person."""
        return next((row for row in self.rows if row.registration.id == registration_id), None)


def grid_of(event: Event) -> Grid:
    """The whole grid, people by name; the number of queries does not depend on how many they are."""
    registrations = list_confirmed(event.id)
    marks: dict[int, dict[int, Mark]] = {registration.id: {} for registration in registrations}
    sessions = event.planned_sessions
    planned = {session.id for session in sessions}
    found = db.session.execute(
        select(
            Attendance.registration_id,
            Attendance.session_id,
            Attendance.state,
            Attendance.late_minutes,
            Attendance.left_early_minutes,
        )
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED)
    )
    for registration_id, session_id, state, late, left_early in found:
        if session_id in planned:
            marks[registration_id][session_id] = Mark(state, late, left_early)
    return Grid(event, sessions, [GridRow(one, marks[one.id]) for one in registrations])


def get_session(event: Event, session_id: int) -> Session:
    """A planned session of that event; raises NotFound."""
    for session in event.planned_sessions:
        if session.id == session_id:
            return session
    raise NotFound


def list_marks(registration_ids: Collection[int]) -> dict[tuple[int, int], Attendance]:
    """Every mark of these registrations, by registration and session, as it stands now."""
    statement = select(Attendance).where(Attendance.registration_id.in_(list(registration_ids)))
    marks = db.session.scalars(statement.execution_options(populate_existing=True))
    return {(mark.registration_id, mark.session_id): mark for mark in marks}


def count_attended(registration_ids: Collection[int]) -> dict[int, int]:
    """How many sessions each of these registrations attended; those that attended none are left out."""
    attended = (one for (one, _session), mark in list_marks(registration_ids).items() if counts_as_attended(mark.state))
    return Counter(attended)


@dataclass(frozen=True)
class LastAction:
    """What an account did last to the marks of an event, and how many of them that changed."""

    batch_id: int
    at: datetime
    changes: int


def find_last_action(event_id: int, user_id: int | None) -> LastAction | None:
    """The last action of this account that changed marks of the event, within a day, no undoing and not undone."""
    taken_back = aliased(AttendanceBatch)
    changed = (AttendanceChange.batch_id == AttendanceBatch.id) & ~says_the_same(AttendanceChange)
    changes = select(func.count()).where(changed).correlate(AttendanceBatch)
    statement = (
        select(AttendanceBatch.id, AttendanceBatch.at, changes.scalar_subquery())
        .where(
            AttendanceBatch.event_id == event_id,
            AttendanceBatch.user_id == user_id,
            AttendanceBatch.at > clock.now() - UNDO_OFFERED,
            AttendanceBatch.undoes_id.is_(None),
            select(AttendanceChange.id).where(changed).exists(),
            ~select(taken_back.id).where(taken_back.undoes_id == AttendanceBatch.id).exists(),
        )
        .order_by(AttendanceBatch.id.desc())
        .limit(1)
    )
    found = db.session.execute(statement).first() if user_id is not None else None
    return LastAction(*found) if found else None


def get_batch(event: Event, batch_id: int) -> AttendanceBatch:
    """An action on the marks of that event; raises NotFound."""
    batch = db.session.get(AttendanceBatch, batch_id)
    if batch is None or batch.event_id != event.id:
        raise NotFound
    return batch


def list_later_changes(batch: AttendanceBatch) -> set[tuple[int, int]]:
    """The cells of an action that somebody changed or confirmed after it; what was undone since does not count.

    A confirming scan does, whatever was undone: the person came through the door.
    """
    later, undoing = aliased(AttendanceChange), aliased(AttendanceBatch)
    undone = select(undoing.id).where(undoing.undoes_id == later.batch_id).exists()
    own, scanned = aliased(AttendanceBatch), says_the_same(later) & later.to_source.in_(FROM_SCANS)
    statement = (
        select(later.registration_id, later.session_id)
        .join(
            AttendanceChange,
            (AttendanceChange.registration_id == later.registration_id)
            & (AttendanceChange.session_id == later.session_id),
        )
        .join(own, own.id == later.batch_id)
        .where(
            AttendanceChange.batch_id == batch.id, later.batch_id > batch.id, own.undoes_id.is_(None), ~undone | scanned
        )
    )
    return {(registration_id, session_id) for registration_id, session_id in db.session.execute(statement)}


def list_changes_of(registration_id: int) -> Sequence[AttendanceChange]:
    """The ledger of one registration, the newest first, with who did it."""
    statement = (
        select(AttendanceChange)
        .join(AttendanceChange.batch)
        .options(contains_eager(AttendanceChange.batch))
        .where(AttendanceChange.registration_id == registration_id)
        .order_by(AttendanceChange.id.desc())
    )
    return db.session.scalars(statement).all()


def list_confirmed(event_id: int, among: Collection[int] | None = None) -> Sequence[Registration]:
    """Confirmed people in the order of every list of an event; with `among`, of these registrations alone."""
    statement = (
        select(Registration)
        .join(Registration.person)
        .options(contains_eager(Registration.person), joinedload(Registration.agency))
        .where(Registration.event_id == event_id, Registration.status == RegistrationStatus.CONFIRMED)
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )
    if among is not None:
        statement = statement.where(Registration.id.in_(among))
    return db.session.scalars(statement).all()

"""Mark who was there."""

from datetime import timedelta

import pytest
from sqlalchemy import event as sql
from sqlalchemy import func, select

from tests import factories as make
from tests.factories import STAFF
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.queries import grid_of
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.attendance.service import NotConfirmed, TooEarly, WrongSession, mark, mark_many, mark_rest_present
from trainreg.audit.models import AuditEntry
from trainreg.audit.queries import history_of
from trainreg.events.models import Event, Session
from trainreg.events.rules import SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

S = AttendanceState


def count(model: type[Attendance] | type[AuditEntry]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_mark_says_who_was_there_by_whom_and_how(bolor: Registration, first: Session, world: World) -> None:
    marked = mark(bolor, first, S.PRESENT, by=world.trainer.actor())
    assert marked is not None
    assert (marked.state, marked.source, marked.marked_by_id) == (S.PRESENT, Source.DESK, world.trainer.id)


def test_the_same_mark_twice_is_one_mark_and_one_line_of_history(bolor: Registration, first: Session) -> None:
    for _ in range(2):
        mark(bolor, first, S.PRESENT, by=STAFF)
    assert count(Attendance) == 1
    assert len(history_of(bolor)) == 1


def test_a_mark_can_be_changed_and_taken_back(bolor: Registration, first: Session) -> None:
    mark(bolor, first, S.PRESENT, by=STAFF)
    changed = mark(bolor, first, S.LATE, by=STAFF)
    assert changed is not None and changed.state is S.LATE
    assert mark(bolor, first, None, by=STAFF) is None
    assert count(Attendance) == 0


def test_history_names_the_session_by_its_day_and_hour_on_the_spot(bolor: Registration, first: Session) -> None:
    mark(bolor, first, S.EXCUSED, by=STAFF)
    mark(bolor, first, None, by=STAFF)
    label = f"{clock.local(first.starts_at, 'Asia/Ulaanbaatar'):%Y-%m-%d %H:%M}"
    assert [line.sentence for line in history_of(bolor)] == [
        f"Attendance mark for the session of {label} taken back",
        f"Excused from the session of {label}",
    ]


def test_a_session_of_another_event_is_refused(bolor: Registration, world: World) -> None:
    with pytest.raises(WrongSession):
        mark(bolor, world.other_event.sessions[0], S.EXCUSED, by=STAFF)


def test_a_cancelled_session_is_refused(bolor: Registration, first: Session) -> None:
    first.status = SessionStatus.CANCELLED
    with pytest.raises(WrongSession):
        mark(bolor, first, S.PRESENT, by=STAFF)


def test_a_registration_of_another_event_is_not_found(training: Event, first: Session, world: World) -> None:
    stranger = make.registration(world.other_event, world.tuya)
    with pytest.raises(NotFound):
        mark_many(training, {(stranger.id, first.id): S.PRESENT}, by=STAFF)


@pytest.mark.parametrize("status", [one for one in RegistrationStatus if one is not RegistrationStatus.CONFIRMED])
def test_only_confirmed_people_are_marked(bolor: Registration, first: Session, status: RegistrationStatus) -> None:
    bolor.status = status
    with pytest.raises(NotConfirmed, match="Батын Болор is not confirmed"):
        mark(bolor, first, S.PRESENT, by=STAFF)


@pytest.mark.parametrize("state", [S.PRESENT, S.LATE, S.ABSENT])
def test_nobody_is_there_days_before(bolor: Registration, training: Event, state: AttendanceState) -> None:
    far = make.session(training, clock.now() + timedelta(hours=12, minutes=1))
    with pytest.raises(TooEarly, match="12 hours"):
        mark(bolor, far, state, by=STAFF)


def test_people_can_be_excused_in_advance(bolor: Registration, training: Event) -> None:
    far = make.session(training, clock.now() + timedelta(days=3))
    marked = mark(bolor, far, S.EXCUSED, by=STAFF)
    assert marked is not None
    assert mark(bolor, far, None, by=STAFF) is None


def test_attendance_can_be_taken_from_twelve_hours_before(bolor: Registration, training: Event) -> None:
    near = make.session(training, clock.now() + timedelta(hours=11, minutes=59))
    assert mark(bolor, near, S.PRESENT, by=STAFF) is not None


def test_many_marks_are_all_or_none(
    training: Event, bolor: Registration, tuya: Registration, first: Session, world: World
) -> None:
    tuya.status = RegistrationStatus.CANCELLED
    db.session.commit()
    with pytest.raises(NotConfirmed):
        mark_many(training, {(bolor.id, first.id): S.PRESENT, (tuya.id, first.id): S.PRESENT}, by=STAFF)
    db.session.rollback()
    assert count(Attendance) == 0


def test_only_what_changes_is_written(training: Event, bolor: Registration, tuya: Registration, first: Session) -> None:
    marks: dict[tuple[int, int], AttendanceState | None]
    marks = {(bolor.id, first.id): S.PRESENT, (tuya.id, first.id): S.LATE}
    assert mark_many(training, marks, by=STAFF) == 2
    db.session.commit()
    before = count(AuditEntry)
    assert mark_many(training, {**marks, (tuya.id, first.id): S.PRESENT}, by=STAFF) == 1
    assert count(AuditEntry) == before + 1


def test_statements_do_not_grow_with_the_number_of_marks(training: Event) -> None:
    people = [make.registration(training) for _ in range(30)]
    cells = [(one.id, session.id) for one in people for session in training.sessions]
    few, many = dict.fromkeys(cells[:4], S.PRESENT), dict.fromkeys(cells[4:], S.PRESENT)
    assert statements_of(training, few) == statements_of(training, many)


def test_the_rest_present_leaves_what_is_known(
    training: Event, bolor: Registration, tuya: Registration, first: Session
) -> None:
    mark(bolor, first, S.ABSENT, by=STAFF)
    assert mark_rest_present(training, first, by=STAFF) == 1
    assert mark_rest_present(training, first, by=STAFF) == 0
    grid = grid_of(training)
    assert {row.registration.id: row.states[first.id] for row in grid.rows} == {bolor.id: S.ABSENT, tuya.id: S.PRESENT}
    assert grid.attended(first) == 1 and grid.unmarked(first) == 0


def statements_of(training: Event, marks: dict[tuple[int, int], AttendanceState]) -> int:
    """How many statements it takes to write these marks."""
    seen: list[str] = []
    connection = db.session.connection()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sql.listen(connection, "before_cursor_execute", note)
    try:
        mark_many(training, {**marks}, by=STAFF)
        db.session.flush()
    finally:
        sql.remove(connection, "before_cursor_execute", note)
    return len(seen)

"""Any sequence of marks and undos leaves what the ledger, read from its start, says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.factories import STAFF
from tests.world import World
from trainreg.attendance.models import Attendance, AttendanceBatch, AttendanceChange
from trainreg.attendance.queries import find_last_action, get_batch
from trainreg.attendance.rules import AttendanceState, Mark, Source
from trainreg.attendance.service import ChangedSince, NotTheLast, UndoneAlready, mark_many, undo
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.registration.models import Registration

Known = dict[tuple[int, int], tuple[Mark, Source]]
MARKS = st.one_of(
    st.none(),
    st.sampled_from(AttendanceState),
    st.builds(Mark, st.sampled_from(AttendanceState), st.integers(0, 60), st.integers(0, 60)),
)
CELLS = st.dictionaries(st.tuples(st.integers(0, 1), st.integers(0, 2)), MARKS, min_size=1, max_size=4)
STEPS = st.lists(st.one_of(st.tuples(CELLS, st.sampled_from(Source), st.integers(0, 1)), st.integers(0, 9)), max_size=9)


def replayed() -> Known:
    """What the ledger says, line by line; each line must begin where the one before it ended."""
    known: Known = {}
    for line in db.session.scalars(select(AttendanceChange).order_by(AttendanceChange.id)):
        cell = (line.registration_id, line.session_id)
        before = known.pop(cell, None)
        assert (line.before, line.from_source) == (before or (None, None))
        if line.is_confirmation and before is not None:
            known[cell] = before
            continue
        if line.after is not None:
            assert line.to_source is not None
            known[cell] = (line.after, line.to_source)
    return known


def standing() -> Known:
    return {
        (one.registration_id, one.session_id): (one.mark, one.source) for one in db.session.scalars(select(Attendance))
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_replayed_is_the_attendance(
    training: Event, bolor: Registration, tuya: Registration, world: World, steps: list[object]
) -> None:
    accounts = (world.trainer.actor(), world.organizer.actor())
    people, sessions = (bolor.id, tuya.id), [session.id for session in training.sessions]
    with db.session.begin_nested() as try_out:
        for step in steps:
            before = standing()
            if isinstance(step, tuple):
                cells, source, account = step
                marks = {(people[who], sessions[at]): mark for (who, at), mark in cells.items()}
                mark_many(training, marks, by=accounts[account], source=source)
                db.session.flush()
            else:
                number = int(str(step))
                by = accounts[number % 2]
                last = find_last_action(training.id, by.user_id)
                batches = db.session.scalars(select(AttendanceBatch).order_by(AttendanceBatch.id)).all()
                if batches:
                    batch = get_batch(training, last.batch_id) if last and number < 8 else batches[-1]
                    try:
                        undo(training, batch, by=by)
                    except (ChangedSince, NotTheLast, UndoneAlready, NotFound):
                        assert standing() == before, "a refused undo changes nothing"
                    db.session.flush()
            db.session.expire_all()
            assert replayed() == standing()
        try_out.rollback()


@pytest.mark.parametrize("again", [1, 2])
def test_what_stands_already_is_no_action(training: Event, bolor: Registration, again: int) -> None:
    cell = (bolor.id, training.sessions[0].id)
    for _ in range(again):
        mark_many(training, {cell: AttendanceState.PRESENT}, by=STAFF)
    assert len(db.session.scalars(select(AttendanceBatch)).all()) == 1

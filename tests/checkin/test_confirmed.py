"""Whoever was scanned stays present, also when the press that marked them first is undone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.checkin.conftest import Hand, scan
from tests.world import World
from trainreg.attendance.models import AttendanceChange
from trainreg.attendance.queries import find_last_action, get_batch, list_marks
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.attendance.service import ChangedSince, mark_rest_present, undo
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


@pytest.mark.parametrize("late", [False, True], ids=["the same mark", "late by the clock of the door"])
@pytest.mark.parametrize("who", ["organizer", "trainer"])
def test_a_scan_confirms_what_a_press_said(
    door: Hand, training: Event, bolor: Registration, morning: Session, world: World, who: str, late: bool
) -> None:
    morning.starts_at -= timedelta(minutes=30 if late else 0)
    presser = getattr(world, who)
    mark_rest_present(training, morning, by=presser.actor())
    db.session.commit()
    for _ in range(2):
        [said] = door(scan(bolor, at=clock.now() - timedelta(minutes=1)))
        assert said["code"] == "already_in"
    last = find_last_action(training.id, presser.id)
    assert last is not None
    with pytest.raises(ChangedSince, match="Болор"):
        undo(training, get_batch(training, last.batch_id), by=presser.actor())
    marked = list_marks([bolor.id])[bolor.id, morning.id]
    assert (marked.state, marked.source) == (AttendanceState.PRESENT, Source.DESK)
    lines = db.session.scalars(select(AttendanceChange).order_by(AttendanceChange.id)).all()
    assert [(line.is_confirmation, line.to_source) for line in lines] == [(False, Source.DESK), (True, Source.QR)]

"""A mark that somebody else said too, or a sheet, is not undone by whoever said it first."""

import pytest
from sqlalchemy import select

from tests.attendance.test_grid import state
from tests.attendance.test_undo import LastOf
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import AttendanceChange
from trainreg.attendance.queries import find_last_action, list_marks
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.attendance.service import ChangedSince, mark, mark_many, mark_rest_present, undo
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

S = AttendanceState


@pytest.fixture
def last(training: Event, world: World) -> type[LastOf]:
    LastOf.event, LastOf.user_id = training, world.trainer.id
    return LastOf


def lines() -> int:
    return len(db.session.scalars(select(AttendanceChange)).all())


@pytest.mark.parametrize("source", [Source.DESK, Source.SHEET])
def test_what_another_account_said_too_stands(
    training: Event,
    bolor: Registration,
    tuya: Registration,
    first: Session,
    world: World,
    last: type[LastOf],
    source: Source,
) -> None:
    mark_rest_present(training, first, by=world.trainer.actor())
    assert mark_many(training, {(bolor.id, first.id): S.PRESENT}, by=world.organizer.actor(), source=source) == 0
    with pytest.raises(ChangedSince, match="Болор"):
        undo(training, last.batch(), by=world.trainer.actor())
    assert (state(bolor, first), state(tuya, first)) == (S.PRESENT, S.PRESENT)
    assert list_marks([bolor.id])[bolor.id, first.id].source is Source.DESK
    assert find_last_action(training.id, world.organizer.id) is None, "there is nothing to undo in it"


def test_saying_it_again_and_again_is_one_line(
    training: Event, bolor: Registration, first: Session, world: World
) -> None:
    mark(bolor, first, S.PRESENT, by=world.trainer.actor())
    mark(bolor, first, S.PRESENT, by=world.trainer.actor())
    assert lines() == 1
    for _ in range(3):
        mark(bolor, first, S.PRESENT, by=world.trainer.actor(), source=Source.SHEET)
        mark(bolor, first, S.PRESENT, by=world.organizer.actor(), source=Source.SHEET)
    assert lines() == 3
    for said in (S.ABSENT, S.PRESENT):
        mark(bolor, first, said, by=world.trainer.actor())
    mark(bolor, first, S.PRESENT, by=world.organizer.actor(), source=Source.SHEET)
    assert lines() == 6, "a mark set anew is confirmed anew"


def test_undoing_an_action_leaves_what_it_confirmed(
    training: Event, bolor: Registration, tuya: Registration, first: Session, world: World, last: type[LastOf]
) -> None:
    mark(bolor, first, S.PRESENT, by=world.organizer.actor())
    mark_many(training, {(one.id, first.id): S.PRESENT for one in (bolor, tuya)}, by=world.trainer.actor())
    found = find_last_action(training.id, world.trainer.id)
    assert found is not None and found.changes == 1
    assert undo(training, last.batch(), by=world.trainer.actor()) == 1
    assert (state(bolor, first), state(tuya, first)) == (S.PRESENT, None)


def test_the_history_tells_who_said_it_again(desk: Pages, bolor: Registration, first: Session, world: World) -> None:
    mark(bolor, first, S.PRESENT, by=world.trainer.actor())
    mark(bolor, first, S.PRESENT, by=world.organizer.actor(), source=Source.SHEET)
    db.session.commit()
    page = desk.get(f"/desk/events/{bolor.event.slug}/attendance/people/{bolor.reference}")
    assert "Present (said again)" in page.text and world.organizer.name in page.text

"""Take back what one did last, from the ledger."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.attendance.test_grid import address, control, press, state
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import AttendanceBatch, AttendanceChange
from trainreg.attendance.queries import find_last_action, get_batch, list_marks
from trainreg.attendance.rules import AttendanceState, Mark, Source
from trainreg.attendance.service import ChangedSince, NotTheLast, UndoneAlready, mark, mark_many, undo
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

S = AttendanceState


@pytest.fixture
def last(training: Event, world: World) -> "type[LastOf]":
    LastOf.event, LastOf.user_id = training, world.trainer.id
    return LastOf


class LastOf:
    """The trainer's last action on the training."""

    event: Event
    user_id: int

    @classmethod
    def batch(cls) -> AttendanceBatch:
        found = find_last_action(cls.event.id, cls.user_id)
        assert found is not None
        return get_batch(cls.event, found.batch_id)


def test_a_whole_action_is_taken_back_with_its_sources(
    training: Event, bolor: Registration, tuya: Registration, first: Session, world: World, last: type[LastOf]
) -> None:
    by = world.trainer.actor()
    mark(bolor, first, Mark(S.LATE, 15), by=by, source=Source.IMPORT)
    mark_many(training, {(bolor.id, first.id): S.ABSENT, (tuya.id, first.id): S.PRESENT}, by=by)
    assert undo(training, last.batch(), by=by) == 2
    marks = list_marks([bolor.id, tuya.id])
    assert {cell: (one.mark, one.source) for cell, one in marks.items()} == {
        (bolor.id, first.id): (Mark(S.LATE, 15), Source.IMPORT)
    }
    assert db.session.scalar(select(func.count()).select_from(AttendanceChange)) == 5


def test_going_back_goes_further_back_each_time(
    training: Event, bolor: Registration, first: Session, world: World, last: type[LastOf]
) -> None:
    by = world.trainer.actor()
    for said in (S.PRESENT, S.LATE, S.ABSENT):
        mark(bolor, first, said, by=by)
    for expected in (S.LATE, S.PRESENT, None):
        undo(training, last.batch(), by=by)
        assert state(bolor, first) is expected
    assert find_last_action(training.id, world.trainer.id) is None


def test_what_somebody_changed_since_is_left_alone(
    training: Event, bolor: Registration, tuya: Registration, first: Session, world: World, last: type[LastOf]
) -> None:
    mark_many(training, {(bolor.id, first.id): S.PRESENT, (tuya.id, first.id): S.PRESENT}, by=world.trainer.actor())
    for said in (S.ABSENT, S.PRESENT):  # back to the same mark: it was somebody else's word all the same
        mark(bolor, first, said, by=world.organizer.actor())
    with pytest.raises(ChangedSince, match="Болор"):
        undo(training, last.batch(), by=world.trainer.actor())
    assert state(tuya, first) is S.PRESENT


def test_nothing_is_taken_back_twice(
    training: Event, bolor: Registration, first: Session, world: World, last: type[LastOf]
) -> None:
    mark(bolor, first, S.PRESENT, by=world.trainer.actor())
    batch = last.batch()
    undo(training, batch, by=world.trainer.actor())
    with pytest.raises(UndoneAlready):
        undo(training, batch, by=world.trainer.actor())
    undoing = db.session.scalars(select(AttendanceBatch).where(AttendanceBatch.undoes_id == batch.id)).one()
    with pytest.raises(NotFound):
        undo(training, undoing, by=world.trainer.actor())


def test_what_was_done_long_ago_is_not_offered(
    training: Event, bolor: Registration, first: Session, world: World
) -> None:
    mark(bolor, first, S.PRESENT, by=world.trainer.actor(), at=clock.now() - timedelta(days=2))
    assert find_last_action(training.id, world.trainer.id) is None


def test_only_the_last_action_of_the_past_day_is_undone(
    training: Event, bolor: Registration, tuya: Registration, first: Session, world: World, last: type[LastOf]
) -> None:
    by = world.trainer.actor()
    mark(bolor, first, S.PRESENT, by=by)
    earlier = last.batch()
    mark(tuya, first, S.PRESENT, by=by)
    with pytest.raises(NotTheLast):
        undo(training, earlier, by=by)
    undo(training, last.batch(), by=by)
    with pytest.raises(NotTheLast):
        undo(training, earlier, by=world.organizer.actor())
    earlier.at = clock.now() - timedelta(days=2)
    with pytest.raises(NotTheLast):
        undo(training, earlier, by=by)
    assert state(bolor, first) is S.PRESENT


def test_the_desk_undoes_its_last_action_on_the_page(
    desk: Pages, training: Event, bolor: Registration, tuya: Registration, first: Session
) -> None:
    assert not desk.get(address(training)).find_all("input", name="batch")
    desk.post(address(training), {"everybody": str(first.id)})
    page = desk.get(address(training))
    assert "Undo my last action (2 marks" in page.text
    batch = page.value_of("batch")
    done = desk.post(f"{address(training)}/undo", {"batch": batch})
    assert done.status == 303 and "2 marks are as they were before." in desk.follow(done).text
    assert (state(bolor, first), state(tuya, first)) == (None, None)
    assert desk.post(f"{address(training)}/undo", {"batch": batch}).status == 409
    answer = desk.post(f"{address(training)}/cell", press(bolor, first))
    assert "Undo my last action (1 mark," in answer.html, "the panel follows each press"


def test_nobody_undoes_what_another_did(
    pages: Pages, training: Event, bolor: Registration, first: Session, world: World, last: type[LastOf]
) -> None:
    mark(bolor, first, S.PRESENT, by=world.trainer.actor())
    db.session.commit()
    batch = str(last.batch().id)
    pages.sign_in(world.organizer)
    assert not pages.get(address(training)).find_all("input", name="batch")
    for said in (batch, "0", "x"):
        assert pages.post(f"{address(training)}/undo", {"batch": said}).status == 404
    assert pages.post(f"{address(world.event)}/undo", {"batch": batch}).status == 404
    assert state(bolor, first) is S.PRESENT


def test_a_refused_undo_says_why(
    desk: Pages, training: Event, bolor: Registration, first: Session, last: type[LastOf]
) -> None:
    desk.post(address(training), {control(bolor, first): "present"})
    batch = str(last.batch().id)
    bolor.status = RegistrationStatus.CANCELLED
    db.session.commit()
    page = desk.post(f"{address(training)}/undo", {"batch": batch})
    assert page.status == 409 and "is not confirmed" in page.text
    assert desk.post(f"{address(training)}/undo", {"batch": batch}, token="forged").status == 400

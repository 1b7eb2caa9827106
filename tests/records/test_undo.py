"""A merge is taken back exactly, or refused with a sentence and nothing changed."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests import factories as make
from tests.factories import STAFF
from tests.records.worlds import mark, random_world, snapshot, twins
from tests.world import World
from trainreg.attendance.rules import AttendanceState
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.records.models import PersonMerge
from trainreg.records.rules import FIELDS
from trainreg.records.service import CannotUndo, PlaceGiven, correct, merge, undo
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.service import cancel, confirm

_S = RegistrationStatus


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), turned=st.booleans(), chosen=st.frozensets(st.sampled_from(FIELDS)))
def test_merged_and_undone_is_as_before(session: Session, seed: int, turned: bool, chosen: frozenset[str]) -> None:
    """Random worlds; where a place was given away meanwhile, undoing is refused and changes nothing."""
    nested = db.session.begin_nested()
    try:
        one, other = random_world(World.create(), random.Random(seed))
        kept, merged = (other, one) if turned else (one, other)
        db.session.commit()  # totals are settled as a transaction ends
        before = snapshot()
        done = merge(kept, merged, from_merged=chosen, by=STAFF)
        db.session.commit()
        between = snapshot()
        assert between != before
        try:
            undo(done, by=STAFF)
        except PlaceGiven:
            db.session.rollback()
            assert snapshot() == between
        else:
            db.session.commit()
            assert snapshot() == before
    finally:
        if nested.is_active:
            nested.rollback()


def merged_in(world: World, *statuses: RegistrationStatus) -> tuple[PersonMerge, Person, Person]:
    kept, merged = twins(world)
    for person, status in zip((kept, merged), statuses, strict=False):
        make.registration(world.event, person, status, agency=world.ministry)
    done = merge(kept, merged, by=STAFF)
    db.session.commit()
    return done, kept, merged


def refused(done: PersonMerge, why: type[Exception]) -> None:
    before = snapshot()
    with pytest.raises(why):
        undo(done, by=STAFF)
    db.session.rollback()
    assert snapshot() == before


def test_twice_is_refused(world: World) -> None:
    done, _kept, merged = merged_in(world)
    undo(done, by=STAFF)
    db.session.commit()
    assert merged.merged_into_id is None
    refused(done, CannotUndo)


def test_a_place_given_away_is_not_taken_from_anybody(world: World) -> None:
    waiting = make.registration(world.event, world.tuya, _S.WAITLISTED, agency=world.border)
    done, _kept, _merged = merged_in(world, _S.CONFIRMED, _S.CONFIRMED)
    assert waiting.status is _S.CONFIRMED
    refused(done, PlaceGiven)


def test_a_corrected_field_is_not_overwritten(world: World) -> None:
    done, kept, _merged = merged_in(world, _S.CONFIRMED, _S.REQUESTED)
    correct(kept, {"phone": "+976 1"}, reason="wrong", by=STAFF)
    db.session.commit()
    refused(done, CannotUndo)


def test_whoever_was_merged_on_comes_back_only_by_the_later_merge(world: World) -> None:
    done, kept, _merged = merged_in(world, _S.CONFIRMED, _S.REQUESTED)
    merge(world.tuya, kept, by=STAFF)
    db.session.commit()
    refused(done, CannotUndo)


def test_a_registration_that_moved_on_is_not_overwritten(world: World) -> None:
    kept, merged = twins(world)
    first = make.registration(world.event, kept, _S.REQUESTED, agency=world.ministry)
    make.registration(world.event, merged, _S.CONFIRMED, agency=world.ministry)
    done = merge(kept, merged, by=STAFF)
    db.session.commit()
    cancel(first, by=STAFF)
    db.session.commit()
    refused(done, CannotUndo)


def test_what_came_later_stays_with_the_kept_one(world: World) -> None:
    kept, merged = twins(world)
    first = make.registration(world.event, kept, _S.REQUESTED, agency=world.ministry)
    make.registration(world.other_event, merged, agency=world.ministry)
    done = merge(kept, merged, by=STAFF)
    db.session.commit()
    confirm(first, by=STAFF)
    mark(first, 0, AttendanceState.PRESENT)
    db.session.commit()
    undo(done, by=STAFF)
    assert first.status is _S.CONFIRMED and merged.merged_into_id is None

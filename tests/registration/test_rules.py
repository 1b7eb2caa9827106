"""The decisions of registration, as truth tables."""

import pytest

from trainreg.events.rules import Approval, Door
from trainreg.registration.rules import (
    MOVES,
    Entrance,
    Limits,
    RegistrationRole,
    RegistrationStatus,
    Taken,
    after_waiting,
    entrance,
    may_move,
    room_for,
    seats_left,
    seats_taken,
    status_for_newcomer,
    takes_seat,
)

S, R = RegistrationStatus, RegistrationRole


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (None, S.REQUESTED, True),
        (None, S.DECLINED, False),
        (None, S.CANCELLED, False),
        (S.REQUESTED, S.CONFIRMED, True),
        (S.REQUESTED, S.INVITED, False),
        (S.WAITLISTED, S.CONFIRMED, True),
        (S.WAITLISTED, S.REQUESTED, False),
        (S.CONFIRMED, S.CANCELLED, True),
        (S.CONFIRMED, S.WAITLISTED, False),
        (S.DECLINED, S.CONFIRMED, True),
        (S.DECLINED, S.CANCELLED, False),
        (S.CANCELLED, S.REQUESTED, True),
        (S.CANCELLED, S.DECLINED, False),
    ],
)
def test_the_table_of_moves(before: S | None, after: S, allowed: bool) -> None:
    assert may_move(before, after) is allowed


def test_every_status_has_a_row_and_none_moves_to_itself() -> None:
    assert set(MOVES) == {None, *S}
    assert all(status not in to for status, to in MOVES.items() if status is not None)


def test_only_confirmed_participants_take_a_seat() -> None:
    assert {(status, role) for status in S for role in R if takes_seat(status, role)} == {(S.CONFIRMED, R.PARTICIPANT)}


def test_seats_are_counted_once_for_all() -> None:
    counts = [(S.CONFIRMED, R.PARTICIPANT, 3), (S.CONFIRMED, R.TRAINER, 2), (S.REQUESTED, R.PARTICIPANT, 5)]
    assert seats_taken(counts) == 3


@pytest.mark.parametrize(("capacity", "taken", "left"), [(None, 9, None), (5, 3, 2), (5, 5, 0), (5, 7, 0)])
def test_seats_left_never_fall_below_none(capacity: int | None, taken: int, left: int | None) -> None:
    assert seats_left(capacity, taken) == left


@pytest.mark.parametrize(("left", "waiting", "places"), [(None, 4, None), (3, 0, 3), (3, 2, 1), (3, 5, 0), (0, 0, 0)])
def test_who_waits_comes_before_newcomers(left: int | None, waiting: int, places: int | None) -> None:
    limits = Limits(capacity=left)
    assert room_for(limits, after_waiting(limits, Taken(), {(1, ""): waiting}), 1).left == places


@pytest.mark.parametrize("has_waiting_list", [True, False])
@pytest.mark.parametrize("door", [door for door in Door if door is not Door.OPEN])
def test_a_closed_door_stays_closed_whatever_the_places(door: Door, has_waiting_list: bool) -> None:
    for places in (None, 0, 5):
        met = entrance(door, places, has_waiting_list=has_waiting_list)
        assert met.value == door.value and not met.lets_in


@pytest.mark.parametrize(
    ("places", "has_waiting_list", "met", "automatic", "desk"),
    [
        (None, False, Entrance.OPEN, S.CONFIRMED, S.REQUESTED),
        (1, False, Entrance.OPEN, S.CONFIRMED, S.REQUESTED),
        (0, True, Entrance.WAITING_LIST, S.WAITLISTED, S.REQUESTED),
        (0, False, Entrance.FULL, None, None),
    ],
)
def test_what_a_newcomer_gets(
    places: int | None, has_waiting_list: bool, met: Entrance, automatic: S | None, desk: S | None
) -> None:
    assert entrance(Door.OPEN, places, has_waiting_list=has_waiting_list) is met
    assert status_for_newcomer(Approval.AUTOMATIC, met) is automatic
    assert status_for_newcomer(Approval.DESK, met) is desk

"""How many places are left for whom: the one decision, as truth tables."""

import pytest

from trainreg.events.rules import keeps_too_many
from trainreg.registration.rules import Bound, Limits, Room, Taken, after_waiting, room_for, room_in_all

MINISTRY, DEPARTMENT, OFFICE, BORDER, OTHER = 1, 2, 3, 4, 5
PARENTS = {MINISTRY: None, DEPARTMENT: MINISTRY, OFFICE: DEPARTMENT, BORDER: None, OTHER: None}


def limits(
    capacity: int | None = 10, *, held: bool = False, groups: dict[str, int] | None = None, **quotas: int
) -> Limits:
    names = {"ministry": MINISTRY, "department": DEPARTMENT, "border": BORDER}
    by_id = {names[name]: places for name, places in quotas.items()}
    return Limits(capacity, by_id, groups or {}, held, PARENTS)


def taken(of: Limits, *people: tuple[int, str, int]) -> Taken:
    found = Taken()
    for agency_id, group, count in people:
        found.add(of, agency_id, group, count)
    return found


@pytest.mark.parametrize(
    ("of", "there", "agency_id", "group", "room"),
    [
        # No limits at all.
        (limits(None), [(OTHER, "", 50)], OTHER, "", Room(None)),
        # The event alone.
        (limits(10), [(OTHER, "", 7)], OTHER, "", Room(3, Bound.EVENT)),
        (limits(10), [(OTHER, "", 12)], OTHER, "", Room(0, Bound.EVENT)),
        # A quota bounds its agency and all below it, and nobody else.
        (limits(10, ministry=4), [(MINISTRY, "", 1), (OFFICE, "", 2)], MINISTRY, "", Room(1, Bound.QUOTA, MINISTRY)),
        (limits(10, ministry=4), [(MINISTRY, "", 1), (OFFICE, "", 2)], OFFICE, "", Room(1, Bound.QUOTA, MINISTRY)),
        (limits(10, ministry=4), [(MINISTRY, "", 4)], OTHER, "", Room(6, Bound.EVENT)),
        (limits(None, ministry=4), [(OTHER, "", 90)], OFFICE, "", Room(4, Bound.QUOTA, MINISTRY)),
        # A quota inside a quota: both must have room.
        (limits(10, ministry=4, department=2), [(OFFICE, "", 2)], OFFICE, "", Room(0, Bound.QUOTA, DEPARTMENT)),
        (limits(10, ministry=4, department=2), [(OFFICE, "", 2)], MINISTRY, "", Room(2, Bound.QUOTA, MINISTRY)),
        (limits(10, ministry=4, department=3), [(MINISTRY, "", 3)], OFFICE, "", Room(1, Bound.QUOTA, MINISTRY)),
        # The event is full whatever the quota says, and that is what is told.
        (limits(2, ministry=4), [(OTHER, "", 2)], MINISTRY, "", Room(0, Bound.EVENT)),
        # Kept places: others have what is left of the rest.
        (limits(10, held=True, ministry=4), [(MINISTRY, "", 1)], OTHER, "", Room(6, Bound.KEPT)),
        (limits(10, held=True, ministry=4), [(OTHER, "", 6)], OTHER, "", Room(0, Bound.KEPT)),
        (limits(10, held=True, ministry=4), [(OTHER, "", 6)], OFFICE, "", Room(4, Bound.EVENT)),
        (limits(10, held=True, ministry=4, border=4), [(BORDER, "", 4)], OTHER, "", Room(2, Bound.KEPT)),
        # Kept inside a quota: the ministry itself has what its department's places leave.
        (limits(10, held=True, ministry=4, department=3), [], MINISTRY, "", Room(1, Bound.KEPT, MINISTRY)),
        (limits(10, held=True, ministry=4, department=3), [], OFFICE, "", Room(3, Bound.QUOTA, DEPARTMENT)),
        # Without an end to the places nothing has to be kept.
        (limits(None, held=True, ministry=4), [], OTHER, "", Room(None)),
        # More people than a quota that was lowered: they take from the rest, and nothing is kept.
        (limits(10, held=True, ministry=2), [(MINISTRY, "", 5)], OTHER, "", Room(5, Bound.EVENT)),
        (limits(10, held=True, ministry=2), [(MINISTRY, "", 5)], MINISTRY, "", Room(0, Bound.QUOTA, MINISTRY)),
        # A group bounds its own people.
        (limits(20, groups={"drafting": 15}), [(OTHER, "drafting", 15)], OTHER, "drafting", Room(0, Bound.GROUP)),
        (limits(20, groups={"drafting": 15}), [(OTHER, "drafting", 15)], OTHER, "", Room(5, Bound.EVENT)),
        (limits(20, groups={"drafting": 15}), [(OTHER, "", 18)], OTHER, "drafting", Room(2, Bound.EVENT)),
        (limits(None, groups={"drafting": 1}), [], OTHER, "unknown", Room(None)),
    ],
)
def test_room_for_somebody(
    of: Limits, there: list[tuple[int, str, int]], agency_id: int, group: str, room: Room
) -> None:
    assert room_for(of, taken(of, *there), agency_id, group) == room


@pytest.mark.parametrize(
    ("of", "there", "draw_on", "in_all"),
    [
        (limits(None), [], {None}, None),
        (limits(10), [(OTHER, "", 4)], {None}, 6),
        (limits(10, ministry=4), [], {None, MINISTRY}, 10),
        # Only the ministry is invited: its places, and no others.
        (limits(10, ministry=4), [(OFFICE, "", 1)], {MINISTRY}, 3),
        (limits(None, ministry=4, border=2), [(BORDER, "", 1)], {MINISTRY, BORDER}, 5),
        (limits(4, ministry=4, border=2), [], {MINISTRY, BORDER}, 4),
        # Kept for an agency that is not invited: nobody gets them.
        (limits(10, held=True, ministry=4), [], {None}, 6),
        (limits(10, held=True, ministry=4), [], {None, MINISTRY}, 10),
        (limits(10, held=True, ministry=4), [(OTHER, "", 6)], {None}, 0),
        (limits(10, held=True, ministry=4), [(OTHER, "", 6)], {None, MINISTRY}, 4),
        # Kept inside a quota.
        (limits(10, held=True, ministry=4, department=3), [], {MINISTRY}, 1),
        (limits(10, held=True, ministry=4, department=3), [], {DEPARTMENT}, 3),
        (limits(10), [], set(), 0),
    ],
)
def test_room_in_all(
    of: Limits, there: list[tuple[int, str, int]], draw_on: set[int | None], in_all: int | None
) -> None:
    assert room_in_all(of, taken(of, *there), draw_on) == in_all


def test_only_those_who_wait_and_have_room_come_before_newcomers() -> None:
    of = limits(10, ministry=2)
    claimed = after_waiting(of, taken(of, (MINISTRY, "", 1), (OTHER, "", 4)), {(OFFICE, ""): 5, (OTHER, ""): 2})
    assert (claimed.total, claimed.of_quota[MINISTRY]) == (8, 2), "one of the five has room, and both of the others"


def test_a_circle_among_agencies_does_not_count_for_ever() -> None:
    around = Limits(5, {1: 3}, parents={1: 2, 2: 1})
    assert room_for(around, Taken(), 2) == Room(3, Bound.QUOTA, 1)


@pytest.mark.parametrize(
    ("capacity", "quotas", "too_many"),
    [
        (10, {MINISTRY: 6, BORDER: 4}, False),
        (10, {MINISTRY: 6, BORDER: 5}, True),
        (None, {MINISTRY: 600}, False),
        # A department's places are among its ministry's.
        (10, {MINISTRY: 10, DEPARTMENT: 10}, False),
        (10, {MINISTRY: 4, DEPARTMENT: 5}, True),
        (10, {OFFICE: 3, MINISTRY: 3}, False),
    ],
)
def test_places_that_are_kept_must_be_there(capacity: int | None, quotas: dict[int, int], too_many: bool) -> None:
    assert keeps_too_many(capacity, quotas, PARENTS) is too_many

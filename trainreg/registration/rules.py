"""Registration: the legal moves, and what takes a seat."""

from collections.abc import Iterable
from enum import StrEnum

from trainreg.events.rules import Approval, Door


class RegistrationStatus(StrEnum):
    """Where a registration stands; no-show and attended are derived from attendance."""

    INVITED = "invited"
    NOMINATED = "nominated"
    REQUESTED = "requested"
    WAITLISTED = "waitlisted"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class RegistrationRole(StrEnum):
    """In what role somebody comes; only participants count as trained and take a seat."""

    PARTICIPANT = "participant"
    TRAINER = "trainer"
    RESOURCE_PERSON = "resource_person"
    OBSERVER = "observer"
    ORGANIZER = "organizer"


class Entrance(StrEnum):
    """What somebody who is not on the list yet meets now."""

    OPEN = "open"
    WAITING_LIST = "waiting_list"
    FULL = "full"
    NOT_PUBLISHED = "not_published"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"

    @property
    def lets_in(self) -> bool:
        return self in {Entrance.OPEN, Entrance.WAITING_LIST}


class Channel(StrEnum):
    """How a move came about."""

    SELF = "self"
    FOCAL_POINT = "focal_point"
    DESK = "desk"
    IMPORT = "import"
    WALK_IN = "walk_in"
    SYSTEM = "system"


_S = RegistrationStatus
MOVES: dict[RegistrationStatus | None, frozenset[RegistrationStatus]] = {
    None: frozenset({_S.INVITED, _S.NOMINATED, _S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED}),
    _S.INVITED: frozenset({_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.NOMINATED: frozenset({_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.REQUESTED: frozenset({_S.WAITLISTED, _S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.WAITLISTED: frozenset({_S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.DECLINED, _S.CANCELLED}),
    _S.DECLINED: frozenset({_S.WAITLISTED, _S.CONFIRMED}),
    _S.CANCELLED: frozenset({_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED}),
}

# The one definition of what occupies a place: capacity, quotas and group limits all count with it.
SEAT_STATUSES = frozenset({_S.CONFIRMED})
SEAT_ROLES = frozenset({RegistrationRole.PARTICIPANT})


def may_move(from_status: RegistrationStatus | None, to_status: RegistrationStatus) -> bool:
    """Whether the table of legal moves holds this one."""
    return to_status in MOVES[from_status]


def takes_seat(status: RegistrationStatus, role: RegistrationRole) -> bool:
    """Whether a registration in this status and role occupies a place."""
    return status in SEAT_STATUSES and role in SEAT_ROLES


def seats_taken(registrations: Iterable[tuple[RegistrationStatus, RegistrationRole, int]]) -> int:
    """How many places are occupied, from counts by status and role."""
    return sum(count for status, role, count in registrations if takes_seat(status, role))


def seats_left(capacity: int | None, taken: int) -> int | None:
    """Free places, never below none; None means that there is no limit."""
    return None if capacity is None else max(0, capacity - taken)


def places_for_newcomers(left: int | None, waiting: int) -> int | None:
    """Free places that nobody who waits has a claim to; None means that there is no limit."""
    return None if left is None else max(0, left - waiting)


def entrance(door: Door, places: int | None, *, has_waiting_list: bool) -> Entrance:
    """What a newcomer meets, from the event's door and the places for newcomers."""
    if door is not Door.OPEN:
        return Entrance(door.value)
    if places == 0:
        return Entrance.WAITING_LIST if has_waiting_list else Entrance.FULL
    return Entrance.OPEN


def status_for_newcomer(approval: Approval, at: Entrance) -> RegistrationStatus | None:
    """The status a first registration gets; None when the event takes none."""
    if not at.lets_in:
        return None
    if approval is Approval.DESK:
        return RegistrationStatus.REQUESTED
    return RegistrationStatus.CONFIRMED if at is Entrance.OPEN else RegistrationStatus.WAITLISTED

"""Registration: the legal moves, and what takes a seat."""

from collections.abc import Iterable
from enum import StrEnum


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

"""Registration: the legal moves, and what takes a seat."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from trainreg.events.rules import Admission, Approval, Door


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
    BY_INVITATION = "by_invitation"
    BY_NOMINATION = "by_nomination"

    @property
    def lets_in(self) -> bool:
        return self in {Entrance.OPEN, Entrance.WAITING_LIST}


class InvitationState(StrEnum):
    """Whether an invitation link still opens the form; if not, why."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Channel(StrEnum):
    """How a move came about."""

    SELF = "self"
    FOCAL_POINT = "focal_point"
    DESK = "desk"
    IMPORT = "import"
    WALK_IN = "walk_in"
    SYSTEM = "system"


_S = RegistrationStatus
# Asked to come, and not heard from: nothing else is done with their data until they answer.
UNANSWERED = frozenset({_S.INVITED, _S.NOMINATED})
MOVES: dict[RegistrationStatus | None, frozenset[RegistrationStatus]] = {
    None: frozenset({_S.INVITED, _S.NOMINATED, _S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED}),
    _S.INVITED: frozenset({_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.NOMINATED: frozenset({_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.REQUESTED: frozenset({_S.WAITLISTED, _S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.WAITLISTED: frozenset({_S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.DECLINED, _S.CANCELLED}),
    _S.DECLINED: frozenset({_S.WAITLISTED, _S.CONFIRMED}),
    _S.CANCELLED: frozenset({_S.NOMINATED, _S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED}),
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


_ASKED = {Admission.INVITATION: Entrance.BY_INVITATION, Admission.NOMINATION_ONLY: Entrance.BY_NOMINATION}


def entrance(
    door: Door, places: int | None, *, has_waiting_list: bool, admission: Admission = Admission.OPEN
) -> Entrance:
    """What a newcomer meets, from the event's door, the places for newcomers, and how people come in."""
    if door is not Door.OPEN:
        return Entrance(door.value)
    if admission in _ASKED:
        return _ASKED[admission]
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


MOST_USES = 500


def invitation_state(
    *, uses: int, most_uses: int, expires_at: datetime | None, is_revoked: bool, now: datetime
) -> InvitationState:
    """Whether this invitation lets somebody in now; what was taken back stays taken back, whatever else it is."""
    if is_revoked:
        return InvitationState.REVOKED
    if uses >= most_uses:
        return InvitationState.USED
    if expires_at is not None and now >= expires_at:
        return InvitationState.EXPIRED
    return InvitationState.OPEN


def door_for_invited(door: Door, *, outside_hours: bool) -> Door:
    """The door as the holder of an invitation meets it: some may come before it opens and after it closes."""
    return Door.OPEN if outside_hours and door in {Door.NOT_YET, Door.CLOSED} else door

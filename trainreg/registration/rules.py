"""Registration: the legal moves, and what takes a seat."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


# Why the system takes back a place that was offered; pages say it in their language.
NO_ANSWER_IN_TIME = "no answer in time"

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

# A place that a nominee keeps for somebody named in their stead is kept while nothing is decided.
HOLDING = frozenset({_S.NOMINATED, _S.REQUESTED})

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


@dataclass(frozen=True)
class Limits:
    """How many places there are: in all, for an agency with its children (a quota), for a group. None: no limit.

    With `holds_quotas` the unfilled places of a quota are kept for its agency; without, a quota is a limit only.
    """

    capacity: int | None = None
    quotas: Mapping[int, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    holds_quotas: bool = False
    parents: Mapping[int, int | None] = field(default_factory=dict)

    def chain(self, agency_id: int) -> tuple[int, ...]:
        """The agencies whose quotas somebody from this one draws on: itself and those above it, the innermost first."""
        chain: list[int] = []
        seen: set[int] = set()
        above: int | None = agency_id if self.quotas else None
        while above is not None and above not in seen:
            seen.add(above)
            if above in self.quotas:
                chain.append(above)
            above = self.parents.get(above)
        return tuple(chain)

    def quotas_below(self, agency_id: int | None) -> list[int]:
        """The quotas next below that agency's own; None: those that stand below no other."""
        return [quota for quota in self.quotas if (self.chain(quota)[1:2] or (None,))[0] == agency_id]


@dataclass
class Taken:
    """Places taken: in all, of each quota, of each group."""

    total: int = 0
    of_quota: Counter[int] = field(default_factory=Counter)
    of_group: Counter[str] = field(default_factory=Counter)

    def add(self, limits: Limits, agency_id: int, group: str, count: int = 1) -> None:
        """Take places for people of that agency and group."""
        self.total += count
        self.of_group[group] += count
        for quota in limits.chain(agency_id):
            self.of_quota[quota] += count

    def copy(self) -> "Taken":
        return Taken(self.total, Counter(self.of_quota), Counter(self.of_group))


class Bound(StrEnum):
    """What it is that leaves no more room; KEPT: places that are free, and kept for agencies with a quota."""

    EVENT = "event"
    QUOTA = "quota"
    KEPT = "kept"
    GROUP = "group"


@dataclass(frozen=True)
class Room:
    """Places left for somebody, never below none (None: no limit), and what bounds them; `agency_id` has the quota."""

    left: int | None
    bound: Bound | None = None
    agency_id: int | None = None


def seats_left(capacity: int | None, taken: int) -> int | None:
    """Free places, never below none; None means that there is no limit."""
    return None if capacity is None else max(0, capacity - taken)


def room_for(limits: Limits, taken: Taken, agency_id: int, group: str = "") -> Room:
    """How many places are left for people of an agency and a group: the one decision that all others ask.

    Every quota above the agency must have room, and its group, and the event. Where quotas are kept, the innermost of
    these (the event for an agency without a quota) has only what the quotas next below it do not keep for others.
    """
    chain = limits.chain(agency_id)
    bounds: list[tuple[int, Bound, int | None]] = []
    if limits.capacity is not None:
        bounds.append((limits.capacity - taken.total, Bound.EVENT, None))
    bounds += [(_unfilled(limits, taken, quota), Bound.QUOTA, quota) for quota in reversed(chain)]
    if limits.holds_quotas and bounds:
        innermost = chain[0] if chain else None
        kept = sum(max(0, _unfilled(limits, taken, quota)) for quota in limits.quotas_below(innermost))
        bounds.append((bounds[-1][0] - kept, Bound.KEPT, innermost))
    if group in limits.groups:
        bounds.append((limits.groups[group] - taken.of_group[group], Bound.GROUP, None))
    if not bounds:
        return Room(None)
    left, bound, quota_of = min(bounds, key=lambda one: one[0])
    return Room(max(0, left), bound, quota_of)


def room_in_all(limits: Limits, taken: Taken, draw_on: Iterable[int | None]) -> int | None:
    """How many more could come in all; `draw_on` has the innermost quota of each agency invited, None for none."""
    drawn = set(draw_on)

    def below(quota: int | None) -> int | None:
        own = seats_left(limits.capacity, taken.total) if quota is None else max(0, _unfilled(limits, taken, quota))
        parts = kept = 0
        for child in limits.quotas_below(quota):
            parts += below(child) or 0
            kept += max(0, _unfilled(limits, taken, child))
        if quota in drawn and (own is None or not limits.holds_quotas):
            return own
        if quota in drawn and own is not None:
            parts += max(0, own - kept)
        return parts if own is None else min(own, parts)

    return below(None)


def after_waiting(limits: Limits, taken: Taken, waiting: Mapping[tuple[int, str], int]) -> Taken:
    """The places taken once everybody who waits, and for whom there is room, has one: newcomers come after them."""
    claimed = taken.copy()
    for (agency_id, group), count in sorted(waiting.items()):
        left = room_for(limits, claimed, agency_id, group).left
        claimed.add(limits, agency_id, group, count if left is None else min(count, left))
    return claimed


def _unfilled(limits: Limits, taken: Taken, quota: int) -> int:
    return limits.quotas[quota] - taken.of_quota[quota]


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

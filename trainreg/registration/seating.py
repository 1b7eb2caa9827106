"""Count an event's places: one statement, whatever the event's size, with quotas and without."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    String,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
)

from trainreg.agencies.models import Agency
from trainreg.events.models import AgencyQuota, Event, EventGroup
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import (
    Limits,
    RegistrationRole,
    RegistrationStatus,
    Room,
    Taken,
    after_waiting,
    room_for,
    takes_seat,
)

_S = RegistrationStatus
_QUOTA, _GROUP, _HELD, _PARENT = "quota", "group", "held", "parent"


@dataclass
class Seating:
    """An event's limits, the places taken, and who waits: how many of each agency and group."""

    limits: Limits
    taken: Taken = field(default_factory=Taken)
    waiting: Counter[tuple[int, str]] = field(default_factory=Counter)
    # Trainers and observers on the waiting list: they take no seat, so nothing bounds them.
    waiting_without_seat: int = 0
    # How many stand in each status and role; the statuses that say nothing about places only where asked for.
    counts: Counter[tuple[RegistrationStatus, RegistrationRole]] = field(default_factory=Counter)
    has_groups: bool = False

    def room(self, agency_id: int, group: str = "") -> Room:
        """How many places are left for somebody of this agency and group."""
        return room_for(self.limits, self.taken, agency_id, group)

    def room_for_newcomers(self, agency_id: int, group: str = "") -> Room:
        """The same once everybody who waits, and has room, has their place."""
        return room_for(self.limits, self.taken_after_waiting(), agency_id, group)

    def taken_after_waiting(self) -> Taken:
        return after_waiting(self.limits, self.taken, self.waiting)

    def has_room_for(self, people: Iterable[tuple[int, str]]) -> bool:
        """Whether all of these, each with an agency and a group, would have a place together."""
        taken = self.taken.copy()
        for agency_id, group in people:
            if room_for(self.limits, taken, agency_id, group).left == 0:
                return False
            taken.add(self.limits, agency_id, group)
        return True

    def promote(self, agency_id: int, group: str) -> None:
        """Count one of those who wait among those who have a place."""
        self.taken.add(self.limits, agency_id, group)
        self.waiting[agency_id, group] -= 1

    @property
    def can_promote(self) -> bool:
        """Whether there is room for anybody who waits."""
        return self.waiting_without_seat > 0 or any(self.room(*who).left != 0 for who in self.waiting)


def seating_of(event: Event, *, every_status: bool = False) -> Seating:
    """Count this event's places; under the event's lock what it says stays true to the end of the transaction.

    `every_status` counts those as well who neither have a place nor wait for one.
    """
    quotas: dict[int, int] = {}
    groups: dict[str, int] = {}
    tree: dict[int, int | None] = {}
    counted: list[tuple[_S, RegistrationRole, int, str, int]] = []
    held: list[tuple[int, str, int]] = []
    has_groups = False
    count = _COUNT_ALL if every_status else _COUNT
    for status, role, agency_id, group, number in db.session.execute(count, {"event_id": event.id}).all():
        if status == _QUOTA:
            quotas[agency_id] = number
        elif status == _PARENT:
            tree[agency_id] = number
        elif status == _GROUP:
            has_groups = True
            if number is not None:
                groups[group] = number
        elif status == _HELD:
            held.append((agency_id, group, number))
        else:
            counted.append((_S(status), RegistrationRole(role), agency_id, group, number))
    limits = Limits(event.capacity, quotas, groups, event.holds_quotas, tree)
    seating = Seating(limits, has_groups=has_groups)
    for status, role, agency_id, group, number in counted:
        seating.counts[status, role] += number
        if takes_seat(status, role):
            seating.taken.add(seating.limits, agency_id, group, number)
        elif status is _S.WAITLISTED and takes_seat(_S.CONFIRMED, role):
            seating.waiting[agency_id, group] += number
        elif status is _S.WAITLISTED:
            seating.waiting_without_seat += number
    for agency_id, group, number in held:
        seating.taken.add(limits, agency_id, group, number)
    return seating


def _counting(*statuses: RegistrationStatus) -> CompoundSelect[Any]:
    """Limits and counts in one statement, made once; the counting is done in one index."""
    event_id = bindparam("event_id", type_=Integer)
    status, role = type_coerce(Registration.status, String), type_coerce(Registration.role, String)
    by = (status, role, Registration.agency_id, Registration.group)
    return union_all(
        select(*by, func.count().label("number"))
        .where(Registration.event_id == event_id, Registration.status.in_(statuses))
        .group_by(*by),
        select(literal(_QUOTA), literal(""), AgencyQuota.agency_id, literal(""), AgencyQuota.places).where(
            AgencyQuota.event_id == event_id
        ),
        select(literal(_GROUP), literal(""), null().cast(Integer), EventGroup.code, EventGroup.places).where(
            EventGroup.event_id == event_id
        ),
        # Departments draw on the places of what is above them: the tree of agencies, only where there are quotas.
        select(literal(_PARENT), literal(""), Agency.id, literal(""), Agency.parent_id).where(
            Agency.parent_id.is_not(None), exists().where(AgencyQuota.event_id == event_id)
        ),
        # Row by row, and as the partial index of these few has it word for word, so that SQLite takes that index.
        select(literal(_HELD), literal(""), Registration.agency_id, Registration.group, literal(1)).where(
            Registration.event_id == event_id, literal_column("registration.holds_place")
        ),
    )


_COUNT, _COUNT_ALL = _counting(_S.CONFIRMED, _S.WAITLISTED), _counting(*_S)

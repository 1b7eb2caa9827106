"""How many an agency may still nominate (ADR 0015).

A nomination takes no seat until it is confirmed. It counts against the allowance all the same, as if it had one: so
that no more are named than there are places for.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus, takes_seat
from trainreg.registration.seating import Seating, seating_of


@dataclass(frozen=True)
class Allowance:
    """An agency's places: of its quota (None: it has none), taken, named and unanswered, and left (None: no limit)."""

    places: int | None
    taken: int
    nominated: int
    left: int | None


class Allowances:
    """The allowances of one event, counted once; under the event's lock they stay true."""

    def __init__(self, event: Event) -> None:
        self._seating: Seating = seating_of(event)
        self._confirmed = self._seating.taken.copy()
        for agency_id, group, number in _open_nominations(event.id):
            self._seating.taken.add(self._seating.limits, agency_id, group, number)

    def of(self, agency_id: int) -> Allowance:
        """What somebody of this agency can still be nominated for."""
        limits, left = self._seating.limits, self._seating.room_for_newcomers(agency_id).left
        chain = limits.chain(agency_id)
        if not chain:
            return Allowance(None, 0, 0, left)
        taken, with_named = (one.of_quota[chain[0]] for one in (self._confirmed, self._seating.taken))
        return Allowance(limits.quotas[chain[0]], taken, with_named - taken, left)

    def has_room(self, agency_id: int, *, in_stead: bool = False) -> bool:
        """Whether one more can be named; in somebody's stead those who wait have no claim to the place."""
        if in_stead:
            return self._seating.room(agency_id).left != 0
        return self._seating.room_for_newcomers(agency_id).left != 0

    def spend(self, agency_id: int) -> None:
        """Count one more nomination."""
        self._seating.taken.add(self._seating.limits, agency_id, "")

    def give_back(self, agency_id: int, group: str = "") -> None:
        """Count one less: a nominee is replaced."""
        self._seating.taken.add(self._seating.limits, agency_id, group, -1)


def _open_nominations(event_id: int) -> list[tuple[int, str, int]]:
    rows = db.session.execute(
        select(Registration.role, Registration.agency_id, Registration.group, func.count())
        .where(Registration.event_id == event_id, Registration.status == RegistrationStatus.NOMINATED)
        .where(~Registration.holds_place)
        .group_by(Registration.role, Registration.agency_id, Registration.group)
    )
    return [
        (agency_id, group, number)
        for role, agency_id, group, number in rows
        if takes_seat(RegistrationStatus.CONFIRMED, role)
    ]

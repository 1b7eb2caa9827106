"""The places of an event as pages tell them: in all, of each agency with its own, of each group."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainreg.agencies.models import Agency
from trainreg.events.models import AgencyQuota, Event, EventGroup
from trainreg.kernel.db import db
from trainreg.registration.queries import Places, places_in
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.registration.seating import Seating, seating_of


@dataclass(frozen=True)
class QuotaPlaces:
    """The places of one agency, with those of its departments; `left` is what somebody from there can still get."""

    agency: Agency
    places: int
    taken: int
    left: int

    @property
    def over(self) -> int:
        return max(0, self.taken - self.places)


@dataclass(frozen=True)
class GroupPlaces:
    """The people of one group; no `places` means no limit."""

    group: EventGroup
    places: int | None
    taken: int

    @property
    def over(self) -> int:
        return 0 if self.places is None else max(0, self.taken - self.places)


@dataclass(frozen=True)
class Overview:
    """All places of an event."""

    event: Event
    seating: Seating
    quotas: list[QuotaPlaces]
    groups: list[GroupPlaces]

    @cached_property
    def places(self) -> Places:
        """What newcomers find; the desk's list, which does not say it, is spared the asking."""
        return places_in(self.event, self.seating)

    @property
    def counts(self) -> Mapping[tuple[RegistrationStatus, RegistrationRole], int]:
        return self.seating.counts

    @property
    def over(self) -> int:
        """How many more have a place than there are, after the number was lowered."""
        return 0 if self.event.capacity is None else max(0, self.seating.taken.total - self.event.capacity)


def overview_of(event: Event) -> Overview:
    """Count the places of an event for a page."""
    seating = seating_of(event, every_status=True)
    named = event.groups if seating.has_groups else []
    groups = [GroupPlaces(group, group.places, seating.taken.of_group[group.code]) for group in named]
    return Overview(event, seating, _quotas(event, seating), groups)


def _quotas(event: Event, seating: Seating) -> list[QuotaPlaces]:
    if not seating.limits.quotas:
        return []
    rows = db.session.scalars(
        select(AgencyQuota)
        .where(AgencyQuota.event_id == event.id)
        .options(joinedload(AgencyQuota.agency))
        .order_by(AgencyQuota.id)
    )
    return [
        QuotaPlaces(
            quota.agency,
            quota.places,
            seating.taken.of_quota[quota.agency_id],
            seating.room_for_newcomers(quota.agency_id).left or 0,
        )
        for quota in rows
    ]

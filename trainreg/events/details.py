"""What an organizer says about an event and its sessions, in one piece each."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from trainreg.events.rules import Admission, Approval, Audience, EventKind
from trainreg.kernel.types import Text


@dataclass(frozen=True, kw_only=True)
class QuotaDetails:
    """How many places an agency has, with its children."""

    agency_id: int
    places: int


@dataclass(frozen=True, kw_only=True)
class GroupDetails:
    """A group of participants; no `places` means no limit, `id` names one that is there already."""

    name: Text
    places: int | None = None
    is_open: bool = False
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """An event without its sessions. `threshold` is a share of one; no `capacity` means no limit."""

    title: Text
    kind: EventKind
    timezone: str
    summary: Text = field(default_factory=dict)
    place: Text = field(default_factory=dict)
    hosts: Text = field(default_factory=dict)
    capacity: int | None = None
    has_waiting_list: bool = True
    offer_hours: int | None = None
    quotas: tuple[QuotaDetails, ...] = ()
    holds_quotas: bool = False
    groups: tuple[GroupDetails, ...] = ()
    approval: Approval = Approval.DESK
    admission: Admission = Admission.OPEN
    audience: Audience = Audience.ANY_AGENCY
    agency_ids: frozenset[int] = frozenset()
    outcome_ids: frozenset[int] = frozenset()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    threshold: Decimal = Decimal("0.8")
    has_illustrative_dates: bool = False


@dataclass(frozen=True, kw_only=True)
class SessionDetails:
    """A session; `id` names the one that is there already, None a new one. No `place` means the event's."""

    starts_at: datetime
    ends_at: datetime
    timezone: str
    day_share: Decimal
    title: Text = field(default_factory=dict)
    place: Text = field(default_factory=dict)
    is_cancelled: bool = False
    id: int | None = None

"""What an event is and when it takes registrations."""

from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """The kinds of events, in the field's words."""

    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    TRAINING = "training"
    TRAINING_OF_TRAINERS = "training_of_trainers"
    BRIEFING = "briefing"
    CONSULTATION_MEETING = "consultation_meeting"
    STUDY_VISIT = "study_visit"


class EventStatus(StrEnum):
    """Draft: only staff see it. Open: takes registrations. Closed: takes none, stays public. Cancelled: is off."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Approval(StrEnum):
    """Who confirms a registration: the system at once while places last, or the desk."""

    AUTOMATIC = "automatic"
    DESK = "desk"


class Audience(StrEnum):
    """Who may register: officials of any agency, or of the listed agencies and their children."""

    ANY_AGENCY = "any_agency"
    LISTED_AGENCIES = "listed_agencies"


class SessionStatus(StrEnum):
    """A cancelled session counts for nobody."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Door(StrEnum):
    """Why registration is possible now, or not."""

    OPEN = "open"
    NOT_PUBLISHED = "not_published"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


EVENT_MOVES: dict[EventStatus, frozenset[EventStatus]] = {
    EventStatus.DRAFT: frozenset({EventStatus.OPEN, EventStatus.CANCELLED}),
    EventStatus.OPEN: frozenset({EventStatus.CLOSED, EventStatus.CANCELLED}),
    EventStatus.CLOSED: frozenset({EventStatus.OPEN, EventStatus.CANCELLED}),
    EventStatus.CANCELLED: frozenset(),
}


def door(
    status: EventStatus,
    *,
    now: datetime,
    opens_at: datetime | None,
    closes_at: datetime | None,
    ends_at: datetime | None,
) -> Door:
    """Whether this event takes a registration now. `ends_at` is the end of its last planned session."""
    if status is EventStatus.CANCELLED:
        return Door.CANCELLED
    if status is EventStatus.DRAFT:
        return Door.NOT_PUBLISHED
    if ends_at is not None and now >= ends_at:
        return Door.OVER
    if status is EventStatus.CLOSED or (closes_at is not None and now >= closes_at):
        return Door.CLOSED
    if opens_at is not None and now < opens_at:
        return Door.NOT_YET
    return Door.OPEN

"""What people know of an event, taken before and after it is edited, so that they can be told what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel.actor import Actor
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.types import Text


@dataclass(frozen=True)
class SessionFacts:
    """A session as people know it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    timezone: str
    title: Text
    place: Text
    is_cancelled: bool


@dataclass(frozen=True)
class EventFacts:
    """An event as people know it, its sessions in the order of time."""

    title: Text
    place: Text
    timezone: str
    is_cancelled: bool
    sessions: tuple[SessionFacts, ...]

    @property
    def planned(self) -> tuple[SessionFacts, ...]:
        return tuple(session for session in self.sessions if not session.is_cancelled)

    @property
    def starts_at(self) -> datetime | None:
        return min((session.starts_at for session in self.planned), default=None)

    @property
    def ends_at(self) -> datetime | None:
        return max((session.ends_at for session in self.planned), default=None)


# Called, under the event's lock, when what people know of an event changed: with the event and what they knew before.
# The room that writes to people stands to the left of events and fills the list (see `trainreg.domains`).
on_event_changed: list[Callable[[Event, EventFacts, Actor], object]] = []


def facts_of(event: Event) -> EventFacts:
    """The event as people know it now."""
    sessions = sorted(event.sessions, key=lambda session: (session.starts_at, session.id))
    return EventFacts(
        title=_as_told(event.title),
        place=_as_told(event.place),
        timezone=event.timezone,
        is_cancelled=event.status is EventStatus.CANCELLED,
        sessions=tuple(map(_session, sessions)),
    )


def tell_change(event: Event, before: EventFacts, *, by: Actor) -> None:
    """Let those know who write to people, when there is anything new; a draft is known to nobody."""
    if facts_of(event) != before and event.status is not EventStatus.DRAFT:
        for tell in on_event_changed:
            tell(event, before, by)


def _as_told(text: Text) -> Text:
    """In the languages that mails and calendars speak; a French title that is added is no news to anybody."""
    own = {code: words for code, words in text.items() if code in LANGUAGES}
    return own or dict(text)


def _session(session: Session) -> SessionFacts:
    return SessionFacts(
        id=session.id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        timezone=session.timezone,
        title=_as_told(session.title),
        place=_as_told(session.place),
        is_cancelled=session.status is SessionStatus.CANCELLED,
    )

"""Create, edit and copy events; open, close and cancel them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.events.changes import EventFacts, facts_of, tell_change
from trainreg.events.checks import ensure_event, ensure_sessions
from trainreg.events.details import EventDetails, GroupDetails, QuotaDetails, SessionDetails
from trainreg.events.models import Event, EventAgency, Session
from trainreg.events.places import record_places, set_places, standing_of
from trainreg.events.queries import find_free_slug, has_same_event, list_agencies_for, list_outcomes_by_id
from trainreg.events.refusals import (
    ClosingTimePassed,
    EventIsCalledOff,
    EventIsOver,
    IllegalStatus,
    NoAgencies,
    NoSessions,
    SameEvent,
    SessionHasAttendance,
    SlugTaken,
    UnknownSession,
)
from trainreg.events.rules import (
    EVENT_MOVES,
    Audience,
    EventStatus,
    SessionStatus,
    copied_title,
    days_until_again,
    shifted,
    slug_from,
)
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.languages import in_language, with_others
from trainreg.kernel.types import Text
from trainreg.programme.models import Project

audit.describes(
    {
        "event.created": _l("Event created, %(sessions)s sessions"),
        "event.copied": _l("Event created as a copy of %(original)s, %(sessions)s sessions"),
        "event.edited": _l("Event edited"),
        "event.session_added": _l("Session added on %(day)s"),
        "event.session_changed": _l("Session of %(day)s changed"),
        "event.session_called_off": _l("Session of %(day)s called off"),
        "event.session_reinstated": _l("Session of %(day)s takes place after all"),
        "event.session_removed": _l("Session of %(day)s removed"),
        "event.draft": _l("Event made a draft"),
        "event.open": _l("Registration opened"),
        "event.closed": _l("Registration closed"),
        "event.cancelled": _l("Event called off"),
    }
)

# Called, under the event's lock, when the places of an event, an agency or a group are others. Registration stands to
# the left of events and fills the list (see `trainreg.domains`), so that the waiting list moves up in the same
# transaction.
on_capacity_changed: list[Callable[[Event, Actor], object]] = []
# Called with an event and its copy: what the copy takes along of what stands to the left of events (its form).
on_event_copied: list[Callable[[Event, Event], object]] = []


def create_event(
    project: Project,
    details: EventDetails,
    sessions: Sequence[SessionDetails],
    *,
    by: Actor,
    slug: str | None = None,
    at: datetime | None = None,
) -> Event:
    """Create an event as a draft. Its address comes from the title unless `slug` says otherwise.

    The same event twice is refused: the button was pressed twice.
    """
    details = _in_all_languages(details)
    if sessions and has_same_event(project.id, details, [session.starts_at for session in sessions]):
        raise SameEvent
    event = _new_event(project, details, sessions, slug=slug, at=at)
    audit.record("event.created", event, by=by, project_id=project.id, at=at, sessions=len(sessions))
    return event


def edit_event(event: Event, details: EventDetails, sessions: Sequence[SessionDetails], *, by: Actor) -> Event:
    """Change an event and its sessions; `sessions` is the whole list, those left out are removed.

    A session in which attendance was taken cannot be removed. A draft's address follows its title; once people
    may know the address it stays. Where places are others than before, the waiting list moves up.
    """
    event = lock_row(Event, event.id)
    if event.status is EventStatus.CANCELLED:
        raise EventIsCalledOff
    ensure_event(event.project, details)
    ensure_sessions(event.project, sessions)
    if event.status is not EventStatus.DRAFT and all(session.is_cancelled for session in sessions):
        raise NoSessions
    details = _in_all_languages(details, event)
    before, known = standing_of(event), facts_of(event)
    _set_sessions(event, sessions, by=by)
    if event.status is EventStatus.DRAFT and details.title != event.title:
        event.slug = find_free_slug(_slug_of(details.title), besides=event.id)
    has_changed = _set_details(event, details)
    _count_change(event, known)
    flush_or_refuse(SlugTaken())
    if standing_of(event) != before:
        record_places(event, before, by=by)
        for tell in on_capacity_changed:
            tell(event, by)
    elif has_changed:
        audit.record("event.edited", event, by=by, project_id=event.project_id)
    tell_change(event, known, by=by)
    return event


def copy_event(event: Event, *, by: Actor) -> Event:
    """A draft like this event, its days and hours laid again from two weeks from now, with nobody on its list."""
    sessions = event.planned_sessions
    starts_at = event.starts_at
    days = 0
    if starts_at is not None:
        first_day = clock.local(starts_at, event.timezone).date()
        days = days_until_again(first_day, clock.today(event.timezone))
    details = EventDetails(
        title=copied_title(event.title),
        summary=event.summary,
        kind=event.kind,
        place=event.place,
        hosts=event.hosts,
        timezone=event.timezone,
        capacity=event.capacity,
        has_waiting_list=event.has_waiting_list,
        offer_hours=event.offer_hours,
        quotas=tuple(QuotaDetails(agency_id=one.agency_id, places=one.places) for one in event.quotas),
        holds_quotas=event.holds_quotas,
        groups=tuple(GroupDetails(name=one.name, places=one.places, is_open=one.is_open) for one in event.groups),
        approval=event.approval,
        admission=event.admission,
        audience=event.audience,
        agency_ids=frozenset(listed.agency_id for listed in event.agencies),
        outcome_ids=frozenset(outcome.id for outcome in event.outcomes),
        threshold=event.threshold,
    )
    copy = _new_event(event.project, details, [_again(session, days) for session in sessions])
    copy.reply_to, copy.reminder_days, copy.sends_thanks = event.reply_to, event.reminder_days, event.sends_thanks
    for take_along in on_event_copied:
        take_along(event, copy)
    audit.record("event.copied", copy, by=by, project_id=copy.project_id, original=event.slug, sessions=len(sessions))
    return copy


def set_status(event: Event, status: EventStatus, *, by: Actor, at: datetime | None = None) -> Event:
    """Move an event along the table of moves; the same status twice changes nothing.

    `at` is the moment it happened, for records of the past.
    """
    event = lock_row(Event, event.id)
    if event.status is status:
        return event
    if status not in EVENT_MOVES[event.status]:
        raise IllegalStatus
    if status is EventStatus.OPEN:
        _ensure_may_open(event, at or clock.now())
    before = facts_of(event)
    event.status = status
    event.sequence, event.changed_at = event.sequence + 1, at or clock.now()
    audit.record(f"event.{status.value}", event, by=by, project_id=event.project_id, at=at)
    tell_change(event, before, by=by)
    return event


def open_event(event: Event, *, by: Actor, at: datetime | None = None) -> Event:
    """Open registration; the opening time of the event, where it has one, still holds."""
    return set_status(event, EventStatus.OPEN, by=by, at=at)


def close_event(event: Event, *, by: Actor, at: datetime | None = None) -> Event:
    """Close registration."""
    return set_status(event, EventStatus.CLOSED, by=by, at=at)


def cancel_event(event: Event, *, by: Actor, at: datetime | None = None) -> Event:
    """Call the event off, for good."""
    return set_status(event, EventStatus.CANCELLED, by=by, at=at)


def _ensure_may_open(event: Event, now: datetime) -> None:
    if event.ends_at is None:
        raise NoSessions
    if event.ends_at <= now:
        raise EventIsOver
    if event.closes_at is not None and event.closes_at <= now:
        raise ClosingTimePassed
    if not list_agencies_for(event):
        raise NoAgencies


def _new_event(
    project: Project,
    details: EventDetails,
    sessions: Sequence[SessionDetails],
    *,
    slug: str | None = None,
    at: datetime | None = None,
) -> Event:
    ensure_event(project, details)
    ensure_sessions(project, sessions)
    event = Event(
        project=project,
        slug=find_free_slug(slug or _slug_of(details.title)),
        status=EventStatus.DRAFT,
        created_at=at or clock.now(),
    )
    _set_details(event, details)
    event.sessions = [Session(**_columns(session)) for session in sessions]
    db.session.add(event)
    flush_or_refuse(SlugTaken())
    return event


def _count_change(event: Event, before: EventFacts) -> None:
    """Raise the number of the version that calendars compare, when they would show something else now."""
    if facts_of(event) != before:
        event.sequence += 1
        event.changed_at = clock.now()


def _slug_of(title: Text) -> str:
    return slug_from(in_language(title, "en"))


def _in_all_languages(details: EventDetails, event: Event | None = None) -> EventDetails:
    """Words in languages that nobody was asked for stay."""
    names = ("title", "summary", "place", "hosts")
    words: dict[str, Any] = {name: with_others(getattr(details, name), getattr(event, name, None)) for name in names}
    return replace(details, **words)


def _set_details(event: Event, details: EventDetails) -> bool:
    """Write what differs, so that an edit that changes nothing leaves no trace; says whether anything did."""
    apart = {"agency_ids", "outcome_ids", "quotas", "groups"}
    values = {name: value for name, value in vars(details).items() if name not in apart}
    changed = {name: value for name, value in values.items() if getattr(event, name) != value}
    for name, value in changed.items():
        setattr(event, name, value)
    has_other_outcomes = {outcome.id for outcome in event.outcomes} != details.outcome_ids
    if has_other_outcomes:
        event.outcomes = list(list_outcomes_by_id(details.outcome_ids))
    wanted = details.agency_ids if details.audience is Audience.LISTED_AGENCIES else frozenset()
    known = {listed.agency_id for listed in event.agencies}
    if known != wanted:
        kept = [listed for listed in event.agencies if listed.agency_id in wanted]
        event.agencies = kept + [EventAgency(agency_id=agency_id) for agency_id in sorted(wanted - known)]
    return set_places(event, details) or bool(changed) or has_other_outcomes or known != wanted


def _set_sessions(event: Event, sessions: Sequence[SessionDetails], *, by: Actor) -> None:
    known = {session.id: session for session in event.sessions}
    kept = [session.id for session in sessions if session.id is not None]
    if not known.keys() >= set(kept) or len(set(kept)) != len(kept):
        raise UnknownSession
    removed = [session for session in event.sessions if session.id not in kept]
    for session in removed:
        event.sessions.remove(session)
    flush_or_refuse(SessionHasAttendance())
    done = [("removed", session.starts_at, session.timezone) for session in removed]
    for details in sessions:
        if details.id is None:
            event.sessions.append(Session(**_columns(details)))
            done.append(("added", details.starts_at, details.timezone))
        else:
            what = _change_session(known[details.id], details)
            done.extend([(what, details.starts_at, details.timezone)] if what else [])
    db.session.flush()
    db.session.expire(event, ["sessions"])  # read again in the order of time
    for what, starts_at, timezone in done:
        day = clock.local(starts_at, timezone).date().isoformat()
        audit.record(f"event.session_{what}", event, by=by, project_id=event.project_id, day=day)


def _change_session(session: Session, details: SessionDetails) -> str | None:
    """Write what differs; says what was done, None when nothing was."""
    wanted = _columns(details)
    wanted |= {name: with_others(getattr(details, name), getattr(session, name)) for name in ("title", "place")}
    changed = {name: value for name, value in wanted.items() if getattr(session, name) != value}
    for name, value in changed.items():
        setattr(session, name, value)
    if "status" in changed:
        return "called_off" if details.is_cancelled else "reinstated"
    return "changed" if changed else None


def _columns(details: SessionDetails) -> dict[str, object]:
    values = {name: value for name, value in vars(details).items() if name not in {"id", "is_cancelled"}}
    return values | {"status": SessionStatus.CANCELLED if details.is_cancelled else SessionStatus.PLANNED}


def _again(session: Session, days: int) -> SessionDetails:
    starts_at = shifted(session.starts_at, days, session.timezone)
    return SessionDetails(
        starts_at=starts_at,
        ends_at=starts_at + (session.ends_at - session.starts_at),
        timezone=session.timezone,
        day_share=session.day_share,
        title=session.title,
        place=session.place,
    )

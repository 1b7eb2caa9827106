"""News that all people of an event are told: noted when it happens, written by the worker some at a time.

Nobody waits at the desk while a thousand mails are written, and who corrects a date twice tells it once.
"""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import selectinload

from trainreg.audit import service as audit
from trainreg.correspondence import drafts
from trainreg.correspondence.choosing import has_address, registrations_for
from trainreg.correspondence.facts import kept, read
from trainreg.correspondence.models import Announcement
from trainreg.correspondence.rules import CHANGES_SETTLE, TOLD_OF, AnnouncementState, News
from trainreg.events.changes import EventFacts, facts_of
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import SYSTEM, Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.refusals import Refused
from trainreg.outbox.service import queue_each
from trainreg.registration.models import Registration
from trainreg.registration.notices import address_of

BATCH = 200
_A = AnnouncementState

audit.describes(
    {
        "event.change_told": _l("The changes are told to everybody registered"),
        "event.change_dropped": _l("The changes are not told by mail"),
        "event.change_hurried": _l("The changes are told now"),
    }
)


class ToldAlready(Refused):
    """What is written cannot be held back."""

    sentence = _l("These messages are being written already.")


def note_change(event: Event, before: EventFacts) -> None:
    """Note that an event's people must hear of a change, or that it is off. What is over is told to nobody.

    The caller holds the event's lock.
    """
    now, after = clock.now(), facts_of(event)
    if not _is_ahead(before, after, now):
        return
    pending = _find_pending(event.id)
    if after.is_cancelled:
        if pending is not None:
            before, pending.state = read(pending.before), _A.DROPPED
        _note(event, News.CALLED_OFF, before, at=now, due_at=now)
    elif pending is not None:
        pending.changed_at, pending.due_at = now, now + CHANGES_SETTLE
    elif db.session.scalar(select(_is_known(event.id, News.CHANGED))):
        _note(event, News.CHANGED, before, at=now, due_at=now + CHANGES_SETTLE)


def tell_now(announcement: Announcement, *, by: Actor) -> None:
    """Do not wait for further changes."""
    announcement = _pending(announcement)
    announcement.due_at = clock.now()
    audit.record("event.change_hurried", announcement.event, by=by, project_id=announcement.event.project_id)


def drop(announcement: Announcement, *, by: Actor) -> None:
    """Tell nobody: a slip was put right, or people were told otherwise."""
    announcement = _pending(announcement)
    announcement.state = _A.DROPPED
    audit.record("event.change_dropped", announcement.event, by=by, project_id=announcement.event.project_id)


def find_due() -> int | None:
    """The announcement whose mails are to be written next."""
    is_due = or_(Announcement.state == _A.TELLING, Announcement.state == _A.PENDING)
    statement = select(Announcement.id).where(is_due, Announcement.due_at <= clock.now())
    return db.session.scalar(statement.order_by(Announcement.due_at, Announcement.id).limit(1))


def write_some(announcement_id: int) -> int:
    """Write the next mails of an announcement, and note how far it is; returns how many people were looked at."""
    announcement = lock_row(Announcement, announcement_id)
    event = lock_row(Event, announcement.event_id)
    before = read(announcement.before)
    if announcement.state is _A.PENDING and not _begin(announcement, event, before):
        return 0
    if announcement.state is not _A.TELLING or announcement.after is None:
        return 0
    after, people = read(announcement.after), _next_people(announcement)
    written = []
    for registration in people:
        key, to = key_of(announcement, registration), address_of(registration)
        draft = None if to is None else drafts.announced(announcement.news, registration, before, after, key=key, to=to)
        written += [draft] if draft is not None else []
    queue_each(written)
    if people:
        announcement.written_up_to = people[-1].id
    else:
        announcement.state = _A.TOLD
    db.session.flush()
    return len(people)


def key_of(announcement: Announcement, registration: Registration) -> str:
    """The key of the mail to one person."""
    return f"{registration.reference}/event_{announcement.news.value}/{announcement.id}"


def _begin(announcement: Announcement, event: Event, before: EventFacts) -> bool:
    """Settle what is told; when everything is again as people know it, or over, nothing is."""
    after = facts_of(event)
    if after == before or not _is_ahead(before, after, clock.now()):
        announcement.state = _A.DROPPED
        db.session.flush()
        return False
    announcement.after, announcement.state = kept(after), _A.TELLING
    if announcement.news is News.CHANGED:
        audit.record("event.change_told", event, by=SYSTEM, project_id=event.project_id)
    return True


def _next_people(announcement: Announcement) -> Sequence[Registration]:
    """Those who knew the event as it was, the next of them by their key."""
    statement = (
        registrations_for(announcement.event_id)
        .where(
            Registration.status.in_(TOLD_OF[announcement.news]),
            Registration.created_at <= announcement.changed_at,
            Registration.id > announcement.written_up_to,
            has_address(),
        )
        .options(selectinload(Registration.moves))
        .order_by(Registration.id)
        .limit(BATCH)
    )
    return db.session.scalars(statement).all()


def _note(event: Event, news: News, before: EventFacts, *, at: datetime, due_at: datetime) -> None:
    db.session.add(
        Announcement(event_id=event.id, news=news, state=_A.PENDING, before=kept(before), changed_at=at, due_at=due_at)
    )
    db.session.flush()


def _is_ahead(before: EventFacts, after: EventFacts, now: datetime) -> bool:
    return any(facts.ends_at is not None and facts.ends_at > now for facts in (before, after))


def _is_known(event_id: int, news: News) -> ColumnElement[bool]:
    return exists().where(Registration.event_id == event_id, Registration.status.in_(TOLD_OF[news]))


def _find_pending(event_id: int) -> Announcement | None:
    pending = select(Announcement).where(Announcement.event_id == event_id, Announcement.state == _A.PENDING)
    return db.session.scalar(pending.where(Announcement.news == News.CHANGED).order_by(Announcement.id))


def _pending(announcement: Announcement) -> Announcement:
    announcement = lock_row(Announcement, announcement.id)
    if announcement.state is not _A.PENDING:
        raise ToldAlready
    return announcement

"""Mark attendance."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.attendance import ledger
from trainreg.attendance.confirmations import is_confirmed_by, not_yet_told
from trainreg.attendance.ledger import Cell, Change
from trainreg.attendance.models import Attendance, AttendanceBatch
from trainreg.attendance.queries import find_last_action, list_later_changes, list_marks
from trainreg.attendance.rules import (
    AttendanceState,
    Mark,
    Source,
    may_mark,
    minutes_fit,
    restated,
    session_label,
    settled,
)
from trainreg.audit import service as audit
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Invalid, NotFound, Refused
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

audit.describes(
    {
        "attendance.present": _l("Present at the session of %(session)s"),
        "attendance.late": _l("Late for the session of %(session)s"),
        "attendance.excused": _l("Excused from the session of %(session)s"),
        "attendance.absent": _l("Absent from the session of %(session)s"),
        "attendance.cleared": _l("Attendance mark for the session of %(session)s taken back"),
        "attendance.minutes": _l(
            "Session of %(session)s: %(late)s minutes late, left %(left_early)s minutes before the end"
        ),
    }
)


class NotConfirmed(Refused):
    """Attendance is taken of confirmed people."""

    sentence = _l("Attendance is taken of confirmed people only, and %(name)s is not confirmed.")


class WrongSession(Refused):
    """The session belongs to another event, or is cancelled."""

    sentence = _l("This session belongs to another event, or was cancelled.")


class TooEarly(Refused):
    """Nobody can have come to a session that is days away."""

    sentence = _l(
        "The session of %(session)s has not begun. Attendance can be taken from 12 hours before it; "
        "until then people can only be excused."
    )


class TooManyMinutes(Invalid):
    """Who missed all of a session was not there."""

    sentence = _l("The minutes missed must be fewer than the session of %(session)s has.")


class ChangedSince(Refused):
    """Somebody else said something of the same people since."""

    sentence = _l(
        "This cannot be undone: one of these marks was changed or confirmed since, of %(name)s. Nothing was undone."
    )


class UndoneAlready(Refused):
    """Each action can be taken back once."""

    sentence = _l("This was undone already.")


class NotTheLast(Refused):
    """Actions are taken back one after the other, the last one first, and within a day."""

    sentence = _l("Only your last action of the past day can be undone, and this is not it. Reload the page.")


def mark(
    registration: Registration,
    session: Session,
    state: AttendanceState | Mark | None,
    *,
    by: Actor,
    source: Source = Source.DESK,
    at: datetime | None = None,
) -> Attendance | None:
    """Set what is known of one person at one session; None takes the mark back. The same mark twice is one mark."""
    mark_many(registration.event, {(registration.id, session.id): state}, by=by, source=source, at=at)
    return list_marks([registration.id]).get((registration.id, session.id))


def mark_many(
    event: Event,
    marks: Mapping[Cell, AttendanceState | Mark | None],
    *,
    by: Actor,
    source: Source = Source.DESK,
    at: datetime | None = None,
    only_unmarked: Collection[Cell] = (),
) -> int:
    """Set many cells of an event's grid, all or none; returns how many changed. What stands already is left alone;
    where another account says it, or it is said in another way, the ledger alone is told.

    A bare state keeps the minutes that stand, where they still make sense. The cells of `only_unmarked` are left
    alone where any mark stands, also one that was saved a moment ago: it is looked at under the locks.
    """
    moment = at or clock.now()
    registrations = _lock_registrations(event, {registration_id for registration_id, _session in marks})
    known = list_marks(registrations)
    changes, confirmed = [], []
    sessions = {session.id for session in event.planned_sessions}
    for cell, wanted in marks.items():
        if cell[0] not in registrations:
            raise NotFound
        if cell[1] not in sessions:
            raise WrongSession
        row = known.get(cell)
        if row is not None and cell in only_unmarked:
            continue
        before = row.mark if row else None
        after = restated(before, wanted) if isinstance(wanted, AttendanceState) else wanted and settled(wanted)
        if after != before:
            changes.append(Change(cell, row, after, source))
        elif row is not None and is_confirmed_by(row, source, by):
            confirmed.append(Change(cell, row, after, source))
    return _change(event, registrations, changes, not_yet_told(confirmed, by=by), by=by, at=moment)


def undo(event: Event, batch: AttendanceBatch, *, by: Actor) -> int:
    """Take one's last action on an event's marks back, all of it or nothing; returns how many marks changed."""
    moment = clock.now()
    registrations = _lock_registrations(event, {change.registration_id for change in batch.changes})
    if batch.event_id != event.id or batch.undoes_id is not None:
        raise NotFound
    if db.session.scalar(select(AttendanceBatch.id).where(AttendanceBatch.undoes_id == batch.id)):
        raise UndoneAlready
    last = find_last_action(event.id, by.user_id)
    if last is None or last.batch_id != batch.id:
        raise NotTheLast
    known, changed_later = list_marks(registrations), list_later_changes(batch)
    changes = []
    for line in batch.changes:
        if line.is_confirmation:
            continue
        cell = (line.registration_id, line.session_id)
        row = known.get(cell)
        if cell in changed_later or (row.mark if row else None) != line.after:
            raise ChangedSince(name=registrations[cell[0]].person.name)
        changes.append(Change(cell, row, line.before, line.from_source or Source.DESK))
    return _change(event, registrations, changes, by=by, at=moment, undoes=batch)


def _change(
    event: Event,
    registrations: Mapping[int, Registration],
    changes: Sequence[Change],
    confirmed: Sequence[Change] = (),
    *,
    by: Actor,
    at: datetime,
    undoes: AttendanceBatch | None = None,
) -> int:
    """See that each of these may be said, say it, and write it down."""
    sessions = {session.id: session for session in event.planned_sessions}
    notes = []
    for change in changes:
        registration, session = registrations[change.cell[0]], sessions.get(change.cell[1])
        if session is None:
            raise WrongSession
        _ensure_may_mark(registration, session, change.mark, at=at)
        before = change.known.mark if change.known else None
        notes.append((*_note(before, change.mark, session), registration))
    ledger.write(event.id, [*changes, *confirmed], by=by, at=at, undoes=undoes)
    audit.record_each(
        ((action, registration, facts) for action, facts, registration in notes),
        by=by,
        project_id=event.project_id,
        at=at,
    )
    return len(changes)


def _note(before: Mark | None, after: Mark | None, session: Session) -> tuple[str, dict[str, str | int]]:
    """The action of a change and its facts, for the history of the registration."""
    facts: dict[str, str | int] = {"session": label_of(session)}
    if after is None:
        return "attendance.cleared", facts
    if (before.state if before else None) is after.state:
        minutes = {"late": after.late_minutes, "left_early": after.left_early_minutes}
        return "attendance.minutes", facts | minutes
    return f"attendance.{after.state}", facts


def mark_rest_present(event: Event, session: Session, *, by: Actor) -> int:
    """Mark everybody present at a session of whom nothing is known yet; returns how many."""
    return mark_chosen(event, AttendanceState.PRESENT, sessions=[session], only_unmarked=True, by=by)


def mark_chosen(
    event: Event,
    state: AttendanceState | None,
    *,
    sessions: Sequence[Session],
    by: Actor,
    registration_ids: Collection[int] | None = None,
    agency_id: int | None = None,
    only_unmarked: bool = False,
) -> int:
    """The same mark for many confirmed people at some sessions; None for the registrations: everybody.

    `only_unmarked` leaves alone whom somebody marked already.
    """
    chosen = select(Registration.id).where(
        Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED
    )
    if registration_ids is not None:
        chosen = chosen.where(Registration.id.in_(registration_ids))
    if agency_id is not None:
        chosen = chosen.where(Registration.agency_id == agency_id)
    people = db.session.scalars(chosen.order_by(Registration.id)).all()
    cells = {(one, session.id): state for one in people for session in sessions}
    return mark_many(event, cells, by=by, only_unmarked=cells.keys() if only_unmarked else ())


def label_of(session: Session) -> str:
    """A session in histories, see `rules.session_label`."""
    return session_label(session.starts_at, session.timezone)


def _lock_registrations(event: Event, registration_ids: Collection[int]) -> dict[int, Registration]:
    """Hold these registrations to the end of the transaction: two marks of one person come one after the other."""
    statement = (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.id.in_(list(registration_ids)))
        .order_by(Registration.id)  # everybody locks in the same order, so nobody waits in a circle
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {registration.id: registration for registration in db.session.scalars(statement)}


def _ensure_may_mark(registration: Registration, session: Session, mark: Mark | None, *, at: datetime) -> None:
    if registration.status is not RegistrationStatus.CONFIRMED:
        raise NotConfirmed(name=registration.person.name)
    if not may_mark(mark.state if mark else None, now=at, starts_at=session.starts_at):
        raise TooEarly(session=label_of(session))
    if mark is not None and not minutes_fit(mark, starts_at=session.starts_at, ends_at=session.ends_at):
        raise TooManyMinutes(session=label_of(session))

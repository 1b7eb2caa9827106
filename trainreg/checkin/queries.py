"""What the door reads: people by reference, earlier scans, marks; each batch asks a few statements, however large."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainreg.agencies.models import Agency
from trainreg.attendance.models import Attendance, AttendanceBatch, AttendanceChange
from trainreg.checkin.models import Scan
from trainreg.checkin.rules import ADMITTED, REFUSED, Block
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel.db import db, table_of
from trainreg.people.models import Person
from trainreg.registration.models import Registration, Submission

_SCAN, _SESSION = table_of(Scan).c, table_of(Session).c
_LOCKED = (
    select(Registration)
    .join(Registration.person)
    .join(Registration.agency)
    .options(contains_eager(Registration.person), contains_eager(Registration.agency))
    .where(
        Registration.event_id == bindparam("event_id"), Registration.reference.in_(bindparam("wanted", expanding=True))
    )
    .order_by(Registration.id)  # everybody locks in the same order, so nobody waits in a circle
    .with_for_update(of=Registration, key_share=True)
    .execution_options(populate_existing=True)
)
_KNOWN = select(_SCAN.key, _SCAN.outcome, _SCAN.registration_id, _SCAN.session_id, _SCAN.at, _SCAN.event_id).where(
    _SCAN.key.in_(bindparam("keys", expanding=True))
)
_ENTRIES = select(
    _SCAN.registration_id,
    _SCAN.session_id,
    _SCAN.at,
    _SCAN.key,
    _SCAN.kind,
    _SCAN.scanned_by_id,
    _SCAN.scanned_by,
    _SCAN.received_at,
).where(
    _SCAN.registration_id.in_(bindparam("ids", expanding=True)),
    _SCAN.session_id.is_not(None),
    _SCAN.outcome.in_(ADMITTED),
)
_CHANGE, _ACTION = table_of(AttendanceChange).c, table_of(AttendanceBatch).c
_UNDOING = table_of(AttendanceBatch).alias()
_CLEARED = (
    select(_CHANGE.registration_id, _CHANGE.session_id, func.max(_ACTION.at))
    .join(table_of(AttendanceBatch), _ACTION.id == _CHANGE.batch_id)
    .where(
        _CHANGE.registration_id.in_(bindparam("ids", expanding=True)),
        _CHANGE.to_state.is_(None),  # only a person takes a mark away
        ~select(_UNDOING.c.id).where(_UNDOING.c.undoes_id == _ACTION.id).correlate(table_of(AttendanceBatch)).exists(),
    )
    .group_by(_CHANGE.registration_id, _CHANGE.session_id)
)
_BLOCKS = (
    select(_SESSION.id, _SESSION.starts_at, _SESSION.ends_at, _SESSION.timezone)
    .where(_SESSION.event_id == bindparam("event_id"), _SESSION.status == SessionStatus.PLANNED)
    .order_by(_SESSION.starts_at, _SESSION.id)
)
_TYPED_AGAIN = select(Submission.reference).where(
    Submission.event_id == bindparam("event_id"), Submission.reference.in_(bindparam("wanted", expanding=True))
)


def list_blocks(event_id: int) -> list[Block]:
    """The event's planned sessions as the door sees them, the first one first."""
    return [Block(*row) for row in db.session.execute(_BLOCKS, {"event_id": event_id})]


def lock_registrations(event_id: int, references: Collection[str]) -> dict[str, Registration]:
    """These registrations of the event, held to the end of the transaction, by reference."""
    if not references:
        return {}
    wanted = {"event_id": event_id, "wanted": sorted(references)}
    return {one.reference: one for one in db.session.scalars(_LOCKED, wanted)}


def list_known(keys: Collection[str]) -> dict[str, Any]:
    """The scans with these keys that were taken in before."""
    return {row.key: row for row in db.session.execute(_KNOWN, {"keys": list(keys)})}


def list_entries(registration_ids: Collection[int]) -> list[Any]:
    """Every scan that let one of these registrations into a session."""
    return list(db.session.execute(_ENTRIES, {"ids": list(registration_ids)})) if registration_ids else []


def list_cleared(registration_ids: Collection[int]) -> dict[tuple[int, int], datetime]:
    """When somebody last took a mark of these registrations away, by registration and session."""
    rows = db.session.execute(_CLEARED, {"ids": list(registration_ids)}) if registration_ids else ()
    return {(one, session_id): at for one, session_id, at in rows}


def typed_again(event_id: int, references: Iterable[str]) -> frozenset[str]:
    """Which of these references belong to forms for somebody who was registered already."""
    wanted = list(references)
    found = db.session.scalars(_TYPED_AGAIN, {"event_id": event_id, "wanted": wanted}) if wanted else ()
    return frozenset(found)


def list_people(event_id: int) -> list[Any]:
    """Reference, names, agency and status of everybody on the event's list, by name."""
    statement = (
        select(
            Registration.id,
            Registration.reference,
            Registration.status,
            Person.family_name,
            Person.given_name,
            Person.family_name_latin,
            Person.given_name_latin,
            Person.erased_at,
            Agency.name.label("agency"),
        )
        .join(Registration.person)
        .join(Registration.agency)
        .where(Registration.event_id == event_id)
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )
    return list(db.session.execute(statement))


def list_here(event_id: int, session_ids: Collection[int]) -> list[Any]:
    """Who was marked at these sessions: reference, session, state and since when."""
    statement = (
        select(Registration.reference, Attendance.session_id, Attendance.state, Attendance.marked_at)
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(Registration.event_id == event_id, Attendance.session_id.in_(list(session_ids)))
    )
    return list(db.session.execute(statement)) if session_ids else []


def scans_of(event_id: int, *, only: str = "") -> Select[Any]:
    """An event's scans, the latest first; `only`: `failed` those that let nobody in, `let_in` those in spite of it."""
    statement = (
        select(Scan)
        .where(Scan.event_id == event_id)
        .options(
            joinedload(Scan.registration).joinedload(Registration.person),
            joinedload(Scan.registration).joinedload(Registration.agency),
            joinedload(Scan.session),
        )
        .order_by(Scan.id.desc())
    )
    if only == "failed":
        return statement.where(Scan.outcome.in_(REFUSED))
    return statement.where(Scan.reason != "") if only == "let_in" else statement


def list_events_at_door(project_ids: frozenset[int] | None, since: Any, until: Any) -> list[Event]:
    """Events of these projects (None: of all) with a session between two moments, the soonest first."""
    statement = (
        select(Event)
        .where(
            Event.status != EventStatus.CANCELLED,
            Event.sessions.any(
                and_(Session.status == SessionStatus.PLANNED, Session.ends_at >= since, Session.starts_at <= until)
            ),
        )
        .options(joinedload(Event.project), selectinload(Event.sessions))
    )
    if project_ids is not None:
        statement = statement.where(Event.project_id.in_(project_ids))
    found = db.session.scalars(statement).all()
    return sorted(found, key=lambda event: (event.starts_at or until, event.id))


def count_scans(event_id: int) -> dict[str, int]:
    """How many scans the event has: in all, failed, and let in in spite of it."""
    failed = func.sum(case((_SCAN.outcome.in_(REFUSED), 1), else_=0))
    let_in = func.sum(case((_SCAN.reason != "", 1), else_=0))
    row = db.session.execute(select(func.count(), failed, let_in).where(_SCAN.event_id == event_id)).one()
    return {"": row[0], "failed": int(row[1] or 0), "let_in": int(row[2] or 0)}

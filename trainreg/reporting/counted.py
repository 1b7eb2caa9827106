"""The rows that every figure is counted from, as one select that all questions about them share."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Integer, Subquery, cast, false, func, or_, select

from trainreg.attendance.models import Attendance
from trainreg.events.models import Event, EventOutcome, Session
from trainreg.registration.models import Registration
from trainreg.reporting.rules import (
    COUNTED_ROLE,
    COUNTED_SESSIONS,
    COUNTED_STATES,
    COUNTED_STATUS,
    NOT_COUNTED_EVENTS,
    THOUSANDTHS,
)


def counted_registrations(
    project_id: int | Collection[int] | None,
    *,
    outcome_id: int | None = None,
    event_id: int | None = None,
    before: Mapping[str, datetime] | None = None,
) -> Subquery:
    """Participants who attended, one row per registration: sessions attended, thousandths of a day, the last start.

    Without a project: in all of them; with several: in any of these. With an outcome: only at the events that serve
    it, each once. With an event: only there. With moments by time zone: only sessions that begin before the one of
    theirs.
    """
    statement = (
        select(
            Registration.id.label("registration_id"),
            Registration.person_id,
            Registration.event_id,
            Registration.sex,
            Registration.agency_id,
            Registration.province,
            func.count().label("sessions"),
            func.sum(cast(func.round(Session.day_share * THOUSANDTHS), Integer)).label("thousandths"),
            func.max(Session.starts_at).label("last_at"),
        )
        .join(Event, Event.id == Registration.event_id)
        .join(Attendance, Attendance.registration_id == Registration.id)
        .join(Session, (Session.id == Attendance.session_id) & (Session.event_id == Registration.event_id))
        .where(
            Event.status != NOT_COUNTED_EVENTS,
            Registration.role == COUNTED_ROLE,
            Registration.status == COUNTED_STATUS,
            Attendance.state.in_(COUNTED_STATES),
            Session.status == COUNTED_SESSIONS,
        )
        .group_by(
            *(Registration.id, Registration.person_id, Registration.event_id, Registration.sex),
            *(Registration.agency_id, Registration.province),
        )
    )
    if isinstance(project_id, int):
        statement = statement.where(Event.project_id == project_id)
    elif project_id is not None:
        statement = statement.where(Event.project_id.in_(project_id))
    if outcome_id is not None:
        serving = select(EventOutcome.event_id).where(EventOutcome.outcome_id == outcome_id)
        statement = statement.where(Registration.event_id.in_(serving))
    if event_id is not None:
        statement = statement.where(Registration.event_id == event_id)
    if before is not None:
        told = [(Session.timezone == zone) & (Session.starts_at < moment) for zone, moment in before.items()]
        statement = statement.where(or_(false(), *told))
    return statement.subquery()


def counted_persons(
    project_id: int,
    *,
    outcome_id: int | None = None,
    event_id: int | None = None,
    before: Mapping[str, datetime] | None = None,
) -> Subquery:
    """As above, with `place` 1 on the registration that speaks for its person: the one attended last.

    A person who changed agency between two events counts once, under the agency of the later one.
    """
    rows = counted_registrations(project_id, outcome_id=outcome_id, event_id=event_id, before=before)
    latest_first = (rows.c.last_at.desc(), rows.c.registration_id.desc())
    person = rows.c.person_id
    return select(
        *rows.c,
        func.row_number().over(partition_by=person, order_by=latest_first).label("place"),
        func.count().over(partition_by=person).label("attendances"),
        func.sum(rows.c.thousandths).over(partition_by=person).label("all_thousandths"),
    ).subquery()

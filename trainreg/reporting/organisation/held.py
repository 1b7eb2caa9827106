"""Events that were held: they count on their first day, whoever came."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, false, func, or_, select

from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.reporting.counting.facts import is_within
from trainreg.reporting.organisation.asked import Asked
from trainreg.reporting.rules import COUNTED_SESSIONS
from trainreg.totals.reading import local_day

# From the start in UTC to the first day anywhere it is less: only events so near to an edge are looked at one by one.
_NEAR, _A_DAY = timedelta(days=2), timedelta(days=1)
_begins: Any = (
    select(func.min(Session.starts_at))
    .where(Session.event_id == Event.id, Session.status == COUNTED_SESSIONS)
    .correlate(Event)
    .scalar_subquery()
)


def events_held(asked: Asked, projects: Collection[int] | None) -> Counter[int]:
    """By project: published events that have begun, within the days asked for. Agencies have no part in it."""
    begun = _begun(asked, projects)
    edges = [_midnight(day) for day in (asked.first, asked.last) if day is not None]
    near = or_(false(), *(begun.c.begins.between(edge - _NEAR, edge + _NEAR + _A_DAY) for edge in edges))
    inside: list[ColumnElement[bool]] = [~near] if edges else []
    if asked.first is not None:
        inside.append(begun.c.begins >= _midnight(asked.first))
    if asked.last is not None:
        inside.append(begun.c.begins <= _midnight(asked.last))
    statement = select(begun.c.project_id, func.count()).where(*inside).group_by(begun.c.project_id)
    found = Counter({project_id: int(number) for project_id, number in db.session.execute(statement)})
    if edges:
        columns = (begun.c.id, begun.c.project_id, Session.starts_at, Session.timezone)
        sessions = select(*columns).join(Session, Session.event_id == begun.c.id)
        rows = db.session.execute(sessions.where(near, Session.status == COUNTED_SESSIONS))
        found.update(project_id for project_id, day in _first_days(rows) if is_within(day, (asked.first, asked.last)))
    return found


def _begun(asked: Asked, projects: Collection[int] | None) -> CTE:
    """Materialized: SQLite would look for the beginning again with each condition on it."""
    statement = select(Event.id, Event.project_id, _begins.label("begins")).where(
        Event.status.in_((EventStatus.OPEN, EventStatus.CLOSED)), _begins <= clock.now()
    )
    if projects is not None:
        statement = statement.where(Event.project_id.in_(projects))
    if asked.kind is not None:
        statement = statement.where(Event.kind == asked.kind)
    return statement.cte("begun").prefix_with("MATERIALIZED")


def _first_days(rows: Iterable[Any]) -> list[tuple[int, date]]:
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    for event_id, project_id, starts_at, timezone in rows:
        days[event_id, project_id].append(local_day(starts_at, timezone))
    return [(project_id, min(own)) for (_event_id, project_id), own in days.items()]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

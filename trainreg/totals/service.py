"""Keep the totals: what a transaction touched is counted anew at its end, and the difference added."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Integer, Select, cast, delete, event, func, insert, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import ATTENDED
from trainreg.events.models import Event
from trainreg.events.models import Session as Block
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel.db import table_of
from trainreg.people.rules import Sex
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.totals.models import EVERYWHERE, CountedVisit, Tally, TallyDue

AT_ONCE = 500
# Beyond so many it is quicker to count everything anew, in the database.
MOST_ONE_BY_ONE = 5_000
_TOUCHED = "tally touched"
_WRITES = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(?:attendance|registration|session|event)\b', re.IGNORECASE
)
_LOCK = 2_029  # one transaction settles at a time; it commits right after


class Visit(NamedTuple):
    """As a row of `counted_visit`."""

    registration_id: int
    project_id: int
    person_id: int
    sex: Sex
    agency_id: int
    thousandths: int
    last_at: datetime


def settle(session: Session) -> None:
    """Bring the totals in step with the rows that were touched."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    due = list(session.scalars(select(TallyDue.registration_id).limit(MOST_ONE_BY_ONE + 1)))
    if len(due) > MOST_ONE_BY_ONE:
        rebuild(session)
        return
    if not due:
        return
    now = [Visit(*row) for some in _some(due) for row in session.execute(_counted().where(Registration.id.in_(some)))]
    was = list(_kept(session, CountedVisit.registration_id, due))
    people = sorted({visit.person_id for visit in (*now, *was)})
    before = list(_kept(session, CountedVisit.person_id, people))
    for some in _some(due):
        session.execute(delete(CountedVisit).where(CountedVisit.registration_id.in_(some)), execution_options=_PLAIN)
        session.execute(delete(TallyDue).where(TallyDue.registration_id.in_(some)), execution_options=_PLAIN)
    if now:
        session.execute(insert(table_of(CountedVisit)), [visit._asdict() for visit in now])
    touched = set(due)
    after = [*(visit for visit in before if visit.registration_id not in touched), *now]
    _add(session, tallies(after), tallies(before))


_PLAIN = {"synchronize_session": False}


def rebuild(session: Session) -> None:
    """Count everything anew, in the database: after a schema change, or a load of very many rows."""
    for model in (CountedVisit, Tally, TallyDue):
        session.execute(delete(model), execution_options=_PLAIN)
    session.execute(insert(table_of(CountedVisit)).from_select(list(Visit._fields), _counted()))
    for project, whose in (
        (CountedVisit.project_id, (CountedVisit.project_id, CountedVisit.person_id)),
        (None, (CountedVisit.person_id,)),
    ):
        latest = (CountedVisit.last_at.desc(), CountedVisit.registration_id.desc())
        place = func.row_number().over(partition_by=whose, order_by=latest)
        where = literal(EVERYWHERE) if project is None else project
        visits = select(
            where.label("project_id"),
            CountedVisit.sex,
            CountedVisit.agency_id,
            CountedVisit.thousandths,
            place.label("place"),
        ).subquery()
        cell = (visits.c.project_id, visits.c.sex, visits.c.agency_id)
        speaking = func.count().filter(visits.c.place == 1)
        counted = select(*cell, func.count(), speaking, func.sum(visits.c.thousandths)).group_by(*cell)
        names = ["project_id", "sex", "agency_id", "attendances", "persons", "thousandths"]
        session.execute(insert(table_of(Tally)).from_select(names, counted))


def tallies(visits: Iterable[Visit]) -> dict[tuple[int, Sex, int], tuple[int, int, int]]:
    """Visits by project, and everywhere, by sex and agency; a person is as they were when they came last."""
    found: dict[tuple[int, Sex, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    speaking: dict[tuple[int, int], Visit] = {}
    for visit in visits:
        for project_id in (visit.project_id, EVERYWHERE):
            cell = found[project_id, visit.sex, visit.agency_id]
            cell[0] += 1
            cell[2] += visit.thousandths
            known = speaking.get((project_id, visit.person_id))
            if known is None or (visit.last_at, visit.registration_id) > (known.last_at, known.registration_id):
                speaking[project_id, visit.person_id] = visit
    for (project_id, _person), visit in speaking.items():
        found[project_id, visit.sex, visit.agency_id][1] += 1
    return {key: (cell[0], cell[1], cell[2]) for key, cell in found.items()}


def _counted() -> Select[*tuple[Any, ...]]:
    """The rule of `reporting.rules` for attendances: confirmed participants, present or late, at what took place."""
    share = func.sum(cast(func.round(Block.day_share * 1000), Integer))
    columns = (Registration.id, Event.project_id, Registration.person_id, Registration.sex, Registration.agency_id)
    return (
        select(*columns, share, func.max(Block.starts_at))
        .join(Event, Event.id == Registration.event_id)
        .join(Attendance, Attendance.registration_id == Registration.id)
        .join(Block, (Block.id == Attendance.session_id) & (Block.event_id == Registration.event_id))
        .where(
            Event.status != EventStatus.CANCELLED,
            Registration.role == RegistrationRole.PARTICIPANT,
            Registration.status == RegistrationStatus.CONFIRMED,
            Attendance.state.in_(ATTENDED),
            Block.status == SessionStatus.PLANNED,
        )
        .group_by(*columns)
    )


def _kept(session: Session, column: Any, values: Sequence[int]) -> Iterator[Visit]:
    table = table_of(CountedVisit)
    for some in _some(values):
        for row in session.execute(select(*(table.c[name] for name in Visit._fields)).where(column.in_(some))):
            yield Visit(*row)


def _some(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _add(session: Session, after: dict[Any, tuple[int, int, int]], before: dict[Any, tuple[int, int, int]]) -> None:
    nothing = (0, 0, 0)
    rows = []
    for key in sorted({*after, *before}):
        change = tuple(new - old for new, old in zip(after.get(key, nothing), before.get(key, nothing), strict=True))
        if any(change):
            names = ("project_id", "sex", "agency_id", "attendances", "persons", "thousandths")
            rows.append(dict(zip(names, (*key, *change), strict=True)))
    if not rows:
        return
    table = table_of(Tally)
    upsert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = upsert(table)
    added = {name: table.c[name] + statement.excluded[name] for name in ("attendances", "persons", "thousandths")}
    session.execute(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=added), rows)


def _note(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _executemany: bool
) -> None:
    """Whatever sends the statement (session, table, driver): it is seen where it leaves."""
    if _WRITES.match(statement):
        connection.info[_TOUCHED] = True


def _settle_before_commit(session: Session) -> None:
    if session.in_nested_transaction() or not session.in_transaction():
        return
    session.flush()
    if session.connection().info.pop(_TOUCHED, False):
        settle(session)


def keep_totals() -> None:
    """From now on every transaction settles what it touched; called once, where the domains are put together."""
    if not event.contains(Session, "before_commit", _settle_before_commit):
        event.listen(Engine, "before_cursor_execute", _note)
        event.listen(Session, "before_commit", _settle_before_commit)

"""Keep the totals: what a transaction touched is counted anew at its end, and the difference added."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, delete, event, func, insert, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trainreg.kernel.db import table_of
from trainreg.people.rules import Level, Sex
from trainreg.registration.models import Registration
from trainreg.totals.models import EVERYWHERE, NO_PROVINCE, CountedMonth, CountedVisit, Tally, TallyDue
from trainreg.totals.months import PLAIN, numbers_of, packed, touch
from trainreg.totals.reading import Facts, facts_of

AT_ONCE = 500
EVENTS_AT_ONCE = 200
# Beyond so many it is quicker to count everything anew.
MOST_ONE_BY_ONE = 5_000
CELL = ("project_id", "sex", "agency_id", "level", "province")
SUMS = ("attendances", "persons", "thousandths")
_TOUCHED = "tally touched"
_WRITES = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(?:attendance|registration|session|event|certificate)\b', re.IGNORECASE
)
_LOCK = 2_029  # one transaction settles at a time; it commits right after


class Visit(NamedTuple):
    """As a row of `counted_visit`."""

    registration_id: int
    event_id: int
    project_id: int
    person_id: int
    sex: Sex
    agency_id: int
    level: Level
    province: str
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
    touched, facts = set(due), facts_of(session, registrations=due)
    now = _visits(facts)
    was = list(_kept(session, CountedVisit.registration_id, due))
    people = sorted({visit.person_id for visit in (*now, *was)})
    before = list(_kept(session, CountedVisit.person_id, people))
    touch(session, facts, touched, {*facts.places, *(visit.event_id for visit in was)})
    for some in _some(due):
        session.execute(delete(CountedVisit).where(CountedVisit.registration_id.in_(some)), execution_options=PLAIN)
        session.execute(delete(TallyDue).where(TallyDue.registration_id.in_(some)), execution_options=PLAIN)
    if now:
        session.execute(insert(table_of(CountedVisit)), [visit._asdict() for visit in now])
    after = [*(visit for visit in before if visit.registration_id not in touched), *now]
    _add(session, tallies(after), tallies(before))


def rebuild(session: Session) -> None:
    """Count everything anew: after a schema change, or a load of very many rows."""
    for model in (CountedVisit, CountedMonth, Tally, TallyDue):
        session.execute(delete(model), execution_options=PLAIN)
    last, highest = 0, session.scalar(select(func.max(Registration.event_id))) or 0
    while last < highest:
        events = range(last + 1, last + 1 + EVENTS_AT_ONCE)
        last = events[-1]
        facts = facts_of(session, events=events)
        whos = numbers_of(session, {one.who for one in facts.people.values()})
        for table, rows in (
            (table_of(CountedVisit), [visit._asdict() for visit in _visits(facts)]),
            (table_of(CountedMonth), packed(facts, whos)),
        ):
            if rows:
                session.execute(insert(table), rows)
    _tally_all(session)


def _tally_all(session: Session) -> None:
    """The sums, in the database."""
    visit, nowhere = CountedVisit, (literal(Level.NOT_STATED, CountedVisit.level.type), literal(NO_PROVINCE))
    for where, whose, more in (
        (visit.project_id, (visit.project_id, visit.person_id), nowhere),
        (literal(EVERYWHERE), (visit.person_id,), (visit.level, visit.province)),
    ):
        place = func.row_number().over(
            partition_by=whose, order_by=(visit.last_at.desc(), visit.registration_id.desc())
        )
        visits = select(
            where.label("project_id"),
            visit.sex,
            visit.agency_id,
            more[0].label("level"),
            more[1].label("province"),
            visit.thousandths,
            place.label("place"),
        ).subquery()
        cell = [visits.c[name] for name in CELL]
        speaking = func.count().filter(visits.c.place == 1)
        counted = select(*cell, func.count(), speaking, func.sum(visits.c.thousandths)).group_by(*cell)
        session.execute(insert(table_of(Tally)).from_select([*CELL, *SUMS], counted))


def tallies(visits: Iterable[Visit]) -> dict[tuple[Any, ...], tuple[int, int, int]]:
    """Visits by project, and everywhere, by who came; a person is as they were when they came last."""
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    speaking: dict[tuple[int, int], Visit] = {}
    for visit in visits:
        for project_id in (visit.project_id, EVERYWHERE):
            cell = found[_cell(project_id, visit)]
            cell[0] += 1
            cell[2] += visit.thousandths
            known = speaking.get((project_id, visit.person_id))
            if known is None or (visit.last_at, visit.registration_id) > (known.last_at, known.registration_id):
                speaking[project_id, visit.person_id] = visit
    for (project_id, _person), visit in speaking.items():
        found[_cell(project_id, visit)][1] += 1
    return {key: (cell[0], cell[1], cell[2]) for key, cell in found.items()}


def _cell(project_id: int, visit: Visit) -> tuple[Any, ...]:
    more = (visit.level, visit.province) if project_id == EVERYWHERE else (Level.NOT_STATED, NO_PROVINCE)
    return project_id, visit.sex, visit.agency_id, *more


def _visits(facts: Facts) -> list[Visit]:
    """Who counts as an attendance, over all months."""
    found = []
    for key, attended in facts.attended.items():
        person = facts.people[key]
        sex, agency_id, level, province = person.who
        found.append(
            Visit(
                key,
                person.event_id,
                facts.places[person.event_id].project_id,
                person.person_id,
                Sex(sex),
                agency_id,
                Level(level),
                province,
                sum(one.thousandths for one in attended),
                max(one.starts_at for one in attended),
            )
        )
    return found


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
            rows.append(dict(zip((*CELL, *SUMS), (*key, *change), strict=True)))
    if not rows:
        return
    table = table_of(Tally)
    upsert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = upsert(table)
    added = {name: table.c[name] + statement.excluded[name] for name in SUMS}
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

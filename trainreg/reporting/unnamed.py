"""Attendance without names, as reports tell it: beside the figures of named people, and in none of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Integer, cast, func, select

from trainreg.agencies.models import Agency
from trainreg.attendance.models import UnnamedAttendance
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.people.rules import Level, Sex
from trainreg.reporting.rules import COUNTED_SESSIONS, NOT_COUNTED_EVENTS, THOUSANDTHS, days, plain_number
from trainreg.reporting.small import hidden_in_line


@dataclass(frozen=True)
class Counted:
    """What was counted at sessions. Whoever came to two sessions was counted twice: these are no persons."""

    people: int = 0
    person_days: Decimal = Decimal(0)


class AgencyCount(NamedTuple):
    """How many were counted of one agency; without a code: of agencies that nobody stated."""

    code: str | None
    name: Text | None
    people: int


@dataclass(frozen=True)
class UnnamedFigures:
    """The counts without names of a project; every breakdown sums to the total and has its "not stated".

    `hidden` names what is not told: a way of parting with one of its parts, and () for the total.
    """

    total: Counted = Counted()
    by_event: Mapping[int, Counted] = field(default_factory=dict)
    by_sex: Mapping[Sex, int] = field(default_factory=dict)
    by_level: Mapping[Level, int] = field(default_factory=dict)
    by_agency: Sequence[AgencyCount] = ()
    hidden: frozenset[tuple[object, ...]] = frozenset()

    def tells(self, *name: object) -> bool:
        """Whether a number is told: the total without a name, a part by its way of parting and its key."""
        return name not in self.hidden


class _Row(NamedTuple):
    event_id: int
    sex: Sex
    level: Level
    agency_id: int | None
    people: int
    thousandths: int


def unnamed_of(project_id: int) -> UnnamedFigures:
    """Count a project's planned sessions of events that were not called off."""
    rows = _rows(project_id)
    agencies = {
        agency_id: (code, name)
        for agency_id, code, name in db.session.execute(
            select(Agency.id, Agency.code, Agency.name)
            .where(Agency.id.in_({row.agency_id for row in rows if row.agency_id is not None}))
            .order_by(Agency.code)
        )
    }
    return UnnamedFigures(
        total=_counted(rows),
        by_event={event_id: _counted(row for row in rows if row.event_id == event_id) for event_id in _events(rows)},
        by_sex={sex: sum(row.people for row in rows if row.sex is sex) for sex in Sex},
        by_level={level: sum(row.people for row in rows if row.level is level) for level in Level},
        by_agency=[
            *(
                AgencyCount(*agencies[agency_id], sum(row.people for row in rows if row.agency_id == agency_id))
                for agency_id in agencies
            ),
            AgencyCount(None, None, sum(row.people for row in rows if row.agency_id is None)),
        ],
    )


def _rows(project_id: int) -> list[_Row]:
    cell = (Session.event_id, UnnamedAttendance.sex, UnnamedAttendance.level, UnnamedAttendance.agency_id)
    thousandths = UnnamedAttendance.people * cast(func.round(Session.day_share * THOUSANDTHS), Integer)
    statement = (
        select(*cell, func.sum(UnnamedAttendance.people), func.sum(thousandths))
        .join(Session, Session.id == UnnamedAttendance.session_id)
        .join(Event, Event.id == Session.event_id)
        .where(Event.project_id == project_id, Event.status != NOT_COUNTED_EVENTS, Session.status == COUNTED_SESSIONS)
        .group_by(*cell)
    )
    return [
        _Row(event_id, sex, level, agency_id, int(people), int(total))
        for event_id, sex, level, agency_id, people, total in db.session.execute(statement)
    ]


def _events(rows: Iterable[_Row]) -> set[int]:
    return {row.event_id for row in rows}


def _counted(rows: Iterable[_Row]) -> Counted:
    kept = list(rows)
    return Counted(sum(row.people for row in kept), days(sum(row.thousandths for row in kept)))


def without_small(figures: UnnamedFigures) -> UnnamedFigures:
    """As somebody without the right to names may see them. Each way of parting the total is a line of its own."""
    lines: dict[str, Mapping[Any, int]] = {
        "event": {key: one.people for key, one in figures.by_event.items()},
        "sex": figures.by_sex,
        "level": figures.by_level,
        "agency": {one.code: one.people for one in figures.by_agency},
    }
    total = figures.total.people
    found = {
        way: hidden_in_line({key: (people,) for key, people in parts.items()}, (total,)) for way, parts in lines.items()
    }
    if any(() in hidden for hidden in found.values()):
        return replace(figures, hidden=frozenset({(), *((way, key) for way, parts in lines.items() for key in parts)}))
    return replace(figures, hidden=frozenset((way, key) for way, hidden in found.items() for key in hidden))


def unnamed_as_json(figures: UnnamedFigures) -> dict[str, object]:
    """As programs read it; see docs/figures.md."""
    return {
        "counted": figures.total.people,
        "person_days": plain_number(figures.total.person_days),
        "by_sex": {sex.value: people for sex, people in figures.by_sex.items()},
        "by_level": {level.value: people for level, people in figures.by_level.items()},
        "by_agency": [{"code": count.code, "name": count.name, "counted": count.people} for count in figures.by_agency],
    }

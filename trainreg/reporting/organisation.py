"""The whole organisation's figures: all projects, from the totals that are kept (ADR 0029)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import func, or_, select

from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.programme.models import Project
from trainreg.reporting.counting.hiding import SMALLEST_TOLD
from trainreg.reporting.rules import COUNTED_SESSIONS, days
from trainreg.reporting.small import hidden_in_line
from trainreg.totals.models import EVERYWHERE, Tally
from trainreg.web.paging import Page, asked_page

PER_PAGE = 50


@dataclass
class Sums:
    """Attendances, officials (each once) and person-days, officials also by sex."""

    attendances: int = 0
    persons: int = 0
    thousandths: int = 0
    by_sex: dict[Sex, int] = field(default_factory=lambda: dict.fromkeys(Sex, 0))

    @property
    def person_days(self) -> Decimal:
        return days(self.thousandths)


@dataclass(frozen=True)
class ProjectSums:
    """One project in the list; `is_told` is False where whoever reads may not know how few came."""

    project: Project
    sums: Sums
    events_held: int
    is_told: bool = True


@dataclass(frozen=True)
class Organisation:
    """All projects together, and one page of them. `total` is None for who sees only some: persons do not add up."""

    total: Sums | None
    by_agency: Sequence[tuple[int, Sums]]
    page: Page[ProjectSums]
    hidden_sexes: frozenset[Sex] = frozenset()
    hidden_agencies: frozenset[int] = frozenset()
    sees_all: bool = True  # names of every project
    tells_persons: bool = True
    tells_sums: bool = True  # attendances and person-days: they add up over projects, officials do not


def organisation(ids: Collection[int] | None, named: Collection[int] | None = None) -> Organisation:
    """The projects with these ids (None: all), those that started last first.

    `named`: the projects in which the reader may see names (None: all); small figures of the others are not told.
    """
    scope = select(Project) if ids is None else select(Project).where(Project.id.in_(ids))
    count = db.session.scalar(select(func.count()).select_from(scope.subquery())) or 0
    number = min(asked_page(), max(1, -(-count // PER_PAGE)))
    ordered = scope.order_by(Project.starts_on.desc(), Project.code)
    projects = db.session.scalars(ordered.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    shown = [project.id for project in projects]
    sums, held = _sums([*shown, EVERYWHERE]), _held(shown)
    hidden = {} if named is None else {key: few for key, few in _small_projects().items() if key not in named}
    rows = [ProjectSums(one, sums.get(one.id, Sums()), held.get(one.id, 0), one.id not in hidden) for one in projects]
    page = Page(rows, number, PER_PAGE, count)
    if ids is not None:
        return Organisation(None, (), page, sees_all=named is None)
    found = Organisation(sums.get(EVERYWHERE, Sums()), _by_agency(), page)
    return found if named is None else _without_small(found, hidden)


def _without_small(found: Organisation, hidden: Mapping[int, int]) -> Organisation:
    """The whole, without what is small or would tell one small project: a project's own page tells all the others."""
    total = found.total or Sums()
    people = (total.persons,)
    sexes = hidden_in_line({sex: (count,) for sex, count in total.by_sex.items()}, people)
    agencies = hidden_in_line(
        {key: (one.attendances, one.persons) for key, one in found.by_agency},
        (total.attendances, total.persons),
        are_named=False,
    )
    is_told = () not in sexes and () not in agencies
    return replace(
        found,
        hidden_sexes=sexes - {()},
        hidden_agencies=agencies - {()},
        sees_all=False,
        tells_persons=is_told,
        # One project could be worked out, and so could several of one attendance each.
        tells_sums=is_told and (not hidden or 1 < len(hidden) < sum(hidden.values())),
    )


def _small_projects() -> dict[int, int]:
    """Projects of few attendances or officials, each with its attendances."""
    sums = (func.sum(Tally.attendances), func.sum(Tally.persons))
    few = (one.between(1, SMALLEST_TOLD - 1) for one in sums)
    statement = (
        select(Tally.project_id, sums[0])
        .where(Tally.project_id != EVERYWHERE)
        .group_by(Tally.project_id)
        .having(or_(*few))
    )
    return {project_id: int(attendances) for project_id, attendances in db.session.execute(statement)}


def _sums(project_ids: Collection[int]) -> dict[int, Sums]:
    cell = (Tally.project_id, Tally.sex)
    totals = (func.sum(Tally.attendances), func.sum(Tally.persons), func.sum(Tally.thousandths))
    found: dict[int, Sums] = {}
    statement = select(*cell, *totals).where(Tally.project_id.in_(project_ids)).group_by(*cell)
    for project_id, sex, attendances, persons, thousandths in db.session.execute(statement):
        sums = found.setdefault(project_id, Sums())
        sums.attendances += int(attendances)
        sums.persons += int(persons)
        sums.thousandths += int(thousandths)
        sums.by_sex[sex] += int(persons)
    return found


def _by_agency() -> list[tuple[int, Sums]]:
    totals = (func.sum(Tally.attendances), func.sum(Tally.persons), func.sum(Tally.thousandths))
    statement = (
        select(Tally.agency_id, *totals)
        .where(Tally.project_id == EVERYWHERE)
        .group_by(Tally.agency_id)
        .having(func.sum(Tally.attendances) > 0)
        .order_by(func.sum(Tally.persons).desc(), Tally.agency_id)
    )
    return [
        (agency_id, Sums(int(attendances), int(persons), int(thousandths)))
        for agency_id, attendances, persons, thousandths in db.session.execute(statement)
    ]


def _held(project_ids: Collection[int]) -> dict[int, int]:
    """Published events that have begun, by project."""
    begun = (
        select(Session.event_id)
        .where(Session.event_id == Event.id, Session.status == COUNTED_SESSIONS, Session.starts_at <= clock.now())
        .exists()
    )
    statement = (
        select(Event.project_id, func.count())
        .where(Event.project_id.in_(project_ids), Event.status.in_((EventStatus.OPEN, EventStatus.CLOSED)), begun)
        .group_by(Event.project_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}

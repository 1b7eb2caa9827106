"""The whole organisation's figures: all projects, from the totals that are kept (ADR 0029)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import func, select

from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.programme.models import Project
from trainreg.reporting.rules import COUNTED_SESSIONS, days
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
    """One project in the list."""

    project: Project
    sums: Sums
    events_held: int


@dataclass(frozen=True)
class Organisation:
    """All projects together, and one page of them. `total` is None for who sees only some: persons do not add up."""

    total: Sums | None
    by_agency: Sequence[tuple[int, Sums]]
    page: Page[ProjectSums]


def organisation(ids: Collection[int] | None) -> Organisation:
    """The projects with these ids (None: all), those that started last first."""
    scope = select(Project) if ids is None else select(Project).where(Project.id.in_(ids))
    count = db.session.scalar(select(func.count()).select_from(scope.subquery())) or 0
    number = min(asked_page(), max(1, -(-count // PER_PAGE)))
    ordered = scope.order_by(Project.starts_on.desc(), Project.code)
    projects = db.session.scalars(ordered.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    shown = [project.id for project in projects]
    sums, held = _sums([*shown, EVERYWHERE]), _held(shown)
    rows = [ProjectSums(one, sums.get(one.id, Sums()), held.get(one.id, 0)) for one in projects]
    total = sums.get(EVERYWHERE, Sums()) if ids is None else None
    return Organisation(total, _by_agency() if ids is None else (), Page(rows, number, PER_PAGE, count))


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

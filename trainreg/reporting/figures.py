"""The figures of a project, counted from its rows every time: never added up from parts, never stored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, Session
from trainreg.framework.rules import Span
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.people.rules import Sex
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.publications.queries import list_publications_of
from trainreg.publications.rules import PublicationKind
from trainreg.reporting.counting.facts import EVER, Facts, Stay
from trainreg.reporting.counting.reading import visits_of
from trainreg.reporting.rules import (
    COUNTED_ROLE,
    COUNTED_SESSIONS,
    Breakdown,
    Cell,
    Figures,
    broken_down,
    days,
    is_held,
)
from trainreg.reporting.steps import Course, course_of


@dataclass(frozen=True)
class AgencyName:
    """An agency as reports name it."""

    code: str
    name: Text


@dataclass(frozen=True)
class EventFigures:
    """What one event adds to the figures; `starts_at` and `ends_at` are those of its planned sessions."""

    event_id: int
    starts_at: datetime | None
    ends_at: datetime | None
    is_held: bool
    is_over: bool
    outcome_ids: frozenset[int]
    attendances: int
    person_days: Decimal


@dataclass(frozen=True)
class Products:
    """What was made: publications translated, and assessment reports."""

    translated: int = 0
    assessments: int = 0


class Came(NamedTuple):
    """What of an attendance the figures of a project tell: each is a sum over these. `step`: see `Course.place`."""

    event_id: int
    sex: Sex
    agency_id: int
    province: str | None = None
    step: int = 0


@dataclass(frozen=True)
class ProjectFigures:
    """Everything the project's page and the command line report."""

    total: Figures
    by_outcome: Mapping[int, Figures]
    agencies: Mapping[int, AgencyName]
    events: Mapping[int, EventFigures]
    products: Products
    products_by_outcome: Mapping[int | None, Products]
    course: Course = field(default_factory=Course)
    came: Mapping[Came, int] = field(default_factory=dict)  # how many attendances there were of each

    @property
    def events_held(self) -> int:
        return sum(event.is_held for event in self.events.values())

    def events_held_for(self, outcome_id: int) -> int:
        """Events held that serve this outcome."""
        return sum(event.is_held and outcome_id in event.outcome_ids for event in self.events.values())

    def agencies_in(self, part: Figures) -> list[tuple[int, AgencyName]]:
        """The agencies that this part of the figures speaks of, by code."""
        present = [(key, self.agencies[key]) for key in part.attendances.by_agency if key is not None]
        return sorted(present, key=lambda found: found[1].code)

    def products_of(self, outcome_id: int) -> Products:
        """Publications that serve this outcome."""
        return self.products_by_outcome.get(outcome_id, Products())


def figures_of(
    project: Project,
    facts: Facts | None = None,
    *,
    publications: Iterable[Publication] | None = None,
    periods: Sequence[tuple[Span, str]] = (),
) -> ProjectFigures:
    """Count a project: per outcome and in total. The number of statements does not depend on its size.

    `facts` and `publications`: what was read of it already. `periods`: its reporting periods, for its course.
    """
    facts = facts if facts is not None else visits_of(project)
    stays = [stay for stay in facts.stays(EVER) if stay.visit.who.role == COUNTED_ROLE]
    by_outcome = {}
    for outcome in project.outcomes:
        serving = {event.id for event in facts.occasions.values() if outcome.id in event.outcome_ids}
        by_outcome[outcome.id] = _figures([stay for stay in stays if stay.visit.who.event_id in serving])
    products = _products(list_publications_of(project.id) if publications is None else publications)
    course = course_of(stays, periods, today=clock.today(project.timezone))
    return ProjectFigures(
        total=_figures(stays, by_province=True),
        by_outcome=by_outcome,
        agencies=_agencies({stay.visit.who.agency_id for stay in stays}),
        events=_events(project.id, stays, facts),
        products=Products(
            sum(part.translated for part in products.values()), sum(part.assessments for part in products.values())
        ),
        products_by_outcome=products,
        course=course,
        came=Counter(_came(stay, course) for stay in stays),
    )


def _came(stay: Stay, course: Course) -> Came:
    who = stay.visit.who
    return Came(who.event_id, _SEXES[who.sex], who.agency_id or 0, who.province, course.place(stay.days[1]))


Where = tuple[Sex, int, str | None]  # province


def _figures(stays: Sequence[Stay], *, by_province: bool = False) -> Figures:
    """A person counts once, as they were at the event they attended last."""
    attendances, thousandths = Counter[Where](), Counter[Where]()
    speaking: dict[int, tuple[tuple[datetime, int], Where]] = {}
    for stay in stays:
        who = stay.visit.who
        cell = (_SEXES[who.sex], who.agency_id or 0, who.province if by_province else None)
        attendances[cell] += 1
        thousandths[cell] += stay.thousandths
        known = speaking.get(who.person_id)
        if known is None or stay.last > known[0]:
            speaking[who.person_id] = (stay.last, cell)
    persons = Counter(cell for _last, cell in speaking.values())
    return Figures(
        attendances=_broken_down({cell: Decimal(count) for cell, count in attendances.items()}),
        persons=_broken_down({cell: Decimal(count) for cell, count in persons.items()}),
        person_days=_broken_down({cell: days(total) for cell, total in thousandths.items()}),
    )


def _broken_down(values: Mapping[Where, Decimal]) -> Breakdown:
    return broken_down(Cell(sex, agency_id, value, province) for (sex, agency_id, province), value in values.items())


_SEXES: dict[str | None, Sex] = {None: Sex.NOT_STATED, **{sex.value: sex for sex in Sex}}


def _agencies(ids: Iterable[int | None]) -> dict[int, AgencyName]:
    statement = select(Agency.id, Agency.code, Agency.name).where(Agency.id.in_(list(ids)))
    return {agency_id: AgencyName(code, name) for agency_id, code, name in db.session.execute(statement)}


def _events(project_id: int, stays: Iterable[Stay], facts: Facts) -> dict[int, EventFigures]:
    attendances, thousandths = Counter[int](), Counter[int]()
    for stay in stays:
        attendances[stay.visit.who.event_id] += 1
        thousandths[stay.visit.who.event_id] += stay.thousandths
    first, last, now = func.min(Session.starts_at), func.max(Session.ends_at), clock.now()
    statement = (
        select(Event.id, Event.status, first, last)
        .outerjoin(Session, (Session.event_id == Event.id) & (Session.status == COUNTED_SESSIONS))
        .where(Event.project_id == project_id)
        .group_by(Event.id, Event.status)
    )
    return {
        event_id: EventFigures(
            event_id,
            starts_at,
            ends_at,
            is_held(status, starts_at=starts_at, now=now),
            is_held(status, starts_at=ends_at, now=now),
            facts.occasions[event_id].outcome_ids,
            attendances[event_id],
            days(thousandths[event_id]),
        )
        for event_id, status, starts_at, ends_at in db.session.execute(statement)
    }


def _products(publications: Iterable[Publication]) -> dict[int | None, Products]:
    found: dict[int | None, Products] = {}
    for one in publications:
        known = found.get(one.outcome_id, Products())
        found[one.outcome_id] = Products(
            known.translated + (one.translated_into is not None),
            known.assessments + (one.kind is PublicationKind.ASSESSMENT_REPORT),
        )
    return found

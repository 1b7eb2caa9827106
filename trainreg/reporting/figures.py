"""The figures of a project, counted from its rows every time: never added up from parts, never stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, EventOutcome, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.people.rules import Sex
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.publications.rules import PublicationKind
from trainreg.reporting.counted import counted_persons, counted_registrations, persons_by_outcome
from trainreg.reporting.rules import COUNTED_SESSIONS, Breakdown, Cell, Figures, broken_down, days, is_held


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


@dataclass(frozen=True)
class ProjectFigures:
    """Everything the project's page and the command line report."""

    total: Figures
    by_outcome: Mapping[int, Figures]
    agencies: Mapping[int, AgencyName]
    events: Mapping[int, EventFigures]
    products: Products
    products_by_outcome: Mapping[int | None, Products]

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


@dataclass(frozen=True)
class _EventCell:
    event_id: int
    sex: Sex
    agency_id: int
    attendances: int
    thousandths: int


def figures_of(project: Project) -> ProjectFigures:
    """Count a project: per outcome and in total. The number of statements does not depend on its size."""
    cells = _event_cells(project.id)
    serving = _outcomes_of_events(project.id)
    persons, persons_of = _persons(project.id), _persons_by_outcome(project.id)
    by_outcome = {}
    for outcome in project.outcomes:
        its_cells = [cell for cell in cells if outcome.id in serving.get(cell.event_id, ())]
        by_outcome[outcome.id] = _figures(its_cells, persons_of.get(outcome.id, Breakdown()))
    products = _products(project.id)
    return ProjectFigures(
        total=_figures(cells, persons),
        by_outcome=by_outcome,
        agencies=_agencies({cell.agency_id for cell in cells}),
        events=_events(project.id, cells, serving),
        products=Products(
            sum(part.translated for part in products.values()), sum(part.assessments for part in products.values())
        ),
        products_by_outcome=products,
    )


def _figures(cells: Iterable[_EventCell], persons: Breakdown) -> Figures:
    cells = list(cells)
    return Figures(
        attendances=broken_down(Cell(cell.sex, cell.agency_id, Decimal(cell.attendances)) for cell in cells),
        persons=persons,
        person_days=broken_down(Cell(cell.sex, cell.agency_id, days(cell.thousandths)) for cell in cells),
    )


def _event_cells(project_id: int) -> list[_EventCell]:
    rows = counted_registrations(project_id)
    statement = select(
        rows.c.event_id, rows.c.sex, rows.c.agency_id, func.count(), func.sum(rows.c.thousandths)
    ).group_by(rows.c.event_id, rows.c.sex, rows.c.agency_id)
    return [
        _EventCell(event_id, sex, agency_id, count, int(thousandths))
        for event_id, sex, agency_id, count, thousandths in db.session.execute(statement)
    ]


def _outcomes_of_events(project_id: int) -> dict[int, set[int]]:
    serving: dict[int, set[int]] = {}
    statement = select(EventOutcome.event_id, EventOutcome.outcome_id).join(Event).where(Event.project_id == project_id)
    for event_id, outcome_id in db.session.execute(statement):
        serving.setdefault(event_id, set()).add(outcome_id)
    return serving


def _persons(project_id: int) -> Breakdown:
    rows = counted_persons(project_id)
    statement = select(rows.c.sex, rows.c.agency_id, func.count()).where(rows.c.place == 1)
    found = db.session.execute(statement.group_by(rows.c.sex, rows.c.agency_id))
    return broken_down(Cell(sex, agency_id, Decimal(count)) for sex, agency_id, count in found)


def _persons_by_outcome(project_id: int) -> dict[int, Breakdown]:
    rows = persons_by_outcome(project_id)
    statement = (
        select(rows.c.outcome_id, rows.c.sex, rows.c.agency_id, func.count())
        .where(rows.c.place == 1)
        .group_by(rows.c.outcome_id, rows.c.sex, rows.c.agency_id)
    )
    cells: dict[int, list[Cell]] = {}
    for outcome_id, sex, agency_id, count in db.session.execute(statement):
        cells.setdefault(outcome_id, []).append(Cell(sex, agency_id, Decimal(count)))
    return {outcome_id: broken_down(its_cells) for outcome_id, its_cells in cells.items()}


def _agencies(ids: Iterable[int]) -> dict[int, AgencyName]:
    statement = select(Agency.id, Agency.code, Agency.name).where(Agency.id.in_(list(ids)))
    return {agency_id: AgencyName(code, name) for agency_id, code, name in db.session.execute(statement)}


def _events(project_id: int, cells: Iterable[_EventCell], serving: Mapping[int, set[int]]) -> dict[int, EventFigures]:
    attendances, thousandths = Counter[int](), Counter[int]()
    for cell in cells:
        attendances[cell.event_id] += cell.attendances
        thousandths[cell.event_id] += cell.thousandths
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
            frozenset(serving.get(event_id, ())),
            attendances[event_id],
            days(thousandths[event_id]),
        )
        for event_id, status, starts_at, ends_at in db.session.execute(statement)
    }


def _products(project_id: int) -> dict[int | None, Products]:
    statement = (
        select(Publication.outcome_id, Publication.kind, Publication.translated_into.is_not(None), func.count())
        .where(Publication.project_id == project_id)
        .group_by(Publication.outcome_id, Publication.kind, Publication.translated_into.is_not(None))
    )
    found: dict[int | None, Products] = {}
    for outcome_id, kind, is_translated, count in db.session.execute(statement):
        known = found.get(outcome_id, Products())
        found[outcome_id] = Products(
            known.translated + (count if is_translated else 0),
            known.assessments + (count if kind is PublicationKind.ASSESSMENT_REPORT else 0),
        )
    return found

"""The figures of a project, counted from its rows every time: never added up from parts, never stored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.people.rules import Sex
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.publications.rules import PublicationKind
from trainreg.reporting.counting.facts import EVER, Facts, Stay
from trainreg.reporting.counting.reading import visits_of
from trainreg.reporting.rules import COUNTED_ROLE, COUNTED_SESSIONS, Cell, Figures, broken_down, days, is_held


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
    cells: frozenset[tuple[int, Sex, int | None]] = frozenset()  # event, sex and agency of whoever attended

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


def figures_of(project: Project, facts: Facts | None = None) -> ProjectFigures:
    """Count a project: per outcome and in total. The number of statements does not depend on its size.

    `facts`: what was read of it already.
    """
    facts = facts if facts is not None else visits_of(project)
    stays = [stay for stay in facts.stays(EVER) if stay.visit.who.role == COUNTED_ROLE]
    by_outcome = {}
    for outcome in project.outcomes:
        serving = {event.id for event in facts.occasions.values() if outcome.id in event.outcome_ids}
        by_outcome[outcome.id] = _figures([stay for stay in stays if stay.visit.who.event_id in serving])
    products = _products(project.id)
    return ProjectFigures(
        total=_figures(stays),
        by_outcome=by_outcome,
        agencies=_agencies({stay.visit.who.agency_id for stay in stays}),
        events=_events(project.id, stays, facts),
        products=Products(
            sum(part.translated for part in products.values()), sum(part.assessments for part in products.values())
        ),
        products_by_outcome=products,
        cells=frozenset(
            (who.event_id, _SEXES[who.sex], who.agency_id or 0) for who in (one.visit.who for one in stays)
        ),
    )


def _figures(stays: Sequence[Stay]) -> Figures:
    """A person counts once, as they were at the event they attended last."""
    attendances, thousandths = Counter[tuple[Sex, int]](), Counter[tuple[Sex, int]]()
    speaking: dict[int, Stay] = {}
    for stay in stays:
        who = stay.visit.who
        cell = (_SEXES[who.sex], who.agency_id or 0)
        attendances[cell] += 1
        thousandths[cell] += stay.thousandths
        known = speaking.get(who.person_id)
        if known is None or stay.last > known.last:
            speaking[who.person_id] = stay
    persons = Counter((_SEXES[one.visit.who.sex], one.visit.who.agency_id or 0) for one in speaking.values())
    return Figures(
        attendances=broken_down(Cell(*cell, Decimal(count)) for cell, count in attendances.items()),
        persons=broken_down(Cell(*cell, Decimal(count)) for cell, count in persons.items()),
        person_days=broken_down(Cell(*cell, days(total)) for cell, total in thousandths.items()),
    )


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

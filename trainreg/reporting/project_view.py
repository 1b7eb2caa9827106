"""The project's page beyond its totals: who took part by sex and province, how far it had come when, and its events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.events.rules import EventStatus
from trainreg.framework.rules import CountingRule
from trainreg.kernel import clock
from trainreg.people.provinces import province_name
from trainreg.people.rules import Sex
from trainreg.reporting import small
from trainreg.reporting.charts import Curves, Piece, curves_of, stack_of
from trainreg.reporting.factsheet.words import step_name
from trainreg.reporting.figures import ProjectFigures
from trainreg.reporting.indicators import Progress
from trainreg.reporting.rules import NOT_STATED, Measure
from trainreg.reporting.view import SEXES, EventLine, Line, Number, Part, Shown, told_first
from trainreg.web.locale import current_language

PROVINCES_NOT_TOLD = _l("Provinces that are not told")


@dataclass(frozen=True)
class CrossLine:
    """One agency or province in every measure, and by sex in the order of SEXES; `stack` draws its parts."""

    line: Line
    by_sex: Sequence[Number]
    stack: Sequence[Piece] = ()


def agencies_by_sex(figures: ProjectFigures, total: Part, measure: Measure, *, shown: Shown) -> list[CrossLine]:
    """The lines of the whole project's agencies, in their order, each parted by sex."""
    values = figures.total.of(measure).agency_by_sex
    largest = max((line.numbers[measure].value or Decimal(0) for line in total.by_agency), default=Decimal(0))

    def crossed(line: Line) -> CrossLine:
        if not line.is_told:
            return CrossLine(line, [Number(None, None)] * len(SEXES))
        code = NOT_STATED if line.key is None else figures.agencies[line.key].code
        by_sex = [
            shown.number(
                small.of_agency_by_sex(line.key, sex),
                values.get((line.key, sex), Decimal(0)),
                measure,
                agency=code,
                sex=sex,
            )
            for sex in SEXES
        ]
        return CrossLine(
            line, by_sex, stack_of([one.value for one in by_sex], line.numbers[measure].value or Decimal(0), largest)
        )

    return [crossed(line) for line in total.by_agency]


def provinces(figures: ProjectFigures, *, shown: Shown) -> list[CrossLine]:
    """Every province that somebody came from, with the most attendances first, then "not stated"; officials by sex."""
    total = figures.total

    def line(province: str | None) -> Line:
        code = NOT_STATED if province is None else province
        label = SEXES[Sex.NOT_STATED] if province is None else province_name(province, current_language())
        name = small.of_province(province)
        numbers = {
            measure: shown.number(name, total.of(measure).by_province.get(province, Decimal(0)), measure, province=code)
            for measure in Measure
        }
        return Line(str(label), numbers, province)

    def crossed(one: Line) -> CrossLine:
        if not one.is_told:
            return CrossLine(one, [Number(None, None)] * len(SEXES))
        code = NOT_STATED if one.key is None else one.key
        by_sex = [
            shown.number(
                small.of_province_by_sex(one.key, sex),
                total.persons.province_by_sex.get((one.key, sex), Decimal(0)),
                Measure.PERSONS,
                province=code,
                sex=sex,
            )
            for sex in SEXES
        ]
        return CrossLine(one, by_sex)

    stated = [line(key) for key in total.attendances.by_province if key is not None]
    return [crossed(one) for one in (*told_first(stated, Measure.ATTENDANCES, PROVINCES_NOT_TOLD), line(None))]


@dataclass(frozen=True)
class StepLine:
    """How far the project had come at the end of one step."""

    label: str
    attendances: Number
    persons: Number
    target: Decimal | None


@dataclass(frozen=True)
class Headway:
    """The course of a project as a table and as a chart; `has_targets`: attendances were promised."""

    steps: Sequence[StepLine]
    curves: Curves

    @property
    def has_targets(self) -> bool:
        return any(one.target is not None for one in self.steps)


def headway(figures: ProjectFigures, progress: Progress, *, shown: Shown) -> Headway:
    """Attendances and officials from the beginning to each step's end, against the attendances that were promised."""
    course = figures.course
    targets = _targets(progress, [one.code for one in course.steps])
    steps = []
    for place, one in enumerate(course.steps):
        name, until = small.of_step(place), one.span.last
        steps.append(
            StepLine(
                one.code or (step_name(course.kind, one.span) if course.kind else ""),
                shown.number(name, Decimal(one.attendances), Measure.ATTENDANCES, until=until),
                shown.number(name, Decimal(one.persons), Measure.PERSONS, until=until),
                targets[place],
            )
        )
    return Headway(
        steps,
        curves_of([[one.attendances.value for one in steps], [one.persons.value for one in steps], targets]),
    )


def _targets(progress: Progress, codes: Sequence[str]) -> list[Decimal | None]:
    """What was promised in attendances from the first period to each, while each period has its target.

    Targets in officials are not added up: whoever comes in two periods is one official.
    """
    everybody = (one for one in progress.indicators if one.rule is CountingRule.ATTENDANCES)
    indicator = next((one for one in everybody if one.targets and not one.counting.filters.set_names), None)
    by_code = {one.code: one.id for one in progress.periods}
    promised = {row.period_id: row.value for row in indicator.targets} if indicator else {}
    found: list[Decimal | None] = []
    so_far: Decimal | None = Decimal(0)
    for code in codes:
        own = promised.get(by_code.get(code, 0))
        so_far = None if so_far is None or own is None else so_far + own
        found.append(so_far)
    return found


@dataclass(frozen=True)
class Month:
    """A month with the events that begin in it; `first` is None for events without a day."""

    first: date | None
    events: Sequence[EventLine]

    @property
    def anchor(self) -> str:
        return f"month-{self.first:%Y-%m}" if self.first else "month-none"

    @property
    def held(self) -> int:
        return sum(line.figures.is_held for line in self.events)

    @property
    def called_off(self) -> int:
        return sum(line.event.status is EventStatus.CANCELLED for line in self.events)

    @property
    def planned(self) -> int:
        return len(self.events) - self.held - self.called_off


@dataclass(frozen=True)
class Year:
    """The twelve months of a year in which something is planned or was."""

    number: int
    months: Sequence[Month]


def months_of(events: Iterable[EventLine]) -> list[Month]:
    """The months in which events begin, on the wall clocks of their places; in the order of the events."""
    found: dict[date | None, list[EventLine]] = {}
    for line in events:
        found.setdefault(_month(line), []).append(line)
    return [Month(first, own) for first, own in found.items()]


def _month(line: EventLine) -> date | None:
    starts_at = line.figures.starts_at
    return clock.local(starts_at, line.event.timezone).date().replace(day=1) if starts_at else None


def years_of(months: Iterable[Month]) -> list[Year]:
    """All months of the years that have events, the earliest first."""
    known = {month.first: month for month in months if month.first}
    return [
        Year(
            year,
            [known.get(date(year, number, 1), Month(date(year, number, 1), ())) for number in range(1, 13)],
        )
        for year in sorted({first.year for first in known})
    ]


def page_context(
    figures: ProjectFigures,
    progress: Progress,
    total: Part,
    events: Iterable[EventLine],
    measure: Measure,
    shown: Shown,
) -> dict[str, Any]:
    """What the templates of these sections need."""
    months = months_of(events)
    return {
        "agencies_by_sex": agencies_by_sex(figures, total, measure, shown=shown),
        "provinces": provinces(figures, shown=shown),
        "headway": headway(figures, progress, shown=shown),
        "months": months,
        "years": years_of(months),
    }

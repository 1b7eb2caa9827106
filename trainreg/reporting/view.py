"""Figures as the project's page shows them: in words, with the rows behind each for whoever may see names."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.numbers import format_currency
from flask import url_for
from flask_babel import lazy_gettext as _l

from trainreg.events.models import Event
from trainreg.events.queries import list_events_of
from trainreg.events.rules import EventStatus
from trainreg.kernel.languages import DEFAULT_LANGUAGE
from trainreg.people.rules import Sex
from trainreg.programme.models import Outcome, Project
from trainreg.reporting import small
from trainreg.reporting.counting.sums import Name
from trainreg.reporting.figures import EventFigures, Products, ProjectFigures
from trainreg.reporting.question import rows_arguments
from trainreg.reporting.rules import NOT_STATED, Breakdown, Figures, Measure
from trainreg.reporting.small import EVERYTHING_TOLD, WHOLE, Mask, mask_of
from trainreg.web.locale import current_language, tr

MEASURES: dict[Measure, Any] = {
    Measure.ATTENDANCES: _l("Attendances"),
    Measure.PERSONS: _l("Officials"),
    Measure.PERSON_DAYS: _l("Person-days"),
}
AGENCIES_NOT_TOLD = _l("Agencies that are not told")
SEXES: dict[Sex, Any] = {Sex.FEMALE: _l("Female"), Sex.MALE: _l("Male"), Sex.NOT_STATED: _l("Not stated")}


@dataclass(frozen=True)
class Number:
    """A figure and the address of its rows. No value: it is not told; no address: its rows are not shown."""

    value: Decimal | None
    url: str | None

    @property
    def is_something(self) -> bool:
        """Whether there is anything to tell more about; what is not told may be."""
        return self.value != 0


@dataclass(frozen=True)
class Shown:
    """How figures are shown to one reader: with rows, or without them and without what the mask hides."""

    mask: Mask
    rows_url: str | None

    def number(self, name: Name, value: Decimal, measure: Measure, **cell: Any) -> Number:
        if not self.mask.tells(name):
            return Number(None, None)
        if self.rows_url is None or not value:  # behind nothing there are no rows
            return Number(value, None)
        asked = rows_arguments(measure, **cell)
        return Number(value, f"{self.rows_url}?{urlencode(asked)}" if asked else self.rows_url)


def shown_to(project: Project, figures: ProjectFigures, *, with_names: bool) -> Shown:
    """Whoever may see names sees everything."""
    if with_names:
        return Shown(EVERYTHING_TOLD, url_for("reporting.rows", code=project.code))
    return Shown(mask_of(figures), None)


@dataclass(frozen=True)
class Line:
    """One cell of a breakdown, in every measure."""

    label: str
    numbers: dict[Measure, Number]
    key: Any = None  # of what the line is: a sex, an agency, a province; None: not stated

    @property
    def is_told(self) -> bool:
        """One mask serves all measures."""
        return all(number.value is not None for number in self.numbers.values())


@dataclass(frozen=True)
class Part:
    """The figures of the project or of one outcome; agencies with the most first, then those not told, in one line."""

    totals: dict[Measure, Number]
    by_sex: list[Line]
    by_agency: list[Line]

    def bars(self, lines: list[Line], measure: Measure) -> list[dict[str, Any]]:
        """One measure of a breakdown as bar tables take it."""
        return [
            {"label": line.label, "value": line.numbers[measure].value, "url": line.numbers[measure].url}
            for line in lines
        ]


@dataclass(frozen=True)
class OutcomePart:
    """One outcome with its figures and what else was done for it."""

    outcome: Outcome
    part: Part
    products: Products
    events: list[Event]

    @property
    def persons(self) -> Number:
        return self.part.totals[Measure.PERSONS]

    @property
    def persons_by_sex(self) -> list[Number]:
        return [line.numbers[Measure.PERSONS] for line in self.part.by_sex]


@dataclass(frozen=True)
class EventLine:
    """An event with what it adds to the figures."""

    event: Event
    figures: EventFigures
    attendances: Number
    person_days: Number


def part_of(
    figures: ProjectFigures,
    part: Figures,
    outcome: Outcome | None = None,
    *,
    shown: Shown,
    order_by: Measure = Measure.ATTENDANCES,
    with_agencies: bool = True,
) -> Part:
    """The figures of the whole project, or of one outcome, ready to show."""
    outcome_id, place = (outcome.id, outcome.number) if outcome else (WHOLE, None)

    def number(name: Name, value: Decimal, measure: Measure, **cell: Any) -> Number:
        return shown.number(name, value, measure, outcome=place, **cell)

    def line(label: str, key: Any, name: Name, value_of: Callable[[Breakdown], Decimal], **cell: Any) -> Line:
        return Line(label, {one: number(name, value_of(part.of(one)), one, **cell) for one in Measure}, key)

    def of_agency(label: str, key: int | None, code: str) -> Line:
        name = small.of_agency(outcome_id, key)
        return line(label, key, name, lambda one: one.by_agency.get(key, Decimal(0)), agency=code)

    return Part(
        totals={one: number(small.of_part(outcome_id), part.of(one).total, one) for one in Measure},
        by_sex=[
            line(str(label), sex, small.of_sex(outcome_id, sex), lambda one, sex=sex: one.by_sex[sex], sex=sex)  # type: ignore[misc]
            for sex, label in SEXES.items()
        ],
        by_agency=[
            *told_first(
                [of_agency(tr(agency.name), key, agency.code) for key, agency in figures.agencies_in(part)],
                order_by,
                AGENCIES_NOT_TOLD,
            ),
            of_agency(str(SEXES[Sex.NOT_STATED]), None, NOT_STATED),
        ]
        if with_agencies
        else [],
    )


def told_first(lines: list[Line], order_by: Measure, not_told: Any) -> list[Line]:
    """The largest first; those that are not told in one line without their names, nor how many they are."""
    told = [one for one in lines if one.is_told]
    told.sort(key=lambda one: (-(one.numbers[order_by].value or 0), one.label.casefold()))
    if len(told) < len(lines):
        told.append(Line(str(not_told), dict.fromkeys(Measure, Number(None, None))))
    return told


def outcome_parts(
    project: Project, figures: ProjectFigures, events: list[EventLine], *, shown: Shown
) -> list[OutcomePart]:
    """Every outcome, with its figures; its agencies stand on its own page."""
    return [outcome_part(one, figures, events, shown=shown, with_agencies=False) for one in project.outcomes]


def outcome_part(
    outcome: Outcome, figures: ProjectFigures, events: list[EventLine], *, shown: Shown, with_agencies: bool = True
) -> OutcomePart:
    """One outcome, with its figures."""
    return OutcomePart(
        outcome=outcome,
        part=part_of(figures, figures.by_outcome[outcome.id], outcome, shown=shown, with_agencies=with_agencies),
        products=figures.products_of(outcome.id),
        events=[line.event for line in events if outcome.id in line.figures.outcome_ids],
    )


def event_lines(project: Project, figures: ProjectFigures, *, shown: Shown, with_drafts: bool) -> list[EventLine]:
    """The project's events, the latest first; drafts for those who see events at work."""
    return [
        _event_line(event, figures.events[event.id], shown)
        for event in list_events_of(project.id)
        if event.id in figures.events and (with_drafts or event.status is not EventStatus.DRAFT)
    ]


def _event_line(event: Event, known: EventFigures, shown: Shown) -> EventLine:
    def number(value: Decimal, measure: Measure) -> Number:
        return shown.number(small.of_event(event.id), value, measure, event=event.slug)

    attendances = number(Decimal(known.attendances), Measure.ATTENDANCES)
    return EventLine(event, known, attendances, number(known.person_days, Measure.PERSON_DAYS))


def budget_of(project: Project) -> str:
    """The budget in the reader's figures, with the currency's code: USD 100,000."""
    if project.budget_amount is None or project.budget_currency is None:
        return ""
    whole = project.budget_amount == project.budget_amount.to_integral_value()
    pattern = "¤¤ #,##0" if whole else "¤¤ #,##0.00"
    locale = current_language()
    return format_currency(project.budget_amount, project.budget_currency, pattern, locale, currency_digits=False)


def country_of(project: Project) -> str:
    """The country's name in the reader's language."""
    names = Locale.parse(current_language()).territories
    return str(names.get(project.country) or Locale.parse(DEFAULT_LANGUAGE).territories.get(project.country, ""))

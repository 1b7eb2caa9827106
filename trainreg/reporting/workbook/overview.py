"""The first sheet: what the project is, when the workbook was made, and what it does not tell."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _

from trainreg.kernel import clock
from trainreg.kernel.sheets_book import Column, SheetPlan
from trainreg.kernel.sheets_cells import Value
from trainreg.reporting.view import country_of
from trainreg.reporting.workbook.asked import Asked, number
from trainreg.reporting.workbook.words import hidden_in_words
from trainreg.web.locale import tr

Row = tuple[Value, Value]


def overview_sheet(asked: Asked, made_at: datetime) -> SheetPlan:
    columns = [Column(_("What"), width=34), Column(_("As recorded"), width=100)]
    rows = [*_project(asked), *_outcomes(asked), *_periods(asked), *_remarks(asked, made_at)]
    return SheetPlan(_("Overview"), columns, [row for row in rows if row[1] not in (None, "")], filtered=False)


def _project(asked: Asked) -> Iterator[Row]:
    project = asked.project
    yield _("Project"), project.code
    yield _("Title"), tr(project.title)
    yield _("Organisation"), tr(project.organisation)
    yield _("Funder"), tr(project.funder)
    yield _("Country"), country_of(project)
    yield _("Starts on"), project.starts_on
    yield _("Ends on"), project.ends_on
    if project.budget_amount is not None:
        yield _("Budget in %(currency)s", currency=project.budget_currency or ""), number(project.budget_amount)
    yield _("Partners"), ", ".join(tr(partner.agency.name) for partner in project.partners)
    yield _("Summary"), tr(project.summary)
    yield _("Objective"), tr(project.objective)


def _outcomes(asked: Asked) -> Iterator[Row]:
    for outcome in asked.project.outcomes:
        yield _("Outcome %(number)s", number=outcome.number), tr(outcome.title)


def _periods(asked: Asked) -> Iterator[Row]:
    if asked.period is not None:
        yield _("Only this period"), asked.period.code
    yield _("Periods that were handed in"), ", ".join(one.code for one in asked.periods if one.is_locked)
    yield _("Periods that are open"), ", ".join(one.code for one in asked.periods if not one.is_locked)


def _remarks(asked: Asked, made_at: datetime) -> Sequence[Row]:
    at = clock.local(made_at, asked.project.timezone).replace(tzinfo=None, second=0, microsecond=0)
    counted = [
        _("Figures are counted from the records. A period that was handed in keeps the figures it had then."),
        _("Periods do not add up to all time: whoever came in two of them is one official, and is counted in each."),
        _("People counted without a list of names stand beside the figures and are in none of them."),
    ]
    hidden = hidden_in_words(asked.sees_all)
    if asked.project.is_invented:
        counted.append(_("This project is invented, and so is everybody in it."))
    return [
        (_("Made on"), at),
        (_("Time zone"), asked.project.timezone),
        *((_("How figures are counted") if not place else _("and"), text) for place, text in enumerate(counted)),
        *((_("What is hidden, and why") if not place else _("and"), text) for place, text in enumerate(hidden)),
    ]

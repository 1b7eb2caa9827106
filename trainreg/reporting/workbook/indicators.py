"""The sheets of indicators: what each is and counts over all time, and target against actual, period by period."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.rules import OF_PEOPLE
from trainreg.framework.words import DIRECTION_WORDS, RULE_WORDS
from trainreg.kernel.sheets_book import Column, Kind, SheetPlan
from trainreg.kernel.sheets_cells import Value
from trainreg.reporting.counting.freezing import value_of
from trainreg.reporting.indicators import Figure
from trainreg.reporting.workbook.asked import Asked, number
from trainreg.reporting.workbook.handed_in import handed_in
from trainreg.reporting.workbook.words import NOT_TOLD, filters_in_words, place_of, yes_or_no
from trainreg.web.locale import tr

Row = Sequence[Value]


def indicators_sheet(asked: Asked) -> SheetPlan:
    columns = [
        Column(_("Code"), width=9),
        Column(_("Indicator"), width=46),
        Column(_("Outcome or output"), width=10),
        Column(_("Unit"), width=16),
        Column(_("How it is counted"), width=26),
        Column(_("What of it is counted"), width=40),
        Column(_("Direction"), width=15),
        Column(_("Baseline"), Kind.NUMBER),
        Column(_("Baseline year"), Kind.YEAR),
        Column(_("Total over all time"), Kind.NUMBER),
        Column(_("Without names, beside it"), Kind.NUMBER),
    ]
    return SheetPlan(_("Indicators"), columns, _definitions(asked))


def _definitions(asked: Asked) -> Iterator[Row]:
    for line in asked.told.lines:
        one = line.indicator
        yield (
            one.code,
            tr(one.title),
            place_of(one),
            tr(one.unit),
            str(RULE_WORDS[one.rule]),
            filters_in_words(one.counting.filters, asked.parts),
            str(DIRECTION_WORDS[one.direction]),
            number(one.baseline_value),
            one.baseline_year,
            _told(asked, one, None, line.total),
            _unnamed(asked, one, None, line.unnamed),
        )


def periods_sheet(asked: Asked) -> SheetPlan:
    columns = [
        Column(_("Code"), width=9),
        Column(_("Indicator"), width=46),
        Column(_("Unit"), width=16),
        Column(_("Period"), width=11),
        Column(_("First day"), Kind.DAY),
        Column(_("Last day"), Kind.DAY),
        Column(_("Target"), Kind.NUMBER),
        Column(_("Actual"), Kind.NUMBER),
        Column(_("Without names, beside it"), Kind.NUMBER),
        Column(_("Target reached"), width=10),
        Column(_("Period handed in"), width=10),
        Column(_("Counts now"), Kind.NUMBER),
        Column(_("Changed since it was handed in"), width=14),
    ]
    return SheetPlan(_("Periods"), columns, _figures(asked))


def _figures(asked: Asked) -> Iterator[Row]:
    shown = {period.id for period in asked.periods}
    for line in asked.told.lines:
        for figure in line.figures:
            if figure.period.id in shown:
                yield _figure(asked, figure)


def _figure(asked: Asked, figure: Figure) -> Row:
    one, period = figure.indicator, figure.period
    now = _told(asked, one, period, figure.actual)
    actual = _reported(asked, figure) if period.is_locked else now
    reached = figure.is_reached
    # What was handed in is told as it was; beside it, where somebody may know, what counts now.
    return (
        one.code,
        tr(one.title),
        tr(one.unit),
        period.code,
        period.starts_on,
        period.ends_on,
        number(figure.target),
        actual,
        _unnamed(asked, one, period, figure.unnamed),
        "" if reached is None else yes_or_no(reached),
        yes_or_no(period.is_locked),
        now if period.is_locked else None,
        yes_or_no(actual != now) if period.is_locked and str(NOT_TOLD) not in (actual, now) else None,
    )


def _reported(asked: Asked, figure: Figure) -> Value:
    if figure.reported is None and not asked.sees_all and figure.indicator.rule in OF_PEOPLE:
        kept = handed_in(figure.period).get(figure.indicator.code, {})
        return str(NOT_TOLD) if value_of(kept) is not None else None
    return number(figure.reported)


def _told(asked: Asked, indicator: Indicator, period: ReportingPeriod | None, value: object) -> Value:
    """The figure; where it is kept back, the cell says so, and is not merely empty."""
    if value is None and not asked.sees_all and indicator.rule in OF_PEOPLE:
        return str(NOT_TOLD) if () in asked.told.table(indicator, period).hidden else None
    return number(value)


def _unnamed(asked: Asked, indicator: Indicator, period: ReportingPeriod | None, value: object) -> Value:
    if value is None and not asked.sees_all and indicator.rule in OF_PEOPLE:
        return str(NOT_TOLD) if () in asked.told.table(indicator, period).hidden_unnamed else None
    return number(value)

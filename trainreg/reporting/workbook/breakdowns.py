"""The sheet of breakdowns: each indicator's wanted parts, period by period, with "not stated" and a total."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from flask_babel import gettext as _

from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.words import breakdown_words
from trainreg.kernel.sheets_book import Column, Kind, SheetPlan, Strong
from trainreg.kernel.sheets_cells import Value
from trainreg.reporting.counting.tables import NOTHING, Key, Table
from trainreg.reporting.workbook.asked import Asked, number
from trainreg.reporting.workbook.handed_in import frozen_tables, handed_in
from trainreg.reporting.workbook.words import NOT_TOLD, period_name, yes_or_no
from trainreg.web.locale import tr


def breakdowns_sheet(asked: Asked) -> SheetPlan:
    columns = [
        Column(_("Code"), width=9),
        Column(_("Indicator"), width=36),
        Column(_("Period"), width=11),
        Column(_("Period handed in"), width=10),
        Column(_("Broken down by"), width=18),
        Column(_("Part"), width=26),
        Column(_("and part"), width=26),
        Column(_("Value"), Kind.NUMBER),
        Column(_("Without names, beside it"), Kind.NUMBER),
        Column(_("Sum of the parts"), Kind.NUMBER),
    ]
    return SheetPlan(_("Breakdowns"), columns, _rows(asked))


def _rows(asked: Asked) -> Iterator[Sequence[Value] | Strong]:
    for line in asked.told.lines:
        for period in asked.spans:
            for table in _tables(asked, line.indicator, period):
                head = _head(line.indicator, period, table)
                yield from _cells(asked, table, head)


def _tables(asked: Asked, indicator: Indicator, period: ReportingPeriod | None) -> Iterator[Table]:
    """What was handed in where it was, else what counts now."""
    if period is not None and period.is_locked:
        kept = handed_in(period).get(indicator.code)
        if kept is not None:
            yield from frozen_tables(kept, asked.parts, with_names=asked.sees_all)
        return
    for wanted in indicator.wanted:
        yield asked.told.table(indicator, period, wanted)


def _head(indicator: Indicator, period: ReportingPeriod | None, table: Table) -> tuple[Value, ...]:
    is_locked = period is not None and period.is_locked
    by = breakdown_words(table.dimensions)
    return indicator.code, tr(indicator.title), period_name(period), yes_or_no(is_locked), by


def _cells(asked: Asked, table: Table, head: tuple[Value, ...]) -> Iterator[Sequence[Value] | Strong]:
    places = range(len(table.dimensions))
    for key in product(*(table.parts(place) for place in places)):
        names = [asked.parts.name(table.dimensions[place], key[place]) for place in places]
        first, second = (*names, "")[:2]
        yield (*head, first, second, _cell(table, key), _unnamed(table, key), None)
    yield Strong((*head, _("Total"), "", _total(table), _unnamed_total(table), _sum(table)))


def _cell(table: Table, key: Key) -> Value:
    if key in table.hidden:
        return str(NOT_TOLD)
    return number(table.cell(*key))


def _unnamed(table: Table, key: Key) -> Value:
    if key in table.hidden_unnamed:
        return str(NOT_TOLD)
    return number(table.unnamed_cell(*key))


def _total(table: Table) -> Value:
    return str(NOT_TOLD) if () in table.hidden else number(table.value)


def _unnamed_total(table: Table) -> Value:
    if () in table.hidden_unnamed:
        return str(NOT_TOLD)
    return number(table.unnamed.sum) if table.unnamed is not None else None


def _sum(table: Table) -> Value:
    """Parts of a mean do not add up to it; hidden ones cannot be added up."""
    if table.is_average or table.hidden:
        return None
    return number(sum((amount.sum for amount in table.cells.values()), Fraction(0)) or NOTHING.sum)

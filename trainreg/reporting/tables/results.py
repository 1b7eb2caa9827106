"""Rows of indicators, targets and figures: the figures are those of `reporting.indicators`."""

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.rules import OF_PEOPLE
from trainreg.framework.words import breakdown_code
from trainreg.reporting.counting.freezing import value_of
from trainreg.reporting.counting.tables import Table
from trainreg.reporting.indicators import Figure, Line
from trainreg.reporting.tables.facts import Row, two
from trainreg.reporting.tables.scope import Scope
from trainreg.reporting.workbook.handed_in import frozen_tables, handed_in


def indicators(scope: Scope) -> Iterator[Row]:
    for one in scope.told.indicators:
        filters = dict(one.counting.filters.as_json())
        if "agencies" in filters:
            codes = scope.told.facts.agency_codes
            filters["agencies"] = sorted(codes.get(key, str(key)) for key in filters["agencies"])
        yield (
            one.code,
            one.outcome.number if one.outcome else None,
            one.output.label if one.output else None,
            *two(one.title),
            *two(one.unit),
            one.rule,
            json.dumps(filters, ensure_ascii=False, sort_keys=True),
            "; ".join(breakdown_code(wanted) for wanted in one.wanted),
            one.direction,
            one.baseline_value,
            one.baseline_year,
        )


def targets(scope: Scope) -> Iterator[Row]:
    codes = {period.id: period.code for period in scope.told.periods}
    for one in scope.told.indicators:
        for target in sorted(one.targets, key=lambda found: found.period_id):
            yield one.code, codes[target.period_id], target.value, target.due_on


def figures(scope: Scope) -> Iterator[Row]:
    for line in scope.told.lines:
        for figure in line.figures:
            told = (figure.told, figure.actual, figure.unnamed, figure.period.is_locked)
            yield line.indicator.code, figure.period.code, *told, _is_hidden(scope, line, figure)
        yield line.indicator.code, None, line.total, line.total, line.unnamed, False, _is_hidden(scope, line, None)


def _is_hidden(scope: Scope, line: Line, figure: Figure | None) -> bool:
    """Whether a figure is kept back; one that cannot be told for another reason is merely empty."""
    told = figure.told if figure else line.total
    if told is not None or scope.sees_individuals or line.indicator.rule not in OF_PEOPLE:
        return False
    if figure is not None and figure.period.is_locked:
        return value_of(handed_in(figure.period).get(line.indicator.code, {})) is not None
    return () in scope.told.table(line.indicator, figure.period if figure else None).hidden


def figure_parts(scope: Scope) -> Iterator[Row]:
    for indicator in scope.told.indicators:
        for period in (*scope.told.periods, None):
            for table in _tables(scope, indicator, period):
                for row in _parts(scope, table):
                    yield indicator.code, period.code if period else None, *row


def _tables(scope: Scope, indicator: Indicator, period: ReportingPeriod | None) -> Iterator[Table]:
    if period is not None and period.is_locked:
        kept = handed_in(period).get(indicator.code)
        if kept is not None:
            yield from frozen_tables(kept, scope.parts, with_names=scope.sees_individuals)
        return
    for wanted in indicator.wanted:
        yield scope.told.table(indicator, period, wanted)


def _parts(scope: Scope, table: Table) -> Iterator[Row]:
    places = range(len(table.dimensions))
    for key in product(*(table.parts(place) for place in places)):
        codes = [
            code
            for place in places
            for code in (table.dimensions[place].value, scope.parts.code(table.dimensions[place], key[place]))
        ]
        value, unnamed = table.cell(*key), table.unnamed_cell(*key)
        yield *codes, *([None, None] * (2 - len(places))), exact(value), exact(unnamed), key in table.hidden


def exact(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)

"""Breakdowns as they were handed in, read back from the period's own record: what is locked is not counted again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from trainreg.framework.models import ReportingPeriod
from trainreg.framework.rules import Breakdown, CountingRule, Dimension
from trainreg.reporting.counting.freezing import reported, value_of
from trainreg.reporting.counting.hiding import hide_small
from trainreg.reporting.counting.tables import Amount, Key, Table, added
from trainreg.reporting.part_words import PartWords


def handed_in(period: ReportingPeriod) -> Mapping[str, Mapping[str, Any]]:
    """What was handed in by the indicator's code; nothing while the period is open."""
    return reported(period.standing.figures) if period.standing is not None else {}


def frozen_tables(told: Mapping[str, Any], parts: PartWords, *, with_names: bool) -> Iterator[Table]:
    """The breakdowns of one indicator that were handed in, small cells hidden from whoever sees no names."""
    for one in told["breakdowns"]:
        table = _table(CountingRule(told["rule"]), one, value_of(told, "unnamed") is not None, parts)
        yield table if with_names else _hidden(table)


def _table(rule: CountingRule, told: Mapping[str, Any], counts_unnamed: bool, parts: PartWords) -> Table:
    dimensions: Breakdown = tuple(Dimension(name) for name in told["by"])
    cells: dict[Key, Amount] = {}
    unnamed: dict[Key, Amount] = {}
    for cell in told["cells"]:
        codes = zip(dimensions, cell["parts"], strict=True)
        key = tuple(None if code is None else parts.part(dimension, code) for dimension, code in codes)
        value, of = value_of(cell) or Fraction(0), cell["of"]
        if of:  # else only people without names are in it
            # A mean is kept as such: what it was made of is the mean times how many.
            cells[key] = Amount(value * of if rule is CountingRule.KNOWLEDGE_GAIN else value, of)
        people = value_of(cell, "unnamed")
        if people:
            unnamed[key] = Amount(people, int(people) if rule is CountingRule.ATTENDANCES else 0)
    return Table(
        rule,
        dimensions,
        _sum(cells),
        cells,
        _sum(unnamed) if counts_unnamed else None,
        unnamed,
    )


def _hidden(table: Table) -> Table:
    """Of days and hours without names it is not kept how many people they were: they are not told at all."""
    if table.rule is not CountingRule.ATTENDANCES:
        table = replace(table, unnamed=None, unnamed_cells={})
    return hide_small(table)


def _sum(cells: Mapping[Key, Amount]) -> Amount:
    return added(((), amount) for amount in cells.values()).get((), Amount())

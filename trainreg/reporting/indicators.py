"""A project's indicators by period: target, actual, what was handed in. Every page and report takes them from here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import select

from trainreg.framework.models import FrozenRow, HandedIn, Indicator, ReportingPeriod
from trainreg.framework.queries import list_indicators, list_periods
from trainreg.framework.rules import OF_PEOPLE, Breakdown, CountingRule, is_reached, progress
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.publications.queries import list_publications_of
from trainreg.reporting.counting.facts import Facts
from trainreg.reporting.counting.freezing import (
    Difference,
    Thing,
    counted_then,
    differences,
    reported,
    thawed,
    value_of,
)
from trainreg.reporting.counting.hiding import hide_small, is_small
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.counting.rules import count
from trainreg.reporting.counting.tables import Table

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """One indicator in one period. `reported` is what was handed in, where the period is locked."""

    indicator: Indicator
    period: ReportingPeriod
    target: Decimal | None
    actual: Decimal | None
    reported: Decimal | None
    unnamed: Decimal | None
    source: str = ""  # where a value by hand is from, as it was handed in where the period is locked

    @property
    def told(self) -> Decimal | None:
        """What reports print: what was handed in, else what counts now."""
        return self.reported if self.period.is_locked else self.actual

    @property
    def has_changed(self) -> bool:
        return self.period.is_locked and self.reported != self.actual

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is met; None where there is no target, or nothing to hold against it."""
        if self.target is None or self.told is None:
            return None
        return is_reached(self.indicator.direction, target=self.target, actual=self.told)

    @property
    def share(self) -> Decimal | None:
        """How much of the way from the baseline to the target is gone."""
        if self.target is None or self.told is None:
            return None
        baseline = self.indicator.baseline_value
        return progress(self.indicator.direction, baseline=baseline, target=self.target, actual=self.told)


@dataclass(frozen=True)
class Line:
    """One indicator: its figure for each period, and counted over all time (never added up from periods)."""

    indicator: Indicator
    figures: Sequence[Figure]
    total: Decimal | None
    unnamed: Decimal | None
    standing: Figure | None = None  # of the latest period that has begun and has a target to hold it against


class Progress:
    """A project's framework with its figures; facts are read once, whatever is asked."""

    def __init__(self, project: Project, *, with_names: bool) -> None:
        self.project, self.with_names = project, with_names
        self.indicators: Sequence[Indicator] = list_indicators(project.id)
        self.periods: Sequence[ReportingPeriod] = list_periods(project.id)
        self._counts: dict[int, Counter[str]] = {}

    @cached_property
    def _today(self) -> date:
        return clock.today(self.project.timezone)

    @cached_property
    def publications(self) -> Sequence[Publication]:
        return list_publications_of(self.project.id)

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.project, self.publications)

    @cached_property
    def lines(self) -> list[Line]:
        return [self.line(indicator) for indicator in self.indicators]

    def table(self, indicator: Indicator, period: ReportingPeriod | None, breakdown: Breakdown = ()) -> Table:
        """A figure as it counts now, broken down or not; small cells are hidden from whoever sees no names."""
        table = count(self.facts, indicator.counting, period.span if period else None, breakdown)
        return table if self.with_names else hide_small(table)

    def told_table(self, indicator: Indicator, period: ReportingPeriod, breakdown: Breakdown) -> Table | None:
        """What reports print of a breakdown: as `table`, or where the period is locked as it was handed in.

        None where nothing was handed in so; counts without names are in the figure alone.
        """
        if not period.is_locked:
            return self.table(indicator, period, breakdown)
        handed_in = self._reported[period.id].get(indicator.code)
        ids = {code: agency_id for agency_id, code in self.facts.agency_codes.items()}
        table = thawed(handed_in, breakdown, ids) if handed_in else None
        return table if table is None or self.with_names else hide_small(table)

    def differences(self, period: ReportingPeriod) -> list[Difference]:
        """What has changed of a period since it was handed in."""
        standing = period.standing
        return differences(standing.figures, _frozen_rows(standing), self.facts) if standing else []

    def handed_in(self, period: ReportingPeriod, code: str) -> list[tuple[Thing, Fraction]]:
        """What a figure counted when its period was handed in, each thing with what it added."""
        standing, told = period.standing, self._reported.get(period.id, {}).get(code)
        return counted_then(told, _frozen_rows(standing)) if standing and told else []

    @cached_property
    def _reported(self) -> Mapping[int, Mapping[str, Mapping[str, Any]]]:
        return {one.id: reported(one.standing.figures) for one in self.periods if one.standing is not None}

    def line(self, indicator: Indicator) -> Line:
        """Its figure for each period, and over all time."""
        figures = [self._figure(indicator, period) for period in self.periods]
        begun = [one for one in figures if one.period.starts_on <= self._today and one.share is not None]
        standing = begun[-1] if begun else None
        if indicator.rule is CountingRule.HAND_ENTERED:
            told = [figure.actual for figure in figures if figure.actual is not None]
            return Line(indicator, figures, told[-1] if told else None, None, standing)
        table = self.table(indicator, None)
        return Line(indicator, figures, plain(table.value), unnamed_of(table), standing)

    def _figure(self, indicator: Indicator, period: ReportingPeriod) -> Figure:
        target = next((row.value for row in indicator.targets if row.period_id == period.id), None)
        handed_in = self._reported.get(period.id, {}).get(indicator.code, {})
        if indicator.rule is CountingRule.HAND_ENTERED:
            value = next((row.value for row in indicator.values if row.period_id == period.id), None)
            actual, unnamed = plain(Fraction(value)) if value is not None else None, None
        else:
            table = self.table(indicator, period)
            actual, unnamed = plain(table.value), unnamed_of(table)
        was = plain(value_of(handed_in))
        if not self.with_names and indicator.rule in OF_PEOPLE and is_small(self._people_behind(period, handed_in)):
            was = None
        return Figure(indicator, period, target, actual, was, unnamed, _source(indicator, period, handed_in))

    def _people_behind(self, period: ReportingPeriod, handed_in: Mapping[str, Any]) -> int:
        """Of how many people a figure was that was handed in: three who came for four days are three."""
        standing = period.standing
        if standing is None or not handed_in:
            return 0
        if handed_in["breakdowns"]:
            return sum(cell["of"] for cell in handed_in["breakdowns"][0]["cells"])
        if standing.id not in self._counts:
            rows = db.session.scalars(select(FrozenRow.snapshot).where(FrozenRow.handed_in_id == standing.id))
            self._counts[standing.id] = Counter(code for snapshot in rows for code in snapshot["counts"])
        return self._counts[standing.id][handed_in["code"]]


def _frozen_rows(standing: HandedIn) -> Mapping[int, Mapping[str, Any]]:
    rows = select(FrozenRow.registration_id, FrozenRow.snapshot).where(FrozenRow.handed_in_id == standing.id)
    return {row.registration_id: row.snapshot for row in db.session.execute(rows)}


def _source(indicator: Indicator, period: ReportingPeriod, handed_in: Mapping[str, Any]) -> str:
    if period.is_locked:
        return str(handed_in.get("source", ""))
    return next((row.source for row in indicator.values if row.period_id == period.id), "")


def unnamed_of(table: Table) -> Decimal | None:
    """The count without names beside a figure; None where there is none, or it is too small to tell."""
    if table.unnamed is None or not table.unnamed.of or () in table.hidden_unnamed:
        return None
    return plain(table.unnamed.sum)


def plain(value: Fraction | None) -> Decimal | None:
    """A figure as pages print it: whole where it is whole, else with two decimals."""
    if value is None:
        return None
    if value.denominator == 1:
        return Decimal(value.numerator)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_CENT, ROUND_HALF_UP).normalize()

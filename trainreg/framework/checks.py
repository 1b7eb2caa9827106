"""What must hold of a framework before it is written; each failing check is a refusal with a sentence."""

import re
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from trainreg.framework import refusals
from trainreg.framework.details import FrameworkDetails, IndicatorDetails
from trainreg.framework.rules import (
    HIGHEST_NUMBER,
    LONGEST_CODE,
    MOST_BREAKDOWNS,
    MOST_HOURS,
    MOST_INDICATORS,
    MOST_OUTPUTS,
    MOST_PERIODS,
    MOST_VALUE,
    CountingRule,
    Span,
    dimensions_of,
    filters_of,
    overlapping,
)
from trainreg.framework.words import DIMENSION_WORDS, FILTER_WORDS
from trainreg.kernel.refusals import Refused
from trainreg.programme.models import Project

_CODE = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*", re.ASCII)
Name = TypeVar("Name", bound=Hashable)
_LATEST = date(2100, 12, 31)


def is_code(code: str) -> bool:
    """Letters and digits with single dashes or dots between them."""
    return len(code) <= LONGEST_CODE and _CODE.fullmatch(code) is not None


def framework_problems(project: Project, told: FrameworkDetails) -> Iterator[Refused]:
    """Everything that cannot be in this framework."""
    sizes = ((told.indicators, MOST_INDICATORS), (told.outputs, MOST_OUTPUTS), (told.periods, MOST_PERIODS))
    if any(len(parts) > most for parts, most in sizes):
        yield refusals.TooMany(most=MOST_INDICATORS)
    yield from _output_problems(project, told)
    yield from _period_problems(project, told)
    outcomes = {outcome.number for outcome in project.outcomes}
    outputs = {output.label for output in told.outputs}
    for code in _doubled(one.code.casefold() for one in told.indicators):
        yield refusals.IndicatorTwice(indicator=code)
    for indicator in told.indicators:
        yield from _indicator_problems(indicator)
        if indicator.outcome is not None and indicator.outcome not in outcomes:
            yield refusals.UnknownOutcomeNumber(number=indicator.outcome)
        if indicator.output is not None and indicator.output not in outputs:
            yield refusals.UnknownOutput(output=indicator.output)
    yield from _value_problems(told)


def _output_problems(project: Project, told: FrameworkDetails) -> Iterator[Refused]:
    outcomes = {outcome.number for outcome in project.outcomes}
    for label in _doubled(one.label for one in told.outputs):
        yield refusals.OutputTwice(output=label)
    for output in told.outputs:
        if not 1 <= output.number <= HIGHEST_NUMBER:
            yield refusals.WrongOutputNumber()
        if output.outcome not in outcomes:
            yield refusals.UnknownOutcomeNumber(number=output.outcome)
        if not any(output.title.values()):
            yield refusals.NoOutputTitle(output=output.label)


def _period_problems(project: Project, told: FrameworkDetails) -> Iterator[Refused]:
    time = Span(project.starts_on, project.ends_on or _LATEST)
    for code in _doubled(one.code.casefold() for one in told.periods):
        yield refusals.PeriodTwice(period=code)
    for period in told.periods:
        if not is_code(period.code):
            yield refusals.WrongPeriodCode(period=period.code)
        if period.ends_on < period.starts_on:
            yield refusals.PeriodEndsBeforeStart(period=period.code)
        elif not time.holds(period.span):
            late = time.first <= period.starts_on
            yield refusals.PeriodOutsideProject(period=period.code, field="ends_on" if late else None)
    both = overlapping((one.code, one.span) for one in told.periods if one.starts_on <= one.ends_on)
    if both is not None:
        yield refusals.OverlappingPeriods(period=both[0], other=both[1])


def _indicator_problems(told: IndicatorDetails) -> Iterator[Refused]:
    name = told.code
    if not is_code(name):
        yield refusals.WrongIndicatorCode(indicator=name)
    if not any(told.title.values()):
        yield refusals.NoIndicatorTitle(indicator=name)
    if told.rule is None:
        yield refusals.NoRule(indicator=name)
    else:
        yield from _rule_problems(told, told.rule)
    is_whole = (told.baseline_value is None) == (told.baseline_year is None)
    if not is_whole or not 1950 <= (told.baseline_year or 2000) <= 2100:
        yield refusals.WrongBaseline(indicator=name)
    if told.baseline_value is not None and abs(told.baseline_value) >= MOST_VALUE:
        yield refusals.WrongValue(indicator=name)


def _rule_problems(told: IndicatorDetails, rule: CountingRule) -> Iterator[Refused]:
    filters = told.filters
    for what in sorted(filters.set_names - filters_of(rule)):
        yield refusals.UnfitFilter(indicator=told.code, what=FILTER_WORDS[what], field=what)
    for what in sorted({one for breakdown in told.breakdowns for one in breakdown} - dimensions_of(rule)):
        yield refusals.UnfitBreakdown(indicator=told.code, what=DIMENSION_WORDS[what])
    if len(told.breakdowns) > MOST_BREAKDOWNS:
        yield refusals.TooManyBreakdowns(indicator=told.code, most=MOST_BREAKDOWNS)
    if filters.own_outcome and told.outcome is None and told.output is None:
        yield refusals.NoOutcomeToNarrow(indicator=told.code)
    if filters.from_day and filters.until_day and filters.until_day < filters.from_day:
        yield refusals.FilterEndsBeforeStart(indicator=told.code)
    if filters.minimum_hours is not None and not 0 <= filters.minimum_hours <= MOST_HOURS:
        yield refusals.WrongHours(indicator=told.code, most=MOST_HOURS)


def _value_problems(told: FrameworkDetails) -> Iterator[Refused]:
    periods = {period.code: period for period in told.periods}
    indicators = {indicator.code: indicator for indicator in told.indicators}
    for parts in (told.targets, told.values):
        for indicator, period in _doubled((one.indicator, one.period) for one in parts):
            yield refusals.TargetTwice(indicator=indicator, period=period)
        for one in parts:
            if one.period not in periods:
                yield refusals.UnknownPeriod(period=one.period)
            if one.indicator not in indicators:
                yield refusals.UnknownIndicator(indicator=one.indicator)
            if abs(one.value) >= MOST_VALUE:
                yield refusals.WrongValue(indicator=one.indicator, period=one.period)
    for target in told.targets:
        within = periods.get(target.period)
        if within and target.due_on and not within.starts_on <= target.due_on <= within.ends_on:
            yield refusals.TargetOutsidePeriod(indicator=target.indicator, period=target.period)
    for value in told.values:
        known = indicators.get(value.indicator)
        if known is not None and known.rule is not None and known.rule is not CountingRule.HAND_ENTERED:
            yield refusals.NotByHand(indicator=value.indicator)
        if not value.source:
            yield refusals.NoSource(indicator=value.indicator, period=value.period)


def _doubled(names: Iterable[Name]) -> list[Name]:
    """Each name that stands a second time."""
    seen: set[Name] = set()
    twice = []
    for name in names:
        if name in seen:
            twice.append(name)
        seen.add(name)
    return twice

"""A framework that is kept, as it is told: for its page, for a spreadsheet, for another project."""

from datetime import date

from trainreg.framework.details import (
    FrameworkDetails,
    HandDetails,
    IndicatorDetails,
    OutputDetails,
    PeriodDetails,
    TargetDetails,
)
from trainreg.framework.models import Indicator
from trainreg.framework.queries import list_indicators, list_outputs, list_periods
from trainreg.framework.rules import Filters
from trainreg.programme.models import Project


def framework_of(project: Project) -> FrameworkDetails:
    """The whole framework."""
    indicators, periods = list_indicators(project.id), list_periods(project.id)
    codes = {period.id: period.code for period in periods}
    return FrameworkDetails(
        objective=project.objective,
        outputs=[
            OutputDetails(outcome=one.outcome.number, number=one.number, title=one.title, id=one.id)
            for one in list_outputs(project.id)
        ],
        periods=[
            PeriodDetails(code=one.code, starts_on=one.starts_on, ends_on=one.ends_on, id=one.id) for one in periods
        ],
        indicators=[_told(one) for one in indicators],
        targets=[
            TargetDetails(indicator=one.code, period=codes[target.period_id], value=target.value, due_on=target.due_on)
            for one in indicators
            for target in one.targets
        ],
        values=[
            HandDetails(indicator=one.code, period=codes[value.period_id], value=value.value, source=value.source)
            for one in indicators
            for value in one.values
        ],
    )


def _told(one: Indicator) -> IndicatorDetails:
    return IndicatorDetails(
        id=one.id,
        code=one.code,
        title=one.title,
        unit=one.unit,
        rule=one.rule,
        filters=Filters.from_json(one.filters),
        breakdowns=one.wanted,
        direction=one.direction,
        baseline_year=one.baseline_year,
        baseline_value=one.baseline_value,
        outcome=one.outcome.number if one.outcome else None,
        output=one.output.label if one.output else None,
    )


def copied(source: FrameworkDetails, *, outcomes: set[int], starts_on: date, ends_on: date | None) -> FrameworkDetails:
    """What another project takes over: outputs and indicators of the outcomes it has too, without what is its own.

    Periods, targets, baselines and values belong to the project they were set for; so do the dates of filters.
    """
    kept = {one.label: one for one in source.outputs if one.outcome in outcomes}
    return FrameworkDetails(
        objective=source.objective,
        outputs=[OutputDetails(outcome=one.outcome, number=one.number, title=one.title) for one in kept.values()],
        periods=[
            PeriodDetails(code=one.code, starts_on=one.starts_on, ends_on=one.ends_on)
            for one in source.periods
            if starts_on <= one.starts_on and (ends_on is None or one.ends_on <= ends_on)
        ],
        indicators=[_taken(one, kept.keys() | set(), outcomes) for one in source.indicators],
    )


def _taken(one: IndicatorDetails, outputs: set[str], outcomes: set[int]) -> IndicatorDetails:
    outcome = one.outcome if one.outcome in outcomes else None
    filters = Filters.from_json(
        {
            name: value
            for name, value in one.filters.as_json().items()
            if name not in {"from_day", "until_day"} and (name != "own_outcome" or outcome is not None)
        }
    )
    return IndicatorDetails(
        code=one.code,
        title=one.title,
        unit=one.unit,
        rule=one.rule,
        filters=filters,
        breakdowns=one.breakdowns,
        direction=one.direction,
        outcome=outcome,
        output=one.output if one.output in outputs else None,
    )

"""Write a project's framework: whole, as its page or a spreadsheet says it. What was handed in stays."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.framework import refusals
from trainreg.framework.checks import framework_problems
from trainreg.framework.details import (
    FrameworkDetails,
    HandDetails,
    IndicatorDetails,
    OutputDetails,
    PeriodDetails,
    TargetDetails,
)
from trainreg.framework.models import HandValue, Indicator, Output, ReportingPeriod, Target
from trainreg.framework.queries import list_indicators, list_outputs, list_periods
from trainreg.framework.rules import HIGHEST_NUMBER, CountingRule, Direction
from trainreg.framework.versions import version_of
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.programme.models import Project

audit.describes(
    {"framework.saved": _l("Results framework saved"), "framework.copied": _l("Results framework copied from %(code)s")}
)


def save_framework(project: Project, told: FrameworkDetails, *, by: Actor, seen: str | None = None) -> None:
    """Make the framework what is told: parts that are not named any more go. Refuses all of it or writes all of it.

    `seen` is the version that a page showed: what somebody changed since is not taken away with what it does not name.
    """
    lock_row(Project, project.id)
    if seen is not None and seen != version_of(project):
        raise refusals.ChangedMeanwhile
    for refusal in framework_problems(project, told):
        raise refusal
    periods = _known(list_periods(project.id), told.periods, lambda one: one.code)
    outputs = _known(list_outputs(project.id), told.outputs, lambda one: one.label)
    indicators = _known(list_indicators(project.id), told.indicators, lambda one: one.code)
    _ensure_unlocked(told, periods, indicators)
    project.objective = told.objective
    _let_go(indicators)
    _let_go(outputs)
    _let_go(periods)
    of_output = _place_outputs(project, told.outputs, outputs)
    of_indicator = _place_indicators(project, told.indicators, indicators, of_output)
    of_period = _place_periods(project, told.periods, periods)
    _place_values(told, of_indicator, of_period)
    flush_or_refuse(refusals.ChangedMeanwhile())
    audit.record("framework.saved", project, by=by, project_id=project.id)


class _Known:
    """The parts that are there: those told again, by their place in what is told, and those that go."""

    def __init__(self, rows: Sequence[Any], told: Sequence[Any], name_of: Any) -> None:
        by_id, by_name = {row.id: row for row in rows}, {name_of(row).casefold(): row for row in rows}
        named = {one.id for one in told if one.id is not None}
        if not named <= by_id.keys() or len(named) != sum(one.id is not None for one in told):
            raise refusals.ChangedMeanwhile
        self.kept: dict[int, Any] = {}
        for place, one in enumerate(told):
            same_name = by_name.get(name_of(one).casefold())
            row = by_id[one.id] if one.id is not None else same_name
            if row is not None and (one.id is not None or row.id not in named):
                self.kept[place] = row
        staying = {row.id for row in self.kept.values()}
        self.gone = [row for row in rows if row.id not in staying]


def _known(rows: Sequence[Any], told: Sequence[Any], name_of: Any) -> _Known:
    return _Known(rows, told, name_of)


def _ensure_unlocked(told: FrameworkDetails, periods: _Known, indicators: _Known) -> None:
    """Of a period that was handed in nothing may change: not its days, its targets, nor its values by hand."""
    codes = {
        indicators.kept[place].id: one.code for place, one in enumerate(told.indicators) if place in indicators.kept
    }
    for row in periods.gone:
        if row.is_locked:
            raise refusals.PeriodLocked(period=row.code)
    for place, row in periods.kept.items():
        if not row.is_locked:
            continue
        said = told.periods[place]
        if (said.code, said.starts_on, said.ends_on) != (row.code, row.starts_on, row.ends_on):
            raise refusals.PeriodLocked(period=row.code)
        if _said_of(told, row.code) != _kept_of(row, indicators, codes):
            raise refusals.PeriodLocked(period=row.code)


def _said_of(told: FrameworkDetails, period: str) -> set[tuple[object, ...]]:
    return {("target", one.indicator, one.value, one.due_on) for one in told.targets if one.period == period} | {
        ("value", one.indicator, one.value, one.source) for one in told.values if one.period == period
    }


def _kept_of(period: ReportingPeriod, indicators: _Known, codes: dict[int, str]) -> set[tuple[object, ...]]:
    rows = [*indicators.kept.values(), *indicators.gone]
    found: set[tuple[object, ...]] = set()
    for row in rows:
        name = codes.get(row.id)
        found |= {("target", name, one.value, one.due_on) for one in row.targets if one.period_id == period.id}
        found |= {("value", name, one.value, one.source) for one in row.values if one.period_id == period.id}
    return found


def _let_go(known: _Known) -> None:
    for row in known.gone:
        db.session.delete(row)
    flush_or_refuse(refusals.ChangedMeanwhile())


def _place_outputs(project: Project, told: Sequence[OutputDetails], known: _Known) -> dict[str, Output]:
    outcomes = {outcome.number: outcome for outcome in project.outcomes}
    for row in known.kept.values():
        row.number += HIGHEST_NUMBER  # two outputs may swap their numbers, and each is unique at any moment
    flush_or_refuse(refusals.ChangedMeanwhile())
    placed = {}
    for place, one in enumerate(told):
        row = known.kept.get(place) or Output()
        row.outcome, row.number, row.title = outcomes[one.outcome], one.number, one.title
        db.session.add(row)
        placed[one.label] = row
    flush_or_refuse(refusals.ChangedMeanwhile())
    return placed


def _place_indicators(
    project: Project, told: Sequence[IndicatorDetails], known: _Known, outputs: dict[str, Output]
) -> dict[str, Indicator]:
    outcomes = {outcome.number: outcome for outcome in project.outcomes}
    _park(known.kept.values())
    placed = {}
    for place, one in enumerate(told):
        row = known.kept.get(place) or Indicator(project_id=project.id)
        row.output = outputs[one.output] if one.output else None
        row.outcome = row.output.outcome if row.output else (outcomes[one.outcome] if one.outcome else None)
        row.position, row.code, row.title, row.unit = place, one.code, one.title, one.unit
        row.rule = one.rule or CountingRule.HAND_ENTERED  # the checks have refused an indicator without a rule
        row.filters = one.filters.as_json()
        row.breakdowns = [[dimension.value for dimension in breakdown] for breakdown in one.breakdowns]
        row.direction = Direction(one.direction)
        row.baseline_year, row.baseline_value = one.baseline_year, one.baseline_value
        db.session.add(row)
        placed[one.code] = row
    flush_or_refuse(refusals.ChangedMeanwhile())
    return placed


def _place_periods(project: Project, told: Sequence[PeriodDetails], known: _Known) -> dict[str, ReportingPeriod]:
    _park(known.kept.values())
    placed = {}
    for place, one in enumerate(told):
        row = known.kept.get(place) or ReportingPeriod(project_id=project.id)
        row.code, row.starts_on, row.ends_on = one.code, one.starts_on, one.ends_on
        db.session.add(row)
        placed[one.code] = row
    flush_or_refuse(refusals.ChangedMeanwhile())
    return placed


def _park(rows: Iterable[Any]) -> None:
    """Codes out of the way: two may swap theirs."""
    for row in rows:
        row.code = f"~{row.id}"
    flush_or_refuse(refusals.ChangedMeanwhile())


def _place_values(
    told: FrameworkDetails, indicators: dict[str, Indicator], periods: dict[str, ReportingPeriod]
) -> None:
    for code, indicator in indicators.items():
        targets = {row.period_id: row for row in indicator.targets}
        values = {row.period_id: row for row in indicator.values}
        indicator.targets = [
            _target(one, periods[one.period], targets) for one in told.targets if one.indicator == code
        ]
        indicator.values = [_value(one, periods[one.period], values) for one in told.values if one.indicator == code]


def _target(told: TargetDetails, period: ReportingPeriod, known: dict[int, Target]) -> Target:
    row = known.get(period.id) or Target(period_id=period.id)
    row.value, row.due_on = told.value, told.due_on
    return row


def _value(told: HandDetails, period: ReportingPeriod, known: dict[int, HandValue]) -> HandValue:
    row = known.get(period.id) or HandValue(period_id=period.id)
    row.value, row.source = told.value, told.source
    return row


def note_copied(project: Project, source: Project, *, by: Actor) -> None:
    """That the framework was taken over, and from where."""
    audit.record("framework.copied", project, by=by, project_id=project.id, code=source.code)

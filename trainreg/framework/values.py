"""The grid of targets and values by hand on the framework's page: a cell for each known indicator and period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.rules import CountingRule
from trainreg.kernel.text import one_line
from trainreg.web.fields import day_from, money_from


@dataclass
class Cell:
    """What is typed, or kept where the period is locked; `error` is a sentence."""

    name: str
    target: str = ""
    value: str = ""
    source: str = ""
    due: str = ""
    due_on: date | None = None
    is_locked: bool = False
    by_hand: bool = False
    target_value: Decimal | None = None
    hand_value: Decimal | None = None
    error: str = ""


def values_of(
    indicators: Sequence[Indicator], periods: Sequence[ReportingPeriod], typed: Mapping[str, str]
) -> dict[tuple[int, int], Cell]:
    """The grid: as typed where the page was sent, else as it is kept."""
    return {
        (indicator.id, period.id): _cell(indicator, period, typed) for indicator in indicators for period in periods
    }


def _cell(indicator: Indicator, period: ReportingPeriod, typed: Mapping[str, str]) -> Cell:
    name = f"{indicator.id}-{period.id}"
    target = next((row for row in indicator.targets if row.period_id == period.id), None)
    value = next((row for row in indicator.values if row.period_id == period.id), None)
    by_hand = indicator.rule is CountingRule.HAND_ENTERED
    cell = Cell(name, is_locked=period.is_locked, by_hand=by_hand)
    if not typed or period.is_locked or f"target-{name}" not in typed:
        cell.target_value, cell.hand_value = target.value if target else None, value.value if value else None
        cell.target, cell.value = _shown(cell.target_value), _shown(cell.hand_value)
        cell.source = value.source if value else ""
        cell.due_on = target.due_on if target else None
        cell.due = cell.due_on.isoformat() if cell.due_on else ""
        return cell
    cell.target, cell.value = one_line(typed.get(f"target-{name}")), one_line(typed.get(f"value-{name}"))
    cell.source, cell.due = one_line(typed.get(f"source-{name}")), one_line(typed.get(f"due-{name}"))
    try:
        cell.target_value = money_from(cell.target) if cell.target else None
        cell.hand_value = money_from(cell.value) if cell.value else None
    except ValueError:
        cell.error = _(
            "Write the values of %(indicator)s for %(period)s in digits, for example 120 or 37.5.",
            indicator=indicator.code,
            period=period.code,
        )
        return cell
    try:
        cell.due_on = day_from(cell.due) if cell.due else None
    except ValueError:
        cell.error = _(
            "Write the day on which the target of %(indicator)s for %(period)s is due with year, month and day, "
            "for example 2026-03-05.",
            indicator=indicator.code,
            period=period.code,
        )
    return cell


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"

"""What a project is in the words of IATI: its status, its dates, its budget by years, its indicators' codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from trainreg.framework.rules import UNIQUE, CountingRule, Direction

CENT = Decimal("0.01")


class Mode(StrEnum):
    """How a breakdown is told: as dimensions of one indicator, or as one indicator for each of its parts."""

    DIMENSIONS = "dimensions"
    INDICATORS = "indicators"


class Status(StrEnum):
    """Codes of ActivityStatus."""

    PIPELINE = "1"
    IMPLEMENTATION = "2"
    FINALISATION = "3"
    CLOSED = "4"


class ResultType(StrEnum):
    """Codes of ResultType; what belongs to the whole project is neither an output nor an outcome."""

    OUTPUT = "1"
    OUTCOME = "2"
    OTHER = "9"


class DateType(StrEnum):
    """Codes of ActivityDateType."""

    PLANNED_START = "1"
    ACTUAL_START = "2"
    PLANNED_END = "3"
    ACTUAL_END = "4"


@dataclass(frozen=True)
class BudgetPart:
    """What of a budget falls into one year."""

    first: date
    last: date
    amount: Decimal


def status_of(today: date, first: date, last: date | None, *, is_reported: bool) -> Status:
    """Over, but not all handed in: the standard calls that finalisation."""
    if today < first:
        return Status.PIPELINE
    if last is None or today <= last:
        return Status.IMPLEMENTATION
    return Status.CLOSED if is_reported else Status.FINALISATION


def dates_of(today: date, first: date, last: date | None) -> list[tuple[DateType, date]]:
    """What is planned, and what of it has come true."""
    found = [(DateType.PLANNED_START, first)]
    if first <= today:
        found.append((DateType.ACTUAL_START, first))
    if last is not None:
        found.append((DateType.PLANNED_END, last))
        if last < today:
            found.append((DateType.ACTUAL_END, last))
    return found


def budget_parts(amount: Decimal, first: date, last: date) -> Iterator[BudgetPart]:
    """A budget by calendar years, each its share of the days: no part is longer than a year, and they sum to it."""
    days, spent, passed = (last - first).days + 1, Decimal(0), 0
    for year in range(first.year, last.year + 1):
        start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        passed += (end - start).days + 1
        until = (amount * passed / days).quantize(CENT, ROUND_HALF_UP)
        yield BudgetPart(start, end, until - spent)
        spent = until


def may_be_added(rule: CountingRule) -> bool:
    """Whether somebody may add this figure to others: people counted once may be the same, means have no sum."""
    return rule not in UNIQUE and rule is not CountingRule.KNOWLEDGE_GAIN


def measure_of(rule: CountingRule, unit: str) -> str:
    """Codes of IndicatorMeasure: a unit, or a percentage."""
    return "2" if rule is CountingRule.KNOWLEDGE_GAIN or "%" in unit else "1"


def is_ascending(direction: Direction) -> bool:
    return direction is Direction.INCREASE

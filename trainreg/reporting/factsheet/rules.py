"""How a factsheet rounds, shortens and divides what it tells: decisions without a database."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeVar

from trainreg.framework.rules import Span

MOST_AGENCIES = 12
MOST_BARS = 14
MOST_COLUMNS = 10
PERIODS_SHOWN = 4
HALF_A_DAY = Decimal("0.5")
_T = TypeVar("_T")


class Length(NamedTuple):
    """How long an event was: whole days, or half of one."""

    days: int
    is_half: bool = False


def length_of(sessions: Iterable[tuple[date, Decimal]]) -> Length | None:
    """From the day and the share of a day of each planned session; None without any."""
    shares: dict[date, Decimal] = {}
    for day, share in sessions:
        shares[day] = shares.get(day, Decimal(0)) + share
    if not shares:
        return None
    return Length(len(shares), is_half=len(shares) == 1 and sum(shares.values()) <= HALF_A_DAY)


class StepKind(StrEnum):
    """What one column of the trend stands for, where a project has no reporting periods."""

    QUARTER = "quarter"
    YEAR = "year"


def calendar_steps(first: date, last: date) -> tuple[StepKind, list[Span]]:
    """The quarters of a calendar that these days touch; the latest years where the quarters are too many."""
    quarters = list(_quarters(first, last))
    if len(quarters) <= MOST_COLUMNS:
        return StepKind.QUARTER, quarters
    years = [Span(date(year, 1, 1), date(year, 12, 31)) for year in range(first.year, last.year + 1)]
    return StepKind.YEAR, years[-MOST_COLUMNS:]


def _quarters(first: date, last: date) -> Iterable[Span]:
    year, quarter = first.year, (first.month - 1) // 3
    while (start := date(year, quarter * 3 + 1, 1)) <= last:
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
        yield Span(start, date.fromordinal(date(year, quarter * 3 + 1, 1).toordinal() - 1))


def most_of(things: Sequence[_T], most: int) -> tuple[Sequence[_T], Sequence[_T]]:
    """The first few, and the rest; a rest of one is shown, for naming it takes no more room than counting it."""
    return (things, ()) if len(things) <= most + 1 else (things[:most], things[most:])


def copies_together(runs: Iterable[tuple[int, bool]]) -> tuple[int, bool]:
    """Print runs added up; the sum of what is at least so many is at least so many."""
    told = list(runs)
    return sum(number for number, _is_minimum in told), any(is_minimum for _number, is_minimum in told)

"""How a factsheet rounds, shortens and divides what it tells: decisions without a database."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

MOST_AGENCIES = 12
MOST_BARS = 14
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


def most_of(things: Sequence[_T], most: int) -> tuple[Sequence[_T], Sequence[_T]]:
    """The first few, and the rest; a rest of one is shown, for naming it takes no more room than counting it."""
    return (things, ()) if len(things) <= most + 1 else (things[:most], things[most:])


def copies_together(runs: Iterable[tuple[int, bool]]) -> tuple[int, bool]:
    """Print runs added up; the sum of what is at least so many is at least so many."""
    told = list(runs)
    return sum(number for number, _is_minimum in told), any(is_minimum for _number, is_minimum in told)

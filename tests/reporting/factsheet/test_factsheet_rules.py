"""How a factsheet rounds, shortens and divides: truth tables."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.reporting.factsheet.rules import Length, copies_together, length_of, most_of
from trainreg.reporting.steps import MOST_STEPS, StepKind, calendar_steps

DAY = date(2026, 5, 4)
HALF, QUARTER = Decimal("0.5"), Decimal("0.25")


@pytest.mark.parametrize(
    ("sessions", "length"),
    [
        ([], None),
        ([(0, HALF)], Length(1, is_half=True)),
        ([(0, QUARTER), (0, QUARTER)], Length(1, is_half=True)),
        ([(0, Decimal(0))], Length(1, is_half=True)),
        ([(0, HALF), (0, HALF)], Length(1)),
        ([(0, Decimal(1))], Length(1)),
        ([(0, HALF), (1, HALF)], Length(2)),
        ([(0, HALF), (0, HALF), (3, HALF)], Length(2)),
    ],
)
def test_how_long_an_event_was(sessions: list[tuple[int, Decimal]], length: Length | None) -> None:
    assert length_of([(DAY + timedelta(days=day), share) for day, share in sessions]) == length


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 9000))
def test_steps_cover_the_time_without_a_gap_or_show_the_latest_years(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    kind, steps = calendar_steps(first, last)
    assert 1 <= len(steps) <= MOST_STEPS
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(steps))
    assert steps[-1].first <= last <= steps[-1].last
    if kind is StepKind.QUARTER or len(steps) < MOST_STEPS:
        assert steps[0].first <= first


@pytest.mark.parametrize(("length", "shown"), [(0, 0), (3, 3), (4, 4), (5, 3)])
def test_a_rest_of_one_is_shown(length: int, shown: int) -> None:
    first, rest = most_of(range(length), 3)
    assert (len(first), len(first) + len(rest)) == (shown, length)


def test_the_sum_of_at_least_so_many_is_at_least_so_many() -> None:
    assert copies_together([(100, False), (100, True)]) == (200, True)
    assert copies_together([(100, False)]) == (100, False)
    assert copies_together([]) == (0, False)

"""Sessions are laid out by the day, and rows come and go without losing what was typed."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events.typed import FIRST, session_details
from tests.factories import TIMEZONE
from trainreg.events.rules import (
    ClockProblem,
    Pattern,
    SessionProblem,
    clock_problem,
    lay_out,
    problems_in_sessions,
    shifted,
    slug_from,
)

HALF, WHOLE = Decimal("0.5"), Decimal(1)
MONDAY = date(2027, 3, 1)
EVER = {"earliest": date(2020, 1, 1), "latest": date(2099, 1, 1)}
days_of_our_time = st.dates(date(1991, 1, 1), date(2099, 1, 1))


@pytest.mark.parametrize(
    ("days", "pattern", "expected"),
    [
        (1, Pattern.HALF_DAY, [("03-01", "09:00", "12:30", HALF)]),
        (1, Pattern.WHOLE_DAY, [("03-01", "09:00", "17:00", WHOLE)]),
        (1, Pattern.MORNING_AND_AFTERNOON, [("03-01", "09:00", "12:30", HALF), ("03-01", "13:30", "17:00", HALF)]),
        (2, Pattern.WHOLE_DAY, [("03-01", "09:00", "17:00", WHOLE), ("03-02", "09:00", "17:00", WHOLE)]),
    ],
)
def test_days_are_laid_out_by_pattern(
    days: int, pattern: Pattern, expected: list[tuple[str, str, str, Decimal]]
) -> None:
    plans = lay_out(MONDAY, days, pattern, TIMEZONE)
    assert [
        (f"{p.starts_at:%m-%d}", f"{p.starts_at:%H:%M}", f"{p.ends_at:%H:%M}", p.day_share) for p in plans
    ] == expected
    assert {plan.timezone for plan in plans} == {TIMEZONE}


@given(days_of_our_time, st.integers(1, 30), st.sampled_from(Pattern), st.sampled_from(["Asia/Ulaanbaatar", "UTC"]))
def test_whatever_is_laid_out_is_sound(first: date, days: int, pattern: Pattern, timezone: str) -> None:
    plans = lay_out(first, days, pattern, timezone)
    sessions = [session_details(starts_at=p.starts_at, ends_at=p.ends_at, timezone=timezone) for p in plans]
    frame = {"earliest": first, "latest": first + timedelta(days=days)}
    assert problems_in_sessions(sessions, **frame) == {}
    shares = {Pattern.HALF_DAY: HALF}.get(pattern, WHOLE)
    assert sum(plan.day_share for plan in plans) == days * shares


@given(days_of_our_time, st.times(), st.integers(-400, 400))
def test_shifting_keeps_the_wall_clock_and_shifts_back(day: date, at: time, days: int) -> None:
    moment = datetime.combine(day, at)
    zone = ZoneInfo("Asia/Tokyo")
    moved = shifted(moment.replace(tzinfo=zone), days, "Asia/Tokyo")
    assert moved.replace(tzinfo=None) == moment + timedelta(days=days)
    assert shifted(moved, -days, "Asia/Tokyo") == moment.replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "at", "timezone", "problem"),
    [
        (date(2027, 3, 28), time(2, 30), "Europe/Berlin", ClockProblem.SKIPPED),
        (date(2027, 3, 28), time(3, 0), "Europe/Berlin", None),
        (date(2027, 10, 31), time(2, 30), "Europe/Berlin", ClockProblem.TWICE),
        (date(2027, 10, 31), time(3, 0), "Europe/Berlin", None),
        (date(2016, 3, 26), time(2, 0), "Asia/Ulaanbaatar", ClockProblem.SKIPPED),
        (date(2027, 3, 28), time(2, 30), "Asia/Ulaanbaatar", None),
    ],
)
def test_times_that_name_no_moment_or_two(day: date, at: time, timezone: str, problem: ClockProblem | None) -> None:
    assert clock_problem(day, at, timezone) is problem


@pytest.mark.parametrize(
    ("hours", "problem"),
    [
        (timedelta(0), SessionProblem.ENDS_BEFORE_START),
        (timedelta(hours=-1), SessionProblem.ENDS_BEFORE_START),
        (timedelta(hours=15), None),  # until midnight
        (timedelta(hours=15, minutes=1), SessionProblem.ANOTHER_DAY),
        (timedelta(hours=16, minutes=1), SessionProblem.TOO_LONG),
    ],
)
def test_how_long_a_session_lasts(hours: timedelta, problem: SessionProblem | None) -> None:
    session = session_details(ends_at=FIRST + hours)
    assert problems_in_sessions([session], **EVER).get(0) is problem


def test_sessions_in_two_halls_may_overlap_and_called_off_ones_are_in_nobodys_way() -> None:
    halls = [session_details(place={"en": "Hall A"}), session_details(place={"en": "Hall B"})]
    assert problems_in_sessions(halls, **EVER) == {}
    assert problems_in_sessions([session_details(), session_details(is_cancelled=True)], **EVER) == {}
    assert problems_in_sessions([session_details(), session_details()], **EVER) == {1: SessionProblem.OVERLAP}


def test_the_one_session_with_the_wrong_year_is_blamed() -> None:
    sessions = [session_details(-365), session_details(0), session_details(1)]
    assert problems_in_sessions(sessions, **EVER) == {0: SessionProblem.FAR_FROM_OTHERS}
    assert problems_in_sessions([session_details(0), session_details(60)], **EVER) == {}


def test_days_outside_the_project_are_blamed() -> None:
    frame = {"earliest": date(2027, 3, 1), "latest": date(2027, 3, 2)}
    found = problems_in_sessions([session_details(day) for day in (-1, 0, 1, 2)], **frame)
    assert found == {0: SessionProblem.FAR_FROM_PROJECT, 3: SessionProblem.FAR_FROM_PROJECT}


@given(st.text(max_size=300))
def test_any_title_makes_an_address(title: str) -> None:
    slug = slug_from(title)
    assert 1 <= len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-") and not slug.endswith("-")

"""The rules of attendance."""

from datetime import UTC, datetime, timedelta

import pytest

from trainreg.attendance.rules import AttendanceState, counts_as_attended, is_open_for_marks, may_mark

S = AttendanceState
STARTS = datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "counts"), [(S.PRESENT, True), (S.LATE, True), (S.EXCUSED, False), (S.ABSENT, False), (None, False)]
)
def test_present_and_late_count_as_attended(state: AttendanceState | None, counts: bool) -> None:
    assert counts_as_attended(state) is counts


@pytest.mark.parametrize(
    ("before", "is_open"),
    [(timedelta(hours=12, seconds=1), False), (timedelta(hours=12), True), (timedelta(0), True), (-timedelta(9), True)],
)
def test_a_session_opens_twelve_hours_before_and_never_closes(before: timedelta, is_open: bool) -> None:
    assert is_open_for_marks(now=STARTS - before, starts_at=STARTS) is is_open


@pytest.mark.parametrize(
    ("state", "allowed"), [(S.PRESENT, False), (S.LATE, False), (S.ABSENT, False), (S.EXCUSED, True), (None, True)]
)
def test_before_it_opens_people_can_only_be_excused(state: AttendanceState | None, allowed: bool) -> None:
    assert may_mark(state, now=STARTS - timedelta(days=1), starts_at=STARTS) is allowed
    assert may_mark(state, now=STARTS, starts_at=STARTS)

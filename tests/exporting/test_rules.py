"""Limits and steps of prepared files, as pure decisions."""

import pytest

from trainreg.exporting.rules import AT_ONCE, ExportStatus, is_long, tenths
from trainreg.exporting.words import PROBLEMS, STATUSES, TONES, Problem


@pytest.mark.parametrize(("rows", "long"), [(0, False), (AT_ONCE, False), (AT_ONCE + 1, True)])
def test_what_is_left_to_the_worker(rows: int, long: bool) -> None:
    assert is_long(rows) is long


@pytest.mark.parametrize(
    ("done", "total", "told"), [(0, 0, 0), (0, 10, 0), (9, 100, 0), (10, 100, 10), (99, 100, 90), (120, 100, 100)]
)
def test_progress_is_told_in_tenths(done: int, total: int, told: int) -> None:
    assert tenths(done, total) == told


def test_everything_has_its_words() -> None:
    assert set(STATUSES) == set(TONES) == set(ExportStatus) and set(PROBLEMS) == set(Problem)
    assert {one for one in ExportStatus if one.is_open} == {ExportStatus.WAITING, ExportStatus.PREPARING}

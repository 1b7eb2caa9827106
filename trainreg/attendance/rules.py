"""Attendance at a session."""

from datetime import datetime, timedelta
from enum import StrEnum


class AttendanceState(StrEnum):
    """What is known of one person at one session; no mark at all means that nobody has said."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"


class Source(StrEnum):
    """How a mark came about."""

    DESK = "desk"
    QR = "qr"
    KIOSK = "kiosk"
    SHEET = "sheet"
    IMPORT = "import"


ATTENDED = frozenset({AttendanceState.PRESENT, AttendanceState.LATE})
# Early enough to tick people off at the door the evening before, too early to sign a whole training in advance.
OPENS_BEFORE = timedelta(hours=12)


def counts_as_attended(state: AttendanceState | None) -> bool:
    """Present and late count; excused, absent and unmarked do not."""
    return state in ATTENDED


def is_open_for_marks(*, now: datetime, starts_at: datetime) -> bool:
    """Whether attendance of a session can be taken: from twelve hours before its start, and ever after."""
    return now >= starts_at - OPENS_BEFORE


def may_mark(state: AttendanceState | None, *, now: datetime, starts_at: datetime) -> bool:
    """Whether this can be said now: before a session opens people can only be excused, or a mark be taken back."""
    return state in {None, AttendanceState.EXCUSED} or is_open_for_marks(now=now, starts_at=starts_at)

"""Attendance at a session."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from trainreg.kernel import clock


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


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one person at one session. The minutes are told beside the mark; they take nothing off it."""

    state: AttendanceState
    late_minutes: int = 0
    left_early_minutes: int = 0


# Marks that came out of scans are made anew from the scans. Any other was set by a person, and stands.
FROM_SCANS = frozenset({Source.QR, Source.KIOSK})
ATTENDED = frozenset({AttendanceState.PRESENT, AttendanceState.LATE})
# Early enough to tick people off at the door the evening before, too early to sign a whole training in advance.
OPENS_BEFORE = timedelta(hours=12)

# Longer ago it was no slip: then a mark is changed, and nothing is undone.
UNDO_OFFERED = timedelta(days=1)


def counts_as_attended(state: AttendanceState | None) -> bool:
    """Present and late count; excused, absent and unmarked do not."""
    return state in ATTENDED


def is_open_for_marks(*, now: datetime, starts_at: datetime) -> bool:
    """Whether attendance of a session can be taken: from twelve hours before its start, and ever after."""
    return now >= starts_at - OPENS_BEFORE


def may_mark(state: AttendanceState | None, *, now: datetime, starts_at: datetime) -> bool:
    """Whether this can be said now: before a session opens people can only be excused, or a mark be taken back."""
    return state in {None, AttendanceState.EXCUSED} or is_open_for_marks(now=now, starts_at=starts_at)


def session_label(starts_at: datetime, timezone: str) -> str:
    """A session in histories: its day and hour on the wall clock of its place, such as 2013-03-05 09:00."""
    return f"{clock.local(starts_at, timezone):%Y-%m-%d %H:%M}"


def restated(known: Mark | None, state: AttendanceState) -> Mark:
    """The mark after somebody said its state alone: minutes stay where they still make sense."""
    if known is None:
        return Mark(state)
    if known.state is state:
        return known
    return Mark(state, left_early_minutes=known.left_early_minutes if state in ATTENDED else 0)


def settled(mark: Mark) -> Mark:
    """The mark without minutes that cannot be: only who was late came late, only who came can have left early."""
    if mark.state not in ATTENDED:
        return Mark(mark.state)
    return mark if mark.state is AttendanceState.LATE else replace(mark, late_minutes=0)


def minutes_fit(mark: Mark, *, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody who came can have missed so much: less than the session, and no less than nothing."""
    missed = (mark.late_minutes, mark.left_early_minutes)
    return min(missed) >= 0 and timedelta(minutes=sum(missed)) < ends_at - starts_at

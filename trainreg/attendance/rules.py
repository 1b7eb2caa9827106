"""Attendance at a session."""

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


def counts_as_attended(state: AttendanceState | None) -> bool:
    """Present and late count; excused, absent and unmarked do not."""
    return state in ATTENDED

"""The names of marks, as pages say them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.attendance.rules import AttendanceState

STATE_WORDS: dict[AttendanceState | None, Any] = {
    None: _l("Not taken"),
    AttendanceState.PRESENT: _l("Present"),
    AttendanceState.LATE: _l("Late"),
    AttendanceState.EXCUSED: _l("Excused"),
    AttendanceState.ABSENT: _l("Absent"),
}


def state_words() -> dict[AttendanceState | None, str]:
    """The names in the reader's language, looked up once for a page of many marks; None is no mark."""
    return {state: str(words) for state, words in STATE_WORDS.items()}

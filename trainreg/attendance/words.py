"""The names of marks, as pages say them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.attendance.rules import AttendanceState, Mark, Source

STATE_WORDS: dict[AttendanceState | None, Any] = {
    None: _l("Not taken"),
    AttendanceState.PRESENT: _l("Present"),
    AttendanceState.LATE: _l("Late"),
    AttendanceState.EXCUSED: _l("Excused"),
    AttendanceState.ABSENT: _l("Absent"),
}

SOURCE_WORDS: dict[Source, Any] = {
    Source.DESK: _l("At the desk"),
    Source.QR: _l("QR pass scanned"),
    Source.KIOSK: _l("Code on the screen"),
    Source.SHEET: _l("From the signed sheet"),
    Source.IMPORT: _l("From a spreadsheet"),
}


def mark_words(mark: Mark | None) -> str:
    """A mark with its minutes, in the reader's language."""
    if mark is None:
        return str(STATE_WORDS[None])
    minutes = [
        _("%(minutes)s min late", minutes=mark.late_minutes) if mark.late_minutes else "",
        _("left %(minutes)s min early", minutes=mark.left_early_minutes) if mark.left_early_minutes else "",
    ]
    return ", ".join(filter(None, (str(STATE_WORDS[mark.state]), *minutes)))


def state_words() -> dict[AttendanceState | None, str]:
    """The names in the reader's language, looked up once for a page of many marks; None is no mark."""
    return {state: str(words) for state, words in STATE_WORDS.items()}

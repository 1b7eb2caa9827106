"""What the attendance pages send: marks by cell, only those that somebody changed."""

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from trainreg.attendance.rules import AttendanceState
from trainreg.kernel.refusals import Invalid
from trainreg.web.forms import Form

Cell = tuple[int, int]
Marks = dict[Cell, AttendanceState | None]

# m.<registration>.<session>.<what the page showed>: a control left alone changes nothing, even on a stale page.
_CONTROL = re.compile(r"m\.(\d{1,9})\.(\d{1,9})\.([a-z]*)", re.ASCII)
_PRESS = re.compile(r"(\d{1,9})\.(\d{1,9})\.([a-z]*)", re.ASCII)
MOST_CELLS = 20_000  # more than any grid has; each is a parameter of one statement, and databases take some 30,000


class GridForm(Form):
    """Holds the token; the cells are read by `marks_in`."""


class UnknownMark(Invalid):
    """A value that no control of the page offers."""

    sentence = _l("This is not a mark of attendance. Reload the page and try again.")


def marks_in(values: Iterable[tuple[str, str]]) -> Marks:
    """The cells that were changed: controls that no longer hold what the page showed, then the button pressed."""
    marks: Marks = {}
    pressed: Marks = {}
    for name, value in values:
        control = _CONTROL.fullmatch(name)
        if control is not None and value != control[3]:
            marks[int(control[1]), int(control[2])] = _state(value)
        elif name == "press":
            button = _PRESS.fullmatch(value)
            if button is None:
                raise UnknownMark
            pressed[int(button[1]), int(button[2])] = _state(button[3])
    if len(marks) + len(pressed) > MOST_CELLS:
        raise UnknownMark
    return marks | pressed


def _state(value: str) -> AttendanceState | None:
    if not value:
        return None
    try:
        return AttendanceState(value)
    except ValueError as error:
        raise UnknownMark from error

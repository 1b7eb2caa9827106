"""What the attendance pages send: marks by cell, only those that somebody changed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from trainreg.attendance.rules import AttendanceState, Mark
from trainreg.kernel.numbers import whole_number
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


class NotMinutes(Invalid):
    """Something else than a small whole number stands where minutes belong."""

    sentence = _l("Minutes are a whole number, such as 15.")


class NobodyChosen(Invalid):
    """Marks for the people ticked, and nobody is."""

    sentence = _l("Tick the people to be marked, or choose everybody or an agency.")


class TooManyTicked(Invalid):
    """More people than any event has."""

    sentence = _l("Too many people are ticked at once.")


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


@dataclass(frozen=True)
class Bulk:
    """One mark for many: for these registrations, an agency's people or everybody; in one session or in all."""

    state: AttendanceState | None
    session_id: int | None
    registration_ids: frozenset[int] | None
    agency_id: int | None
    only_unmarked: bool


def bulk_in(values: MultiDict[str, str]) -> Bulk:
    """What the part of the page for many people asks; raises a refusal when it asks nothing."""
    who, session = values.get("bulk_who", ""), values.get("bulk_session", "")
    ticked = frozenset(_key(value) for value in values.getlist("person"))
    if len(ticked) > MOST_CELLS:
        raise TooManyTicked
    if who == "ticked" and not ticked:
        raise NobodyChosen
    return Bulk(
        state=_state(values.get("bulk_state", "")),
        session_id=_key(session) if session else None,
        registration_ids=ticked if who == "ticked" else None,
        agency_id=_key(who.removeprefix("agency:")) if who.startswith("agency:") else None,
        only_unmarked="bulk_unmarked" in values,
    )


def marks_of_person(
    values: Mapping[str, str], registration_id: int, session_ids: Iterable[int]
) -> dict[Cell, Mark | None]:
    """The marks of one person's page, with their minutes: those alone that no longer say what the page showed."""
    found: dict[Cell, Mark | None] = {}
    for session_id in session_ids:
        said = [values.get(f"{name}.{session_id}", "").strip() for name in ("state", "late", "left")]
        if f"state.{session_id}" not in values or ".".join(said) == values.get(f"was.{session_id}"):
            continue
        state = _state(said[0])
        mark = Mark(state, *(_minutes(text) for text in said[1:])) if state else None
        found[registration_id, session_id] = mark
    return found


def _minutes(text: str) -> int:
    if not text:
        return 0
    minutes = whole_number(text, digits=4)
    if minutes is None:
        raise NotMinutes
    return minutes


def _key(text: str) -> int:
    key = whole_number(text)
    if key is None:
        raise UnknownMark
    return key


def _state(value: str) -> AttendanceState | None:
    if not value:
        return None
    try:
        return AttendanceState(value)
    except ValueError as error:
        raise UnknownMark from error

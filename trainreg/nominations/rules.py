"""What stands in the way of a nomination, and what the columns of a list are called."""

from collections.abc import Sequence
from enum import StrEnum

from trainreg.events.rules import Admission, Door
from trainreg.kernel.text import fold, one_line, problem_in, problem_in_name
from trainreg.people.rules import LONGEST_NAME, LONGEST_POSITION
from trainreg.registration.rules import RegistrationStatus

MOST_ROWS = 200
COLUMNS = ("family_name", "given_name", "position", "email", "agency", "age_band")
_HEADINGS: dict[str, tuple[str, ...]] = {
    "family_name": (
        *("family name", "family name or patronymic", "patronymic", "last name", "surname"),
        *("овог", "эцэг эхийн нэр", "овог эсвэл эцэг эхийн нэр", "эцгийн нэр"),
    ),
    "given_name": ("given name", "first name", "name", "нэр", "өөрийн нэр"),
    "position": ("position", "job title", "албан тушаал"),
    "email": ("email", "e-mail", "e-mail address", "email address", "имэйл", "и-мэйл", "и-мэйл хаяг", "цахим хаяг"),
    "agency": ("agency", "office", "organisation", "organization", "байгууллага"),
    "age_band": ("age", "age band", "age group", "нас", "насны бүлэг"),
}
_COLUMN_OF = {fold(words): column for column, many in _HEADINGS.items() for words in many}


class Problem(StrEnum):
    """Why somebody cannot be nominated."""

    NO_NAME = "no name"
    NAME = "name"
    FORMULA = "formula"
    POSITION = "position"
    EMAIL = "email"
    AGE = "age"
    NOT_YOURS = "not your agency"
    NOT_ASKED = "agency not asked"
    TWICE = "twice in the list"
    NOMINATED = "nominated already"
    REGISTERED = "registered already"
    DECLINED = "declined"
    ASK_DESK = "ask the organizers"
    NO_PLACE = "no place left"


def may_nominate(door: Door, admission: Admission) -> bool:
    """Whether agencies can name somebody now; where an invitation opens the form, the desk says who comes."""
    return door is Door.OPEN and admission is not Admission.INVITATION


def problem_in_words(family_name: str, given_name: str, position: str) -> Problem | None:
    """What is wrong with the words of a nomination."""
    if not given_name:
        return Problem.NO_NAME
    for name in (family_name, given_name):
        if name[:1] in {"=", "+", "-", "@"}:
            return Problem.FORMULA
        if len(name) > LONGEST_NAME or (name and problem_in_name(name) is not None):
            return Problem.NAME
    if position[:1] in {"=", "+", "@"}:
        return Problem.FORMULA
    return Problem.POSITION if len(position) > LONGEST_POSITION or problem_in(position) is not None else None


def problem_with_known(status: RegistrationStatus, *, is_own: bool) -> Problem | None:
    """Why somebody on the event's list cannot be nominated; of other agencies' people nothing is told."""
    if not is_own:
        return Problem.ASK_DESK
    if status is RegistrationStatus.CANCELLED:
        return None
    if status is RegistrationStatus.NOMINATED:
        return Problem.NOMINATED
    return Problem.DECLINED if status is RegistrationStatus.DECLINED else Problem.REGISTERED


def columns_in(cells: Sequence[str]) -> list[str | None] | None:
    """What the columns under these headings hold; None when these are no headings."""
    found = [_COLUMN_OF.get(fold(cell)) for cell in cells]
    return found if "given_name" in found else None


def split_line(line: str) -> list[str]:
    """The cells of a line that was pasted: between tabs, else semicolons, else commas."""
    separator = next((one for one in ("\t", ";", ",") if one in line), "\t")
    return [one_line(cell.strip().strip('"')) for cell in line.split(separator)]

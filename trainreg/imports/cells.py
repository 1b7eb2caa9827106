"""Read what people type into cells; what cannot be read for certain is refused, naming row and column."""

import re
from datetime import date
from typing import Any, TypeVar

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from trainreg.attendance.rules import AttendanceState
from trainreg.certificates.names import name_problem
from trainreg.events.rules import EventKind
from trainreg.imports.cell_words import KINDS, LEVELS, MARKS, ROLES, SEXES
from trainreg.imports.plan import FileRow
from trainreg.kernel.refusals import Invalid
from trainreg.kernel.text import TextProblem, fold, problem_in, problem_in_name
from trainreg.people.rules import LONGEST_PRINTED, AgeBand, Level, Sex
from trainreg.people.said import AGE_BANDS
from trainreg.registration.rules import RegistrationRole
from trainreg.web.forms import PROBLEMS

Known = TypeVar("Known")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?: 00:00)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")
_BETWEEN_ADDRESSES = re.compile(r"[\s;,/|]+")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{3,38}")
FIRST_YEAR, LAST_YEAR = 1950, 2100


class CellProblem(Invalid):
    """A cell that cannot be read."""

    sentence = _l("Row %(row)d, column %(column)s: %(what)s")


# What can be wrong with a cell; the place is told by `CellProblem`.
MISSING = _l("this must be filled in.")
TOO_LONG = _l("this is too long: %(most)d characters at most.")
TWO_ADDRESSES = _l("there are two addresses in one cell. Keep one of them.")
NO_ADDRESS = _l("“%(text)s” is not an e-mail address.")
NO_PHONE = _l("“%(text)s” is not a telephone number.")
NO_DAY = _l("“%(text)s” cannot be read as a date. Write it as 2026-03-05.")
TWO_DAYS = _l("“%(text)s” can be two different days. Write it as 2026-03-05, the year first.")
NO_SEX = _l("“%(text)s” is not a sex. Write female, male, or nothing.")
NO_AGE_BAND = _l(
    "“%(text)s” is not an age band. Write under 25, 25 to 34, 35 to 44, 45 to 54, 55 and over, or nothing."
)
NO_LEVEL = _l("“%(text)s” is not a level. Write senior, middle, junior, or nothing.")
NO_ROLE = _l("“%(text)s” is not a role at an event.")
NO_KIND = _l("“%(text)s” is not a kind of event.")
NO_MARK = _l("“%(text)s” is no mark of attendance. Write present, late, excused or absent.")


def problem(row: FileRow, field: str, what: Any, **facts: object) -> CellProblem:
    """What is wrong with a cell of this row, said with its place."""
    words = str(what) % facts if facts else str(what)
    return CellProblem(row=row.number, column=row.letters.get(field, "?"), what=words)


def text_in(row: FileRow, field: str, *, longest: int, is_needed: bool = False) -> str:
    """One line; raises CellProblem for what cannot be printed, is too long, or is missing."""
    text = row.get(field)
    if not text:
        if is_needed:
            raise problem(row, field, MISSING)
        return ""
    found = problem_in(text)
    if found is not None:
        raise problem(row, field, PROBLEMS[found])
    if len(text) > longest:
        raise problem(row, field, TOO_LONG, most=longest)
    return text


def name_in(row: FileRow, field: str, *, longest: int, is_needed: bool = False) -> str:
    """A name of a person: as `text_in`, with at least one letter and no address in it."""
    text = text_in(row, field, longest=longest, is_needed=is_needed)
    if text and (problem_in_name(text) is not None or "@" in text):
        raise problem(row, field, PROBLEMS[TextProblem.NO_LETTER])
    return text


def email_in(row: FileRow, field: str = "email") -> str | None:
    """One e-mail address as it is kept, or None."""
    text = row.get(field)
    if not text:
        return None
    parts = [part for part in _BETWEEN_ADDRESSES.split(text) if part]
    if len([part for part in parts if "@" in part]) > 1 or text.count("@") > 1:
        raise problem(row, field, TWO_ADDRESSES)
    try:
        checked = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise problem(row, field, NO_ADDRESS, text=text[:60]) from error
    return (checked.ascii_email or checked.normalized).casefold()


def phone_in(row: FileRow, field: str = "phone") -> str | None:
    """A telephone number as it is written, or None."""
    text = row.get(field)
    if text and _PHONE.fullmatch(text) is None:
        raise problem(row, field, NO_PHONE, text=text[:60])
    return text or None


def day_in(row: FileRow, field: str, *, is_needed: bool = False) -> date | None:
    """A day, with the year first or otherwise beyond doubt; raises CellProblem for 03/04/2026."""
    text = row.get(field)
    if not text:
        if is_needed:
            raise problem(row, field, MISSING)
        return None
    first, last = _YEAR_FIRST.fullmatch(text), _YEAR_LAST.fullmatch(text)
    try:
        if first is not None:
            day = date(*map(int, first.groups()))
        elif last is not None:
            one, two, year = map(int, last.groups())
            if one != two and one <= 12 and two <= 12:
                raise problem(row, field, TWO_DAYS, text=text)
            day = date(year, two, one) if two <= 12 else date(year, one, two)
        else:
            raise problem(row, field, NO_DAY, text=text[:60])
    except ValueError as error:
        raise problem(row, field, NO_DAY, text=text[:60]) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise problem(row, field, NO_DAY, text=text[:60])
    return day


def sex_in(row: FileRow) -> Sex:
    return _among(row, "sex", SEXES, NO_SEX, Sex.NOT_STATED)


def age_band_in(row: FileRow) -> AgeBand:
    return _among(row, "age_band", AGE_BANDS, NO_AGE_BAND, AgeBand.NOT_STATED)


def certificate_name_in(row: FileRow, language: str) -> str:
    """A name for certificates that a certificate can print; raises CellProblem, naming the characters."""
    field = f"certificate_name_{language}"
    name = name_in(row, field, longest=LONGEST_PRINTED)
    found = name_problem(name, language) if name else None
    if found is not None:
        raise problem(row, field, found)
    return name


def level_in(row: FileRow) -> Level:
    return _among(row, "level", LEVELS, NO_LEVEL, Level.NOT_STATED)


def role_in(row: FileRow) -> RegistrationRole:
    return _among(row, "role", ROLES, NO_ROLE, RegistrationRole.PARTICIPANT)


def kind_in(row: FileRow) -> EventKind:
    return _among(row, "kind", KINDS, NO_KIND, EventKind.SEMINAR)


def mark_in(row: FileRow, field: str) -> AttendanceState | None:
    """A mark; None for an empty cell: nothing is known."""
    text = row.get(field)
    if text in {"+", "✓", "✔", "-", "–", "—"}:  # an x is none of these: for some it is a tick, for others a cross
        return AttendanceState.PRESENT if text in {"+", "✓", "✔"} else AttendanceState.ABSENT
    return _among(row, field, MARKS, NO_MARK, None)


def _among(row: FileRow, field: str, words: dict[str, Known], sentence: Any, otherwise: Known) -> Known:
    text = row.get(field)
    if not text:
        return otherwise
    found = words.get(fold(text))
    if found is None:
        raise problem(row, field, sentence, text=text[:60])
    return found

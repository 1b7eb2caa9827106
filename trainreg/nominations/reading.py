"""Read a list of nominees: pasted from a spreadsheet, or a file of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from trainreg.agencies.models import Agency
from trainreg.kernel.refusals import Invalid
from trainreg.kernel.sheets import Sheet
from trainreg.kernel.text import fold
from trainreg.nominations.rules import COLUMNS, MOST_ROWS, Problem, columns_in, problem_in_words, split_line
from trainreg.people.rules import AgeBand
from trainreg.people.said import age_band_said
from trainreg.people.service import PersonDetails


class NobodyListed(Invalid):
    """An empty list."""

    sentence = _l("The list is empty. Paste at least one row.")
    field = "rows"


class TooManyListed(Invalid):
    """More than one looks through."""

    sentence = _l("The list has too many rows: %(most)s at most at a time.")
    field = "rows"


class NoNameColumn(Invalid):
    """Which column is the name?"""

    sentence = _l("The first row must name the columns, one of them “Given name”.")
    field = "rows"


@dataclass(frozen=True)
class Nominee:
    """Somebody to nominate, as listed; `agency` is one of the focal point's, else there is a problem."""

    number: int
    details: PersonDetails
    position: str
    email_typed: str
    agency: Agency | None
    problem: Problem | None = None
    age_typed: str = ""

    @property
    def name(self) -> str:
        return f"{self.details.family_name} {self.details.given_name}".strip()


def read_pasted(text: str) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a pasted list by their numbers; the first may hold headings, else the columns stand in order."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise NobodyListed
    columns = columns_in(split_line(lines[0][1]))
    body, names = (lines, list(COLUMNS)) if columns is None else (lines[1:], columns)
    return _limited((number, _by_name(names, split_line(line))) for number, line in body)


def read_table(sheet: Sheet) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a file, which names its columns."""
    columns = columns_in(sheet.header)
    if columns is None:
        raise NoNameColumn
    return _limited((row.number, _by_name(columns, row.cells)) for row in sheet.rows)


def as_text(rows: Iterable[tuple[int, Mapping[str, str]]]) -> str:
    """The rows as text that `read_pasted` reads again."""
    return "\n".join("\t".join(cells.get(column, "") for column in COLUMNS) for _number, cells in rows)


def nominees(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    agencies: Iterable[Agency],
    default: Agency,
    language: str,
    *,
    asks_age: bool,
) -> list[Nominee]:
    """The rows as people; each with what is wrong in it, if anything. An age that nobody asks for is not read."""
    by_name = {fold(words): agency for agency in agencies for words in (agency.code, *agency.name.values())}
    read = rows if asks_age else [(number, {**cells, "age_band": ""}) for number, cells in rows]
    return [_nominee(number, cells, by_name, default, language) for number, cells in read]


def _nominee(
    number: int, cells: Mapping[str, str], by_name: Mapping[str, Agency], default: Agency, language: str
) -> Nominee:
    family, given, position, typed, where, age = (cells.get(column, "") for column in COLUMNS)
    agency = by_name.get(fold(where)) if where else default
    problem, email = problem_in_words(family, given, position), None
    if typed and problem is None:
        try:
            checked = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
            email = (checked.ascii_email or checked.normalized).casefold()
        except EmailNotValidError:
            problem = Problem.EMAIL
    if agency is None and problem is None:
        problem = Problem.NOT_YOURS
    band = age_band_said(age)
    if band is None:
        problem, band = problem or Problem.AGE, AgeBand.NOT_STATED
    details = PersonDetails(given_name=given, family_name=family, age_band=band, email=email, language=language)
    return Nominee(number, details, position, typed, agency, problem, age)


def _by_name(names: Iterable[str | None], cells: Iterable[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(names, cells, strict=False) if name}


def _limited(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[tuple[int, Mapping[str, str]]]:
    found = list(rows)
    if not found:
        raise NobodyListed
    if len(found) > MOST_ROWS:
        raise TooManyListed(most=MOST_ROWS)
    return found

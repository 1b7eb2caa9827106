"""Which figure somebody asks to see the rows of, read from an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import find_agency_by_code
from trainreg.events.models import Event
from trainreg.events.queries import find_event
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.refusals import Invalid, NotFound
from trainreg.people.rules import Sex
from trainreg.programme.models import Outcome, Project
from trainreg.programme.rules import HIGHEST_OUTCOME
from trainreg.reporting.rules import NOT_STATED, Measure

# `page` and `lang` belong to every address.
KNOWN = frozenset({"measure", "outcome", "event", "sex", "agency", "province", "until", "page", "lang"})
_YEARS = range(1900, 3000)


class UnknownFilter(Invalid):
    """A misspelt filter must not show rows that the reader takes for the filtered ones."""

    sentence = _l("We do not know the filter “%(name)s”. Go back to the project and choose a figure there.")


class UnknownMeasure(Invalid):
    """Not a figure that is counted."""

    sentence = _l("We do not know this figure. Choose one on the project's page.")


class UnknownSex(Invalid):
    """Not a cell of the breakdown by sex."""

    sentence = _l("We do not know this answer to sex. Choose a figure on the project's page.")


class UnknownOutcome(NotFound):
    """An outcome that the project does not have."""

    sentence = _l("This project has no such outcome.")


class UnknownEvent(NotFound):
    """An event that the project does not have."""

    sentence = _l("This project has no such event.")


class UnknownProvince(Invalid):
    """No province's code."""

    sentence = _l("We do not know this province. Choose a figure on the project's page.")


class UnknownDay(Invalid):
    """Not a day of the calendar."""

    sentence = _l("We do not understand this day. Choose a figure on the project's page.")


class UnknownAgency(NotFound):
    """An agency that does not exist."""

    sentence = _l("There is no agency with this code.")


@dataclass(frozen=True)
class Question:
    """One figure of a project: a measure, for one outcome, event, sex, agency and province or for all.

    `agency_stated` is False for the cell of those whose agency was not stated; `province` is NOT_STATED for the cell of
    those without one. `until`: what was attended up to and with that day, on the wall clock of its place.
    """

    project: Project
    measure: Measure = Measure.ATTENDANCES
    outcome: Outcome | None = None
    event: Event | None = None
    sex: Sex | None = None
    agency: Agency | None = None
    agency_stated: bool = True
    province: str | None = None
    until: date | None = None

    @property
    def limits(self) -> list[str]:
        """What it asks for besides the measure, in the order of the alphabet."""
        told = {
            "agency": self.agency is not None or not self.agency_stated,
            "event": self.event is not None,
            "outcome": self.outcome is not None,
            "province": self.province is not None,
            "sex": self.sex is not None,
            "until": self.until is not None,
        }
        return [name for name, is_asked in told.items() if is_asked]


def rows_arguments(
    measure: Measure,
    *,
    outcome: int | None = None,
    event: str | None = None,
    sex: Sex | None = None,
    agency: str | None = None,
    province: str | None = None,
    until: date | None = None,
) -> dict[str, str]:
    """The arguments of the address that leads to the rows of a figure; attendances where it says no measure."""
    told = {
        "measure": measure.value if measure is not Measure.ATTENDANCES else None,
        "outcome": str(outcome) if outcome is not None else None,
        "event": event,
        "sex": sex.value if sex else None,
        "agency": agency,
        "province": province,
        "until": until.isoformat() if until else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def read_question(project: Project, arguments: Mapping[str, str]) -> Question:
    """Read an address; raises a refusal with a sentence for what it does not understand."""
    for name in arguments:
        if name not in KNOWN:
            raise UnknownFilter(name=name[:40])
    agency = arguments.get("agency")
    return Question(
        project=project,
        measure=read_measure(arguments.get("measure")),
        outcome=_outcome(project, arguments.get("outcome")),
        event=_event(project, arguments.get("event")),
        sex=_sex(arguments.get("sex")),
        agency=_agency(agency),
        agency_stated=agency != NOT_STATED,
        province=_province(arguments.get("province")),
        until=_day(arguments.get("until")),
    )


def read_measure(text: str | None) -> Measure:
    """The measure in an address; attendances where it names none."""
    try:
        return Measure(text) if text is not None else Measure.ATTENDANCES
    except ValueError as error:
        raise UnknownMeasure from error


def _event(project: Project, slug: str | None) -> Event | None:
    if slug is None:
        return None
    found = find_event(slug)
    if found is None or found.project_id != project.id:
        raise UnknownEvent
    return found


def _outcome(project: Project, text: str | None) -> Outcome | None:
    return None if text is None else get_outcome(project, text)


def get_outcome(project: Project, text: str) -> Outcome:
    """The outcome of that number; raises a refusal where the project has none."""
    number = whole_number(text, digits=len(str(HIGHEST_OUTCOME)))
    found = next((one for one in project.outcomes if one.number == number), None)
    if found is None:
        raise UnknownOutcome
    return found


def _sex(text: str | None) -> Sex | None:
    try:
        return None if text is None else Sex(text)
    except ValueError as error:
        raise UnknownSex from error


def _agency(code: str | None) -> Agency | None:
    if code is None or code == NOT_STATED:
        return None
    found = find_agency_by_code(code)
    if found is None:
        raise UnknownAgency
    return found


def _province(code: str | None) -> str | None:
    """Also a code that is on no list of ours: registrations keep what once was on it."""
    if code is not None and not re.fullmatch(r"[A-Z0-9-]{1,10}", code) and code != NOT_STATED:
        raise UnknownProvince
    return code


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise UnknownDay from error
    if found.year not in _YEARS:  # a day before the first or after the last has no midnight
        raise UnknownDay
    return found

"""Which figure somebody asks to see the rows of, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
KNOWN = frozenset({"measure", "outcome", "event", "sex", "agency", "page", "lang"})


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


class UnknownAgency(NotFound):
    """An agency that does not exist."""

    sentence = _l("There is no agency with this code.")


@dataclass(frozen=True)
class Question:
    """One figure of a project: a measure, for one outcome, event, sex and agency or for all.

    `agency_stated` is False for the cell of those whose agency was not stated.
    """

    project: Project
    measure: Measure = Measure.ATTENDANCES
    outcome: Outcome | None = None
    event: Event | None = None
    sex: Sex | None = None
    agency: Agency | None = None
    agency_stated: bool = True


def rows_arguments(
    measure: Measure,
    *,
    outcome: int | None = None,
    event: str | None = None,
    sex: Sex | None = None,
    agency: str | None = None,
) -> dict[str, Any]:
    """The arguments of the address that leads to the rows of a figure."""
    told = {
        "measure": measure.value,
        "outcome": str(outcome) if outcome is not None else None,
        "event": event,
        "sex": sex.value if sex else None,
        "agency": agency,
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
    if text is None:
        return None
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

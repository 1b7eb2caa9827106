"""Make a project's file, check it as any other, and say what stands in the way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.iati.validator import Verdict, check
from trainreg.kernel.refusals import Refused
from trainreg.programme.iati.queries import find_iati_settings
from trainreg.programme.models import Project
from trainreg.reporting.iati.gathering import activity_of
from trainreg.reporting.iati.rules import Mode
from trainreg.reporting.iati.writing import write
from trainreg.reporting.indicators import Progress


class NoSettings(Refused):
    """Nothing can be made."""

    sentence = _l(
        "The settings of the IATI file are missing: the identifier of the organisation that reports, that of the "
        "activity, and a sector."
    )


class NotValid(Refused):
    """It could be made, and nobody would take it."""

    sentence = _l("The file is not valid and cannot be fetched. See what is wrong with it.")


_NO_RESULTS = _l("The project has no indicators: the file tells what the project is, and no results.")
_NO_PERIODS = _l("The project has no reporting periods: the file names its indicators, and no figures.")
_NO_BUDGET = _l("The project has no budget: the file names none.")
_NO_END = _l("The project has no last day: its budget cannot be told by years, and the file leaves it out.")


@dataclass(frozen=True)
class Made:
    """A file with its verdict."""

    data: bytes
    verdict: Verdict


def make_file(project: Project, mode: Mode, *, now: datetime, progress: Progress | None = None) -> Made:
    """The file of a project; raises NoSettings. `progress` where it has been read already, without names."""
    settings = find_iati_settings(project.id)
    if settings is None:
        raise NoSettings
    told = progress or Progress(project, with_names=False)
    data = write(activity_of(told, settings, mode, now=now))
    return Made(data, check(data, now=now, largest=len(data)))


def gaps(progress: Progress) -> list[Any]:
    """What the file will not tell because the project's record does not say it."""
    project = progress.project
    found = []
    if not progress.indicators:
        found.append(_NO_RESULTS)
    elif not progress.periods:
        found.append(_NO_PERIODS)
    if project.budget_amount is None:
        found.append(_NO_BUDGET)
    elif project.ends_on is None:
        found.append(_NO_END)
    return found

"""What must hold of a project before it is written; each failing check is a refusal with a sentence."""

from collections.abc import Iterator

from babel.numbers import list_currencies

from trainreg.kernel import clock
from trainreg.kernel.refusals import Refused
from trainreg.programme import refusals, rules
from trainreg.programme.details import ProjectDetails


def project_problems(details: ProjectDetails) -> Iterator[Refused]:
    """Everything that cannot be in these details."""
    if not rules.is_code(details.code):
        yield refusals.WrongCode()
    if not any(details.title.values()):
        yield refusals.NoTitle()
    if not any(details.organisation.values()):
        yield refusals.NoOrganisation()
    yield from _budget_problems(details)
    for name, day in (("starts_on", details.starts_on), ("ends_on", details.ends_on)):
        if day is not None and not rules.is_day(day):
            yield refusals.WrongDay(field=name)
    if details.ends_on is not None and details.ends_on < details.starts_on:
        yield refusals.EndsBeforeStart()
    if details.timezone not in clock.timezone_names():
        yield refusals.UnknownTimezone()
    yield from _outcome_problems(details)


def _outcome_problems(details: ProjectDetails) -> Iterator[Refused]:
    twice = rules.doubled(outcome.number for outcome in details.outcomes)
    if twice is not None:
        yield refusals.OutcomeTwice(number=twice)
    if any(not 1 <= outcome.number <= rules.HIGHEST_OUTCOME for outcome in details.outcomes):
        yield refusals.WrongOutcomeNumber()
    if any(not any(outcome.title.values()) for outcome in details.outcomes):
        yield refusals.NoOutcomeTitle()
    if len(details.outcomes) > rules.MOST_OUTCOMES:
        yield refusals.TooManyOutcomes(most=rules.MOST_OUTCOMES)


def _budget_problems(details: ProjectDetails) -> Iterator[Refused]:
    if details.budget_amount is not None and details.budget_amount < 0:
        yield refusals.NegativeBudget()
    if details.budget_currency is not None and details.budget_currency not in list_currencies():
        yield refusals.UnknownCurrency()
    if details.budget_amount is not None and details.budget_currency is None:
        yield refusals.NoCurrency()

"""What cannot be done with a project."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class CodeTaken(Refused):
    """Two projects cannot share a code, nor differ by capital letters only."""

    sentence = _l("Another project has this code.")
    field = "code"


class WrongCode(Invalid):
    """The code stands in addresses and commands."""

    sentence = _l("Use Latin letters and digits, with single dashes between them, for example MN-2012.")
    field = "code"


class WrongDay(Invalid):
    """A year no project has."""

    sentence = _l("Check the year: this day lies too far away.")


class EndsBeforeStart(Invalid):
    """Time runs forward."""

    sentence = _l("The project cannot end before it starts.")
    field = "ends_on"


class NegativeBudget(Invalid):
    """Money that is owed is no budget."""

    sentence = _l("A budget cannot be less than nothing.")
    field = "budget_amount"


class NoTitle(Invalid):
    """A project without a title cannot be found."""

    sentence = _l("Give the project a title, in one language at least.")
    field = "title_en"


class NoOrganisation(Invalid):
    """Somebody runs it."""

    sentence = _l("Name the organisation that runs the project, in one language at least.")
    field = "organisation_en"


class UnknownCurrency(Invalid):
    """Not a currency code."""

    sentence = _l("Write the currency as its code of three letters, for example USD or MNT.")
    field = "budget_currency"


class NoCurrency(Invalid):
    """An amount of what?"""

    sentence = _l("Say in which currency the budget is, for example USD or MNT.")
    field = "budget_currency"


class NoOutcomeTitle(Invalid):
    """An outcome is what it says."""

    sentence = _l("Give every outcome its words, in one language at least, or remove it.")


class WrongOutcomeNumber(Invalid):
    """Outcomes are counted from one."""

    sentence = _l("Number the outcomes from 1 to 999.")


class TooManyOutcomes(Invalid):
    """More than anybody promises."""

    sentence = _l("A project has at most %(most)s outcomes.")


class UnknownTimezone(Invalid):
    """Not an IANA name."""

    sentence = _l("We do not know this time zone.")
    field = "timezone"


class OutcomeTwice(Invalid):
    """Outcomes are told apart by their number."""

    sentence = _l("Two outcomes have the number %(number)s.")


class UnknownOutcome(Invalid):
    """An outcome of another project, or one that somebody removed meanwhile."""

    sentence = _l("One of these outcomes is no longer part of the project. Open the page again.")


class OutcomeServed(Refused):
    """Removing the outcome would take the ground from under figures that were counted for it."""

    sentence = _l("Outcome %(number)s cannot be removed: an event or a publication serves it.")


class ChangedMeanwhile(Refused):
    """Two people edited the project at the same moment."""

    sentence = _l("Somebody else changed this project at the same time. Open the page again.")

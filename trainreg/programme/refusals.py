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

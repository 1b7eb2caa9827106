"""What cannot be done with a nomination."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Refused
from trainreg.nominations.rules import Problem

PROBLEM_WORDS: dict[Problem, Any] = {
    Problem.NO_NAME: _l("The given name is missing."),
    Problem.NAME: _l("The name cannot be read or is too long. Type it again by hand."),
    Problem.FORMULA: _l("This begins like a formula of a spreadsheet, not like a name."),
    Problem.POSITION: _l("The position cannot be read or is too long."),
    Problem.EMAIL: _l("This is not an e-mail address. It should look like name@example.org."),
    Problem.AGE: _l("This is not an age band. Write under 25, 25 to 34, 35 to 44, 45 to 54, 55 and over, or nothing."),
    Problem.NOT_YOURS: _l("This is not an office of your agency."),
    Problem.NOT_ASKED: _l("The event is not for this office of your agency."),
    Problem.TWICE: _l("This person stands in the list above already."),
    Problem.NOMINATED: _l("This person is nominated already."),
    Problem.REGISTERED: _l("This person is registered already."),
    Problem.DECLINED: _l("This person declined, or was declined by the organizers."),
    Problem.ASK_DESK: _l("This person cannot be nominated here. Please ask the organizers."),
    Problem.NO_PLACE: _l("No place is left for your agency: each nomination takes one until it is answered."),
}
_FIELDS = {Problem.NOT_YOURS: "agency", Problem.NOT_ASKED: "agency", Problem.EMAIL: "email"}


class CannotNominate(Refused):
    """Something stands in the way of this nomination."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(field=_FIELDS.get(problem))

    def __str__(self) -> str:
        return str(PROBLEM_WORDS[self.problem])


class NotOpenForNominations(Refused):
    """Too early, too late, or by invitation only."""

    sentence = _l("Nobody can be nominated for this event now. Its page says when registration is open.")


class ListChanged(Refused):
    """What was shown is not what would be written."""

    sentence = _l("Something changed since the list was checked. Look through it again, and press once more.")


class NotANominee(Refused):
    """Somebody who registered themselves."""

    sentence = _l("This person was not nominated by your agency, so it is not yours to change.")


class TooLateToReplace(Refused):
    """Withdrawn already, or the event has begun."""

    sentence = _l("This can no longer be changed here. Ask the organizers.")


class NoSlipNeeded(Refused):
    """The link is for the person alone: it is printed only where no mail can bring it."""

    sentence = _l("No slip is needed: this person answers by the link in a message, or has answered already.")

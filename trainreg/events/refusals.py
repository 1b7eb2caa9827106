"""What cannot be done with an event."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.events.rules import SessionProblem
from trainreg.kernel.refusals import Invalid, Refused


class NoTitle(Invalid):
    """An event is called something."""

    sentence = _l("Enter the title in at least one language.")
    field = "title_en"


class UnknownTimezone(Invalid):
    """Times mean nothing without a place on Earth."""

    sentence = _l("Choose a time zone from the list, for example Asia/Ulaanbaatar.")
    field = "timezone"


class WrongCapacity(Invalid):
    """No seats, or more than any hall has."""

    sentence = _l("Enter a number of places from 1 to %(most)s, or leave it empty for no limit.")
    field = "capacity"


class WrongOfferHours(Invalid):
    """No time to answer, or longer than anybody waits."""

    sentence = _l("Enter a number of hours from 1 to %(most)s, or leave it empty.")
    field = "offer_hours"


class WrongPlaces(Invalid):
    """A quota or a group without a seat, or with more than any hall has."""

    sentence = _l("Enter a number of places from 1 to %(most)s.")
    field = "quotas"


class TooManyRows(Invalid):
    """More rows than one event has."""

    sentence = _l("An event has at most %(most)s agencies with places of their own, and as many groups.")
    field = "quotas"


class UnknownQuotaAgency(Invalid):
    """An agency that is not there."""

    sentence = _l("One of the agencies with places of their own is not known. Choose again.")
    field = "quotas"


class QuotaTwice(Invalid):
    """One agency, one number of places."""

    sentence = _l("One agency stands twice among those with places of their own.")
    field = "quotas"


class QuotasTooMany(Invalid):
    """Places that are not there cannot be kept."""

    sentence = _l(
        "More places are kept for agencies than there are, in the event or in the agency that they belong to."
    )
    field = "quotas"


class GroupWithoutName(Invalid):
    """People choose a group by its name."""

    sentence = _l("Give each group a name in at least one language.")
    field = "groups"


class GroupTwice(Invalid):
    """People could not tell them apart."""

    sentence = _l("Two groups have the same name.")
    field = "groups"


class UnknownGroupRow(Refused):
    """Removed by somebody else, or a group of another event."""

    sentence = _l("One of these groups is not there any more. Reload the page to see the event as it is now.")


class WrongThreshold(Invalid):
    """A share of the planned time."""

    sentence = _l("Enter a percentage from 0 to 100.")
    field = "threshold"


class WrongDayShare(Invalid):
    """A session is a part of a day, or the whole of it."""

    sentence = _l("Enter a share of a day from 0 to 1: half a day is 0.5.")
    field = "day_share"


class ClosesBeforeOpening(Invalid):
    """Registration is open for some time."""

    sentence = _l("Registration has to close after it opens.")
    field = "closes_at"


class UnknownOutcome(Invalid):
    """An outcome of another project, or none."""

    sentence = _l("One of these outcomes is not an outcome of this project. Reload the page and choose again.")
    field = "outcome_ids"


class UnknownAgency(Invalid):
    """An agency that is not there."""

    sentence = _l("One of these agencies is not known. Reload the page and choose again.")
    field = "agency_ids"


class NoAgencyListed(Invalid):
    """Nobody could register."""

    sentence = _l("Choose at least one agency, or let any agency register.")
    field = "agency_ids"


class TooManySessions(Invalid):
    """More rows than one event has."""

    sentence = _l("An event has at most %(most)s sessions.")
    field = "sessions"


class UnknownSession(Refused):
    """Removed by somebody else, or a session of another event."""

    sentence = _l("One of these sessions is not there any more. Reload the page to see the event as it is now.")


class BadSessions(Invalid):
    """`problems` says which, by their place in the list."""

    sentence = _l("Some sessions cannot stand as they are.")
    field = "sessions"

    def __init__(self, problems: Mapping[int, SessionProblem], facts: Mapping[str, object]) -> None:
        self.problems = problems
        self.problem_facts = facts
        super().__init__()

    def sentences(self) -> dict[int, str]:
        """What to say beside each of the sessions."""
        return {number: str(PROBLEMS[problem]) % self.problem_facts for number, problem in self.problems.items()}


PROBLEMS: Mapping[SessionProblem, Any] = {
    SessionProblem.ENDS_BEFORE_START: _l("The session has to end after it starts."),
    SessionProblem.TOO_LONG: _l("A session lasts at most 16 hours."),
    SessionProblem.ANOTHER_DAY: _l("A session ends on the day it starts. Make the next day a session of its own."),
    SessionProblem.FAR_FROM_PROJECT: _l("This day is far outside the project (%(earliest)s to %(latest)s)."),
    SessionProblem.FAR_FROM_OTHERS: _l("This session is more than 60 days away from the others. Check the date."),
    SessionProblem.OVERLAP: _l("Another session is in the same place at this time. Change the time or the place."),
}


class SessionHasAttendance(Refused):
    """What people attended does not vanish."""

    sentence = _l("Attendance was taken in a session you removed. Mark it as called off instead of removing it.")


class SlugTaken(Refused):
    """Two events cannot share an address."""

    sentence = _l("Somebody else just created an event of this name. Press the button again.")


class SameEvent(Refused):
    """The button was pressed twice."""

    sentence = _l("The project already has an event with this title, at the same place and times.")


class NoSessions(Refused):
    """Nobody can come to an event without a date."""

    sentence = _l("An event that people can register for needs at least one session. Lay out its sessions first.")
    field = "sessions"


class NoAgencies(Refused):
    """Whoever registers chooses an agency; with none to choose, the form is a dead end."""

    sentence = _l("There is no agency yet that people could choose. Add the agencies first, then open registration.")


class EventIsOver(Refused):
    """Registration for the past."""

    sentence = _l("All sessions of this event are over. Change their dates before you open registration.")


class ClosingTimePassed(Refused):
    """Open on paper, closed for everybody."""

    sentence = _l("The closing time of registration has passed. Change it before you open registration.")


class IllegalStatus(Refused):
    """The table of moves does not hold this one."""

    sentence = _l("This cannot be done with the event any more. Reload the page to see where it stands.")


class EventIsCalledOff(Refused):
    """A cancelled event stays as it was."""

    sentence = _l("This event was called off and cannot be changed. Copy it to hold it another time.")

"""The forms in which the desk makes invitation links."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import DataRequired

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.events.models import Event
from trainreg.events.rules import clock_problem
from trainreg.kernel.languages import LANGUAGES, in_language
from trainreg.kernel.text import one_line, problem_in_name
from trainreg.registration.forms import INDENT
from trainreg.registration.invitations import Guest, OverAlready, Terms
from trainreg.web.fields import ChoiceField, MomentField, WholeField
from trainreg.web.forms import PROBLEMS, Form, ParagraphField

MOST_GUESTS = 100
_LONGEST_LINE = 200


class TermsForm(Form):
    """What holds for any link."""

    expires_at = MomentField(_l("The link holds until"))
    outside_hours = BooleanField(_l("It also opens the form before registration opens and after it closes"))

    def terms(self, event: Event) -> Terms:
        """The terms, on the clock of the event; raises OverAlready for a time that its clocks do not show."""
        return Terms(expires_at=self._moment(event), outside_hours=bool(self.outside_hours.data))

    def _moment(self, event: Event) -> datetime | None:
        typed = self.expires_at.value
        if typed is None:
            return None
        if clock_problem(typed.date(), typed.time(), event.timezone) is not None:
            raise OverAlready
        return datetime.combine(typed.date(), typed.time(), ZoneInfo(event.timezone))


class AgencyInvitationForm(TermsForm):
    """One link for an agency."""

    agency = ChoiceField(_l("Agency"), choices=[], default="")
    uses = WholeField(
        _l("How many may register with it"), [DataRequired(_l("Enter how many may register with the link."))]
    )

    def offer_agencies(self, agencies: Iterable[Agency], language: str) -> None:
        """Fill the list of agencies."""
        self.agency.choices = [("", _l("Choose the agency"))] + [
            (agency.code, INDENT * depth + in_language(agency.name, language))
            for agency, depth in in_tree_order(agencies, language)
        ]


class GuestsForm(TermsForm):
    """Links for people by name, one a line."""

    people = ParagraphField(_l("Names and e-mail addresses"), [DataRequired(_l("Enter at least one person."))])
    language = ChoiceField(_l("Language of the message"), choices=list(LANGUAGES.items()), default="mn")

    def guests(self, *, invited: frozenset[str] = frozenset()) -> list[Guest]:
        """The people, after validation; what is wrong with a line stands beside the field, by its number."""
        found: dict[str, Guest] = {}
        errors: list[str] = []
        lines = [line for line in (self.people.data or "").split("\n") if line]
        for number, line in enumerate(lines, 1):
            problem, guest = _read(line)
            if guest is not None and guest.email in found.keys() | invited:
                problem = _("this address is invited already")
            if problem:
                errors.append(_("Line %(number)s: %(problem)s.", number=number, problem=problem))
            elif guest is not None:
                found[guest.email] = guest
        if len(lines) > MOST_GUESTS:
            errors = [_("At most %(most)s people at a time.", most=MOST_GUESTS)]
        self.people.errors = [*self.people.errors, *errors]
        return list(found.values())


def _read(line: str) -> tuple[str, Guest | None]:
    """A line with a name and an address, in either order, between commas, semicolons, tabs or brackets."""
    words = one_line(line.replace("\t", " ").replace("<", " ").replace(">", " ")).replace(";", ",").split(" ")
    addresses = [word.strip(",()") for word in words if "@" in word]
    name = one_line(" ".join(word for word in words if "@" not in word).strip(" ,()")).strip(" ,")
    if len(addresses) != 1:
        return _("give one e-mail address and the name"), None
    try:
        checked = validate_email(addresses[0], check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return _("this is not an e-mail address"), None
    problem = problem_in_name(name)
    if not name or problem is not None or len(name) > _LONGEST_LINE:
        return (str(PROBLEMS[problem]).rstrip(".") if name and problem else _("write the name too")), None
    return "", Guest(name, (checked.ascii_email or checked.normalized).casefold())

"""The forms in which somebody who was named or invited answers yes, or no."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from trainreg.people.rules import AgeBand, Level
from trainreg.registration.forms import LONGEST_REASON, PersonForm
from trainreg.registration.models import Registration
from trainreg.web.forms import Form, LineField


class AnswerForm(PersonForm):
    """Yes: who they are and what they agree to. The agency is the one that is on the registration."""

    def offer(self, registration: Registration, language: str) -> None:
        """Fill the lists."""
        self.offer_agencies([registration.agency], language, is_given=True)


class RefusalForm(Form):
    """No, with a reason or none."""

    reason = LineField(
        _l("Reason"), [Length(max=LONGEST_REASON, message=_l("This is too long: %(max)d characters at most."))]
    )


def filled_answer(registration: Registration) -> dict[str, Any]:
    """What the form begins with: what is known, and no box ticked."""
    person = registration.person
    names = ("family_name", "given_name", "family_name_latin", "given_name_latin")
    return {name: getattr(person, name) for name in names} | {
        "position": registration.position,
        "level": "" if registration.level is Level.NOT_STATED else registration.level.value,
        "sex": person.sex.value,
        "age_band": "" if registration.age_band is AgeBand.NOT_STATED else registration.age_band.value,
        "email": person.email or registration.email or "",
        "agency": registration.agency.code,
    }

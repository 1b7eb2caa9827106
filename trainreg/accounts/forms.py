"""The forms of accounts."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from trainreg.accounts.queries import Places
from trainreg.accounts.rules import LONGEST_PASSWORD
from trainreg.accounts.words import role_words
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.permissions import Role
from trainreg.web.forms import EmailAddressField, Form, NameField
from trainreg.web.locale import tr

LONGEST_NAME = 200
INDENT = "\u2003"
EVERYWHERE = "everywhere"
_TOO_LONG = _l("This is too long: %(max)d characters at most.")


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField(_l("E-mail address"), [InputRequired(_l("Enter your e-mail address.")), Length(max=254)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password.")), Length(max=LONGEST_PASSWORD)])


def _role_field() -> SelectField:
    return SelectField(_l("Role"), [DataRequired(_l("Choose a role."))], validate_choice=False, default="")


def _place_field() -> SelectField:
    return SelectField(
        _l("Where"),
        [DataRequired(_l("Choose where the role holds."))],
        validate_choice=False,
        default="",
        description=_l("A project for most roles; for a focal point the agency."),
    )


class _Granting(Form):
    """A role, and where it holds; the fields are the subclass's, in the order of its page."""

    role: SelectField
    place: SelectField
    _places: frozenset[str] = frozenset()

    def offer(self, places: Places) -> None:
        """Fill the lists."""
        projects = [(f"project:{key}", tr(title)) for key, title in places.projects.items()]
        agencies = [
            (f"agency:{key}", INDENT * places.agency_depths[key] + tr(name)) for key, name in places.agencies.items()
        ]
        self._places = frozenset({EVERYWHERE, *dict(projects), *dict(agencies)})
        self.role.choices = [("", _("Choose…")), *((role.value, words) for role, words in role_words().items())]
        self.place.choices = {
            "": [("", _("Choose…")), (EVERYWHERE, _("Everywhere"))],
            _("Projects"): projects,
            _("Agencies"): agencies,
        }

    def validate_role(self, field: Any) -> None:
        if field.data not in set(Role):
            raise ValidationError(_("Choose a role from the list."))

    def validate_place(self, field: Any) -> None:
        if field.data not in self._places:
            raise ValidationError(_("Choose a place from the list."))

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)

    @property
    def scope(self) -> dict[str, int]:
        """`project_id` or `agency_id`, or nothing for everywhere."""
        kind, _colon, key = str(self.place.data).partition(":")
        return {f"{kind}_id": int(key)} if key else {}


class GrantForm(_Granting):
    """A further role for an account."""

    role = _role_field()
    place = _place_field()


class NewUserForm(_Granting):
    """Who gets an account, and the first role."""

    name = NameField(
        _l("Full name"), [DataRequired(_l("Enter the name.")), Length(max=LONGEST_NAME, message=_TOO_LONG)]
    )
    email = EmailAddressField(
        _l("E-mail address"),
        [DataRequired(_l("Enter the e-mail address.")), Length(max=254, message=_TOO_LONG)],
        description=_l("The name they sign in with."),
    )
    language = SelectField(_l("Language of their pages"), choices=list(LANGUAGES.items()), default="en")
    role = _role_field()
    place = _place_field()


class ProfileForm(Form):
    """How somebody is called, and the language of their pages."""

    name = NameField(
        _l("Full name"),
        [DataRequired(_l("Enter your name.")), Length(max=LONGEST_NAME, message=_TOO_LONG)],
        description=_l("Histories show it beside what you did."),
    )
    language = SelectField(_l("Language"), choices=list(LANGUAGES.items()))


class PasswordForm(Form):
    """A new password, with the old one to show that it is you."""

    old_password = PasswordField(
        _l("Present password"), [InputRequired(_l("Enter your present password.")), Length(max=LONGEST_PASSWORD)]
    )
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password.")), Length(max=LONGEST_PASSWORD, message=_TOO_LONG)],
        description=_l("At least 12 characters; several words are best."),
    )

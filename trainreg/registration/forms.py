"""The forms of registration: the public one, the desk's, and the desk's decisions."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, Length, ValidationError

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.events.models import EventGroup
from trainreg.kernel.languages import in_language
from trainreg.kernel.refusals import Invalid
from trainreg.kernel.text import one_line, problem_in
from trainreg.people.rules import LONGEST_NAME, LONGEST_POSITION, AgeBand, ConsentPurpose, Level, Sex
from trainreg.people.service import PersonDetails
from trainreg.people.words import LEVEL_WORDS, SEX_WORDS
from trainreg.questions.forms import QuestionsForm
from trainreg.registration.intake import AgencyNotInvited, PublicRegistration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.registration.service import UnknownGroup
from trainreg.registration.words import ROLE_WORDS, STATUS_WORDS
from trainreg.web.forms import EmailAddressField, Form, LineField, NameField

LONGEST_REASON = 500
_TOO_LONG = _l("This is too long: %(max)d characters at most.")
_name = [Length(max=LONGEST_NAME, message=_TOO_LONG)]
INDENT = "\u2003"


class UnreadableForm(Invalid):
    """The hidden key was changed on its way."""

    sentence = _l("The form did not arrive whole. Check it and press again.")
    status = 400


class PersonForm(QuestionsForm):
    """Who somebody is, where from, what they agree to, and what the event asks besides."""

    family_name = NameField(_l("Family name or patronymic"), _name)
    given_name = NameField(_l("Given name"), [DataRequired(_l("Enter the given name.")), *_name])
    family_name_latin = NameField(_l("Family name or patronymic in Latin letters"), _name)
    given_name_latin = NameField(_l("Given name in Latin letters"), _name)
    agency = SelectField(
        _l("Agency"), [DataRequired(_l("Choose the agency."))], choices=[], validate_choice=False, default=""
    )
    position = LineField(_l("Position"), [Length(max=LONGEST_POSITION, message=_TOO_LONG)])
    level: SelectField | None = SelectField(_l("Level of the position"), validate_choice=False, default="")
    sex = RadioField(_l("Sex"), validate_choice=False, default=Sex.NOT_STATED.value)
    email = EmailAddressField(_l("E-mail address"))
    group = SelectField(_l("Group you belong to"), choices=[], validate_choice=False, default="")
    run_event = BooleanField(
        _l("How your details are used"),
        [DataRequired(_l("Please read how your details are used, and tick this box."))],
    )
    share_name = BooleanField(_l("My name may be shared with the project's donor and partners."))
    photographs = BooleanField(_l("Photographs of me at the event may be published."))
    contact_later = BooleanField(_l("You may write to me about later events."))
    public_name = BooleanField(_l("My name may be shown to anyone who checks my certificate on this site."))

    def offer_agencies(self, agencies: list[Agency], language: str, *, is_given: bool = False) -> None:
        """Fill the list of agencies: parents before their children, which are set in.

        `is_given`: these are all an invitation is for, so that where there is one, nothing is left to choose.
        """
        nothing_yet = [] if is_given and len(agencies) == 1 else [("", _l("Choose the agency"))]
        self.agency.choices = nothing_yet + [
            (agency.code, INDENT * depth + in_language(agency.name, language))
            for agency, depth in in_tree_order(agencies, language)
        ]
        if self.level is not None:  # an event may not ask it
            unsaid = _l("Choose the level") if self.level.flags.required else _l("Not stated")
            self.level.choices = [("", unsaid)] + [
                (level.value, LEVEL_WORDS[level]) for level in Level if level is not Level.NOT_STATED
            ]
        self.sex.choices = [(sex.value, SEX_WORDS[sex]) for sex in Sex]

    def offer_groups(self, groups: Iterable[EventGroup], language: str) -> None:
        """Fill the list of groups; without any the question is not asked."""
        offered = [(group.code, in_language(group.name, language)) for group in groups]
        self.group.choices = [("", _l("None of these")), *offered] if offered else []

    def validate_group(self, field: SelectField) -> None:
        """Something that cannot be a code; whether it is one of the event's, the service asks the records."""
        if problem_in(field.data) is not None:
            raise ValidationError(str(UnknownGroup()))

    def validate_agency(self, field: SelectField) -> None:
        """Something that cannot be a code; whether it is one of the event's, the service asks the records."""
        if problem_in(field.data) is not None:
            raise ValidationError(str(AgencyNotInvited()))

    def details(self, language: str) -> PublicRegistration:
        """What the form says, after validation."""
        return PublicRegistration(
            details=PersonDetails(
                given_name=self.given_name.data or "",
                family_name=self.family_name.data or "",
                given_name_latin=self.given_name_latin.data or "",
                family_name_latin=self.family_name_latin.data or "",
                sex=_among(Sex, self.sex.data, Sex.NOT_STATED),
                age_band=_among(AgeBand, self.typed("age_band"), AgeBand.NOT_STATED),
                email=self.email.value,
                phone=self.typed("phone") or None,
                language=language,
            ),
            agency_code=self.agency.data,
            position=self.typed("position"),
            level=_among(Level, self.typed("level"), Level.NOT_STATED),
            province=self.province_code(),
            group=self.group.data or "",
            consents=frozenset(purpose for purpose in ConsentPurpose if self[purpose.value].data),
            answers=self.answers(),
        )


class PublicForm(PersonForm):
    """The public form: one page, one press, known again by its key."""

    key = HiddenField()
    invitation = HiddenField()

    def renew_key(self) -> None:
        """Make the next press a submission of its own."""
        self.key.data = str(uuid.uuid4())

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; a key that is no key is replaced and told."""
        accepted = super().validate(extra_validators)
        if _is_key(self.key.data):
            return accepted
        self.renew_key()
        self.refuse(UnreadableForm())
        return False


class DeskForm(PersonForm):
    """The same at the desk, with the role and where the registration stands.

    `same_as` is asked when somebody like the newcomer is on record.
    """

    same_as = RadioField(_l("Is it one of these?"), choices=[], validate_choice=False, default="")
    role = SelectField(_l("Role"), default=RegistrationRole.PARTICIPANT.value)
    standing = RadioField(_l("Registration"), default=RegistrationStatus.CONFIRMED.value)

    def offer_agencies(self, agencies: list[Agency], language: str, *, is_given: bool = False) -> None:
        super().offer_agencies(agencies, language, is_given=is_given)
        self.role.choices = [(role.value, ROLE_WORDS[role]) for role in RegistrationRole]
        offered = (RegistrationStatus.CONFIRMED, RegistrationStatus.REQUESTED, RegistrationStatus.WAITLISTED)
        self.standing.choices = [(status.value, STATUS_WORDS[status]) for status in offered]


class MoveForm(Form):
    """A decision of the desk about one registration."""

    to_status = HiddenField()
    reason = LineField(_l("Reason"), [Length(max=LONGEST_REASON, message=_TOO_LONG)])

    def wanted(self) -> RegistrationStatus:
        """The status to move to; raises UnreadableForm."""
        try:
            return RegistrationStatus(self.to_status.data or "")
        except ValueError as error:
            raise UnreadableForm from error


def _among(kind: Any, value: str | None, otherwise: Any) -> Any:
    try:
        return kind(one_line(value))
    except ValueError:
        return otherwise


def _is_key(text: str | None) -> bool:
    try:
        return str(uuid.UUID(text or "")) == text
    except ValueError:
        return False

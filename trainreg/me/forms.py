"""The forms of an official's own page."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired, Length, Regexp

from trainreg.kernel.languages import LANGUAGES
from trainreg.people.corrections import Corrections
from trainreg.people.models import Person
from trainreg.people.rules import LONGEST_NAME, LONGEST_POSITION, AgeBand, ConsentPurpose, Level, Sex
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS, SEX_WORDS
from trainreg.web.forms import EmailAddressField, Form, LineField, NameField

_TOO_LONG = _l("This is too long: %(max)d characters at most.")
_name = [Length(max=LONGEST_NAME, message=_TOO_LONG)]


class PressForm(Form):
    """A button, and nothing to fill in."""


class CodeForm(Form):
    """What the room's screen shows."""

    code = LineField(_l("Code on the screen"), [DataRequired(_l("Type the code.")), Length(max=20, message=_TOO_LONG)])


class HereForm(Form):
    """Who is here; empty where the telephone has opened its owner's page."""

    reference = LineField(_l("Reference of your registration"), [Length(max=20, message=_TOO_LONG)])


class AskForm(Form):
    """Which address gets the link."""

    email = EmailAddressField(
        _l("E-mail address"),
        [DataRequired(_l("Enter your e-mail address.")), Length(max=254, message=_TOO_LONG)],
    )


class ChangeForm(Form):
    """What may change about one registration."""

    position = LineField(_l("Position"), [Length(max=LONGEST_POSITION, message=_TOO_LONG)])
    level = SelectField(_l("Level of the position"))
    language = RadioField(_l("Language of messages"), choices=list(LANGUAGES.items()))

    def offer(self, *, position: str, level: Level, language: str) -> None:
        """Fill the lists, and a fresh form with what stands now."""
        self.level.choices = [(one.value, LEVEL_WORDS[one]) for one in reversed(Level)]
        if not self.is_submitted():
            self.position.data, self.level.data, self.language.data = position, level.value, language


class DataForm(Form):
    """What an official can set right."""

    family_name = NameField(_l("Family name or patronymic"), _name)
    given_name = NameField(_l("Given name"), [DataRequired(_l("Enter the given name.")), *_name])
    family_name_latin = NameField(_l("Family name or patronymic in Latin letters"), _name)
    given_name_latin = NameField(_l("Given name in Latin letters"), _name)
    sex = RadioField(_l("Sex"))
    age_band = RadioField(
        _l("Age"), description=_l("Only for figures in reports, and only if you like. Your day of birth is not asked.")
    )
    phone = LineField(
        _l("Telephone"),
        [
            Length(max=40, message=_TOO_LONG),
            Regexp(r"^[0-9+()\-./ ]*$", message=_l("A telephone number holds figures, spaces and + ( ) - . / only.")),
        ],
    )
    language = RadioField(_l("Language of messages"), choices=list(LANGUAGES.items()))

    def offer(self, person: Person, *, is_fresh: bool) -> None:
        """Fill the lists, and a fresh form with what is recorded."""
        self.sex.choices = [(sex.value, SEX_WORDS[sex]) for sex in Sex]
        self.age_band.choices = [(band.value, AGE_BAND_WORDS[band]) for band in AgeBand]
        if is_fresh:
            for name in ("family_name", "given_name", "family_name_latin", "given_name_latin", "phone", "language"):
                self[name].data = getattr(person, name)
            self.sex.data = person.sex.value
        if is_fresh or not self.age_band.raw_data:
            self.age_band.data = person.age_band.value

    def said(self) -> Corrections:
        """What the form says, after validation."""
        return Corrections(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            given_name_latin=self.given_name_latin.data or "",
            family_name_latin=self.family_name_latin.data or "",
            sex=Sex(self.sex.data),
            age_band=AgeBand(self.age_band.data),
            phone=self.phone.data or None,
            language=self.language.data,
        )


class AddressForm(AskForm):
    """The new address."""

    email = EmailAddressField(
        _l("New e-mail address"),
        [DataRequired(_l("Enter your e-mail address.")), Length(max=254, message=_TOO_LONG)],
    )


class EraseForm(Form):
    """The one tick that cannot be taken back."""

    understood = BooleanField(
        _l("Erase my data. I know that this cannot be undone."),
        [DataRequired(_l("Tick this box if you want your data to be erased."))],
    )


class ConsentForm(Form):
    """One answer to one purpose."""

    # Without the first one no registration can be run: it is taken back by cancelling or erasing.
    purpose = RadioField(choices=[(one.value, one.value) for one in list(ConsentPurpose)[1:]])
    answer = RadioField(choices=[("give", "give"), ("withdraw", "withdraw")])

    def said(self) -> tuple[ConsentPurpose, bool]:
        """The purpose, and whether it is agreed to."""
        return ConsentPurpose(self.purpose.data), self.answer.data == "give"

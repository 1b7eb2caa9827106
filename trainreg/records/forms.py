"""Correct a person's record, and choose what the one record of two says."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length, Optional

from trainreg.certificates.name_forms import NamesForm
from trainreg.people.models import Person
from trainreg.people.rules import LONGEST_NAME, AgeBand, Sex
from trainreg.people.words import AGE_BAND_WORDS, SEX_WORDS
from trainreg.web.fields import OptionsField
from trainreg.web.forms import EmailAddressField, Form, LineField, NameField

_TOO_LONG = _l("This is too long: %(max)d characters at most.")
_name = [Length(max=LONGEST_NAME, message=_TOO_LONG)]
_KEEP = _l("Leave empty to keep what is on record.")
NAMES = ("family_name", "given_name", "clan_name", "family_name_latin", "given_name_latin", "clan_name_latin")


class CorrectForm(NamesForm):
    """What is known of a person; addresses are written anew, never shown."""

    family_name = NameField(_l("Family name or patronymic"), _name)
    given_name = NameField(_l("Given name"), [DataRequired(_l("Enter the given name.")), *_name])
    clan_name = NameField(_l("Clan name"), _name)
    family_name_latin = NameField(_l("Family name or patronymic in Latin letters"), _name)
    given_name_latin = NameField(_l("Given name in Latin letters"), _name)
    clan_name_latin = NameField(_l("Clan name in Latin letters"), _name)
    sex = OptionsField(_l("Sex"), choices=[(sex.value, SEX_WORDS[sex]) for sex in Sex])
    age_band = OptionsField(
        _l("Age"),
        choices=[(band.value, AGE_BAND_WORDS[band]) for band in AgeBand],
    )
    heard = BooleanField(_l("The person has told us that the names on certificates are right"))
    email = EmailAddressField(_l("New e-mail address"), description=_KEEP)
    phone = LineField(_l("New telephone number"), [Optional(), Length(max=40, message=_TOO_LONG)], description=_KEEP)
    reason = LineField(
        _l("Reason for the correction"),
        [DataRequired(_l("Say why: it stands in the history.")), Length(max=200, message=_TOO_LONG)],
    )

    def offer(self, person: Person, *, is_fresh: bool) -> "CorrectForm":
        """Say what certificates print now, and show on a fresh form what is on record."""
        self.offer_names(person, is_fresh=is_fresh)
        if not self.age_band.raw_data:
            self.age_band.data = person.age_band.value
        return self.fill(person) if is_fresh else self

    def fill(self, person: Person) -> "CorrectForm":
        """Show what is on record."""
        for name in NAMES:
            self[name].data = getattr(person, name)
        self.sex.data = person.sex.value
        return self

    def values(self) -> dict[str, Any]:
        """The record as it should be; an address left empty stays as it is."""
        said: dict[str, Any] = {name: self[name].data or "" for name in NAMES}
        said |= {"sex": Sex(self.sex.data), "age_band": AgeBand(self.age_band.data)}
        said["certificate_name"] = {language: name for language, name in sorted(self.names().items()) if name}
        if self.email.value:
            said["email"] = self.email.value
        if self.phone.data:
            said["phone"] = self.phone.data
        return said


class PressForm(Form):
    """A press and nothing else: its token."""


class MergeForm(Form):
    """For each field in which two records differ: whose value the one record has."""

    def chosen(self, typed: Any, names: list[str]) -> frozenset[str]:
        """The fields whose value comes from the record that is merged away."""
        return frozenset(name for name in names if typed.get(f"from-{name}") == "merged")

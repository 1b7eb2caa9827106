"""The focal point's forms: one nominee, or a list of them."""

from typing import Any
from unicodedata import category

from flask_babel import lazy_gettext as _l
from wtforms import Field, FileField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.kernel.languages import LANGUAGES, in_language
from trainreg.nominations.reading import Nominee
from trainreg.nominations.rules import problem_in_words
from trainreg.people.rules import LONGEST_NAME, LONGEST_POSITION, AgeBand
from trainreg.people.service import PersonDetails
from trainreg.people.words import age_band_choices
from trainreg.web.fields import ChoiceField
from trainreg.web.forms import EmailAddressField, Form, LineField, NameField

_TOO_LONG = _l("This is too long: %(max)d characters at most.")
_name = [Length(max=LONGEST_NAME, message=_TOO_LONG)]
INDENT = "\u2003"


class SheetTextField(TextAreaField):
    """Rows pasted from a spreadsheet: tabs and line ends stay, each cell is judged when the rows are read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]) if valuelist else ""
        self.data = typed.replace("\x00", " ").replace("\r\n", "\n").replace("\r", "\n")

    def _value(self) -> str:
        kept = (one for one in self.data or "" if one in "\t\n" or category(one) not in {"Cc", "Cn", "Cs"})
        return "".join(kept)


class _AgencyForm(Form):
    """A form that asks for which of one's own agencies."""

    agency = ChoiceField(_l("Office of your agency"), choices=[], default="")
    language = ChoiceField(_l("Language of the message"), choices=list(LANGUAGES.items()), default="mn")

    def __init__(self, agencies: list[Agency], language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._by_code = {agency.code: agency for agency in agencies}
        self.agency.choices = [
            (agency.code, INDENT * depth + in_language(agency.name, language))
            for agency, depth in in_tree_order(agencies, language)
        ]
        if not self.agency.data and self.agency.choices:
            self.agency.data = self.agency.choices[0][0]

    @property
    def chosen(self) -> Agency | None:
        """The agency, one of those offered."""
        return self._by_code.get(self.agency.data or "")


class NomineeForm(_AgencyForm):
    """One official to nominate."""

    family_name = NameField(_l("Family name or patronymic"), _name)
    given_name = NameField(_l("Given name"), [DataRequired(_l("Enter the given name.")), *_name])
    position = LineField(_l("Position"), [Length(max=LONGEST_POSITION, message=_TOO_LONG)])
    email = EmailAddressField(_l("E-mail address"))
    age_band = ChoiceField(_l("Age"), default=AgeBand.NOT_STATED.value)

    def __init__(self, agencies: list[Agency], language: str, *, asks_age: bool, **kwargs: Any) -> None:
        super().__init__(agencies, language, **kwargs)
        self.age_band.choices = age_band_choices()
        if not asks_age:
            del self.age_band

    def nominee(self) -> Nominee:
        """What the form says, after validation."""
        family, given, position = (self[name].data or "" for name in ("family_name", "given_name", "position"))
        details = PersonDetails(
            given_name=given,
            family_name=family,
            age_band=AgeBand(self.age_band.data) if "age_band" in self else AgeBand.NOT_STATED,
            email=self.email.value,
            language=self.language.data,
        )
        problem = problem_in_words(family, given, position)
        return Nominee(1, details, position, self.email.data or "", self.chosen, problem)


class ListForm(_AgencyForm):
    """Many at once, pasted or in a file; `seen` is how many were found good when the list was shown."""

    rows = SheetTextField(_l("Rows of the spreadsheet"))
    file = FileField(_l("Or a file: XLSX or CSV"))
    seen = HiddenField()

    def refuse_file(self, sentence: str) -> None:
        """Put what is wrong with a file beside it."""
        field: Field = self.file
        field.errors = [*field.errors, sentence]

"""Outcomes and signatories as rows of the project's form."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import HiddenField
from wtforms.validators import Length

from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.types import Text
from trainreg.programme.details import OutcomeDetails, SignatoryDetails
from trainreg.programme.models import Outcome, Signatory
from trainreg.programme.rules import HIGHEST_OUTCOME, LONGEST_TITLE
from trainreg.web.fields import WholeField
from trainreg.web.forms import LineField, NameField, text_of, told_of

_TITLE = Length(max=LONGEST_TITLE, message=_l("At most 300 characters."))
_NAME = Length(max=150, message=_l("At most 150 characters."))
_UNKNOWN = -1


class Row(PlainForm):
    """The base of rows: texts in several languages, as the big form has them."""

    def text(self, name: str) -> Text:
        """The fields `<name>_en`, `<name>_mn`, ... as one translated text."""
        return text_of(self, name)

    def told(self, name: str) -> Text:
        """The same, with no words for a language that was emptied."""
        return told_of(self, name)


class OutcomeRow(Row):
    """One outcome. A new row without words is not an outcome."""

    id = HiddenField()
    number = WholeField(_l("Number"))
    title_en = LineField(_l("Outcome in English"), [_TITLE])
    title_mn = LineField(_l("Outcome in Mongolian"), [_TITLE])
    title_fr = LineField(_l("Outcome in French"), [_TITLE])
    title_es = LineField(_l("Outcome in Spanish"), [_TITLE])

    @property
    def is_empty(self) -> bool:
        return not self.id.data and not self.text("title")

    @property
    def known_id(self) -> int | None:
        """The outcome this row stands for; None for a new one, a key that no row has for nonsense."""
        text = self.id.data or ""
        if not text:
            return None
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else _UNKNOWN

    def validate(self, extra_validators: Any = None) -> bool:
        """Number and words, each beside its field."""
        super().validate(extra_validators)
        if not self.number.errors and not 1 <= (self.number.value or 0) <= HIGHEST_OUTCOME:
            self.number.errors = [_("Number the outcomes from 1 to 999.")]
        if not self.text("title") and not self.title_en.errors and not self.title_mn.errors:
            self.title_en.errors = [_("Give this outcome its words, in one language at least, or remove it.")]
        return not self.errors

    def details(self) -> OutcomeDetails:
        return OutcomeDetails(number=self.number.value or 0, title=self.told("title"), id=self.known_id)


class SignatoryRow(Row):
    """One who signs; left empty, nobody."""

    name_en = NameField(_l("Name in English"), [_NAME])
    name_mn = NameField(_l("Name in Mongolian"), [_NAME])
    name_fr = NameField(_l("Name in French"), [_NAME])
    name_es = NameField(_l("Name in Spanish"), [_NAME])
    title_en = LineField(_l("Position in English"), [_NAME])
    title_mn = LineField(_l("Position in Mongolian"), [_NAME])
    title_fr = LineField(_l("Position in French"), [_NAME])
    title_es = LineField(_l("Position in Spanish"), [_NAME])

    @property
    def is_empty(self) -> bool:
        return not self.text("name") and not self.text("title")

    def validate(self, extra_validators: Any = None) -> bool:
        """A position without a name signs nothing."""
        super().validate(extra_validators)
        if self.text("title") and not self.text("name") and not self.name_en.errors:
            self.name_en.errors = [_("Write the name of the person who holds this position.")]
        return not self.errors

    def details(self) -> SignatoryDetails:
        return SignatoryDetails(name=self.told("name"), title=self.told("title"))


def row_of_outcome(outcome: Outcome) -> dict[str, str]:
    """A known outcome as its row is filled."""
    return {"id": str(outcome.id), "number": str(outcome.number), **_texts(title=outcome.title)}


def row_of_signatory(signatory: Signatory) -> dict[str, str]:
    """A signatory as their row is filled."""
    return _texts(name=signatory.name, title=signatory.title)


def _texts(**texts: Text) -> dict[str, str]:
    return {f"{name}_{code}": text.get(code, "") for name, text in texts.items() for code in CONTENT_LANGUAGES}

"""The fields in which names for certificates are typed, on an official's own page and at the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import Length, ValidationError

from trainreg.certificates.names import composed_hints, name_problem
from trainreg.people.models import Person
from trainreg.people.printing import TRADITIONAL
from trainreg.people.rules import LONGEST_PRINTED
from trainreg.people.words import PRINTED_NAME_WORDS
from trainreg.web.forms import Form, NameField

_TOO_LONG = _l("This is too long: %(max)d characters at most.")
FIELDS: Mapping[str, str] = {
    "en": "printed_en",
    "mn": "printed_mn",
    "fr": "printed_fr",
    "es": "printed_es",
    TRADITIONAL: "printed_mong",
}


def _can_be_printed(language: str) -> Callable[[Any, Any], None]:
    def check(_form: Any, field: Any) -> None:
        problem = name_problem(field.data, language) if field.data else None
        if problem is not None:
            raise ValidationError(problem)

    return check


def _field(language: str) -> NameField:
    return NameField(
        PRINTED_NAME_WORDS[language], [Length(max=LONGEST_PRINTED, message=_TOO_LONG), _can_be_printed(language)]
    )


class NamesForm(Form):
    """A name for each language of certificates; what is left empty is made from the parts of the name."""

    printed_en = _field("en")
    printed_mn = _field("mn")
    printed_fr = _field("fr")
    printed_es = _field("es")
    printed_mong = _field(TRADITIONAL)

    def name_fields(self) -> list[tuple[str, Field]]:
        """Each language with its field."""
        return [(language, self[name]) for language, name in FIELDS.items()]

    def offer_names(self, person: Person, *, is_fresh: bool) -> None:
        """Say under each field what is printed without it, and fill a fresh form with what is on record."""
        hints = composed_hints(person)
        for language, field in self.name_fields():
            field.description = hints.get(language, "")
            if is_fresh:
                field.data = person.certificate_name.get(language, "")

    def names(self) -> dict[str, str]:
        """What the form says, after validation; an empty text for a language without a name of its own."""
        return {language: field.data or "" for language, field in self.name_fields()}

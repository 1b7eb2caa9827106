"""Whether a name can be printed at all, told while it is typed; at issue the design itself is asked again."""

from __future__ import annotations

from flask_babel import gettext as _

from trainreg.certificates.pdf.faces import FAMILIES, missing
from trainreg.certificates.sentences import named_characters
from trainreg.people.models import Person
from trainreg.people.printing import NAME_LANGUAGES, TRADITIONAL, composed_name
from trainreg.people.traditional import foreign_in


def name_problem(name: str, language: str) -> str | None:
    """Why no certificate can print this name, naming the characters; None when one can."""
    if language == TRADITIONAL and (foreign := foreign_in(name)):
        characters = named_characters(foreign)
        return str(_("This does not belong to traditional Mongolian script: %(characters)s.", characters=characters))
    absent = "".join(dict.fromkeys("".join(missing(name, family) for family in FAMILIES)))
    if not absent:
        return None
    return str(_("The certificates’ typefaces do not have: %(characters)s.", characters=named_characters(absent)))


def composed_hints(person: Person) -> dict[str, str]:
    """For each language what is printed where no name is given for it, and whether that can be printed."""
    hints = {TRADITIONAL: _("Left empty, certificates have no line in this script.")}
    for language in NAME_LANGUAGES:
        if name := composed_name(person, language):
            usual = _("Left empty, it is printed as “%(name)s”.", name=name)
            hints[language] = " ".join(filter(None, (usual, name_problem(name, language))))
    return hints

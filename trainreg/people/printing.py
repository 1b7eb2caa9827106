"""How a name stands on certificates: as it was given for them, else made from its parts. Pure."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from trainreg.kernel.languages import CONTENT_LANGUAGES

# Mongolian in its own script, as a line from top to bottom.
TRADITIONAL = "mn-Mong"
NAME_LANGUAGES = (*CONTENT_LANGUAGES, TRADITIONAL)


class Named(Protocol):
    """What is asked of a person."""

    @property
    def name(self) -> str: ...

    @property
    def latin_name(self) -> str: ...

    @property
    def certificate_name(self) -> Mapping[str, str]: ...

    @property
    def confirmed_names(self) -> Mapping[str, str]: ...


def composed_name(person: Named, language: str) -> str:
    """The name made from its parts, for whoever gave none for certificates.

    In traditional Mongolian there is none: no rule turns one spelling into the other.
    """
    if language == TRADITIONAL:
        return ""
    return person.name if language == "mn" else person.latin_name


def printed_name(person: Named, language: str) -> str:
    """What a certificate would print in that language; empty where nothing is known."""
    return person.certificate_name.get(language) or composed_name(person, language)


def printed_names(person: Named, languages: Iterable[str] = NAME_LANGUAGES) -> dict[str, str]:
    """The same in each of these languages; those without a name are left out."""
    printed = {language: printed_name(person, language) for language in languages}
    return {language: name for language, name in printed.items() if name}


def unconfirmed(person: Named, languages: Iterable[str] = NAME_LANGUAGES) -> list[str]:
    """The languages in which the person has not confirmed what would be printed now."""
    printed = printed_names(person, languages)
    return [language for language, name in printed.items() if person.confirmed_names.get(language) != name]

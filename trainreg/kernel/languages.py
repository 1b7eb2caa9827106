"""Languages of pages and of content."""

from collections.abc import Mapping

LANGUAGES: dict[str, str] = {"en": "English", "mn": "Монгол"}
# Papers travel: certificates, the pages on which a stranger checks one (ADR 0023) and reports speak two more.
CONTENT_LANGUAGES: dict[str, str] = LANGUAGES | {"fr": "Français", "es": "Español"}
DEFAULT_LANGUAGE = "en"


def in_language(text: Mapping[str, str] | None, language: str) -> str:
    """The text in that language, else in English, else in whichever language it has."""
    if not text:
        return ""
    return text.get(language) or text.get(DEFAULT_LANGUAGE) or next(iter(text.values()), "")

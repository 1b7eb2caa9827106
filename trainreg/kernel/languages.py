"""Languages of pages and of content."""

from collections.abc import Mapping

LANGUAGES: dict[str, str] = {"en": "English", "mn": "Монгол"}
# Papers travel: certificates, the pages on which a stranger checks one (ADR 0023) and reports speak two more.
CONTENT_LANGUAGES: dict[str, str] = LANGUAGES | {"fr": "Français", "es": "Español"}
DEFAULT_LANGUAGE = "en"


def with_others(told: Mapping[str, str], known: Mapping[str, str] | None) -> dict[str, str]:
    """A text as a form tells it, which speaks the application's own languages, with what it has in others.

    Nothing is kept of a text that was taken away.
    """
    others = {code: text for code, text in (known or {}).items() if code not in LANGUAGES}
    return {**others, **told} if any(told.values()) else dict(told)


def in_language(text: Mapping[str, str] | None, language: str) -> str:
    """The text in that language, else in English, else in whichever language it has."""
    if not text:
        return ""
    return text.get(language) or text.get(DEFAULT_LANGUAGE) or next(iter(text.values()), "")

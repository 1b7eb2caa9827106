"""Languages of pages and of content."""

from collections.abc import Mapping

LANGUAGES: dict[str, str] = {"en": "English", "mn": "Монгол"}
# Papers travel: certificates, the pages on which a stranger checks one (ADR 0023) and reports speak two more.
CONTENT_LANGUAGES: dict[str, str] = LANGUAGES | {"fr": "Français", "es": "Español"}
DEFAULT_LANGUAGE = "en"


def with_others(told: Mapping[str, str], known: Mapping[str, str] | None) -> dict[str, str]:
    """A text as a form tells it, with what it has in languages of reports that the form did not ask for.

    A language that is told with no words is taken away, and nothing is kept of a text that was.
    """
    words = {code: text for code, text in told.items() if text}
    others = {code: text for code, text in (known or {}).items() if code not in LANGUAGES and code not in told}
    return {**others, **words} if words else {}


def in_language(text: Mapping[str, str] | None, language: str) -> str:
    """The text in that language, else in English, else in whichever language it has."""
    if not text:
        return ""
    return text.get(language) or text.get(DEFAULT_LANGUAGE) or next(filter(None, text.values()), "")

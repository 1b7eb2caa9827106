"""Whether the words on a page are those of the record, however a reader of PDF broke and spaced them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from trainreg.certificates.facts import CertificateFacts
from trainreg.kernel.languages import in_language

# Signs that draw nothing by themselves and that a reader of PDF may add, drop or move.
_UNSEEN = frozenset({"Cf", "Cc", "Cn", "Co", "Zs", "Zl", "Zp"})


def squeezed(text: str) -> str:
    """The letters of a text in one form: no spaces, no joiners or direction marks, no presentation forms, no case.

    Look-alike letters stay apart: Ө is not Є, for a forger may count on it.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in unicodedata.normalize("NFKC", plain) if unicodedata.category(one) not in _UNSEEN)


def bears(page: str, texts: Iterable[str]) -> bool:
    """Whether each of these texts stands on the page."""
    found = squeezed(page)
    return all(squeezed(text) in found for text in texts if text)


def names_on(facts: CertificateFacts) -> list[str]:
    """The names that the paper prints, one for each of its languages."""
    return [facts.names[language] for language in facts.languages]


def titles_on(facts: CertificateFacts) -> list[str]:
    """The titles of the event that the paper prints."""
    return [in_language(facts.event_title, language) for language in facts.languages]

"""Whether the words on a page are those of the record, however a reader of PDF broke and spaced them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from trainreg.certificates.facts import CertificateFacts
from trainreg.kernel.languages import in_language

# Signs that draw nothing by themselves and that a reader of PDF may add, drop or move.
_UNSEEN = frozenset({"Cf", "Cc", "Cn", "Co", "Zs", "Zl", "Zp"})
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})


def squeezed(text: str) -> str:
    """The letters of a text in one form: no spaces, no joiners or direction marks, no presentation forms, no case.

    Look-alike letters stay apart: Ө is not Є, for a forger may count on it.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in unicodedata.normalize("NFKC", plain) if unicodedata.category(one) not in _UNSEEN)


def bears(page: str, texts: Iterable[str], told: str = "") -> bool:
    """Whether each of these texts stands on the page.

    Glyphs that join, turn or stack do not read back letter by letter, so a file tells their words beside them, as for
    screen readers: for such texts, and only for them, `told` counts as well. Whoever draws another name under the same
    telling is found out by the bytes and the signature.
    """
    found, beside = squeezed(page), squeezed(told)
    return all(
        squeezed(text) in found or (not _reads_back(text) and squeezed(text) in beside) for text in texts if text
    )


def _reads_back(text: str) -> bool:
    """Whether each letter of a text is one glyph and stands where it is read: no marks, no writing from the right."""
    plain = unicodedata.normalize("NFC", text)
    return not any(
        unicodedata.category(one).startswith("M") or unicodedata.bidirectional(one) in _FROM_THE_RIGHT for one in plain
    )


def names_on(facts: CertificateFacts) -> list[str]:
    """The names that the paper prints, one for each of its languages."""
    return [facts.names[language] for language in facts.languages]


def titles_on(facts: CertificateFacts) -> list[str]:
    """The titles of the event that the paper prints."""
    return [in_language(facts.event_title, language) for language in facts.languages]

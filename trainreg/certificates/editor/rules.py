"""What a plan of certificates may say: decisions without a database."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

# The languages in which certificates are worded (see `designs.wording_2`); a page has room for two.
WORDED = ("en", "mn", "fr", "es")
MOST_LANGUAGES = 2
MOST_MONTHS = 120


class Mailing(StrEnum):
    """How a certificate reaches its holder by mail."""

    LINK = "link"
    ATTACHMENT = "attachment"
    NONE = "none"


class PictureUse(StrEnum):
    """What a picture is uploaded for: it says how large it is printed at most."""

    LOGO = "logo"
    SEAL = "seal"
    SIGNATURE = "signature"
    BACKGROUND = "background"


def are_languages(languages: Collection[str]) -> bool:
    """Whether a certificate can be worded in just these: one or two, each once."""
    return (
        1 <= len(languages) <= MOST_LANGUAGES
        and len(set(languages)) == len(languages)
        and set(languages) <= set(WORDED)
    )


def is_lifetime(months: int | None) -> bool:
    """Whether a certificate may lapse after so many months; None: it never does."""
    return months is None or 1 <= months <= MOST_MONTHS

"""The short codelists in the reader's words; the standard has them in English and French alone."""

from typing import Any

from flask_babel import lazy_gettext as _l

ORGANISATION_TYPES: dict[str, Any] = {
    "10": _l("Government"),
    "11": _l("Local government"),
    "15": _l("Other public sector"),
    "21": _l("International NGO"),
    "22": _l("National NGO"),
    "23": _l("Regional NGO"),
    "24": _l("NGO based in the partner country"),
    "30": _l("Public-private partnership"),
    "40": _l("Multilateral organisation"),
    "60": _l("Foundation"),
    "70": _l("Private sector"),
    "71": _l("Private sector of the country that gives"),
    "72": _l("Private sector of the country that receives"),
    "73": _l("Private sector of a third country"),
    "80": _l("Academic, training and research"),
    "90": _l("Other kind of organisation"),
}
ROLES: dict[str, Any] = {
    "1": _l("Funding the project"),
    "2": _l("Accountable for the project"),
    "3": _l("Passing funds on"),
    "4": _l("Implementing the project"),
}
SCOPES: dict[str, Any] = {
    "1": _l("The whole world"),
    "2": _l("A region of the world"),
    "3": _l("Several countries"),
    "4": _l("The whole country"),
    "5": _l("Several provinces"),
    "6": _l("One province"),
    "7": _l("One district"),
    "8": _l("One place"),
}


def choices(words: dict[str, Any], nothing: Any = None) -> list[tuple[str, str]]:
    """As a list to choose from; `nothing` is what an empty answer is called."""
    listed = [(code, f"{code}  {word}") for code, word in words.items()]
    return listed if nothing is None else [("", str(nothing)), *listed]

"""What a project's public contact says for machines: it is typed as people write it, in lines of words.

Only the text that somebody entered as the contact for readers of reports is read; no account, no official.
"""

import re
from collections.abc import Iterable, Mapping

from email_validator import EmailNotValidError, validate_email

from trainreg.publications.rules import is_public_address
from trainreg.reporting.iati.content import Contact

_EMAIL = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")
_WEBSITE = re.compile(r"(?:https?://|www\.)[^\s<>(),;]+", re.IGNORECASE)
_TELEPHONE = re.compile(
    r"^\s*(?:tel|t\u00e9l|telephone|phone|\u0443\u0442\u0430\u0441)[^+(0-9]{0,12}([+(0-9][0-9 ()/.-]{4,30})",
    re.IGNORECASE,
)
_END = ".,;:/"


def contact_in(text: Mapping[str, str], organisation: Mapping[str, str]) -> Contact | None:
    """Telephone, e-mail and website as far as the contact names them; None where nobody entered one."""
    lines = [line for told in text.values() for line in told.splitlines()]
    if not any(line.strip() for line in lines):
        return None
    return Contact(
        organisation=organisation,
        telephones=_once(found[1].strip(" -./(") for line in lines if (found := _TELEPHONE.search(line))),
        emails=_once(one for line in lines for one in map(_email, _EMAIL.findall(line)) if one),
        websites=_once(one for line in lines for one in map(_website, _WEBSITE.findall(line)) if one),
    )


def _email(found: str) -> str:
    try:
        return validate_email(found.rstrip(_END), check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        return ""


def _website(found: str) -> str:
    """An address that begins with www is one of https."""
    address = found.rstrip(_END)
    address = address if "://" in address else f"https://{address}"
    return address if is_public_address(address) else ""


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))

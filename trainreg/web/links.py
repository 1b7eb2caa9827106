"""Addresses that leave the site (mails, papers, QR codes), and addresses that come back in."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from flask import current_app

from trainreg.kernel.tokens import ALPHABET


def absolute(endpoint: str, **values: str) -> str:
    """A full link, from the configured base URL only: a forged Host header cannot get into a mail."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['BASE_URL']}{path}"


def safe_next(target: str | None) -> str | None:
    """A `?next=` that stays on this site, else None."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return None
    if any(ord(character) < 32 or ord(character) == 127 for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


# Where the signature of a personal link will stand. A message is kept without it: whoever reads the database, or the
# page of a message, finds no key to anybody's records. It is put in when the mail leaves.
UNSIGNED = "unsigned"


def secret_for(purpose: str, name: str) -> str:
    """A secret of 256 bits for this name and purpose, that only this installation can make, and make again."""
    own = str(current_app.config["SECRET_KEY"]).encode()
    made = hmac.new(own, f"{purpose}/{name}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made.digest()).decode().rstrip("=")


def letters_for(purpose: str, name: str, count: int) -> str:
    """The same as letters that people can read out: 5 bits each."""
    secret = base64.urlsafe_b64decode(secret_for(purpose, name) + "=")
    bits = int.from_bytes(secret[: -(-5 * count // 8)], "big")
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(count))


def personal_link(thing: str, signature: str = UNSIGNED) -> str:
    """A full link to an official's own records. `thing` is `r/` and a registration's reference, or `l/` and a key.

    `t/` and a reference opens the tests and evaluations of that registration, and nothing else.
    `i/` and a key is an invitation, which nobody's records stand behind yet. Messages hold the link unsigned, and name
    the thing; `sign_link` completes it when the mail leaves.
    """
    place = "" if thing.startswith("i/") else "/me"
    return f"{current_app.config['BASE_URL']}{place}/{thing}/{signature}"


def sign_link(text: str, thing: str | None) -> str:
    """The text with the links to this one thing signed; any other link that somebody wrote into it stays as it is.

    A mail to several people of one address names several things, with a space between them.
    """
    for one in (thing or "").split():
        text = text.replace(personal_link(one), personal_link(one, signature_of(one)))
    return text


def signature_of(thing: str) -> str:
    """What stands behind the thing in its personal link."""
    return secret_for("personal link", thing)


def is_signed(thing: str, signature: str) -> bool:
    """Whether this is the signature of that thing; a wrong one takes as long as the right one."""
    return hmac.compare_digest(signature_of(thing).encode(), signature.encode())

"""Addresses that leave the site (mails, papers, QR codes), and addresses that come back in."""

from urllib.parse import urlsplit

from flask import current_app, url_for


def absolute(endpoint: str, **values: str) -> str:
    """A full link, from the configured base URL only: a forged Host header cannot get into a mail."""
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        path = url_for(endpoint, _external=False, **values)
    return f"{current_app.config['BASE_URL']}{path}"


def safe_next(target: str | None) -> str | None:
    """A `?next=` that stays on this site, else None."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return None
    if any(ord(character) < 32 or ord(character) == 127 for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target

"""Show the page that a mail is: in a frame that runs nothing, asks nobody and goes nowhere."""

import re

from flask import Response, make_response

from trainreg.events.models import Event
from trainreg.kernel.permissions import Permission
from trainreg.web.access import may
from trainreg.web.safety import POLICY

# A mail brings its style inline and nothing else; `sandbox` gives it an origin of its own, without scripts or forms.
MAIL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    )
)

# What stands in a mail to fetch a certificate with: whoever holds it needs no account.
_FETCHES = re.compile(r"(/me/certificate/)[^/\s\"<>]+(\.pdf)")


def as_shown(text: str, event: Event) -> str:
    """A mail as the desk shows it: the address of a certificate is whole only for whoever may open the file anyway."""
    return text if may(Permission.ISSUE_CERTIFICATES, project_id=event.project_id) else _FETCHES.sub(r"\1…\2", text)


def mail_page(html: str) -> Response:
    """A mail's HTML part as an answer of its own."""
    response = make_response(html)
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


def with_frame(page: str, status: int = 200) -> Response:
    """A page of ours that may hold a frame of ours."""
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response

"""Show the page that a mail is: in a frame that runs nothing, asks nobody and goes nowhere."""

from flask import Response, make_response

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

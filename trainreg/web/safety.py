"""What protects every request: read-only GETs, form tokens, body limits, response headers."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFError, CSRFProtect

from trainreg.kernel.db import db, set_writing

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
USUAL_BODY = 256 * 1024
TYPED_AT_MOST = 512 * 1024  # bytes of typed text in one field; files are kept on the disk while they come in
PATIENCE = 15.0  # seconds without a byte: a telephone that lost its network must not hold one of few threads for ever

_KEEP_TYPED: set[Callable[..., Any]] = set()
_BODY_LIMITS: dict[Callable[..., Any], int] = {}
_LARGER_LIMITS: dict[Callable[..., Any], Callable[..., int]] = {}

csrf = CSRFProtect()

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A reader of codes in WebAssembly, for browsers without one of their own: for the few pages with a camera.
SCANNING_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def keeps_typed(view: View) -> View:
    """For form pages: a stale form token is answered by the form itself, with everything typed still in it."""
    _KEEP_TYPED.add(view)
    return view


def body_limit(size: int, *, larger: Callable[..., int] | None = None) -> Callable[[View], View]:
    """Let this route take a larger (or only a smaller) body, in bytes.

    `larger` says how much more the thing at this address takes: it is asked only about a body beyond `size`, gets
    the address's values by name, and may only read.
    """

    def decorate(view: View) -> View:
        _BODY_LIMITS[view] = size
        if larger is not None:
            _LARGER_LIMITS[view] = larger
        return view

    return decorate


def _limit_of(view: Callable[..., Any] | None) -> int:
    """How large a body this request may have."""
    if view is None:
        return USUAL_BODY
    limit, larger = _BODY_LIMITS.get(view, USUAL_BODY), _LARGER_LIMITS.get(view)
    if larger is None or request.method in SAFE_METHODS:
        return limit
    if request.content_length is not None and request.content_length <= limit:
        return limit
    # Read and let go: while a slow line sends its body, nothing in the database may wait for it.
    set_writing(False)
    try:
        return max(limit, larger(**(request.view_args or {})))
    finally:
        db.session.rollback()
        set_writing(True)


def _before() -> None:
    set_writing(request.method not in SAFE_METHODS)
    view = current_app.view_functions.get(request.endpoint or "")
    limit = _limit_of(view)
    request.max_content_length = limit
    request.max_form_memory_size = min(limit, TYPED_AT_MOST)
    if "\x00" in request.path or any("\x00" in text for pair in request.args.items(multi=True) for text in pair):
        abort(400)  # PostgreSQL stores no NUL and would answer a search for it with an error
    if request.method in SAFE_METHODS or view is None:
        return
    if request.content_length is not None and request.content_length > limit:
        abort(413)
    if "gunicorn.socket" in request.environ:
        request.environ["gunicorn.socket"].settimeout(PATIENCE)  # gunicorn waits again as it likes for the next request
    if current_app.config["WTF_CSRF_ENABLED"]:
        _check_token(view)


def _check_token(view: Callable[..., Any]) -> None:
    try:
        csrf.protect()
    except CSRFError:
        if view not in _KEEP_TYPED:
            raise
        g.pop("csrf_valid", None)  # the form's own check will fail and say so beside what was typed


def _after(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers and request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, of which public answers carry nothing.

    Every request looks up who asks. An answer that says `public` does not depend on it: it sets no cookie and does not
    vary with one, so that a single kept copy serves everybody.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not response.cache_control.public or session.modified:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Protect every request of this application."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # `_before` checks, so that a form can keep what was typed
    csrf.init_app(app)
    app.session_interface = Sessions()
    app.before_request(_before)
    app.after_request(_after)
    app.teardown_request(lambda _error: set_writing(True))

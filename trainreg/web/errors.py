"""Errors as pages: what happened, in a sentence, and a way on."""

from typing import Any

from flask import Flask, Response, current_app, render_template, request
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from trainreg.kernel.db import db, reading
from trainreg.kernel.logs import first_line, traced
from trainreg.kernel.refusals import Refused

TITLES: dict[int, Any] = {
    400: _l("This request could not be understood"),
    401: _l("Please sign in again"),
    403: _l("This is not open to your role"),
    404: _l("We could not find that"),
    405: _l("This page cannot be used that way"),
    409: _l("That is not possible now"),
    413: _l("That is too large"),
    422: _l("Please check what you entered"),
    429: _l("Please wait a little"),
    500: _l("Something went wrong on our side"),
    503: _l("Too much is going on at this moment"),
}
SENTENCES: dict[int, Any] = {
    400: _l("Go back, reload the page and try again."),
    401: _l("Your session has ended. Sign in and try again; nothing was changed."),
    403: _l("Your role does not allow this. Ask an administrator if you think it should."),
    404: _l("The address may be mistyped, or what it led to is not for you to see."),
    405: _l("Open the page from its link and use the buttons on it."),
    413: _l("What you sent is larger than this page accepts. Nothing was saved."),
    429: _l("There were too many tries in a short time. Wait a minute and try again."),
    500: _l("Nothing was saved. The problem was written down; please try again in a few minutes."),
    503: _l("Nothing was saved. Go back, wait a few seconds and press again."),
}
RETRY_AFTER = 5  # seconds


def error_page(status: int, sentence: str | None = None) -> tuple[str, int]:
    """The page for an error; `sentence` replaces the usual one."""
    title = str(TITLES.get(status, TITLES[400]))
    text = sentence or str(SENTENCES.get(status, SENTENCES[400]))
    return render_template("errors/error.html", status=status, title=title, sentence=text), status


def _refused(error: Refused) -> tuple[str, int]:
    db.session.rollback()
    return error_page(error.status, str(error))


def _http(error: HTTPException) -> Any:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error
    if request_ctx.url_adapter is None:  # a forged Host: no address can be built, so no page either
        return Response(f"{error.code} {error.name}\n", error.code, mimetype="text/plain")
    page, status = error_page(error.code)
    kept = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return page, status, kept


def _stale_token(_error: CSRFError) -> tuple[str, int]:
    return error_page(400, _("The page was open for too long, or came from elsewhere. Reload it and try again."))


def _conflict(error: IntegrityError) -> tuple[str, int]:
    """Somebody else was quicker, and no service foresaw it: refused by the database, nothing written."""
    db.session.rollback()
    current_app.logger.warning("refused by the database on %s: %s", request.url_rule, first_line(error.orig))
    return error_page(409, _("Somebody else changed this at the same time. Reload the page and try again."))


def _busy(error: OperationalError | NoConnection) -> tuple[str, int, dict[str, str]]:
    """A lock or a connection did not come in time, or the database is away: pressing again later may well do."""
    db.session.rollback()
    cause = error.orig if isinstance(error, OperationalError) else error
    current_app.logger.error("the database did not answer on %s: %s", request.url_rule, first_line(cause))
    with reading():  # who is signed in is read without waiting for the lock once more
        page, status = error_page(503)
    return page, status, {"Retry-After": str(RETRY_AFTER)}


def _too_slow(_error: TimeoutError) -> tuple[str, int, dict[str, str]]:
    """The body never arrived; most likely nobody reads this any more, and the rest of it is not waited for."""
    db.session.rollback()
    return *error_page(400), {"Connection": "close"}


def _unexpected(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    # The rule, not the address: an address can hold a receipt, a code or a name that was searched for.
    current_app.logger.error("unexpected error on %s %s: %s", request.method, request.url_rule, traced(error))
    return error_page(500)


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _stale_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _conflict)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(NoConnection, _busy)
    app.register_error_handler(TimeoutError, _too_slow)
    if not app.testing:
        app.register_error_handler(Exception, _unexpected)

"""The cookie of an official's visit, and who it stands for.

The cookie holds the visit's secret and the minute of the last answer, sealed: a visit that was idle for two hours is
over, and reading a page writes nothing.
"""

import hmac
from typing import TypeVar

from flask import Response, current_app, g, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.kernel import clock
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.refusals import Refused
from trainreg.me.blueprint import blueprint
from trainreg.me.models import Visit
from trainreg.me.queries import find_visit
from trainreg.me.rules import IDLE
from trainreg.people.models import Person
from trainreg.web.links import secret_for

AnyAnswer = TypeVar("AnyAnswer", bound=AnyResponse)


class VisitIsOver(Refused):
    """Nobody, or not any more."""

    sentence = _l("Your visit has ended, and nothing was changed. Ask for a new link under “My registrations”.")
    status = 401


def find_visit_now() -> Visit | None:
    """The visit of the present request, if there is one."""
    if "own_page_visit" not in g:
        secret = _secret_in(request.cookies.get(_cookie_name(), ""))
        g.own_page_visit = find_visit(secret) if secret is not None else None
    visit: Visit | None = g.own_page_visit
    return visit


def find_visitor() -> Person | None:
    """Whose own page the present request may see."""
    visit = find_visit_now()
    return visit.person if visit is not None else None


def get_visitor() -> Person:
    """The same; raises VisitIsOver."""
    person = find_visitor()
    if person is None:
        raise VisitIsOver
    return person


def keep_visit(response: AnyAnswer, secret: str) -> AnyAnswer:
    """Put a visit's cookie into an answer."""
    minute = int(clock.now().timestamp()) // 60
    response.set_cookie(
        _cookie_name(),
        f"{secret}.{minute}.{_seal(secret, minute)}",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def drop_visit(response: AnyAnswer) -> AnyAnswer:
    """Take the cookie away."""
    response.delete_cookie(
        _cookie_name(), secure=bool(current_app.config["SESSION_COOKIE_SECURE"]), httponly=True, samesite="Lax"
    )
    return response


@blueprint.after_request
def _count_idle_time_anew(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    is_set = any(cookie.startswith(f"{_cookie_name()}=") for cookie in response.headers.getlist("Set-Cookie"))
    visit = g.get("own_page_visit")
    secret = _secret_in(request.cookies.get(_cookie_name(), ""))
    if visit is not None and secret is not None and not is_set:
        keep_visit(response, secret)
    return response


def _secret_in(cookie: str) -> str | None:
    """The secret of a cookie that we sealed less than two hours ago."""
    parts = cookie.split(".")
    minute = whole_number(parts[1], digits=12) if len(parts) == 3 else None
    if minute is None:
        return None
    secret, _minute, seal = parts
    is_ours = hmac.compare_digest(_seal(secret, minute).encode(), seal.encode())
    is_fresh = clock.now().timestamp() - 60 * minute < IDLE.total_seconds() + 60
    return secret if is_ours and is_fresh else None


def _seal(secret: str, minute: int) -> str:
    return secret_for("own page cookie", f"{secret}/{minute}")


def _cookie_name() -> str:
    return "__Host-me" if current_app.config["SESSION_COOKIE_SECURE"] else "me"

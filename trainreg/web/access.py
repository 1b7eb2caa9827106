"""Every route carries exactly one access rule; without one the application does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from trainreg.kernel.actor import OFFICIAL, Actor
from trainreg.kernel.permissions import Permission, Principal
from trainreg.kernel.refusals import Forbidden, NotFound

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class AccessRule:
    """Who may come in. `project` and `agency` turn the address's values into the place to ask for."""

    is_public: bool = False
    permission: Permission | None = None
    project: Callable[..., int] | None = None
    agency: Callable[..., int] | None = None


_RULES: dict[Callable[..., Any], AccessRule] = {}


def _with_rule(view: View, rule: AccessRule) -> View:
    if view in _RULES:
        raise ValueError(f"{view.__name__} has two access rules")
    _RULES[view] = rule
    return view


def public(view: View) -> View:
    """Anyone, signed in or not."""
    return _with_rule(view, AccessRule(is_public=True))


def signed_in(view: View) -> View:
    """Anyone with an account."""
    return _with_rule(view, AccessRule())


def needs(
    permission: Permission,
    *,
    project: Callable[..., int] | None = None,
    agency: Callable[..., int] | None = None,
) -> Callable[[View], View]:
    """Accounts that hold the permission; with `project` or `agency`, in the one that the address is about.

    The callables take the address's values by name and return an id, or raise NotFound.
    """

    def decorate(view: View) -> View:
        return _with_rule(view, AccessRule(permission=permission, project=project, agency=agency))

    return decorate


def rule_of(app: Flask, endpoint: str) -> AccessRule | None:
    """The access rule of an endpoint."""
    return _RULES.get(app.view_functions[endpoint])


def principal() -> Principal:
    """The account that asks."""
    return cast(Principal, current_user)


def current_actor() -> Actor:
    """Who acts in this request: the signed-in account, else an official on their own behalf."""
    account = principal()
    return account.actor() if account.is_authenticated else OFFICIAL


def may(permission: Permission, *, project_id: int | None = None, agency_id: int | None = None) -> bool:
    """Whether the person at the page holds the permission there."""
    account = principal()
    return account.is_authenticated and account.may(permission, project_id=project_id, agency_id=agency_id)


def ensure_may(permission: Permission, *, project_id: int) -> None:
    """Raise NotFound unless the permission is held in that project."""
    if not may(permission, project_id=project_id):
        raise NotFound


def enforce() -> Response | None:
    """Before every request: let in, ask to sign in, or refuse."""
    if request.endpoint is None or request.routing_exception is not None:
        return None  # 404 and 405 are answered by Flask itself
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        abort(500)
    if rule.is_public:
        return None
    account = principal()
    if not account.is_authenticated:
        return _ask_to_sign_in()
    if rule.permission is not None:
        _ensure_permitted(account, rule, rule.permission)
    return None


def _ensure_permitted(account: Principal, rule: AccessRule, permission: Permission) -> None:
    if not account.may(permission):
        raise Forbidden
    place: dict[str, int] = {}
    values = request.view_args or {}
    if rule.project is not None:
        place["project_id"] = rule.project(**values)
    if rule.agency is not None:
        place["agency_id"] = rule.agency(**values)
    if place and not account.may(permission, **place):
        raise NotFound


def _ask_to_sign_in() -> Response:
    if request.method not in {"GET", "HEAD"}:
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)


def init_app(app: Flask) -> None:
    """Enforce the rules, and let Flask's own static files through."""
    _RULES[app.view_functions["static"]] = AccessRule(is_public=True)
    app.before_request(enforce)


def ensure_every_route_has_a_rule(app: Flask) -> None:
    """Raise RuntimeError, naming the endpoints, when a route was forgotten."""
    missing = sorted(endpoint for endpoint in app.view_functions if rule_of(app, endpoint) is None)
    if missing:
        raise RuntimeError(f"routes without an access rule: {', '.join(missing)}")

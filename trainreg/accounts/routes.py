"""Signing in and out; the other pages of accounts are in `own_routes` and `user_routes`."""

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from trainreg.accounts import own_routes, service, user_routes
from trainreg.accounts.blueprint import blueprint
from trainreg.accounts.forms import SignInForm
from trainreg.accounts.identity import Identity
from trainreg.accounts.passwords import matches
from trainreg.accounts.queries import find_user_by_email
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.web import throttle
from trainreg.web.access import public, signed_in
from trainreg.web.forms import answer
from trainreg.web.links import safe_next
from trainreg.web.safety import keeps_typed

__all__ = ["blueprint", "own_routes", "user_routes"]


class WrongPassword(Refused):
    """No such account, or not its password: the answer is the same."""

    sentence = _l("This e-mail address and password do not belong together.")
    status = 401


@blueprint.get("/login", endpoint="sign_in")
@public
def sign_in_page() -> tuple[str, int] | Response:
    if current_user.is_authenticated:
        return redirect(url_for("home.desk"), 303)
    return answer("accounts/sign_in.html", SignInForm())


@blueprint.post("/login", endpoint="sign_in_now")
@public
@keeps_typed
def sign_in_now() -> tuple[str, int] | Response:
    form = SignInForm()
    if not form.validate():
        return answer("accounts/sign_in.html", form)
    email = str(form.email.data).strip().casefold()
    try:
        throttle.spend("sign-in from", throttle.caller(), size=20, per_minute=6)
        throttle.spend("sign-in to", email, size=8, per_minute=1)
        user = find_user_by_email(email)
        password_hash = user.password_hash if user is not None and user.is_active else None
        db.session.rollback()  # hashing takes long: nobody waits for the write lock meanwhile
        if not matches(password_hash, str(form.password.data)):
            raise WrongPassword
    except Refused as refusal:
        form.refuse(refusal)
        return answer("accounts/sign_in.html", form)
    user = find_user_by_email(email)
    if user is None or user.password_hash != password_hash:
        form.refuse(WrongPassword())
        return answer("accounts/sign_in.html", form)
    secret = service.start_sign_in(user)
    db.session.commit()
    session.clear()  # a session planted before signing in is worth nothing after
    login_user(Identity(user, secret))
    return redirect(safe_next(request.args.get("next")) or url_for("home.desk"), 303)


@blueprint.post("/logout")
@signed_in
def sign_out() -> Response:
    if current_user.sign_in is not None:
        service.end_sign_in(current_user.sign_in)
    db.session.commit()
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    goodbye = redirect(url_for("home.index"), 303)
    goodbye.headers["Clear-Site-Data"] = '"storage"'  # what this browser kept for the account: the list at a door
    return goodbye

"""One's own account: name, language, password and where it is signed in."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from trainreg.accounts import service
from trainreg.accounts.blueprint import blueprint
from trainreg.accounts.forms import PasswordForm, ProfileForm
from trainreg.accounts.identity import Identity
from trainreg.accounts.models import User
from trainreg.accounts.passwords import matches
from trainreg.accounts.queries import get_user, list_living_sign_ins, list_places
from trainreg.accounts.words import role_words
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.web import throttle
from trainreg.web.access import current_actor, signed_in
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.navigation import Entry, offer
from trainreg.web.safety import keeps_typed

offer(Entry(_l("My account"), "accounts.own_account", None, 99))


class WrongOldPassword(Invalid):
    """Somebody else at an unlocked computer would not know it."""

    sentence = _l("This is not your present password.")
    field = "old_password"


@blueprint.get("/desk/me")
@signed_in
def own_account() -> tuple[str, int]:
    return _page()


@blueprint.post("/desk/me")
@signed_in
@keeps_typed
def change_profile() -> tuple[str, int] | Response:
    form = ProfileForm()
    if not form.validate():
        return _page(profile=form)
    service.introduce(current_user.user, name=str(form.name.data), language=form.language.data, by=current_actor())
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for(".own_account", lang=form.language.data), 303)


@blueprint.post("/desk/me/password")
@signed_in
@keeps_typed
def change_password() -> tuple[str, int] | Response:
    """Set a new password: ends every sign-in, and starts a fresh one here."""
    form = PasswordForm()
    if not form.validate():
        return _page(password=form)
    user_id, password_hash = current_user.user.id, current_user.user.password_hash
    try:
        throttle.spend("password of", str(user_id), size=8, per_minute=1)
        if not matches(password_hash, str(form.old_password.data)):
            raise WrongOldPassword
        user = get_user(user_id)
        service.change_password(user, str(form.password.data), by=user.actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(password=form)
    secret = service.start_sign_in(user)
    db.session.commit()
    login_user(Identity(user, secret))
    flash(_("The new password holds from now on. You are signed out everywhere else."), "success")
    return redirect(url_for(".own_account"), 303)


@blueprint.post("/desk/me/sign-ins/end")
@signed_in
def end_other_sign_ins() -> Response:
    if current_user.sign_in is not None:
        service.end_other_sign_ins(current_user.user, kept=current_user.sign_in)
    db.session.commit()
    flash(_("You are signed out everywhere else."), "success")
    return redirect(url_for(".own_account"), 303)


def _page(profile: ProfileForm | None = None, password: PasswordForm | None = None) -> tuple[str, int]:
    user: User = current_user.user
    refused = profile or password
    return answer(
        "accounts/own_account.html",
        refused or ProfileForm(formdata=None),
        profile=profile or ProfileForm(formdata=None, name=user.name, language=user.language),
        password=password or PasswordForm(formdata=None),
        user=user,
        places=list_places(current_language()),
        sign_ins=list_living_sign_ins(user),
        this_sign_in=current_user.sign_in,
        role_words=role_words(),
    )

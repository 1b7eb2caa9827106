"""Administration of accounts: who may sign in, and what they may do."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from trainreg.accounts import service
from trainreg.accounts.blueprint import blueprint
from trainreg.accounts.forms import GrantForm, NewUserForm
from trainreg.accounts.models import User
from trainreg.accounts.queries import get_grant, get_user, last_sign_ins, list_living_sign_ins, list_places
from trainreg.accounts.words import ROLE_NOTES, role_words
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import page_of
from trainreg.web.safety import keeps_typed

ONE = "/desk/users/<int(max=2147483647):user_id>"
offer(
    Entry(
        _l("Users"),
        "accounts.user_list",
        Permission.MANAGE_ACCOUNTS,
        80,
        stands_for=lambda endpoint: endpoint in {"accounts.new_user", "accounts.user_page"},
    )
)


@blueprint.get("/desk/users")
@needs(Permission.MANAGE_ACCOUNTS)
def user_list() -> str:
    return render_template(
        "accounts/user_list.html",
        page=page_of(select(User).order_by(User.is_active.desc(), User.name, User.id)),
        places=list_places(current_language()),
        last_sign_ins=last_sign_ins(),
        role_words=role_words(),
    )


@blueprint.route("/desk/users/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_ACCOUNTS)
@keeps_typed
def new_user() -> tuple[str, int]:
    """Create an account; its first password is shown once, in the answer."""
    form = NewUserForm()
    form.offer(list_places(current_language()))
    if not form.validate_on_submit():
        return _new_user_page(form)
    password = service.new_password()
    try:
        user = service.create_user(
            email=str(form.email.value),
            name=str(form.name.data),
            password=password,
            language=form.language.data,
            by=current_actor(),
        )
        service.grant(user, form.chosen_role, by=current_actor(), **form.scope)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new_user_page(form)
    db.session.commit()
    return render_template("accounts/password.html", user=user, password=password, is_new=True), 201


@blueprint.get(ONE)
@needs(Permission.MANAGE_ACCOUNTS)
def user_page(user_id: int) -> tuple[str, int]:
    return _user_page(get_user(user_id))


@blueprint.post(f"{ONE}/roles")
@needs(Permission.MANAGE_ACCOUNTS)
@keeps_typed
def grant(user_id: int) -> tuple[str, int] | Response:
    user, form = get_user(user_id), GrantForm()
    form.offer(list_places(current_language()))
    if not form.validate():
        return _user_page(user, form)
    try:
        service.grant(user, form.chosen_role, by=current_actor(), **form.scope)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _user_page(user, form)
    db.session.commit()
    flash(_("The role is granted."), "success")
    return _back(user_id)


@blueprint.post(f"{ONE}/roles/<int(max=2147483647):grant_id>/remove")
@needs(Permission.MANAGE_ACCOUNTS)
def revoke(user_id: int, grant_id: int) -> Response:
    user = get_user(user_id)
    try:
        service.revoke(user, get_grant(user, grant_id), by=current_actor())
        db.session.commit()
        flash(_("The role is taken back."), "success")
    except service.LastAdministrator as refusal:
        _say(refusal)
    return _back(user_id)


@blueprint.post(f"{ONE}/password")
@needs(Permission.MANAGE_ACCOUNTS)
def new_password(user_id: int) -> tuple[str, int] | Response:
    """A new random password, shown once, in the answer."""
    user = get_user(user_id)
    try:
        password = service.issue_password(user, by=current_actor())
    except service.OwnAccount as refusal:
        _say(refusal)
        return _back(user_id)
    db.session.commit()
    return render_template("accounts/password.html", user=user, password=password, is_new=False), 201


@blueprint.post(f"{ONE}/close")
@needs(Permission.MANAGE_ACCOUNTS)
def close_account(user_id: int) -> Response:
    return _set_active(user_id, False)


@blueprint.post(f"{ONE}/open")
@needs(Permission.MANAGE_ACCOUNTS)
def open_account(user_id: int) -> Response:
    return _set_active(user_id, True)


def _set_active(user_id: int, is_active: bool) -> Response:
    try:
        service.set_active(get_user(user_id), is_active, by=current_actor())
        db.session.commit()
        flash(_("The account is open.") if is_active else _("The account is closed."), "success")
    except (service.LastAdministrator, service.OwnAccount) as refusal:
        _say(refusal)
    return _back(user_id)


def _say(refusal: Refused) -> None:
    db.session.rollback()
    flash(str(refusal), "error")


def _back(user_id: int) -> Response:
    return redirect(url_for(".user_page", user_id=user_id), 303)


def _new_user_page(form: NewUserForm) -> tuple[str, int]:
    return answer("accounts/new_user.html", form, role_words=role_words(), role_notes=ROLE_NOTES)


def _user_page(user: User, form: GrantForm | None = None) -> tuple[str, int]:
    places = list_places(current_language())
    if form is None:
        form = GrantForm(formdata=None)
    form.offer(places)
    return answer(
        "accounts/user_page.html",
        form,
        user=user,
        places=places,
        sign_ins=list_living_sign_ins(user),
        history=history_of(user),
        role_words=role_words(),
        role_notes=ROLE_NOTES,
        is_own=current_actor().user_id == user.id,
    )

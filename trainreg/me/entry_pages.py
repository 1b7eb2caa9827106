"""The way in: ask for a link, press its button, leave."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.kernel.tokens import hashed
from trainreg.me import service
from trainreg.me.blueprint import blueprint
from trainreg.me.forms import AskForm, PressForm
from trainreg.me.models import OwnPageLink
from trainreg.me.overview import overview_page
from trainreg.me.queries import find_link
from trainreg.me.visits import VisitIsOver, drop_visit, find_visit_now, find_visitor, keep_visit
from trainreg.web import throttle
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.links import is_signed
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed

SMALL_BODY = 8 * 1024
FROM_ONE_CALLER = {"size": 20, "per_minute": 6}
PRESSES = {"size": 20, "per_minute": 20}


@blueprint.get("/me", endpoint="own_page")
@public
def own_page() -> tuple[str, int]:
    person = find_visitor()
    return answer("me/ask.html", AskForm()) if person is None else overview_page(person)


@blueprint.post("/me")
@public
@keeps_typed
@body_limit(SMALL_BODY)
def ask_for_link() -> tuple[str, int] | Response:
    """The same steps for every address: whether it is known is looked up later, by the worker."""
    form = AskForm()
    if not form.validate():
        return answer("me/ask.html", form)
    email = str(form.email.value)
    try:
        throttle.spend("own page from", throttle.caller(), **FROM_ONE_CALLER)
        throttle.spend("own page of", email, size=4, per_minute=0.2)
        service.ask(email, language=current_language())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return answer("me/ask.html", form)
    db.session.commit()
    return redirect(url_for(".asked"), 303)


@blueprint.get("/me/asked")
@public
def asked() -> str:
    return render_template("me/asked.html")


@blueprint.get("/me/l/<key>/<signature>")
@public
def link(key: str, signature: str) -> tuple[str, int]:
    """A button only: programs that look into mails open every link, and must not use it up."""
    found = _find_living(key, signature)
    if found is None:
        return _over()
    return answer("me/link.html", PressForm(), link=found)


@blueprint.post("/me/l/<key>/<signature>")
@public
@body_limit(SMALL_BODY)
def press(key: str, signature: str) -> tuple[str, int] | Response:
    _ensure_signed(key, signature)
    throttle.spend("own page press", throttle.caller(), **PRESSES)
    browser = str(session.get("csrf_token", ""))
    found = find_link(key)
    try:
        if found is not None and found.new_email is not None:
            return _confirm_email(key, browser=browser)
        before = find_visit_now()
        secret = service.enter(key, browser=browser)
    except service.LinkIsOver:
        db.session.rollback()
        return _over()
    if before is not None and before.token_hash != hashed(secret):
        service.leave(before)
    db.session.commit()
    return keep_visit(redirect(url_for(".own_page"), 303), secret)


@blueprint.post("/me/leave")
@public
def leave() -> Response:
    visit = find_visit_now()
    if visit is not None:
        service.leave(visit)
        db.session.commit()
    flash(_("You have left your page."))
    return drop_visit(redirect(url_for("home.index"), 303))


@blueprint.errorhandler(VisitIsOver)
def _visit_is_over(refusal: VisitIsOver) -> tuple[str, int]:
    """Whoever stayed away for too long asks for a new link at once."""
    db.session.rollback()
    form = AskForm(formdata=None)
    form.refuse(refusal)
    return answer("me/ask.html", form)


def _confirm_email(key: str, *, browser: str) -> Response:
    service.confirm_email(key, browser=browser)
    db.session.commit()
    flash(_("The new e-mail address is confirmed."), "success")
    return redirect(url_for(".data" if find_visitor() is not None else ".own_page"), 303)


def _find_living(key: str, signature: str) -> OwnPageLink | None:
    """A link that can still be pressed; raises NotFound for one that we did not sign."""
    _ensure_signed(key, signature)
    found = find_link(key)
    if found is None or found.used_at is not None or found.expires_at <= clock.now():
        return None
    return found if found.person.erased_at is None else None


def _ensure_signed(key: str, signature: str) -> None:
    if not is_signed(f"l/{key}", signature):
        raise NotFound


def _over() -> tuple[str, int]:
    return render_template("me/link_over.html", form=AskForm(formdata=None), sentence=str(service.LinkIsOver())), 410

"""What the link of one registration opens: see it, change it, cancel it, show the pass."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trainreg.assessment.entering import way_in
from trainreg.events.calendar import CONTENT_TYPE, Method, calendar_of
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.me.blueprint import blueprint
from trainreg.me.forms import AskForm, ChangeForm, PressForm
from trainreg.me.opened import Opened, RegistrationLinkIsOver, open_registration
from trainreg.me.rules import Act
from trainreg.me.visits import find_visitor
from trainreg.people.models import Person
from trainreg.people.rules import Level
from trainreg.people.words import LEVEL_WORDS
from trainreg.questions.queries import ReadableAnswer, list_answers
from trainreg.registration.changes import Changes
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code
from trainreg.registration.qr import as_png, as_svg
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.access import public
from trainreg.web.forms import Form, answer
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed

ONE = "/me/r/<reference>/<signature>"
OFF = frozenset({RegistrationStatus.CANCELLED, RegistrationStatus.DECLINED})
SMALL_BODY = 16 * 1024


@blueprint.get(ONE)
@public
def registration(reference: str, signature: str) -> tuple[str, int]:
    return _page("me/registration.html", _opened(reference, signature), PressForm(), signature)


@blueprint.get(f"{ONE}/change")
@public
def change_page(reference: str, signature: str) -> tuple[str, int] | AnyResponse:
    opened = _opened(reference, signature)
    return _form_page("me/change.html", opened, Act.CHANGE, ChangeForm(), signature)


@blueprint.post(f"{ONE}/change")
@public
@keeps_typed
@body_limit(SMALL_BODY)
def change(reference: str, signature: str) -> tuple[str, int] | AnyResponse:
    opened, form = _opened(reference, signature), ChangeForm()
    _offer(form, opened)
    if not form.validate():
        return _page("me/change.html", opened, form, signature)
    try:
        opened.change(_said(form))
    except Refused as refusal:
        return _refused("me/change.html", reference, signature, form, refusal)
    db.session.commit()
    flash(_("Your changes are saved."), "success")
    return _back(reference, signature)


@blueprint.get(f"{ONE}/cancel")
@public
def cancel_page(reference: str, signature: str) -> tuple[str, int] | AnyResponse:
    opened = _opened(reference, signature)
    return _form_page("me/cancel.html", opened, Act.CANCEL, PressForm(), signature)


@blueprint.post(f"{ONE}/cancel")
@public
@body_limit(SMALL_BODY)
def cancel(reference: str, signature: str) -> tuple[str, int] | AnyResponse:
    opened = _opened(reference, signature)
    try:
        opened.cancel()
    except Refused as refusal:
        return _refused("me/registration.html", reference, signature, PressForm(), refusal)
    db.session.commit()
    return _back(reference, signature)


@blueprint.post(f"{ONE}/accept")
@public
@body_limit(SMALL_BODY)
def accept(reference: str, signature: str) -> tuple[str, int] | AnyResponse:
    opened = _opened(reference, signature)
    try:
        opened.accept()
    except Refused as refusal:
        return _refused("me/registration.html", reference, signature, PressForm(), refusal)
    db.session.commit()
    flash(_("Thank you. The place is yours."), "success")
    return _back(reference, signature)


@blueprint.get(f"{ONE}/pass")
@public
def show_pass(reference: str, signature: str) -> tuple[str, int] | AnyResponse:
    opened = _opened(reference, signature)
    return _form_page("me/pass.html", opened, Act.ENTER, PressForm(), signature)


@blueprint.get(f"{ONE}/pass.svg")
@public
def pass_svg(reference: str, signature: str) -> Response:
    opened = _opened(reference, signature)
    opened.ensure(Act.ENTER)
    return _file(as_svg(pass_code(reference)), "image/svg+xml", f"pass-{reference}.svg")


@blueprint.get(f"{ONE}/pass.png")
@public
def pass_png(reference: str, signature: str) -> Response:
    opened = _opened(reference, signature)
    opened.ensure(Act.ENTER)
    return _file(as_png(pass_code(reference)), "image/png", f"pass-{reference}.png", keep=True)


@blueprint.get(f"{ONE}/event.ics")
@public
def calendar_file(reference: str, signature: str) -> Response:
    """The event for one's own calendar: the same entry as in the feed; a cancelled registration strikes it out."""
    opened = _opened(reference, signature)
    is_off = opened.status in OFF or opened.event.status is EventStatus.CANCELLED
    if opened.event.starts_at is None or not (is_off or opened.status is RegistrationStatus.CONFIRMED):
        raise NotFound
    content = calendar_of(
        [opened.event],
        current_language(),
        method=Method.CANCEL if is_off else Method.PUBLISH,
        sequence=opened.event.sequence + opened.turns,
        note=_("Your reference: %(reference)s", reference=opened.reference),
    )
    return _file(content, CONTENT_TYPE, f"{opened.event.slug}.ics", keep=True)


@blueprint.errorhandler(RegistrationLinkIsOver)
def _link_is_over(refusal: RegistrationLinkIsOver) -> tuple[str, int]:
    db.session.rollback()
    sentence = _("This link is for one registration and is over. Your own page still shows what was.")
    return render_template("me/link_over.html", form=AskForm(formdata=None), sentence=sentence), refusal.status


def _opened(reference: str, signature: str) -> Opened:
    visitor = find_visitor()
    return open_registration(reference, signature, visitor_id=visitor.id if visitor is not None else None)


def _form_page(template: str, opened: Opened, act: Act, form: Form, signature: str) -> tuple[str, int] | AnyResponse:
    """The page of something that can be done now; otherwise back to the registration, which says how things stand."""
    if act not in opened.acts:
        return _back(opened.reference, signature)
    if isinstance(form, ChangeForm):
        _offer(form, opened)
    return _page(template, opened, form, signature)


def _page(template: str, opened: Opened, form: Form, signature: str) -> tuple[str, int]:
    visitor = find_visitor()
    return answer(
        template,
        form,
        opened=opened,
        event=opened.event,
        address={"reference": opened.reference, "signature": signature},
        may_do=frozenset(act.value for act in opened.acts),
        level=LEVEL_WORDS[opened.level],
        visitor=visitor,
        answers=_answers(opened, visitor),
        is_over=opened.is_over,
        # Of a form that came in for somebody who was registered already nothing more is told.
        learning=way_in(opened.row) if isinstance(opened.row, Registration) else "",
        is_asked=opened.status in {RegistrationStatus.INVITED, RegistrationStatus.NOMINATED},
    )


def _answers(opened: Opened, visitor: Person | None) -> list[ReadableAnswer]:
    """What was answered on the event's form, for the person alone.

    The link of one registration shows none: it may have gone to an address that a stranger typed, and the page of a
    repeated form, which keeps no answers, must look the same (ADR 0016).
    """
    row = opened.row
    if visitor is None or not isinstance(row, Registration) or row.person_id != visitor.id:
        return []
    return list_answers([row.id], personal=True).get(row.id, [])


def _refused(template: str, reference: str, signature: str, form: Form, refusal: Refused) -> tuple[str, int]:
    """Somebody was quicker, or the moment has passed: how things stand now, and why nothing was changed."""
    db.session.rollback()
    opened = _opened(reference, signature)
    form.refuse(refusal)
    if isinstance(form, ChangeForm):
        _offer(form, opened)
    return _page(template, opened, form, signature)


def _offer(form: ChangeForm, opened: Opened) -> None:
    form.offer(position=opened.position, level=opened.level, language=opened.language)


def _said(form: ChangeForm) -> Changes:
    return Changes(position=form.position.data or "", level=Level(form.level.data), language=form.language.data)


def _back(reference: str, signature: str) -> AnyResponse:
    return redirect(url_for(".registration", reference=reference, signature=signature), 303)


def _file(content: bytes, media_type: str, name: str, *, keep: bool = False) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'{"attachment" if keep else "inline"}; filename="{name}"'
    return response

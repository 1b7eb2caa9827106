"""Where somebody who was named or invited answers: by their own link, or on paper at the desk."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from segno import make_qr
from werkzeug.wrappers import Response

from trainreg.events.queries import project_of_event
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.questions.forms import asking
from trainreg.questions.queries import form_of
from trainreg.registration.answer_forms import AnswerForm, RefusalForm, filled_answer
from trainreg.registration.answers import AnsweredAlready, answer_nomination, decline_nomination, may_correct
from trainreg.registration.blueprint import blueprint
from trainreg.registration.body_limits import FORM_BODY, body_of
from trainreg.registration.models import Registration
from trainreg.registration.queries import find_by_reference, get_registration
from trainreg.registration.rules import UNANSWERED, Channel
from trainreg.web.access import current_actor, needs, public
from trainreg.web.forms import Form, answer
from trainreg.web.links import is_signed, personal_link, signature_of
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed

ANSWER = "/me/r/<reference>/<signature>/answer"
DESK = "/desk/events/<slug>/registrations/<reference>"
Answer = tuple[str, int] | Response


def _body_of_answer(reference: str, **_others: str) -> int:
    registration = find_by_reference(reference)
    return FORM_BODY if registration is None else body_of(registration.event.slug)


@blueprint.get(ANSWER)
@public
def answer_nomination_page(reference: str, signature: str) -> Answer:
    """The form to answer in, or where the registration stands; nothing is written by looking."""
    registration = _signed(reference, signature)
    form = _form(registration, fresh=True)
    return _page("registration/answer_page.html", registration, form)


@blueprint.post(ANSWER, endpoint="answer_nomination")
@public
@keeps_typed
@body_limit(FORM_BODY, larger=_body_of_answer)
def answer_now(reference: str, signature: str) -> Answer:
    registration = _signed(reference, signature)
    back = url_for("registration.answer_nomination_page", reference=reference, signature=signature)
    form: Form = RefusalForm() if request.form.get("press") == "no" else _form(registration)
    if registration.status not in UNANSWERED:  # pressed twice: the page says where it stands
        return redirect(back, 303)
    try:
        if not form.validate():
            return _again("registration/answer_page.html", registration, form)
        if isinstance(form, AnswerForm):
            answer_nomination(registration, details=form.details(current_language()), by=OFFICIAL)
        elif isinstance(form, RefusalForm):
            decline_nomination(registration, by=OFFICIAL, reason=form.reason.data or "")
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _again("registration/answer_page.html", _signed(reference, signature), form)
    db.session.commit()
    return redirect(back, 303)


@blueprint.get(f"{DESK}/answer")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def paper_answer(slug: str, reference: str) -> Answer:
    registration = _waiting(slug, reference)
    return _page("registration/paper_answer.html", registration, _form(registration, fresh=True))


@blueprint.post(f"{DESK}/answer")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
@body_limit(FORM_BODY, larger=_body_of_answer)
def enter_paper_answer(slug: str, reference: str) -> Answer:
    """What somebody without an address wrote and signed on paper, entered by the desk."""
    registration = _waiting(slug, reference)
    form = _form(registration)
    try:
        if not form.validate():
            return _page("registration/paper_answer.html", registration, form)
        answer_nomination(
            registration,
            details=form.details(registration.language),
            by=current_actor(),
            channel=Channel.DESK,
            reason=_("entered from the signed paper"),
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page("registration/paper_answer.html", get_registration(slug, reference), form)
    db.session.commit()
    flash(_("The answer is entered."), "good")
    return redirect(url_for("registration.registration_page", slug=slug, reference=reference), 303)


@blueprint.get(f"{DESK}/slip")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def slip(slug: str, reference: str) -> str:
    """A paper to hand over: the way to answer by telephone, and room to sign."""
    back = url_for("registration.registration_page", slug=slug, reference=reference)
    return slip_page(_waiting(slug, reference), back=back)


def slip_page(registration: Registration, *, back: str) -> str:
    """The printable slip of somebody who has not answered; `back` is where whoever prints it came from."""
    thing = f"r/{registration.reference}"
    link = f"{personal_link(thing, signature_of(thing))}/answer"
    code = make_qr(link, error="m").svg_data_uri(scale=5, border=4)
    return render_template("registration/slip.html", registration=registration, link=link, code=code, back=back)


def _form(registration: Registration, *, fresh: bool = False) -> AnswerForm:
    """The form with what the event asks; `fresh` begins with what is known."""
    kind = asking(AnswerForm, form_of(registration.event_id))
    return kind(formdata=None, data=filled_answer(registration)) if fresh else kind()


def _signed(reference: str, signature: str) -> Registration:
    if not is_signed(f"r/{reference}", signature):
        raise NotFound
    registration = find_by_reference(reference)
    if registration is None:
        raise NotFound
    return registration


def _waiting(slug: str, reference: str) -> Registration:
    registration = get_registration(slug, reference)
    if registration.status not in UNANSWERED:
        raise AnsweredAlready
    return registration


def _again(template: str, registration: Registration, form: Form) -> Answer:
    """The page after a press that was not taken: what was typed, or the refusal above a fresh form."""
    if isinstance(form, AnswerForm):
        return _page(template, registration, form)
    sentences = [*form.form_errors, *(error for field in form for error in field.errors)]
    fresh = _form(registration, fresh=True)
    fresh.status, fresh.form_errors = form.status, [*fresh.form_errors, *sentences]
    return _page(template, registration, fresh)


def _page(template: str, registration: Registration, form: AnswerForm) -> Answer:
    form.offer(registration, current_language())
    is_asked = registration.status in UNANSWERED
    names_are_open = is_asked and may_correct(registration)
    return answer(
        template,
        form,
        registration=registration,
        event=registration.event,
        person=registration.person,
        is_asked=is_asked,
        names_are_open=names_are_open,
    )

"""What officials see without an account: the event, the form and the receipt."""

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainreg.events.models import Event
from trainreg.events.queries import get_public_event, list_agencies_for
from trainreg.events.rules import Audience
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.questions.forms import asking
from trainreg.questions.queries import form_of
from trainreg.registration.blueprint import blueprint
from trainreg.registration.body_limits import FORM_BODY, body_of
from trainreg.registration.forms import PublicForm
from trainreg.registration.intake import KeyReused, register
from trainreg.registration.invitations import agencies_of, ensure_open, find_by_token, get_signed, token_of
from trainreg.registration.models import Invitation
from trainreg.registration.overview import overview_of
from trainreg.registration.queries import entrance_of, get_submission_by_receipt, places_of
from trainreg.registration.receipts import receipt_for
from trainreg.registration.structured import sharing_of, structured_data
from trainreg.registration.timetable import days_of, zones_of
from trainreg.web import throttle
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed


@blueprint.get("/e/<slug>")
@public
def public_event(slug: str) -> str:
    event = get_public_event(slug)
    overview, shared = overview_of(event), sharing_of(event)
    return render_template(
        "registration/public_event.html",
        event=event,
        overview=overview,
        entrance=entrance_of(event, overview.places),
        shared=shared,
        structured=structured_data(event, overview.places, shared),
        days=days_of(event.sessions),
        zones=zones_of(event, current_language()),
        agencies=list_agencies_for(event) if event.audience is Audience.LISTED_AGENCIES else [],
    )


@blueprint.get("/e/<slug>/register", endpoint="register")
@public
def register_page(slug: str) -> tuple[str, int] | Response:
    event = get_public_event(slug)
    token = request.args.get("invitation", "")
    invitation = find_by_token(token, event) if token else None
    if invitation is not None:
        ensure_open(invitation)
    if not entrance_of(event, places_of(event), invitation).lets_in:
        return redirect(url_for("registration.public_event", slug=slug), 303)
    form = asking(PublicForm, form_of(event.id))(data={"invitation": token})
    form.renew_key()
    return _answer(form, event, invitation)


@blueprint.post("/e/<slug>/register")
@public
@keeps_typed
@body_limit(FORM_BODY, larger=body_of)
def register_now(slug: str) -> tuple[str, int] | Response:
    event = get_public_event(slug)
    form = asking(PublicForm, form_of(event.id))()
    invitation = find_by_token(form.invitation.data, event) if form.invitation.data else None
    if request.form.get("only") == "language":  # what was typed so far, shown in another language; see language.js
        return _answer(form, event, invitation)
    if not form.validate():
        return _answer(form, event, invitation)
    language = current_language()
    try:
        _ensure_not_too_many(event)
        submission = register(
            event, form.details(language), key=str(form.key.data), language=language, invitation=invitation
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        if isinstance(refusal, KeyReused):
            form.renew_key()
        return _answer(form, event, invitation)
    receipt = receipt_for(submission.key)
    db.session.commit()
    return redirect(url_for("registration.received", slug=slug, receipt=receipt), 303)


@blueprint.get("/i/<key>/<signature>")
@public
def invitation_link(key: str, signature: str) -> Response:
    """The link of an invitation: on to its form, or the sentence that says why it opens nothing any more."""
    invitation = get_signed(key, signature)
    ensure_open(invitation)
    slug = invitation.event.slug
    return redirect(url_for("registration.register", slug=slug, invitation=token_of(invitation)), 303)


@blueprint.get("/e/<slug>/received/<receipt>")
@public
def received(slug: str, receipt: str) -> tuple[str, int, dict[str, str]]:
    submission = get_submission_by_receipt(slug, receipt)
    page = render_template("registration/received.html", submission=submission, event=submission.event)
    return page, 200, {"X-Robots-Tag": "noindex"}


def _ensure_not_too_many(event: Event) -> None:
    """One address may send so many registrations to one event; a whole ministry shares one, so they are many."""
    per_minute = current_app.config["REGISTRATIONS_PER_MINUTE"]
    if per_minute:
        caller = f"{event.id} from {throttle.caller()}"
        throttle.spend_along("register at", caller, size=2 * per_minute, per_minute=per_minute)


def _answer(form: PublicForm, event: Event, invitation: Invitation | None) -> tuple[str, int]:
    invited = agencies_of(invitation)
    agencies = [agency for agency in list_agencies_for(event) if invited is None or agency.id in invited]
    form.offer_agencies(agencies, current_language(), is_given=invited is not None)
    form.offer_groups([group for group in event.groups if group.is_open], current_language())
    entrance = entrance_of(event, places_of(event), invitation)
    return answer("registration/register.html", form, event=event, entrance=entrance, invitation=invitation)

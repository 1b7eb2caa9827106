"""The ceremony at the desk, and taking papers back: activating, voiding, revoking many for one reason."""

from __future__ import annotations

from collections.abc import Collection

from flask import flash, redirect, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.forms import TakeBackForm
from trainreg.certificates.issuing import ceremony
from trainreg.certificates.issuing.event_pages import ADDRESS
from trainreg.certificates.issuing.refusals import NoneOfThese, NothingChosen
from trainreg.certificates.issuing.sent import chosen_registrations
from trainreg.certificates.queries import Candidate, list_candidates
from trainreg.certificates.rules import Cause, CertificateState, state_after
from trainreg.certificates.service import revoke_each
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer

Answer = tuple[str, int] | Response


@blueprint.post(f"{ADDRESS}/activate")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def activate(slug: str) -> Response:
    only = chosen_registrations() if "chosen" in request.form else None
    if only is not None and not only:
        raise NothingChosen
    outcome = ceremony.activate(get_event(slug), by=current_actor(), only=only)
    db.session.commit()
    made, anew, rest = len(outcome.activated), len(outcome.anew), len(outcome.not_earned)
    flash(ngettext("%(num)d certificate holds now.", "%(num)d certificates hold now.", made), "success")
    if anew:
        words = ngettext(
            "%(num)d paper said what is true no more: a new edition was issued in its place, to be printed again.",
            "%(num)d papers said what is true no more: new editions were issued in their place, to be printed again.",
            anew,
        )
        flash(words, "warning")
    if outcome.undrawable:
        words = ngettext(
            "%(num)d new edition cannot be printed; its paper stays as it was prepared.",
            "%(num)d new editions cannot be printed; their papers stay as they were prepared.",
            len(outcome.undrawable),
        )
        flash(words, "warning")
    if rest:
        words = ngettext(
            "%(num)d paper is not earned yet and does not hold.",
            "%(num)d papers are not earned yet and do not hold.",
            rest,
        )
        flash(words, "warning")
    return redirect(url_for(".event_certificates", slug=slug, show="prepared" if rest else None), 303)


@blueprint.post(f"{ADDRESS}/take-back")
@needs(Permission.ISSUE_CERTIFICATES, project=project_of_event)
def take_back(slug: str) -> Answer:
    """Revoke or void many for one reason: first a page that names them and asks for it, then the deed."""
    event, form, ids = get_event(slug), TakeBackForm(), chosen_registrations()
    cause = Cause.VOIDED if request.form.get("cause") == Cause.VOIDED else Cause.REVOKED
    meant = _meant(event, ids, cause)
    if not meant:
        raise NoneOfThese if ids else NothingChosen
    if "confirmed" not in request.form:
        return _asks(event, TakeBackForm(formdata=None), meant, cause, 200)
    if not form.validate():
        return _asks(event, form, meant, cause, 422)
    reason, by = str(form.reason.data), current_actor()
    try:
        if cause is Cause.VOIDED:
            done = ceremony.void(event, [one.registration.id for one in meant], reason=reason, by=by)
        else:
            done = revoke_each([one.certificate for one in meant if one.certificate], reason=reason, by=by)
    except Refused as refusal:
        form.refuse(refusal)
        return _asks(event, form, meant, cause, refusal.status)
    db.session.commit()
    if cause is Cause.VOIDED:
        flash(ngettext("%(num)d paper voided.", "%(num)d papers voided.", len(done)), "success")
    else:
        flash(ngettext("%(num)d certificate revoked.", "%(num)d certificates revoked.", len(done)), "success")
    return redirect(url_for(".event_certificates", slug=slug), 303)


def _meant(event: Event, ids: Collection[int], cause: Cause) -> list[Candidate]:
    """Of those ticked, the ones to which this can happen."""
    return [
        one
        for one in (list_candidates(event, only=ids) if ids else [])
        if one.certificate is not None
        and state_after(one.certificate.state, cause) is not None
        and not (one.certificate.state is CertificateState.PREPARED and one.verdict.eligible)
    ]


def _asks(event: Event, form: TakeBackForm, meant: list[Candidate], cause: Cause, status: int) -> tuple[str, int]:
    page, _status = answer(
        "certificates/take_back.html", form, event=event, meant=meant, is_voiding=cause is Cause.VOIDED
    )
    return page, status

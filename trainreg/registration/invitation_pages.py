"""The desk's invitation links: who has one, who came in by it, make, send and take back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.agencies.queries import find_agency_by_code
from trainreg.events.models import Event
from trainreg.events.queries import get_event, list_agencies_for, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.registration.blueprint import blueprint
from trainreg.registration.intake import AgencyNotInvited
from trainreg.registration.invitation_forms import AgencyInvitationForm, GuestsForm
from trainreg.registration.invitations import (
    get_invitation,
    invite_agency,
    invite_people,
    link_of,
    list_invitations,
    revoke,
    state_of,
    who_came,
)
from trainreg.registration.rules import InvitationState
from trainreg.registration.words import INVITATION_WORDS
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.safety import keeps_typed

INVITATIONS = "/desk/events/<slug>/invitations"
Answer = tuple[str, int] | Response


@blueprint.get(INVITATIONS)
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def invitation_list(slug: str) -> str:
    event = get_event(slug)
    came = who_came(event)
    rows = [(one, state_of(one), link_of(one), came.get(one.id, [])) for one in list_invitations(event)]
    return render_template("registration/invitation_list.html", event=event, rows=rows, words=INVITATION_WORDS)


@blueprint.get(f"{INVITATIONS}/agency")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def new_agency_invitation(slug: str) -> Answer:
    return _agency_page(AgencyInvitationForm(), get_event(slug))


@blueprint.post(f"{INVITATIONS}/agency")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
def make_agency_invitation(slug: str) -> Answer:
    event, form = get_event(slug), AgencyInvitationForm()
    form.offer_agencies(list_agencies_for(event), current_language())
    if not form.validate():
        return _agency_page(form, event)
    try:
        agency = find_agency_by_code(form.agency.data)
        if agency is None:
            raise AgencyNotInvited
        invite_agency(
            event,
            agency,
            uses=form.uses.value or 0,
            terms=form.terms(event),
            language=current_language(),
            by=current_actor(),
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _agency_page(form, get_event(slug))
    db.session.commit()
    flash(_("The link is made. Copy it and send it to the agency."), "good")
    return redirect(url_for("registration.invitation_list", slug=slug), 303)


@blueprint.get(f"{INVITATIONS}/people")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def new_invitations(slug: str) -> Answer:
    return answer("registration/invite_people.html", GuestsForm(), event=get_event(slug))


@blueprint.post(f"{INVITATIONS}/people")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
def send_invitations(slug: str) -> Answer:
    event, form = get_event(slug), GuestsForm()
    accepted = form.validate()
    guests = form.guests(invited=_invited_addresses(event)) if form.people.data else []
    if not accepted or form.errors:
        return answer("registration/invite_people.html", form, event=event)
    try:
        made = invite_people(event, guests, terms=form.terms(event), language=form.language.data, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return answer("registration/invite_people.html", form, event=get_event(slug))
    db.session.commit()
    flash(ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", len(made)), "good")
    return redirect(url_for("registration.invitation_list", slug=slug), 303)


@blueprint.post(f"{INVITATIONS}/<key>/revoke")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def revoke_invitation(slug: str, key: str) -> Response:
    revoke(get_invitation(get_event(slug), key), by=current_actor())
    db.session.commit()
    flash(_("The link opens nothing any more. Whoever came in by it stays."))
    return redirect(url_for("registration.invitation_list", slug=slug), 303)


def _agency_page(form: AgencyInvitationForm, event: Event) -> Answer:
    form.offer_agencies(list_agencies_for(event), current_language())
    return answer("registration/invite_agency.html", form, event=event)


def _invited_addresses(event: Event) -> frozenset[str]:
    """Who holds a link that still opens the form: they need no second one."""
    return frozenset(
        one.email for one in list_invitations(event) if one.email and state_of(one) is InvitationState.OPEN
    )

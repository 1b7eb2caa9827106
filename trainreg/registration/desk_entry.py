"""One registration at the desk: look at it, move it, enter a new one."""

from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.agencies.queries import find_agency_by_code, list_agencies
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.outbox.queries import list_messages_about
from trainreg.people.provinces import province_name
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS, SEX_WORDS
from trainreg.questions.forms import asking
from trainreg.questions.queries import form_of, list_answers
from trainreg.registration.answers import ensure_answered, may_decide
from trainreg.registration.blueprint import blueprint
from trainreg.registration.body_limits import body_of
from trainreg.registration.forms import DeskForm, MoveForm
from trainreg.registration.history import list_other_events
from trainreg.registration.intake import AgencyNotInvited, add_at_desk
from trainreg.registration.lists import list_submissions_of
from trainreg.registration.models import Registration
from trainreg.registration.namesakes import as_choices, identify, namesakes
from trainreg.registration.notices import address_of
from trainreg.registration.queries import get_registration
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus
from trainreg.registration.service import accept, move
from trainreg.registration.words import ROLE_WORDS, group_name, ledger
from trainreg.web.access import current_actor, may, needs, principal
from trainreg.web.forms import answer
from trainreg.web.links import safe_next
from trainreg.web.locale import current_language
from trainreg.web.safety import USUAL_BODY, body_limit, keeps_typed

LIST = "/desk/events/<slug>/registrations"
# In this order on the page; invitations and nominations are not the desk's to take back.
DESK_MOVES = (
    RegistrationStatus.CONFIRMED,
    RegistrationStatus.WAITLISTED,
    RegistrationStatus.DECLINED,
    RegistrationStatus.CANCELLED,
)


@blueprint.get(f"{LIST}/<reference>")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def registration_page(slug: str, reference: str) -> tuple[str, int]:
    return _page(get_registration(slug, reference), MoveForm())


@blueprint.post(f"{LIST}/<reference>")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
def move_registration(slug: str, reference: str) -> tuple[str, int] | Response:
    registration, form = get_registration(slug, reference), MoveForm()
    if not form.validate():
        return _page(registration, form)
    try:
        ensure_answered(registration, form.wanted())
        move(registration, form.wanted(), by=current_actor(), channel=Channel.DESK, reason=form.reason.data or "")
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_registration(slug, reference), form)
    db.session.commit()
    flash(_("%(name)s: the registration was moved.", name=registration.person.name), "good")
    back = safe_next(request.form.get("next"))
    return redirect(back or url_for("registration.registration_page", slug=slug, reference=reference), 303)


@blueprint.post(f"{LIST}/<reference>/accept")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def accept_place(slug: str, reference: str) -> tuple[str, int] | Response:
    """Somebody said, by telephone or in person, that they come."""
    registration, form = get_registration(slug, reference), MoveForm(formdata=None)
    try:
        accept(registration, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_registration(slug, reference), form)
    db.session.commit()
    flash(_("The place is theirs: nothing more has to be answered."), "good")
    return redirect(url_for("registration.registration_page", slug=slug, reference=reference), 303)


@blueprint.get(f"{LIST}/new")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def new_registration(slug: str) -> tuple[str, int]:
    event = get_event(slug)
    return _form_page(_desk_form(event), event)


@blueprint.post(f"{LIST}/new", endpoint="add_registration")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
@body_limit(USUAL_BODY, larger=body_of)
def add_registration(slug: str) -> tuple[str, int] | Response:
    event, language = get_event(slug), current_language()
    form = _desk_form(event)
    if not form.validate():
        return _form_page(form, event)
    try:
        agency = find_agency_by_code(form.agency.data)
        if agency is None:
            raise AgencyNotInvited
        details = form.details(language)
        found = namesakes(details.details, agency, principal().project_ids(Permission.VIEW_NAMES))
        form.same_as.choices = as_choices(found, language)
        registration = add_at_desk(
            event,
            details,
            RegistrationStatus(form.standing.data),
            agency=agency,
            role=RegistrationRole(form.role.data),
            language=language,
            by=current_actor(),
            who=identify(found, form.same_as.data or ""),
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(form, get_event(slug))
    db.session.commit()
    flash(_("%(name)s is on the list.", name=registration.person.name), "good")
    return redirect(url_for("registration.registration_page", slug=slug, reference=registration.reference), 303)


def _desk_form(event: Event) -> DeskForm:
    form = asking(DeskForm, form_of(event.id))()
    form.offer_groups(event.groups, current_language())
    form.offer_agencies(list(list_agencies()), current_language())
    return form


def _form_page(form: DeskForm, event: Event) -> tuple[str, int]:
    return answer("registration/new_registration.html", form, event=event)


def _page(registration: Registration, form: MoveForm) -> tuple[str, int]:
    submissions = list_submissions_of(registration.id)
    sees_contacts = may(Permission.VIEW_CONTACTS, project_id=registration.event.project_id)
    in_panel = "HX-Request" in request.headers
    return answer(
        "registration/registration_panel.html" if in_panel else "registration/registration_page.html",
        form,
        back=_list_behind() if in_panel else None,
        registration=registration,
        event=registration.event,
        person=registration.person,
        address=address_of(registration),
        ledger=ledger(registration.moves),
        messages=list_messages_about(registration.id),
        other_events=list_other_events(registration, principal().project_ids(Permission.VIEW_NAMES)),
        other_references=[one.reference for one in submissions if one.reference != registration.reference],
        moves=[status for status in DESK_MOVES if may_decide(registration, status)],
        sex=SEX_WORDS[registration.sex],
        level=LEVEL_WORDS[registration.level],
        age_band=AGE_BAND_WORDS[registration.age_band],
        province=province_name(registration.province, current_language()),
        answers=list_answers([registration.id], personal=sees_contacts).get(registration.id, []),
        role=ROLE_WORDS[registration.role],
        group=group_name(registration),
    )


def _list_behind() -> str | None:
    """The list that a panel lies over, as it was filtered: there the desk goes on after a decision."""
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    return safe_next(f"{parts.path}?{parts.query}" if parts.query else parts.path)

"""Copies from the other side: entered at an event before a publication is chosen, and what an agency received."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.agencies.queries import get_agency, ids_with_children, list_agencies
from trainreg.events.models import Event
from trainreg.events.queries import get_event, list_events_of, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.publications import copies
from trainreg.publications.blueprint import blueprint
from trainreg.publications.forms import HandoutOfProjectForm
from trainreg.publications.queries import handouts_to, list_publications_of
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.forms import answer
from trainreg.web.locale import language_name
from trainreg.web.paging import page_of
from trainreg.web.safety import keeps_typed

AT_EVENT = "/desk/events/<slug>/copies"
ANCHOR = "handed"

Answer = tuple[str, int] | Response


@blueprint.get(AT_EVENT)
@needs(Permission.EDIT_PROJECT, project=project_of_event)
def new_handout_at(slug: str) -> Answer:
    event = get_event(slug)
    form = _form(event)
    form.event.data, form.day.data = str(event.id), _last_day_so_far(event)
    return _page(form, event)


@blueprint.post(AT_EVENT)
@needs(Permission.EDIT_PROJECT, project=project_of_event)
@keeps_typed
def add_handout_at(slug: str) -> Answer:
    event = get_event(slug)
    form = _form(event)
    if not form.validate():
        return _page(form, event)
    try:
        copies.add_handout(form.chosen, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, event)
    db.session.commit()
    flash(_("Saved."), "good")
    return redirect(url_for("home.event_page", slug=slug, _anchor=ANCHOR), 303)


@blueprint.get("/desk/agencies/<int(max=2147483647):agency_id>/copies")
@needs(Permission.VIEW_RESULTS)
def copies_of_agency(agency_id: int) -> str:
    """What an agency and those below it received, of the projects whose results the reader may see."""
    agency = get_agency(agency_id)
    asked = handouts_to(ids_with_children([agency.id]), principal().project_ids(Permission.VIEW_RESULTS))
    return render_template(
        "publications/agency_copies.html", agency=agency, page=page_of(asked), language_name=language_name
    )


def _form(event: Event) -> HandoutOfProjectForm:
    publications = list_publications_of(event.project_id)
    return HandoutOfProjectForm(publications, list_agencies(only_active=False), list_events_of(event.project_id))


def _page(form: HandoutOfProjectForm, event: Event) -> tuple[str, int]:
    return answer("publications/handout_form.html", form, project=event.project, publication=None, row=None, at=event)


def _last_day_so_far(event: Event) -> str:
    """The day on which copies most likely went: the event's last, or today while it lasts."""
    if event.starts_at is None or event.ends_at is None or event.starts_at > clock.now():
        return ""
    return clock.local(min(event.ends_at, clock.now()), event.timezone).date().isoformat()

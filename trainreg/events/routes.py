"""The public list of events, and the pages on which organizers make them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.agencies.queries import list_agencies
from trainreg.events import feeds, service
from trainreg.events.blueprint import blueprint
from trainreg.events.forms import EventForm, blank_event, filled_event
from trainreg.events.models import Event
from trainreg.events.queries import door_of, get_event, project_of_event, public_events
from trainreg.events.refusals import EventIsCalledOff
from trainreg.events.rules import Admission, Door, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.programme.queries import get_project, project_of_code
from trainreg.web.access import current_actor, needs, public
from trainreg.web.forms import answer
from trainreg.web.links import absolute
from trainreg.web.locale import current_language
from trainreg.web.paging import page_of
from trainreg.web.safety import body_limit, keeps_typed
from trainreg.web.sharing import sharing

__all__ = ["blueprint", "feeds"]

PER_PAGE = 20
FORM_BODY = 512 * 1024  # sixty sessions with long titles in two languages
Answer = tuple[str, int] | Response


@dataclass(frozen=True)
class Listed:
    """An event as the public list shows it."""

    event: Event
    door: Door
    first_day: date | None

    @property
    def group(self) -> str:
        if self.event.ends_at is not None and self.event.ends_at <= clock.now():
            return "past"
        return "open" if self.door is Door.OPEN and self.event.admission is Admission.OPEN else "coming"


@blueprint.get("/events")
@public
def public_list() -> str:
    page = page_of(public_events(clock.now()), per_page=PER_PAGE)
    listed = [Listed(event, door_of(event), _first_day(event)) for event in page.items]
    groups = [(name, list(events)) for name, events in groupby(listed, key=lambda one: one.group)]
    feed = f"{absolute('events.feed')}?lang={current_language()}"
    webcal = f"webcal://{feed.partition('://')[2]}"
    about = _("Seminars, trainings and meetings. Open one to see its programme and to register.")
    shared = sharing("events.public_list", _("Events"), about)
    return render_template("events/public_list.html", page=page, groups=groups, feed=feed, webcal=webcal, shared=shared)


@blueprint.get("/desk/projects/<code>/events/new")
@needs(Permission.EDIT_EVENTS, project=project_of_code)
def new_event(code: str) -> Answer:
    project = get_project(code)
    return _page(EventForm(project, list_agencies(), data=blank_event(project)))


@blueprint.post("/desk/projects/<code>/events/new")
@needs(Permission.EDIT_EVENTS, project=project_of_code)
@keeps_typed
@body_limit(FORM_BODY)
def create_event(code: str) -> Answer:
    project = get_project(code)
    form = EventForm(project, list_agencies())
    pressed = request.form.get("press", "save")
    said = form.rearrange(pressed)
    if said is not None:
        return _page(form, said=said)
    if not form.validate():
        return _page(form)
    try:
        event = service.create_event(project, form.details(), form.session_details(), by=current_actor())
        return _saved(event, pressed)
    except Refused as refusal:
        return _refused(form, refusal)


@blueprint.get("/desk/events/<slug>/edit")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def edit_event(slug: str) -> Answer:
    event = get_event(slug)
    if event.status is EventStatus.CANCELLED:
        raise EventIsCalledOff
    return _page(_form_of(event), event=event)


@blueprint.post("/desk/events/<slug>/edit")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
@body_limit(FORM_BODY)
def save_event(slug: str) -> Answer:
    event = get_event(slug)
    form = EventForm(event.project, _agencies_to_offer(event))
    pressed = request.form.get("press", "save")
    said = form.rearrange(pressed)
    if said is not None:
        return _page(form, event=event, said=said)
    if not form.validate():
        return _page(form, event=event)
    try:
        event = service.edit_event(event, form.details(), form.session_details(), by=current_actor())
        return _saved(event, pressed)
    except Refused as refusal:
        return _refused(form, refusal, event=event)


@blueprint.post("/desk/events/<slug>/copy")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def copy_event(slug: str) -> Response:
    copy = service.copy_event(get_event(slug), by=current_actor())
    db.session.commit()
    flash(_("This is the copy, a draft. Check its title and its days."))
    return redirect(url_for("events.edit_event", slug=copy.slug), 303)


@blueprint.post("/desk/events/<slug>/open")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def open_event(slug: str) -> Answer:
    event = get_event(slug)
    if event.status is EventStatus.CANCELLED:
        raise EventIsCalledOff
    try:
        event = service.open_event(event, by=current_actor())
    except Refused as refusal:
        # What stands in the way is put right on the event's form, so that is where the sentence is shown.
        form = _form_of(event)
        form.refuse(refusal)
        return _page(form, event=event)
    db.session.commit()
    _say_open(event)
    return redirect(url_for("home.event_page", slug=slug), 303)


@blueprint.post("/desk/events/<slug>/close")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def close_event(slug: str) -> Response:
    service.close_event(get_event(slug), by=current_actor())
    db.session.commit()
    flash(_("Registration is closed. The public page says so."))
    return redirect(url_for("home.event_page", slug=slug), 303)


@blueprint.post("/desk/events/<slug>/cancel")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def cancel_event(slug: str) -> Response:
    service.cancel_event(get_event(slug), by=current_actor())
    db.session.commit()
    flash(_("The event is called off. The public page says so."))
    return redirect(url_for("home.event_page", slug=slug), 303)


def _first_day(event: Event) -> date | None:
    return None if event.starts_at is None else clock.local(event.starts_at, event.timezone).date()


def _agencies_to_offer(event: Event) -> list[Any]:
    """The agencies of today, and those the event was made for."""
    listed = [entry.agency for entry in event.agencies] + [quota.agency for quota in event.quotas]
    return list({agency.id: agency for agency in [*list_agencies(), *listed]}.values())


def _form_of(event: Event) -> EventForm:
    return EventForm(event.project, _agencies_to_offer(event), formdata=None, data=filled_event(event))


def _page(form: EventForm, *, event: Event | None = None, said: str = "") -> Answer:
    part = {"sessions": "events/session_rows.html", "places": "events/place_rows.html"}[form.said_in]
    part = part if "HX-Request" in request.headers else "events/event_form.html"
    timezones = sorted(name for name in clock.timezone_names() if "/" in name or name == "UTC")
    return answer(part, form, project=form.project, event=event, said=said, timezones=timezones)


def _saved(event: Event, pressed: str) -> Response:
    opens = pressed == "open"
    if opens:
        event = service.open_event(event, by=current_actor())
    db.session.commit()
    if opens:
        _say_open(event)
    else:
        flash(_("The event is saved."))
    return redirect(url_for("home.event_page", slug=event.slug), 303)


def _refused(form: EventForm, refusal: Refused, *, event: Event | None = None) -> Answer:
    db.session.rollback()
    form.refuse(refusal)
    return _page(form, event=event)


def _say_open(event: Event) -> None:
    if event.opens_at is not None and event.opens_at > clock.now():
        flash(_("The event is public. Registration opens at the time you set."))
    elif event.admission is Admission.INVITATION:
        flash(_("Registration is open for those you invite. Make the links under Invitations."))
    elif event.admission is Admission.NOMINATION_ONLY:
        flash(_("Focal points can nominate now."))
    else:
        flash(_("Registration is open. Send people the address of the public page."))

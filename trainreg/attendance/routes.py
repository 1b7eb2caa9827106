"""Attendance at the desk: the grid of an event, one session as a list for the phone, one cell at a time."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.attendance import person_pages, service, unnamed_pages
from trainreg.attendance.blueprint import blueprint
from trainreg.attendance.forms import Bulk, GridForm, Marks, bulk_in, marks_in
from trainreg.attendance.queries import find_last_action, get_batch, get_session, grid_of
from trainreg.attendance.rules import may_mark
from trainreg.attendance.words import state_words
from trainreg.events.models import Event, Session
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.numbers import key_from
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, may, needs
from trainreg.web.safety import body_limit, keeps_typed

__all__ = ["blueprint", "person_pages", "unnamed_pages"]

WHOLE_GRID = 1024 * 1024  # 200 people by 20 sessions are about 200 kB


@blueprint.get("/desk/events/<slug>/attendance")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def grid(slug: str) -> tuple[str, int]:
    event = get_event(slug)
    return _page(event, _asked_session(event, request.args.get("session")))


@blueprint.post("/desk/events/<slug>/attendance")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
@body_limit(WHOLE_GRID)
def save(slug: str) -> tuple[str, int] | Response:
    """Everything that the page without JavaScript can send: the whole grid, one press, or a whole column."""
    event, form = get_event(slug), GridForm()
    chosen = _asked_session(event, request.form.get("session"))
    marks: Marks = {}
    try:
        marks = marks_in(request.form.items())
        if not form.validate():
            return _page(event, chosen, form, marks)
        changed = service.mark_many(event, marks, by=current_actor())
        if "everybody" in request.form:
            column = get_session(event, key_from(request.form["everybody"]))
            changed += service.mark_rest_present(event, column, by=current_actor())
        if "bulk" in request.form:
            changed += _mark_chosen(event, bulk_in(request.form))
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(event, chosen, form, marks)
    db.session.commit()
    person = request.form.get("press", "").partition(".")[0]
    if not person:
        flash(ngettext("%(num)s mark saved.", "%(num)s marks saved.", changed) if changed else _("Nothing to save."))
    session_id = chosen.id if chosen else None
    return redirect(url_for(".grid", slug=slug, session=session_id, _anchor=f"p{person}" if person else None), 303)


def _mark_chosen(event: Event, bulk: Bulk) -> int:
    """One mark for many; over all sessions it means those that can be marked so by now."""
    planned, now = event.planned_sessions, clock.now()
    one = [get_session(event, bulk.session_id)] if bulk.session_id is not None else None
    return service.mark_chosen(
        event,
        bulk.state,
        sessions=one or [each for each in planned if may_mark(bulk.state, now=now, starts_at=each.starts_at)],
        by=current_actor(),
        registration_ids=bulk.registration_ids,
        agency_id=bulk.agency_id,
        only_unmarked=bulk.only_unmarked,
    )


@blueprint.post("/desk/events/<slug>/attendance/undo")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
def undo(slug: str) -> tuple[str, int] | Response:
    """Take the last action back: the one that the page named, so that a stale page undoes nothing else."""
    event, form = get_event(slug), GridForm()
    try:
        if not form.validate():
            return _page(event, None, form)
        if "batch" not in request.form:
            raise service.UndoneAlready
        batch = get_batch(event, key_from(request.form["batch"]))
        if batch.user_id != current_actor().user_id:
            raise NotFound
        changed = service.undo(event, batch, by=current_actor())
    except NotFound:
        raise
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_event(slug), None, form)
    db.session.commit()
    flash(ngettext("%(num)s mark is as it was before.", "%(num)s marks are as they were before.", changed))
    return redirect(url_for(".grid", slug=slug, session=request.form.get("session") or None), 303)


@blueprint.post("/desk/events/<slug>/attendance/cell")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def mark_cell(slug: str) -> tuple[str, int]:
    """One cell, marked without leaving the page: answers with the cell as it stands now, also when refused."""
    event, refused = get_event(slug), None
    cells = list(marks_in(request.form.items()).items())
    if len(cells) != 1:
        raise NotFound
    (registration_id, session_id), state = cells[0]
    try:
        service.mark_many(event, {(registration_id, session_id): state}, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        refused = refusal
    table = grid_of(event)
    row, session = table.find_row(registration_id), get_session(event, session_id)
    if row is None:
        raise refused or NotFound
    template = "attendance/answer_person.html" if "list" in request.form else "attendance/answer_cell.html"
    page = render_template(
        template,
        grid=table,
        row=row,
        session=session,
        refused=refused,
        words=state_words(),
        last=find_last_action(event.id, current_actor().user_id),
        listed="list" in request.form,
    )
    return page, refused.status if refused else 200


def _page(
    event: Event, chosen: Session | None, form: GridForm | None = None, typed: Marks | None = None
) -> tuple[str, int]:
    template = "attendance/grid.html" if chosen is None else "attendance/session.html"
    may_take = may(Permission.TAKE_ATTENDANCE, project_id=event.project_id)
    page = render_template(
        template,
        event=event,
        grid=grid_of(event),
        session=chosen,
        form=form or GridForm(),
        typed=typed or {},
        words=state_words(),
        may_mark=may_take,
        last=find_last_action(event.id, current_actor().user_id) if may_take else None,
    )
    return page, form.status if form and form.errors else 200


def _asked_session(event: Event, text: str | None) -> Session | None:
    return get_session(event, key_from(text)) if text else None

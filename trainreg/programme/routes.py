"""Pages where projects are listed, created and edited."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from trainreg.agencies.queries import list_agencies
from trainreg.audit.queries import history_of
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Forbidden, Refused
from trainreg.programme import service, story_pages
from trainreg.programme.blueprint import blueprint
from trainreg.programme.forms import ProjectForm
from trainreg.programme.models import Project
from trainreg.programme.queries import get_project, list_projects, project_of_code
from trainreg.programme.refusals import OutcomeServed
from trainreg.web.access import current_actor, needs, principal, signed_in
from trainreg.web.forms import answer
from trainreg.web.navigation import Entry, offer
from trainreg.web.safety import keeps_typed

OVER_ALL_PROJECTS = frozenset(
    {"organisation.page", "organisation.file", "workbook.all_projects", "iati.check_form", "iati.check_file"}
)
offer(
    Entry(
        _l("Projects"),
        "programme.project_list",
        Permission.VIEW_RESULTS,
        10,
        stands_for=lambda endpoint: (
            endpoint.split(".")[0]
            in {
                *("programme", "publications", "reporting", "results", "framework"),
                *("factsheet", "workbook", "tables", "iati", "iati_settings"),
            }
            and endpoint not in OVER_ALL_PROJECTS
        ),
    )
)

__all__ = ["blueprint", "story_pages"]

Answer = tuple[str, int] | Response


@blueprint.get("/desk/projects")
@signed_in
def project_list() -> str:
    account = principal()
    if not (account.may(Permission.VIEW_RESULTS) or account.may(Permission.VIEW_EVENTS)):
        raise Forbidden
    figures, events = account.project_ids(Permission.VIEW_RESULTS), account.project_ids(Permission.VIEW_EVENTS)
    ids = None if figures is None or events is None else figures | events
    return render_template("programme/project_list.html", projects=list_projects(ids), today=clock.now().date())


@blueprint.get("/desk/projects/new")
@needs(Permission.CREATE_PROJECTS)
def new_project() -> Answer:
    form = ProjectForm(list_agencies())
    form.add_outcome()
    return _page(form)


@blueprint.post("/desk/projects/new")
@needs(Permission.CREATE_PROJECTS)
@keeps_typed
def create_project() -> Answer:
    form = ProjectForm(list_agencies())
    said = _rearranged(form)
    if said is not None:
        return _page(form, said)
    if not form.validate():
        return _page(form)
    try:
        project = service.create_project(form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form)
    db.session.commit()
    flash(_("The project is created."))
    return redirect(url_for("reporting.project_page", code=project.code), 303)


@blueprint.get("/desk/projects/<code>/edit")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def edit_project(code: str) -> Answer:
    form = _form_of(get_project(code))
    form.fill(get_project(code))
    return _page(form)


@blueprint.post("/desk/projects/<code>/edit")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save_project(code: str) -> Answer:
    project = get_project(code)
    form = _form_of(project)
    said = _rearranged(form)
    if said is not None:
        return _page(form, said)
    if not form.validate():
        return _page(form)
    try:
        service.edit_project(project, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        if isinstance(refusal, OutcomeServed):
            form.restore_outcomes()
        form.refuse(refusal)
        return _page(form)
    db.session.commit()
    flash(_("The project is saved."))
    return redirect(url_for("reporting.project_page", code=project.code), 303)


def _form_of(project: Project) -> ProjectForm:
    """The form offers active agencies, and those that are partners already."""
    agencies = dict.fromkeys([*list_agencies(), *(partner.agency for partner in project.partners)])
    return ProjectForm(agencies, project)


def _page(form: ProjectForm, said: str = "") -> tuple[str, int]:
    history = history_of(form.project) if form.project else []
    zones = sorted(clock.timezone_names())
    return answer("programme/project_form.html", form, project=form.project, said=said, history=history, zones=zones)


def _rearranged(form: ProjectForm) -> str | None:
    """Add or remove a row as the pressed button says; None when the button was the one that saves."""
    pressed = request.form.get("action", "save")
    if pressed == "add-outcome":
        return form.add_outcome()
    match = re.fullmatch(r"remove-outcome-([0-9]{1,3})", pressed)
    if match is None or int(match[1]) >= len(form.rows):
        return None
    place = int(match[1])
    outcome = form.outcome_at(place)
    try:
        if outcome is not None:
            service.ensure_unserved(outcome)
    except Refused as refusal:
        form.refuse(refusal)
        return ""
    return form.take_out(place)

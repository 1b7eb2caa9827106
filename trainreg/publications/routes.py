"""Pages where a project's publications are added and edited."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.programme.queries import get_project, project_of_code
from trainreg.publications import service
from trainreg.publications.forms import PublicationForm
from trainreg.publications.models import Publication
from trainreg.publications.queries import get_publication
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.safety import keeps_typed

blueprint = Blueprint("publications", __name__)

Answer = tuple[str, int] | Response


@blueprint.get("/desk/projects/<code>/publications/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def new_publication(code: str) -> Answer:
    return _page(PublicationForm(get_project(code)))


@blueprint.post("/desk/projects/<code>/publications/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def create_publication(code: str) -> Answer:
    project = get_project(code)
    form = PublicationForm(project)
    if not form.validate():
        return _page(form)
    try:
        service.create_publication(project, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form)
    db.session.commit()
    flash(_("The publication is added."))
    return redirect(url_for("reporting.project_page", code=code, _anchor="publications"), 303)


@blueprint.get("/desk/projects/<code>/publications/<int(max=2147483647):publication_id>")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def edit_publication(code: str, publication_id: int) -> Answer:
    project = get_project(code)
    publication = get_publication(project.id, publication_id)
    form = PublicationForm(project)
    form.fill(publication)
    return _page(form, publication)


@blueprint.post("/desk/projects/<code>/publications/<int(max=2147483647):publication_id>")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save_publication(code: str, publication_id: int) -> Answer:
    project = get_project(code)
    publication = get_publication(project.id, publication_id)
    form = PublicationForm(project)
    if not form.validate():
        return _page(form, publication)
    try:
        service.edit_publication(publication, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, publication)
    db.session.commit()
    flash(_("The publication is saved."))
    return redirect(url_for("reporting.project_page", code=code, _anchor="publications"), 303)


def _page(form: PublicationForm, publication: Publication | None = None) -> tuple[str, int]:
    history = history_of(publication) if publication else []
    return answer(
        "publications/publication_form.html",
        form,
        project=form.project,
        publication=publication,
        history=history,
    )

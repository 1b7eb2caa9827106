"""The page on which a project's settings for IATI are made."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.programme.iati.forms import IatiForm
from trainreg.programme.iati.queries import find_iati_settings
from trainreg.programme.iati.service import save_iati_settings
from trainreg.programme.models import Project
from trainreg.programme.queries import get_project, project_of_code
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.safety import keeps_typed

blueprint = Blueprint("iati_settings", __name__)
Answer = tuple[str, int] | Response


@blueprint.get("/desk/projects/<code>/iati")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def edit(code: str) -> Answer:
    project = get_project(code)
    form = IatiForm()
    settings = find_iati_settings(project.id)
    if settings is not None:
        form.fill(settings)
    return _page(project, form)


@blueprint.post("/desk/projects/<code>/iati")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save(code: str) -> Answer:
    project = get_project(code)
    form = IatiForm()
    if not form.validate():
        return _page(project, form)
    try:
        save_iati_settings(project, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_project(code), form)
    db.session.commit()
    flash(_("The settings of the IATI file are saved."))
    return redirect(url_for("iati.page", code=code), 303)


def _page(project: Project, form: IatiForm) -> tuple[str, int]:
    return answer("programme/iati_settings.html", form, project=project)

"""The page of a project's workbook: what is in it, and the file."""

from flask import Response, render_template

from trainreg.audit import service as audit
from trainreg.kernel.db import db, reading
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.permissions import Permission
from trainreg.programme.models import Project
from trainreg.programme.queries import get_project, project_of_code
from trainreg.reporting.workbook.blueprint import blueprint
from trainreg.reporting.workbook.forms import WorkbookForm
from trainreg.reporting.workbook.making import file_name, make_workbook
from trainreg.reporting.workbook.notes import action_of
from trainreg.web.access import current_actor, may, needs
from trainreg.web.downloads import book_download
from trainreg.web.safety import keeps_typed


@blueprint.get("/reports/<code>/workbook")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def page(code: str) -> str:
    project = get_project(code)
    return _page(project, _form(project))


@blueprint.post("/reports/<code>/workbook")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
@keeps_typed
def fetch(code: str) -> tuple[str, int] | Response:
    """Write down who took it, then read and send it; nothing is locked while it is read."""
    project = get_project(code)
    form = _form(project)
    if not form.validate():
        return _page(project, form), form.status
    asked, language = form.asked(), str(form.language.data)
    spoken = CONTENT_LANGUAGES[language]
    audit.record(action_of(asked), project, by=current_actor(), project_id=project.id, language=spoken)
    db.session.commit()
    with reading():
        response = book_download(make_workbook(asked, language), file_name(asked, language))
        db.session.rollback()
    return response


def _form(project: Project) -> WorkbookForm:
    return WorkbookForm(project, may_see_names=may(Permission.VIEW_NAMES, project_id=project.id))


def _page(project: Project, form: WorkbookForm) -> str:
    sees_names = may(Permission.VIEW_NAMES, project_id=project.id)
    return render_template("reporting/workbook/page.html", project=project, form=form, sees_names=sees_names)

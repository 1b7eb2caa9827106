"""Pages where a project's framework is edited, taken out and in as a spreadsheet, and copied."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.agencies.queries import list_agencies
from trainreg.framework import refusals, service
from trainreg.framework.blueprint import blueprint
from trainreg.framework.forms import CopyForm, FrameworkForm, SheetForm
from trainreg.framework.queries import list_indicators, list_periods
from trainreg.framework.reading import copied, framework_of
from trainreg.framework.sheets import COLUMNS, read_framework, rows_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Forbidden, Refused
from trainreg.kernel.sheets import read_sheet
from trainreg.kernel.sheets_writing import SheetFormat
from trainreg.programme.models import Project
from trainreg.programme.queries import find_project, get_project, list_projects, project_of_code
from trainreg.web.access import current_actor, may, needs, principal
from trainreg.web.downloads import download
from trainreg.web.forms import Form, answer
from trainreg.web.locale import tr
from trainreg.web.safety import keeps_typed

Answer = tuple[str, int] | Response


@blueprint.get("/desk/projects/<code>/framework")
@needs(Permission.EDIT_FRAMEWORK, project=project_of_code)
def edit_framework(code: str) -> Answer:
    project = get_project(code)
    form = _form_of(project)
    form.fill(framework_of(project))
    return _page(project, form)


@blueprint.post("/desk/projects/<code>/framework")
@needs(Permission.EDIT_FRAMEWORK, project=project_of_code)
@keeps_typed
def save_framework(code: str) -> Answer:
    project = get_project(code)
    form = _form_of(project)
    said = form.rearrange(request.form.get("action", "save"))
    if said is not None:
        return _page(project, form, said=said)
    if not form.validate():
        return _page(project, form)
    try:
        service.save_framework(project, form.details(), by=current_actor(), seen=form.seen.data or "")
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_project(code), form)
    db.session.commit()
    flash(_("The results framework is saved."))
    return redirect(url_for("framework.edit_framework", code=code), 303)


@blueprint.get("/desk/projects/<code>/framework.xlsx")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def export_framework(code: str) -> Response:
    project = get_project(code)
    codes = {agency.id: agency.code for agency in list_agencies(only_active=False)}
    rows = rows_of(framework_of(project), codes)
    return download(SheetFormat.XLSX, COLUMNS, rows, name=f"framework-{code}", title=_("Results framework"))


@blueprint.post("/desk/projects/<code>/framework/import")
@needs(Permission.EDIT_FRAMEWORK, project=project_of_code)
def import_framework(code: str) -> Answer:
    """The whole framework from a spreadsheet: what it does not name goes; one mistake, and nothing is written."""
    project = get_project(code)
    sheet_form = SheetForm()
    try:
        if not sheet_form.validate():
            return _page(project, _filled(project), sheet_form=sheet_form)
        sent = request.files.get("file")
        data = sent.read() if sent is not None else b""
        ids = {agency.code.casefold(): agency.id for agency in list_agencies(only_active=False)}
        told = read_framework(read_sheet(data, (sent.filename or "") if sent else ""), ids)
        service.save_framework(project, told, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        project = get_project(code)
        sheet_form.file.errors = [str(refusal)]
        sheet_form.status = refusal.status
        return _page(project, _filled(project), sheet_form=sheet_form)
    db.session.commit()
    flash(_("The results framework is taken from the spreadsheet."))
    return redirect(url_for("framework.edit_framework", code=code), 303)


@blueprint.post("/desk/projects/<code>/framework/copy")
@needs(Permission.EDIT_FRAMEWORK, project=project_of_code)
def copy_framework(code: str) -> Answer:
    """Take over another project's framework, where this one has none yet."""
    project = get_project(code)
    copy_form = _copy_form(project)
    if not copy_form.validate():
        return _page(project, _filled(project), copy_form=copy_form)
    source = find_project(copy_form.source.data)
    if source is None or not may(Permission.VIEW_RESULTS, project_id=source.id):
        raise Forbidden
    try:
        if list_indicators(project.id):
            raise refusals.FrameworkNotEmpty
        numbers = {outcome.number for outcome in project.outcomes}
        told = copied(framework_of(source), outcomes=numbers, starts_on=project.starts_on, ends_on=project.ends_on)
        service.save_framework(project, told, by=current_actor())
        service.note_copied(project, source, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        project = get_project(code)
        copy_form.refuse(refusal)
        return _page(project, _filled(project), copy_form=copy_form)
    db.session.commit()
    flash(_("The results framework is copied. Set its periods and targets, then save."))
    return redirect(url_for("framework.edit_framework", code=code), 303)


def _form_of(project: Project) -> FrameworkForm:
    agencies = list_agencies(only_active=False)
    return FrameworkForm(project, agencies, list_indicators(project.id), list_periods(project.id))


def _filled(project: Project) -> FrameworkForm:
    """The form as it is kept, whatever another form on the page sent."""
    form = FrameworkForm(
        project,
        list_agencies(only_active=False),
        list_indicators(project.id),
        list_periods(project.id),
        formdata=None,
    )
    form.fill(framework_of(project))
    return form


def _copy_form(project: Project) -> CopyForm:
    form = CopyForm()
    ids = principal().project_ids(Permission.VIEW_RESULTS)
    others = [one for one in list_projects(ids) if one.id != project.id]
    form.source.choices = [(one.code, f"{one.code}  {tr(one.title)}") for one in others]
    return form


def _page(
    project: Project,
    form: FrameworkForm,
    *,
    said: str = "",
    sheet_form: SheetForm | None = None,
    copy_form: CopyForm | None = None,
) -> tuple[str, int]:
    sent: Form = next((one for one in (sheet_form, copy_form) if one is not None and one.errors), form)
    context: dict[str, Any] = {
        "project": project,
        "said": said,
        "sheet_form": sheet_form or SheetForm(formdata=None),
        "copy_form": copy_form or _copy_form(project),
        "failed": sent,
    }
    html, status = answer("framework/framework_page.html", form, **context)
    return html, status if sent is form else sent.status

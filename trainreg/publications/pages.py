"""Pages of a project's publications: the list, one of them, and its form."""

from collections.abc import Iterator

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.kernel.sheets_cells import Value
from trainreg.programme.models import Project
from trainreg.programme.queries import get_project, project_of_code
from trainreg.publications import service
from trainreg.publications.blueprint import blueprint
from trainreg.publications.forms import MOST_MEGABYTES, FileForm, PublicationForm
from trainreg.publications.models import Publication
from trainreg.publications.queries import get_publication, list_publications_of
from trainreg.web.access import current_actor, may, needs
from trainreg.web.downloads import asked_format, download
from trainreg.web.forms import answer
from trainreg.web.locale import language_name, tr
from trainreg.web.safety import keeps_typed

LIST = "/desk/projects/<code>/publications"
ONE = f"{LIST}/<int(max=2147483647):publication_id>"

Answer = tuple[str, int] | Response


def publication_at(code: str, publication_id: int) -> Publication:
    """The publication at an address; one of another project is not found."""
    return get_publication(get_project(code).id, publication_id)


@blueprint.get(LIST)
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def publication_list(code: str) -> str:
    project = get_project(code)
    return render_template(
        "publications/publication_list.html",
        project=project,
        publications=list_publications_of(project.id),
        edits=may(Permission.EDIT_PROJECT, project_id=project.id),
        language_name=language_name,
    )


@blueprint.post(f"{LIST}/handouts")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def export_handouts(code: str) -> FlaskResponse:
    """Everything that was handed out, as a table; it names no people."""
    project = get_project(code)
    header = [
        *(_("Publication"), _("Agency"), _("Event"), _("To whom")),
        *(_("Handed out on"), _("Copies"), _("At least this many")),
    ]
    name = f"{project.code}-copies"
    return download(asked_format(request.form.get("format")), header, _handed(project), name=name, title=_("Copies"))


def _handed(project: Project) -> Iterator[list[Value]]:
    for publication in list_publications_of(project.id):
        for one in publication.handouts:
            yield [
                tr(publication.title),
                tr(one.agency.name) if one.agency else None,
                tr(one.event.title) if one.event else None,
                tr(one.recipient) or None,
                one.handed_on,
                one.copies,
                _("yes") if one.is_minimum else None,
            ]


@blueprint.get(f"{LIST}/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def new_publication(code: str) -> Answer:
    return _form_page(PublicationForm(get_project(code)))


@blueprint.post(f"{LIST}/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def create_publication(code: str) -> Answer:
    project = get_project(code)
    form = PublicationForm(project)
    if not form.validate():
        return _form_page(form)
    try:
        publication = service.create_publication(project, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(form)
    db.session.commit()
    flash(_("The publication is added."))
    return redirect(url_for(".publication_page", code=code, publication_id=publication.id), 303)


@blueprint.get(ONE)
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def publication_page(code: str, publication_id: int) -> Answer:
    return show(publication_at(code, publication_id))


@blueprint.get(f"{ONE}/edit")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def edit_publication(code: str, publication_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    form = PublicationForm(publication.project)
    form.fill(publication)
    return _form_page(form, publication)


@blueprint.post(f"{ONE}/edit")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save_publication(code: str, publication_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    form = PublicationForm(publication.project)
    if not form.validate():
        return _form_page(form, publication)
    try:
        service.edit_publication(publication, form.details(), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(form, publication)
    db.session.commit()
    flash(_("The publication is saved."))
    return redirect(url_for(".publication_page", code=code, publication_id=publication_id), 303)


def show(publication: Publication, file_form: FileForm | None = None) -> Answer:
    """The page of one publication; with the form of a file that was refused."""
    project_id = publication.project_id
    edits = may(Permission.EDIT_PROJECT, project_id=project_id)
    return answer(
        "publications/publication_page.html",
        file_form or FileForm(formdata=None),
        project=publication.project,
        publication=publication,
        edits=edits,
        fetches=may(Permission.VIEW_NAMES, project_id=project_id),
        sees_events=may(Permission.VIEW_EVENTS, project_id=project_id),
        history=history_of(publication) if edits else [],
        language_name=language_name,
        megabytes=MOST_MEGABYTES,
    )


def _form_page(form: PublicationForm, publication: Publication | None = None) -> tuple[str, int]:
    return answer("publications/publication_form.html", form, project=form.project, publication=publication)

"""The tables for analysts: a page that says what there is, each table under an address that stays, all in one file."""

from flask import Response, redirect, render_template, send_file, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit import service as audit
from trainreg.exporting.handing import left_to_worker
from trainreg.exporting.rules import AT_ONCE, is_long
from trainreg.kernel.db import db, writing
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_writing import SheetFormat
from trainreg.programme.models import Project
from trainreg.programme.queries import get_project, project_of_code
from trainreg.reporting.tables.blueprint import blueprint
from trainreg.reporting.tables.offered import tables_file, wanted_tables, wanted_tables_of
from trainreg.reporting.tables.package import write_csv, write_package
from trainreg.reporting.tables.schemas import BY_NAME, TABLES
from trainreg.reporting.tables.scope import Scope
from trainreg.reporting.tables.words import TITLES
from trainreg.web.access import current_actor, may, needs, principal
from trainreg.web.downloads import kept_private

audit.describes(
    {
        "project.table_taken": _l("Table about individuals without names handed out: %(table)s"),
        "project.tables_taken": _l("All tables, those about individuals without names among them, handed out"),
    }
)


@blueprint.get("/reports/<code>/tables")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def page(code: str) -> str:
    scope = _scope(get_project(code))
    return render_template(
        "reporting/tables/page.html",
        project=scope.project,
        tables=TABLES,
        titles=TITLES,
        sees_individuals=scope.sees_individuals,
        rows=wanted_tables(scope).rows,
        most=AT_ONCE,
    )


@blueprint.get("/reports/<code>/tables.zip")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def package(code: str) -> Response:
    scope = _scope(get_project(code))
    if scope.sees_individuals:
        _note("project.tables_taken", scope.project)
    name = tables_file(scope.project)
    content = write_package(scope)
    return kept_private(
        send_file(content, mimetype="application/zip", as_attachment=True, download_name=name, etag=False)
    )


@blueprint.get("/reports/<code>/tables/<table>.csv")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def one_table(code: str, table: str) -> Response:
    """Spreadsheets and statistics programs are pointed at this address: a GET, and it stays."""
    scope, schema = _scope(get_project(code)), BY_NAME.get(table)
    if schema is None or (schema.individual and not scope.sees_individuals):
        raise NotFound
    if schema.individual:
        _note("project.table_taken", scope.project, table=schema.name)
    content = write_csv(schema, scope)
    return kept_private(
        send_file(
            content, mimetype=SheetFormat.CSV.media_type, as_attachment=True, download_name=schema.file_name, etag=False
        )
    )


@blueprint.post("/reports/<code>/tables")
@needs(Permission.VIEW_RESULTS, project=project_of_code)
def prepare(code: str) -> AnyResponse:
    """Long tables in one file, by the worker; short ones come at once from their address."""
    wanted = wanted_tables(_scope(get_project(code)))
    if is_long(wanted.rows):
        return left_to_worker(wanted)
    return redirect(url_for(".package", code=code), 303)


@blueprint.post("/reports/tables")
@needs(Permission.VIEW_RESULTS)
def prepare_all() -> AnyResponse:
    """The tables of every project whose results one may see: always by the worker."""
    return left_to_worker(wanted_tables_of(principal()))


def _scope(project: Project) -> Scope:
    return Scope(project, may(Permission.VIEW_NAMES, project_id=project.id))


def _note(action: str, project: Project, *, table: str = "") -> None:
    """Who took rows about individuals is written down, in a short transaction of its own before they are read."""
    db.session.rollback()
    with writing():
        audit.record(action, project, by=current_actor(), project_id=project.id, table=table)
        db.session.commit()

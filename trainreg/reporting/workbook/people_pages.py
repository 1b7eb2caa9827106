"""Pages of the list of everybody who attended: of one project, and of all that one may see names of."""

from flask import Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from trainreg.exporting.handing import left_to_worker
from trainreg.exporting.rules import AT_ONCE, is_long
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, reading
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.programme.queries import get_project, project_of_code
from trainreg.reporting.tables.offered import wanted_tables_of
from trainreg.reporting.workbook.blueprint import blueprint
from trainreg.reporting.workbook.offered import (
    ALL_PEOPLE_FILE,
    note_people_taken,
    people_file,
    wanted_people,
    wanted_people_of,
)
from trainreg.reporting.workbook.people import ProjectIds, count_people, write_people
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.downloads import book_download


@blueprint.get("/reports/<code>/people")
@needs(Permission.VIEW_NAMES, project=project_of_code)
def people_page(code: str) -> str:
    project = get_project(code)
    rows = count_people([project.id])
    return render_template("reporting/workbook/people.html", project=project, rows=rows, most=AT_ONCE)


@blueprint.post("/reports/<code>/people")
@needs(Permission.VIEW_NAMES, project=project_of_code)
def people(code: str) -> AnyResponse:
    """Everybody who attended: a short list at once, a long one by the worker."""
    project = get_project(code)
    wanted = wanted_people(project)
    if is_long(wanted.rows):
        return left_to_worker(wanted)
    return _at_once([project.id], people_file(project), current_actor(), footer=project.code)


@blueprint.get("/reports/files")
@needs(Permission.VIEW_RESULTS)
def all_projects() -> str:
    """What can be taken along of all projects at once."""
    account = principal()
    named = account.project_ids(Permission.VIEW_NAMES)
    return render_template(
        "reporting/all_projects.html",
        people=None if named is not None and not named else count_people(named),
        sees_all=named is None,
        most=AT_ONCE,
        projects=wanted_tables_of(account).rows,
    )


@blueprint.post("/reports/people")
@needs(Permission.VIEW_NAMES)
def people_of_all() -> AnyResponse:
    """Everybody who attended, of every project in which one may see names."""
    named = principal().project_ids(Permission.VIEW_NAMES)
    if named is not None and not named:
        raise NotFound
    wanted = wanted_people_of(named)
    return left_to_worker(wanted) if is_long(wanted.rows) else _at_once(named, ALL_PEOPLE_FILE, current_actor())


def _at_once(ids: ProjectIds, name: str, by: Actor, *, footer: str = "") -> Response:
    """Write down who takes it, then read and send it: nothing is locked while it is read."""
    note_people_taken(ids, by)
    db.session.commit()
    with reading():
        response = book_download(write_people(ids, footer=footer), name)
        db.session.rollback()
    return response

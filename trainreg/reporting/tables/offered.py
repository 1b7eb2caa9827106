"""The tables for analysts as files that the worker prepares: of one project, and of all that one may see."""

from collections.abc import Collection, Iterable
from typing import IO, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from trainreg.attendance.models import Attendance
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.exporting.kinds import ExportKind, Params, Told, Wanted, rights_to
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission, Principal
from trainreg.kernel.refusals import NotFound
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.reporting.tables.package import write_package, write_packages
from trainreg.reporting.tables.scope import Scope

_Ids = Collection[int] | None


def count_rows(project_id: int) -> int:
    """The rows of its long tables: registrations and attendance."""
    own = select(Registration.id).join(Event).where(Event.project_id == project_id)
    marks = select(func.count()).select_from(Attendance).where(Attendance.registration_id.in_(own))
    registrations = select(func.count()).select_from(own.subquery())
    return (db.session.scalar(registrations) or 0) + (db.session.scalar(marks) or 0)


def tables_file(project: Project) -> str:
    return f"tables-{project.code}.zip".lower()


def wanted_tables(scope: Scope) -> Wanted:
    """Of one project. Without rows about individuals it is short, whatever it counts."""
    project, ids = scope.project, [scope.project.id]
    rights = rights_to(Permission.VIEW_RESULTS, ids)
    if scope.sees_individuals:
        rights += rights_to(Permission.VIEW_NAMES, ids)
    rows = count_rows(project.id) if scope.sees_individuals else 0
    params = {"project": project.id, "individuals": scope.sees_individuals}
    return Wanted(TABLES, tables_file(project), rows, params, rights)


def wanted_tables_of(account: Principal) -> Wanted:
    """Of all projects whose results the account may see; individuals where it may see names."""
    seen, named = (_listed(account.project_ids(one)) for one in (Permission.VIEW_RESULTS, Permission.VIEW_NAMES))
    rights = rights_to(Permission.VIEW_RESULTS, seen) + rights_to(Permission.VIEW_NAMES, named)
    params = {"projects": seen, "named": named}
    return Wanted(ALL_TABLES, "tables-all-projects.zip", len(_projects(seen)), params, rights)


def note_tables_taken(ids: Iterable[int], by: Actor) -> None:
    """In the history of every project of which rows about individuals were taken along."""
    for project_id in ids:
        project = db.session.get(Project, project_id)
        if project is not None:
            audit.record("project.tables_taken", project, by=by, project_id=project.id)


def _listed(ids: _Ids) -> list[int] | None:
    return None if ids is None else sorted(ids)


def _projects(ids: _Ids) -> list[tuple[int, str]]:
    statement = select(Project.id, Project.code).order_by(Project.code)
    found = db.session.execute(statement if ids is None else statement.where(Project.id.in_(ids)))
    return [(project_id, code) for project_id, code in found]


def _make(params: Params, told: Told) -> IO[bytes]:
    project = db.session.get(Project, params["project"])
    if project is None:
        raise NotFound
    return write_package(Scope(project, bool(params["individuals"])), told=told)


def _make_all(params: Params, told: Told) -> IO[bytes]:
    projects = _projects(params["projects"])
    if params["projects"] is not None and len(projects) != len(params["projects"]):
        raise NotFound
    named: Any = params["named"]
    return write_packages([(one, code, named is None or one in named) for one, code in projects], told=told)


def _note(params: Params, by: Actor) -> None:
    note_tables_taken([params["project"]] if params["individuals"] else [], by)


def _note_all(params: Params, by: Actor) -> None:
    named: Any = params["named"]
    note_tables_taken(
        [one for one, _code in _projects(params["projects"]) if named is None or one in named],
        by,
    )


TABLES = ExportKind(
    code="tables",
    title=_l("Tables for analysts"),
    unit=_l("Registrations and marks written"),
    make=_make,
    note_taken=_note,
)
ALL_TABLES = ExportKind(
    code="all_tables",
    title=_l("Tables for analysts, of all projects"),
    unit=_l("Projects written"),
    make=_make_all,
    note_taken=_note_all,
)

"""Everybody who attended, as a file that the worker prepares."""

from typing import IO

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from trainreg.audit import service as audit
from trainreg.exporting.kinds import ExportKind, Params, Told, Wanted, rights_to
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.programme.models import Project
from trainreg.programme.queries import list_projects
from trainreg.reporting.workbook.people import ProjectIds, count_people, write_people


def wanted_people(project: Project) -> Wanted:
    """Of one project."""
    ids = [project.id]
    name = people_file(project)
    return Wanted(PEOPLE, name, count_people(ids), {"projects": ids}, rights_to(Permission.VIEW_NAMES, ids))


def wanted_people_of(ids: ProjectIds) -> Wanted:
    """Of these projects, or of all."""
    listed = None if ids is None else sorted(ids)
    rights = rights_to(Permission.VIEW_NAMES, listed)
    return Wanted(PEOPLE, ALL_PEOPLE_FILE, count_people(listed), {"projects": listed}, rights)


def people_file(project: Project) -> str:
    return f"attendances-{project.code}.xlsx".lower()


def note_people_taken(ids: ProjectIds, by: Actor) -> None:
    """In the history of every project whose names were taken along."""
    for project in list_projects(ids):
        audit.record("project.people_taken", project, by=by, project_id=project.id, format="XLSX")


def _make(params: Params, told: Told) -> IO[bytes]:
    ids: list[int] | None = params["projects"]
    if ids is None:
        return write_people(None, told=told)
    if db.session.scalar(select(func.count()).where(Project.id.in_(ids))) != len(ids):
        raise NotFound
    footer = db.session.get_one(Project, ids[0]).code if len(ids) == 1 else ""
    return write_people(ids, footer=footer, told=told)


ALL_PEOPLE_FILE = "attendances-all-projects.xlsx"
PEOPLE = ExportKind(
    code="people",
    title=_l("Everybody who attended"),
    unit=_l("Rows written"),
    make=_make,
    note_taken=lambda params, by: note_people_taken(params["projects"], by),
)

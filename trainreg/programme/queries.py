"""Find projects."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.programme.models import Photograph, Project


def find_project(code: str) -> Project | None:
    return db.session.scalar(select(Project).where(Project.code == code))


def find_project_like(code: str) -> Project | None:
    """The project whose code differs in case at most: two such codes would be mistaken for each other."""
    return db.session.scalar(select(Project).where(func.lower(Project.code) == code.lower()).limit(1))


def get_project(code: str) -> Project:
    project = find_project(code)
    if project is None:
        raise NotFound
    return project


def project_of_code(code: str, **_others: object) -> int:
    """The project that an address with a `code` is about, for access rules."""
    project_id = db.session.scalar(select(Project.id).where(Project.code == code))
    if project_id is None:
        raise NotFound
    return project_id


def list_projects(ids: Iterable[int] | None) -> Sequence[Project]:
    """The projects with these ids (None: all), those that started last first, with their outcomes."""
    statement = select(Project).options(selectinload(Project.outcomes))
    if ids is not None:
        statement = statement.where(Project.id.in_(list(ids)))
    return db.session.scalars(statement.order_by(Project.starts_on.desc(), Project.code)).all()


def common_timezone(ids: Collection[int] | None) -> str | None:
    """The time zone of the projects with these ids (None: all), where they have one in common."""
    statement = select(Project.timezone).distinct().limit(2)
    if ids is not None:
        statement = statement.where(Project.id.in_(ids))
    found = db.session.scalars(statement).all()
    return found[0] if len(found) == 1 else None


def get_photograph(project_id: int, photograph_id: int) -> Photograph:
    """A photograph of that project; one of another project is not found."""
    statement = select(Photograph).where(Photograph.project_id == project_id, Photograph.id == photograph_id)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def list_shown_photographs(project_id: int) -> Sequence[Photograph]:
    """Those that reports may show, in their order."""
    statement = select(Photograph).where(Photograph.project_id == project_id, Photograph.confirmed_at.is_not(None))
    return db.session.scalars(statement.order_by(Photograph.position, Photograph.id)).all()

"""Find a project's publications, what was printed of them and who received copies."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.publications.models import Handout, PrintRun, Publication, PublicationFile

Part = TypeVar("Part", PrintRun, Handout, PublicationFile)
_COPIES = (
    joinedload(Publication.outcome),
    selectinload(Publication.print_runs),
    selectinload(Publication.handouts).options(joinedload(Handout.agency), joinedload(Handout.event)),
)
_WITH_PUBLICATION = joinedload(Handout.publication).options(
    joinedload(Publication.project), selectinload(Publication.print_runs)
)


def get_publication(project_id: int, publication_id: int) -> Publication:
    """A publication of that project; one of another project is not found."""
    statement = select(Publication).where(Publication.project_id == project_id, Publication.id == publication_id)
    publication = db.session.scalar(statement.options(*_COPIES))
    if publication is None:
        raise NotFound
    return publication


def get_run(publication: Publication, run_id: int) -> PrintRun:
    """A print run of that publication."""
    return _one(publication.print_runs, run_id)


def get_handout(publication: Publication, handout_id: int) -> Handout:
    """Copies handed out of that publication."""
    return _one(publication.handouts, handout_id)


def get_file(publication: Publication, file_id: int) -> PublicationFile:
    """A file kept with that publication."""
    return _one(publication.files, file_id)


def _one(rows: Sequence[Part], row_id: int) -> Part:
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound


def has_publications(project_id: int) -> bool:
    """Whether there is anything to hand out."""
    return (
        db.session.scalar(select(select(Publication.id).where(Publication.project_id == project_id).exists())) is True
    )


def list_handouts_at(event_id: int) -> Sequence[Handout]:
    """Copies handed out at an event, in the order of their days; those without a day last."""
    return db.session.scalars(
        select(Handout)
        .where(Handout.event_id == event_id)
        .options(_WITH_PUBLICATION, joinedload(Handout.event))
        .order_by(Handout.handed_on.is_(None), Handout.handed_on, Handout.id)
    ).all()


def handouts_to(agency_ids: Collection[int], project_ids: Collection[int] | None) -> Select[Handout]:
    """Copies that went to these agencies, of publications of these projects (None: all); the latest first."""
    statement = (
        select(Handout)
        .join(Handout.publication)
        .where(Handout.agency_id.in_(agency_ids))
        .options(_WITH_PUBLICATION, joinedload(Handout.agency))
        .order_by(Handout.handed_on.is_(None), Handout.handed_on.desc(), Handout.id.desc())
    )
    return statement if project_ids is None else statement.where(Publication.project_id.in_(project_ids))


def list_publications_of(project_id: int) -> Sequence[Publication]:
    """A project's publications with their copies, the latest first; those without a date last."""
    return db.session.scalars(
        select(Publication)
        .where(Publication.project_id == project_id)
        .options(*_COPIES)
        .order_by(Publication.published_on.is_(None), Publication.published_on.desc(), Publication.id)
    ).all()

"""Find and count a project's publications."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.publications.models import Publication


def get_publication(project_id: int, publication_id: int) -> Publication:
    """A publication of that project; one of another project is not found."""
    publication = db.session.scalar(
        select(Publication).where(Publication.project_id == project_id, Publication.id == publication_id)
    )
    if publication is None:
        raise NotFound
    return publication


def list_publications_of(project_id: int) -> Sequence[Publication]:
    """A project's publications, the latest first; those without a date last."""
    return db.session.scalars(
        select(Publication)
        .where(Publication.project_id == project_id)
        .options(joinedload(Publication.outcome))
        .order_by(Publication.published_on.is_(None), Publication.published_on.desc(), Publication.id)
    ).all()

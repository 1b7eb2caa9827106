"""Add and edit publications."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.programme.models import Project
from trainreg.programme.rules import is_day
from trainreg.publications.details import PublicationDetails
from trainreg.publications.models import Publication
from trainreg.publications.refusals import NoPublicAddress, OutcomeOfAnother, UnknownLanguage, WrongPublicationDay
from trainreg.publications.rules import LONGEST_ADDRESS, PUBLICATION_LANGUAGES, is_public_address

audit.describes(
    {
        "publication.created": _l("Publication added"),
        "publication.edited": _l("Publication edited"),
    }
)


def create_publication(
    project: Project, details: PublicationDetails, *, by: Actor, at: datetime | None = None
) -> Publication:
    """Add a publication to a project."""
    _ensure_sound(project, details)
    publication = Publication(project_id=project.id)
    _fill(publication, details)
    db.session.add(publication)
    db.session.flush()
    audit.record(
        "publication.created",
        publication,
        by=by,
        project_id=project.id,
        at=at,
        kind=details.kind.value,
    )
    return publication


def edit_publication(publication: Publication, details: PublicationDetails, *, by: Actor) -> Publication:
    """Edit a publication."""
    _ensure_sound(publication.project, details)
    _fill(publication, details)
    db.session.flush()
    audit.record("publication.edited", publication, by=by, project_id=publication.project_id, kind=details.kind.value)
    return publication


def _ensure_sound(project: Project, details: PublicationDetails) -> None:
    if details.outcome is not None and details.outcome.project_id != project.id:
        raise OutcomeOfAnother
    if details.translated_into is not None and details.translated_into not in PUBLICATION_LANGUAGES:
        raise UnknownLanguage
    if details.published_on is not None and not is_day(details.published_on):
        raise WrongPublicationDay
    if details.web_address and not (
        is_public_address(details.web_address) and len(details.web_address) <= LONGEST_ADDRESS
    ):
        raise NoPublicAddress


def _fill(publication: Publication, details: PublicationDetails) -> None:
    publication.kind, publication.title = details.kind, details.title
    publication.translated_into = details.translated_into
    publication.published_on = details.published_on
    publication.has_illustrative_date = details.has_illustrative_date and details.published_on is not None
    publication.web_address = details.web_address
    publication.outcome_id = details.outcome.id if details.outcome is not None else None

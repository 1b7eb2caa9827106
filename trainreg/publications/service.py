"""Add and edit publications."""

from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.refusals import Invalid
from trainreg.kernel.types import Text
from trainreg.programme.models import Outcome, Project
from trainreg.programme.rules import is_day
from trainreg.publications.models import Publication
from trainreg.publications.rules import MOST_PRINTED, PublicationKind

audit.describes(
    {
        "publication.created": _l("Publication added"),
        "publication.edited": _l("Publication edited"),
    }
)


class WrongCopies(Invalid):
    """A print run is a plain number of copies."""

    sentence = _l("Enter a number of copies between 0 and ten million.")
    field = "printed"


class WrongPublicationDay(Invalid):
    """A year nothing was published in."""

    sentence = _l("Check the year: this day lies too far away.")
    field = "published_on"


class OutcomeOfAnother(Invalid):
    """A publication serves an outcome of its own project."""

    sentence = _l("Choose an outcome of this project.")
    field = "outcome"


class UnknownLanguage(Invalid):
    """Not a language this register speaks."""

    sentence = _l("Choose one of the languages on the list.")
    field = "translated_into"


@dataclass(frozen=True, kw_only=True)
class PublicationDetails:
    """All that is said of a publication."""

    kind: PublicationKind
    title: Text
    translated_into: str | None = None
    published_on: date | None = None
    has_illustrative_date: bool = False
    printed: int | None = None
    printed_is_minimum: bool = False
    distributed_to: Text = field(default_factory=dict)
    outcome: Outcome | None = None


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
    if details.translated_into is not None and details.translated_into not in LANGUAGES:
        raise UnknownLanguage
    if details.published_on is not None and not is_day(details.published_on):
        raise WrongPublicationDay
    if details.printed is not None and not 0 <= details.printed <= MOST_PRINTED:
        raise WrongCopies


def _fill(publication: Publication, details: PublicationDetails) -> None:
    publication.kind, publication.title = details.kind, details.title
    publication.translated_into = details.translated_into
    publication.published_on = details.published_on
    publication.has_illustrative_date = details.has_illustrative_date and details.published_on is not None
    publication.printed = details.printed
    publication.printed_is_minimum = details.printed_is_minimum and details.printed is not None
    publication.distributed_to = details.distributed_to
    publication.outcome_id = details.outcome.id if details.outcome is not None else None

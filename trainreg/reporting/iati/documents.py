"""What anybody can open on the web of a project: pages of its events, and publications with an address."""

from collections.abc import Iterable, Iterator

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.languages import LANGUAGES
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.publications.rules import PublicationKind
from trainreg.reporting.iati.content import Document
from trainreg.web.links import absolute

WEB_PAGE, RESULTS, REVIEW = "A12", "A08", "A07"
_HTML = "text/html"
_FORMATS = {
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
}
_PUBLISHED = (EventStatus.OPEN, EventStatus.CLOSED)


def documents_of(project: Project, publications: Iterable[Publication]) -> list[Document]:
    """Publications first, in the order given; then the pages of events, in the order of time."""
    return [*_publications(project, publications), *_event_pages(project)]


def _publications(project: Project, publications: Iterable[Publication]) -> Iterator[Document]:
    """Those that are out and that everybody can read."""
    today = clock.today(project.timezone)
    for one in publications:
        if one.web_address and (one.published_on is None or one.published_on <= today):
            yield Document(
                url=one.web_address,
                format=_format_of(one.web_address),
                title=one.title,
                category=REVIEW if one.kind is PublicationKind.ASSESSMENT_REPORT else RESULTS,
                languages=tuple(one.languages),
                day=_day(one),
            )


def _event_pages(project: Project) -> Iterator[Document]:
    """None from an installation that has no address of its own yet: nobody elsewhere could open it."""
    if not current_app.config["BASE_URL"].startswith("https://"):
        return
    statement = select(Event).where(Event.project_id == project.id, Event.status.in_(_PUBLISHED))
    events = db.session.scalars(statement.options(selectinload(Event.sessions))).all()
    for event in sorted(events, key=lambda one: (one.starts_at is None, one.starts_at or one.created_at, one.id)):
        yield Document(
            url=absolute("registration.public_event", slug=event.slug),
            format=_HTML,
            title=event.title,
            category=WEB_PAGE,
            languages=tuple(LANGUAGES),
        )


def _day(one: Publication) -> str:
    """The day it came out, where the source gives it."""
    return one.published_on.isoformat() if one.published_on and not one.has_illustrative_date else ""


def _format_of(address: str) -> str:
    path = address.partition("?")[0].partition("#")[0].casefold()
    return next((kind for ending, kind in _FORMATS.items() if path.endswith(ending)), _HTML)

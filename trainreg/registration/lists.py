"""Lists of registrations: the desk's, with its filters, and the focal point's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, or_, select
from sqlalchemy.orm import joinedload

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.kernel.text import fold
from trainreg.kernel.tokens import grouped, normalised
from trainreg.people.models import Person
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationStatus

MOST_WORDS = 6
SORTS: dict[str, tuple[UnaryExpression[Any], ...]] = {
    "registered": (Registration.created_at.asc(), Registration.id.asc()),
    "-registered": (Registration.created_at.desc(), Registration.id.desc()),
    "name": (Person.family_name.asc(), Person.given_name.asc(), Registration.id.asc()),
    "-name": (Person.family_name.desc(), Person.given_name.desc(), Registration.id.desc()),
}


@dataclass(frozen=True)
class Wanted:
    """What the desk asked to see; `agency_ids` holds the agency and everything below it."""

    status: RegistrationStatus | None = None
    agency_code: str = ""
    agency_ids: frozenset[int] = frozenset()
    text: str = ""
    sort: str = "registered"


def registrations_of(event_id: int, wanted: Wanted) -> Select[Any]:
    """The desk's list, each row with its person and agency in the same statement."""
    statement = (
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event_id, *_matching(wanted.text))
        .options(joinedload(Registration.person), joinedload(Registration.agency))
        .order_by(*_order(wanted))
    )
    if wanted.status is not None:
        statement = statement.where(Registration.status == wanted.status)
    if wanted.agency_ids:
        statement = statement.where(Registration.agency_id.in_(wanted.agency_ids))
    return statement


def registrations_of_agencies(agency_ids: frozenset[int]) -> Select[Any]:
    """A focal point's list: their agencies' registrations, the newest event first; drafts are the desk's."""
    return (
        select(Registration)
        .join(Registration.event)
        .join(Registration.person)
        .where(Registration.agency_id.in_(agency_ids), Event.status != EventStatus.DRAFT)
        .options(joinedload(Registration.person), joinedload(Registration.agency), joinedload(Registration.event))
        .order_by(Event.created_at.desc(), Event.id.desc(), Person.family_name, Person.given_name, Registration.id)
    )


def list_submissions_of(registration_id: int) -> Sequence[Submission]:
    """The public forms behind a registration, the first one first."""
    statement = select(Submission).where(Submission.registration_id == registration_id)
    return db.session.scalars(statement.order_by(Submission.id)).all()


def _order(wanted: Wanted) -> tuple[UnaryExpression[Any], ...]:
    """As asked; the waiting list stands in the order in which places are given."""
    if wanted.sort == "registered" and wanted.status is RegistrationStatus.WAITLISTED:
        return (Registration.waiting_since.asc(), Registration.id.asc())
    return SORTS.get(wanted.sort, SORTS["registered"])


def _matching(text: str) -> list[ColumnElement[bool]]:
    """Each word stands in the name, in either script, or the whole is a reference from a receipt."""
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return []
    reference = grouped(normalised(text))
    receipts = select(Submission.registration_id).where(Submission.reference == reference)
    names = [
        or_(
            Person.match_key.contains(word, autoescape=True),
            Person.given_name_latin.icontains(word, autoescape=True),
            Person.family_name_latin.icontains(word, autoescape=True),
        )
        for word in words
    ]
    is_receipt = or_(Registration.reference == reference, Registration.id.in_(receipts))
    return [or_(is_receipt, and_(*names))]


def ids_below(agencies: Sequence[Agency], code: str) -> frozenset[int]:
    """The agency with that code and everything below it; nothing when there is none."""
    wanted = {agency.id for agency in agencies if agency.code == code}
    size = -1
    while len(wanted) != size:
        size = len(wanted)
        wanted |= {agency.id for agency in agencies if agency.parent_id in wanted}
    return frozenset(wanted)

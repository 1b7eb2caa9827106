"""Lists of registrations: the desk's, with its filters, and the focal point's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, UnaryExpression, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.kernel.text import fold
from trainreg.kernel.tokens import grouped, normalised
from trainreg.kernel.types import Text
from trainreg.people.models import Person
from trainreg.people.rules import Level, Sex
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

MOST_WORDS = 6
SORTS = frozenset({"registered", "name", "agency", "status"})


@dataclass(frozen=True)
class Wanted:
    """What the desk asked to see; `agency_ids` holds the agencies that `agency` names and everything below them.

    `sort` is one of SORTS, with a minus before it for the other direction. `with_contacts`: whoever asks may see
    contacts, so that an address finds its registration.
    """

    status: RegistrationStatus | None = None
    agency: str = ""
    agency_ids: frozenset[int] = frozenset()
    role: RegistrationRole | None = None
    sex: Sex | None = None
    level: Level | None = None
    group: str = ""
    text: str = ""
    sort: str = "registered"
    with_contacts: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but a status is asked for."""
        return replace(self, status=None, sort="registered", with_contacts=False) != Wanted()


class Listed(NamedTuple):
    """One row of the desk's list, as it comes from the database: only what the list shows."""

    reference: str
    status: RegistrationStatus
    role: RegistrationRole
    position: str
    group: str
    created_at: datetime
    family_name: str
    given_name: str
    family_name_latin: str
    given_name_latin: str
    agency: str

    @property
    def name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def latin_name(self) -> str:
        return f"{self.family_name_latin} {self.given_name_latin}".strip() or self.name


class Facet(NamedTuple):
    """How many registrations of one event share all of this, and how many of them agency and text let through."""

    status: RegistrationStatus
    role: RegistrationRole
    sex: Sex
    level: Level
    group: str
    in_all: int
    matching: int


_FACETS = (Registration.status, Registration.role, Registration.sex, Registration.level, Registration.group)


def count_facets(event_id: int, wanted: Wanted) -> list[Facet]:
    """The event's registrations counted by everything that tabs and choices count; in one pass over one index."""
    matching: ColumnElement[int] = func.count()
    conditions = _conditions(wanted)
    if conditions:
        matching = func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)
    statement = select(*_FACETS, func.count(), matching).where(Registration.event_id == event_id).group_by(*_FACETS)
    if wanted.text:
        statement = statement.join(Registration.person)
    return [Facet(*row) for row in db.session.execute(statement)]


def list_desk_rows(event_id: int, wanted: Wanted, *, language: str, limit: int, offset: int) -> list[Listed]:
    """One page of the desk's list.

    The rows of the page are found by their keys first: what is sorted stays narrow, however many there are.
    """
    keys = _matching_keys(event_id, wanted, language).limit(limit).offset(offset).subquery()
    statement = (
        select(
            Registration.reference,
            Registration.status,
            Registration.role,
            Registration.position,
            Registration.group,
            Registration.created_at,
            Person.family_name,
            Person.given_name,
            Person.family_name_latin,
            Person.given_name_latin,
            Agency.name,
        )
        .join(keys, keys.c.id == Registration.id)
        .join(Person, Person.id == Registration.person_id)
        .join(Agency, Agency.id == Registration.agency_id)
        .order_by(*_order(wanted, language))
    )
    found: list[Any] = list(db.session.execute(statement))
    return [Listed._make((*row[:-1], in_language(row[-1], language))) for row in found]


def select_matching(columns: Sequence[Any], event_id: int, wanted: Wanted, *, language: str) -> Select[Any]:
    """These columns of registration, person and agency for every row that the list would show, in its order."""
    keys = _matching_keys(event_id, wanted, language).subquery()
    statement: Select[Any] = select(*columns).join(keys, keys.c.id == Registration.id)
    return (
        statement.join(Person, Person.id == Registration.person_id)
        .join(Agency, Agency.id == Registration.agency_id)
        .order_by(*_order(wanted, language))
    )


def list_matching_references(event_id: int, wanted: Wanted) -> Sequence[str]:
    """The references of everybody that the list would show, over all its pages."""
    statement = select(Registration.reference).where(Registration.event_id == event_id)
    return db.session.scalars(_matching(statement, wanted).order_by(Registration.id)).all()


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


def list_known_agencies() -> Sequence[Row[int, str, Text, int | None]]:
    """Every agency as (id, code, name, parent_id)."""
    return db.session.execute(select(Agency.id, Agency.code, Agency.name, Agency.parent_id)).all()


def list_agencies_at(event_id: int, most: int) -> Sequence[Text]:
    """The names of the agencies that most people on an event's list come from; only so many."""
    come = (
        select(Registration.agency_id)
        .where(Registration.event_id == event_id)
        .group_by(Registration.agency_id)
        .order_by(func.count().desc(), Registration.agency_id)
        .limit(most)
        .subquery()
    )
    return db.session.scalars(select(Agency.name).join(come, come.c.agency_id == Agency.id)).all()


def _matching_keys(event_id: int, wanted: Wanted, language: str) -> Select[int]:
    statement = select(Registration.id).where(Registration.event_id == event_id)
    if wanted.sort.endswith("name") and not wanted.text:
        statement = statement.join(Registration.person)
    if wanted.sort.endswith("agency"):
        statement = statement.join(Registration.agency)
    return _matching(statement, wanted).order_by(*_order(wanted, language))


def _matching(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    """Only what is asked for; a text joins the person."""
    if wanted.text:
        statement = statement.join(Registration.person)
    asked = (wanted.status, wanted.role, wanted.sex, wanted.level, wanted.group)
    marks = [column == value for column, value in zip(_FACETS, asked, strict=True) if value]
    return statement.where(*marks, *_conditions(wanted))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What agency and text let through."""
    agency = [Registration.agency_id.in_(wanted.agency_ids)] if wanted.agency else []
    return agency + (_in_text(wanted.text, with_contacts=wanted.with_contacts) if wanted.text else [])


def _order(wanted: Wanted, language: str) -> tuple[UnaryExpression[Any], ...]:
    """As asked; the waiting list stands in the order in which places are given."""
    by_key: list[Any]
    column = wanted.sort.removeprefix("-")
    if column == "name":
        by_key = [Person.family_name, Person.given_name]
    elif column == "agency":
        named = (Agency.name[code].as_string() for code in (language, DEFAULT_LANGUAGE))
        by_key = [func.coalesce(*named, Agency.code)]
    elif column == "status":
        by_key = [case({status.value: at for at, status in enumerate(RegistrationStatus)}, value=Registration.status)]
    elif wanted.status is RegistrationStatus.WAITLISTED and wanted.sort == "registered":
        by_key = [Registration.waiting_since]
    else:
        by_key = [Registration.created_at]
    turned = wanted.sort.startswith("-")
    return tuple(key.desc() if turned else key.asc() for key in (*by_key, Registration.id))


def _in_text(text: str, *, with_contacts: bool) -> list[ColumnElement[bool]]:
    """Each word stands in the name, in either script, or the whole is a reference or (part of) an e-mail address."""
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return []
    reference = grouped(normalised(text))
    receipts = select(Submission.registration_id).where(Submission.reference == reference)
    names = [_in_name(word) for word in words]
    also = [Registration.reference == reference, Registration.id.in_(receipts)]
    if with_contacts and "@" in text:
        also += [column.icontains(text, autoescape=True) for column in (Person.email, Registration.email)]
    return [or_(and_(*names), *also)]


def _in_name(word: str) -> ColumnElement[bool]:
    columns = (Person.given_name_latin, Person.family_name_latin) if word.isascii() else ()
    latin = [column.icontains(word, autoescape=True) for column in columns]
    return or_(Person.match_key.contains(word, autoescape=True), *latin)


def ids_below(parents: Collection[tuple[int, int | None]], roots: Collection[int]) -> frozenset[int]:
    """These agencies and everything below them, from pairs of (id, parent's id)."""
    wanted, size = set(roots), -1
    while len(wanted) != size:
        size = len(wanted)
        wanted |= {agency_id for agency_id, parent_id in parents if parent_id in wanted}
    return frozenset(wanted)

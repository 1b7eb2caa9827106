"""Lists as tables to hand out: the heading, and the rows one after the other; one statement whatever their number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventKind, EventStatus, SessionStatus
from trainreg.imports.columns import AGENCIES
from trainreg.imports.export_words import EVENT_KINDS, EVENT_STATUSES, headings, words_of
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.sheets_cells import Value
from trainreg.outbox.models import Message, MessageStatus
from trainreg.people.models import Person
from trainreg.people.printing import NAME_LANGUAGES
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS, SEX_WORDS
from trainreg.programme.models import Project
from trainreg.questions.queries import answer_columns
from trainreg.registration.lists import Wanted, select_matching
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.registration.words import ROLE_WORDS, STATUS_WORDS

AT_ONCE = 500
Cells = Iterator[Sequence[Value]]


@dataclass(frozen=True)
class Table:
    """A list ready to be written, row by row."""

    name: str
    header: Sequence[str]
    rows: Cells


def rows(statement: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """The rows of a select of columns, so many at a time."""
    return iter(db.session.execute(statement.execution_options(yield_per=AT_ONCE)))


def local(moment: datetime | None, timezone: ZoneInfo) -> datetime | None:
    """The moment on the wall clock of a place, to the minute, as spreadsheets know it."""
    return None if moment is None else moment.astimezone(timezone).replace(tzinfo=None, second=0, microsecond=0)


def registrations(event: Event, wanted: Wanted, *, language: str, with_contacts: bool) -> Table:
    """The list of an event as the desk has it before them, with the answers; contacts for those who may see them."""
    of_event = select(Registration.id).where(Registration.event_id == event.id)
    answers = answer_columns(of_event, personal=with_contacts)
    header = [*headings("registrations", with_contacts=with_contacts), *answers.labels]
    contacts = (func.coalesce(Person.email, Registration.email), Person.phone) if with_contacts else ()
    columns = (
        Registration.id, Registration.reference, Person.family_name, Person.given_name, Person.family_name_latin,
        Person.given_name_latin, Person.certificate_name, Registration.sex, Registration.age_band,
        *contacts, Agency.name, Registration.position, Registration.level,
        Registration.province, Registration.role, Registration.group, Registration.status, Registration.created_at,
    )  # fmt: skip
    groups = {group.code: in_language(group.name, language) for group in event.groups}
    statement = select_matching(columns, event.id, wanted, language=language)
    zone, slug = ZoneInfo(event.timezone), event.slug

    def cells() -> Cells:
        sexes, levels, bands = words_of(SEX_WORDS), words_of(LEVEL_WORDS), words_of(AGE_BAND_WORDS)
        roles, statuses = words_of(ROLE_WORDS), words_of(STATUS_WORDS)
        for row in rows(statement):
            (registration_id, *who, printed, sex, band), told = row[:9], row[9 : 9 + len(contacts)]
            agency, position, level, province, role, group, status, at = row[9 + len(contacts) :]
            names = [printed.get(language, "") for language in NAME_LANGUAGES]
            where = (in_language(agency, language), position, levels[level], province)
            standing = (roles[role], groups.get(group, group), statuses[status], local(at, zone))
            yield (*who, *names, sexes[sex], bands[band], *told, *where, *standing, *answers.of(registration_id))

    return Table(f"registrations-{slug}", header, cells())


def agencies() -> Table:
    """Every agency, under the headings by which it can be imported again."""
    above: dict[int | None, str] = dict(db.session.execute(select(Agency.id, Agency.code)).all())
    statement = select(Agency.code, Agency.name, Agency.parent_id).order_by(Agency.code)

    def cells() -> Cells:
        for code, name, parent_id in rows(statement):
            told = (name.get("en", ""), name.get("mn", ""), above.get(parent_id, ""))
            yield code, *told, name.get("fr", ""), name.get("es", "")

    return Table("agencies", [str(column.label) for column in AGENCIES], cells())


def events(project: Project, *, language: str) -> Table:
    """A project's events with their days and the number of places taken; no names."""
    planned = (Session.event_id == Event.id, Session.status == SessionStatus.PLANNED)
    first = select(func.min(Session.starts_at)).where(*planned).correlate(Event).scalar_subquery()
    last = select(func.max(Session.ends_at)).where(*planned).correlate(Event).scalar_subquery()
    has_place = (Registration.status == RegistrationStatus.CONFIRMED) & (
        Registration.role == RegistrationRole.PARTICIPANT
    )
    taken = (
        select(func.coalesce(func.sum(case((has_place, 1), else_=0)), 0))
        .where(Registration.event_id == Event.id)
        .correlate(Event)
        .scalar_subquery()
    )
    columns = (Event.title, Event.slug, Event.kind, Event.status, Event.place, Event.timezone, Event.capacity)
    statement = select(*columns, first, last, taken).where(Event.project_id == project.id)
    statement = statement.order_by(first.is_not(None), first, Event.id)

    def cells() -> Cells:
        kinds: dict[EventKind, str] = words_of(EVENT_KINDS)
        statuses: dict[EventStatus, str] = words_of(EVENT_STATUSES)
        for title, slug, kind, status, place, timezone, capacity, starts, ends, seats in rows(statement):
            zone = ZoneInfo(timezone)
            days = [at.astimezone(zone).date() if at is not None else None for at in map(_aware, (starts, ends))]
            told = (in_language(title, language), slug, kinds[kind], statuses[status])
            yield (*told, *days, in_language(place, language), capacity, seats)

    return Table(f"events-{project.code}".lower(), headings("events"), cells())


def messages(status: MessageStatus | None) -> Table:
    """The outbox, newest first."""
    columns = (
        Message.created_at, Message.kind, Message.recipient_name, Message.recipient, Message.language, Message.subject,
        Message.status, Message.tries, Message.sent_at, Message.last_error,
    )  # fmt: skip
    statement = select(*columns).order_by(Message.id.desc())
    if status is not None:
        statement = statement.where(Message.status == status)
    zone = ZoneInfo("UTC")

    def cells() -> Cells:
        for at, kind, name, to, language, subject, standing, tries, sent_at, error in rows(statement):
            told = (name, to, language, subject, standing.value, tries)
            yield (local(at, zone), kind, *told, local(sent_at, zone), error)

    return Table("messages", headings("messages"), cells())


def _aware(moment: datetime | None) -> datetime | None:
    """SQLite hands out what its functions make of a moment without its zone."""
    return moment.replace(tzinfo=ZoneInfo("UTC")) if moment is not None and moment.tzinfo is None else moment

"""Everybody who attended, of some projects or of all: a list of any length, in constant memory."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import IO, Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.sheets_book import BookFacts, Column, Kind, SheetPlan, in_sheets, write_book
from trainreg.kernel.sheets_cells import Value
from trainreg.people.models import Person
from trainreg.people.provinces import province_name
from trainreg.people.words import LEVEL_WORDS
from trainreg.programme.models import Project
from trainreg.registration.models import Registration
from trainreg.reporting.counted import counted_registrations
from trainreg.reporting.rules import days
from trainreg.reporting.view import SEXES
from trainreg.reporting.workbook.asked import number
from trainreg.totals.models import EVERYWHERE, Tally
from trainreg.web.locale import current_language

AT_ONCE = 1_000
ProjectIds = Collection[int] | None  # None: all of them


def count_people(ids: ProjectIds) -> int:
    """How many rows the list will have, from the totals that are kept (ADR 0029): at once, however many there are."""
    where = [EVERYWHERE] if ids is None else list(ids)
    return db.session.scalar(select(func.sum(Tally.attendances)).where(Tally.project_id.in_(where))) or 0


def write_people(ids: ProjectIds, *, footer: str = "", told: Callable[[int], object] = lambda _rows: None) -> IO[bytes]:
    """The list as a spreadsheet, ready to be read; the caller closes it, and answers for who may have it."""
    facts = BookFacts(title=_("Everybody who attended"), footer=footer, made_at=clock.now())
    return write_book(facts, in_sheets(people_sheet(ids)), after_some=told)


def people_sheet(ids: ProjectIds) -> SheetPlan:
    columns = [
        Column(_("Project"), width=14),
        Column(_("Event"), width=46),
        Column(_("Last day attended"), Kind.DAY),
        Column(_("Reference"), width=12),
        Column(_("Family name"), width=20),
        Column(_("Given name"), width=20),
        Column(_("Family name in Latin letters"), width=20),
        Column(_("Given name in Latin letters"), width=20),
        Column(_("Sex"), width=11),
        Column(_("Agency"), width=36),
        Column(_("Position"), width=30),
        Column(_("Level"), width=11),
        Column(_("Province"), width=16),
        Column(_("Sessions attended"), Kind.NUMBER, 10),
        Column(_("Days attended"), Kind.NUMBER, 10),
    ]
    return SheetPlan(_("Attendances"), columns, _rows(ids))


def _statement(ids: ProjectIds) -> Select[Any]:
    counted = counted_registrations(ids)
    return (
        select(
            *(Project.code, Event.title, Event.timezone, counted.c.last_at, Registration.reference),
            *(Person.family_name, Person.given_name, Person.family_name_latin, Person.given_name_latin),
            *(Registration.sex, Agency.name, Registration.position, Registration.level, Registration.province),
            *(counted.c.sessions, counted.c.thousandths),
        )
        .join(Registration, Registration.id == counted.c.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .join(Project, Project.id == Event.project_id)
        .join(Agency, Agency.id == Registration.agency_id)
        .order_by(Registration.event_id, Registration.id)
    )


def _rows(ids: ProjectIds) -> Iterator[Sequence[Value]]:
    language = current_language()
    sexes, levels = ({code: str(word) for code, word in words.items()} for words in (SEXES, LEVEL_WORDS))
    for row in db.session.execute(_statement(ids).execution_options(yield_per=AT_ONCE)):
        code, title, timezone, last_at, reference, *names = row[:9]
        sex, agency, position, level, province, sessions, thousandths = row[9:]
        yield (
            code,
            in_language(title, language),
            clock.local(last_at, timezone).date(),
            reference,
            *names,
            sexes[sex],
            in_language(agency, language),
            position,
            levels[level],
            province_name(province, language),
            sessions,
            number(days(int(thousandths))),
        )

"""Everybody who attended, of one project or of all: a list of any length, in constant memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.sheets_book import Column, Kind, SheetPlan
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
from trainreg.web.locale import current_language

AT_ONCE = 1_000


def count_people(project: Project | None) -> int:
    """How many rows the list will have."""
    return db.session.scalar(select(func.count()).select_from(_counted(project))) or 0


def people_sheet(project: Project | None) -> SheetPlan:
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
    return SheetPlan(_("Attendances"), columns, _rows(project))


def _counted(project: Project | None) -> Any:
    return counted_registrations(project.id if project is not None else None)


def _statement(project: Project | None) -> Select[Any]:
    counted = _counted(project)
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


def _rows(project: Project | None) -> Iterator[Sequence[Value]]:
    language = current_language()
    sexes, levels = ({code: str(word) for code, word in words.items()} for words in (SEXES, LEVEL_WORDS))
    for row in db.session.execute(_statement(project).execution_options(yield_per=AT_ONCE)):
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

"""The sheet of names: everybody behind the attendances. Only for those who may see names, and written down."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainreg.framework.rules import Dimension
from trainreg.kernel.db import db
from trainreg.kernel.sheets_book import Column, Kind, SheetPlan
from trainreg.kernel.sheets_cells import Value
from trainreg.people.models import Consent
from trainreg.people.rules import ConsentPurpose
from trainreg.registration.models import Registration
from trainreg.reporting.counting.facts import EVER, Stay
from trainreg.reporting.counting.rules import counted
from trainreg.reporting.workbook.asked import Asked, number
from trainreg.reporting.workbook.events import EVERY_ATTENDANCE
from trainreg.reporting.workbook.words import yes_or_no
from trainreg.web.locale import tr

AT_ONCE = 500


def names_sheet(asked: Asked) -> SheetPlan:
    columns = [
        Column(_("Family name"), width=20),
        Column(_("Given name"), width=20),
        Column(_("Family name in Latin letters"), width=20),
        Column(_("Given name in Latin letters"), width=20),
        Column(_("Sex"), width=11),
        Column(_("Agency"), width=36),
        Column(_("Position"), width=30),
        Column(_("Level"), width=11),
        Column(_("Province"), width=16),
        Column(_("Event"), width=46),
        Column(_("First day attended"), Kind.DAY),
        Column(_("Sessions attended"), Kind.NUMBER, 10),
        Column(_("Days attended"), Kind.NUMBER, 10),
        Column(_("Hours attended"), Kind.NUMBER, 10),
        Column(_("Agreed that the donor sees the name"), width=16),
    ]
    return SheetPlan(_("Names"), columns, _rows(asked))


def _rows(asked: Asked) -> Iterator[Sequence[Value]]:
    """In the order in which they came, read some hundreds at a time."""
    facts = asked.told.facts
    counting = {one.key[1] for one in counted(facts, EVERY_ATTENDANCE, asked.span)}
    window = (asked.span.first, asked.span.last) if asked.span else EVER
    stays = [stay for stay in facts.stays(window) if stay.visit.who.registration_id in counting]
    stays.sort(key=lambda stay: (stay.days[1], stay.visit.who.event_id, stay.visit.who.registration_id))
    for start in range(0, len(stays), AT_ONCE):
        some = stays[start : start + AT_ONCE]
        people = _registrations([stay.visit.who.registration_id for stay in some])
        agreed = _agreed([row.person_id for row in people.values()])
        for stay in some:
            yield _row(asked, stay, people[stay.visit.who.registration_id], agreed)


def _row(asked: Asked, stay: Stay, row: Registration, agreed: Mapping[int, bool]) -> Sequence[Value]:
    who, person = stay.visit.who, row.person
    return (
        person.family_name,
        person.given_name,
        person.family_name_latin,
        person.given_name_latin,
        asked.parts.name(Dimension.SEX, who.sex),
        asked.parts.name(Dimension.AGENCY, who.agency_id),
        row.position,
        asked.parts.name(Dimension.LEVEL, who.level),
        asked.parts.name(Dimension.PROVINCE, who.province),
        tr(row.event.title),
        stay.days[1],
        stay.sessions,
        number(Fraction(stay.thousandths, 1000)),
        number(Fraction(stay.minutes, 60)),
        yes_or_no(agreed.get(row.person_id, False)),
    )


def _registrations(ids: Sequence[int]) -> dict[int, Registration]:
    options = (joinedload(Registration.person), joinedload(Registration.event))
    found = db.session.scalars(select(Registration).where(Registration.id.in_(ids)).options(*options))
    return {row.id: row for row in found}


def _agreed(person_ids: Sequence[int]) -> dict[int, bool]:
    """What each of them answered last when asked whether the donor may see the name."""
    place = func.row_number().over(partition_by=Consent.person_id, order_by=(Consent.at.desc(), Consent.id.desc()))
    answers = (
        select(Consent.person_id, Consent.is_given, place.label("place"))
        .where(Consent.person_id.in_(person_ids), Consent.purpose == ConsentPurpose.SHARE_NAME)
        .subquery()
    )
    statement = select(answers.c.person_id, answers.c.is_given).where(answers.c.place == 1)
    return {person_id: bool(is_given) for person_id, is_given in db.session.execute(statement)}

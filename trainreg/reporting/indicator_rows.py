"""What stands behind one figure of an indicator: the registrations, events or publications that it counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.rules import Dimension
from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.publications.models import Publication
from trainreg.registration.models import Registration
from trainreg.reporting.counting.freezing import Thing
from trainreg.reporting.counting.rules import SCALE, counted, part_reader
from trainreg.reporting.counting.tables import Part
from trainreg.reporting.indicators import Progress, plain
from trainreg.web.paging import Page, page_number

PER_PAGE = 50


@dataclass(frozen=True)
class ThingRow:
    """One thing that a figure counts, with what it adds; of copies also the agency that received them."""

    amount: Decimal | None
    title: Text
    slug: str | None = None
    registration: Registration | None = None
    at: datetime | None = None
    timezone: str = ""
    agency: Text = field(default_factory=dict)
    publication_id: int | None = None


@dataclass(frozen=True)
class Behind:
    """A registration, an event or a publication behind a figure, with what it adds; of copies also whose they are."""

    thing: Thing
    amount: Fraction
    agency_id: int | None = None


def things_behind(
    told: Progress, indicator: Indicator, period: ReportingPeriod | None, parts: Mapping[Dimension, Part]
) -> list[Behind]:
    """What a figure, or one part of it, counts now."""
    readers = {dimension: part_reader(told.facts, dimension) for dimension in parts}
    scale = SCALE.get(indicator.rule, 1)
    return [
        Behind(one.key, Fraction(one.amount) / scale, one.agency_id)
        for one in counted(told.facts, indicator.counting, period.span if period else None)
        if all(readers[dimension](one) == part for dimension, part in parts.items())
    ]


def page_of(things: Sequence[Behind]) -> Page[ThingRow]:
    """One page of them, in the order of the register."""
    ordered = sorted(things, key=lambda one: (one.thing, one.agency_id or 0))
    number = page_number(len(ordered), PER_PAGE)
    shown = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Page(rows_of(shown), number, PER_PAGE, len(ordered))


def rows_of(things: Sequence[Behind]) -> list[ThingRow]:
    """The things with what pages say of them, in the order given; four statements at most."""
    keys: dict[str, list[int]] = {"registration": [], "event": [], "publication": []}
    for one in things:
        kind, key = one.thing
        keys[kind].append(key)
    people = {row.id: row for row in _registrations(keys["registration"])} if keys["registration"] else {}
    events = {row.id: row for row in _events(keys["event"])} if keys["event"] else {}
    publications = {row.id: row for row in _publications(keys["publication"])} if keys["publication"] else {}
    receivers = _agencies({one.agency_id for one in things if one.thing[0] == "publication" and one.agency_id})
    found = []
    for one in things:
        (kind, key), amount = one.thing, plain(one.amount)
        if kind == "registration" and key in people:
            row = people[key]
            found.append(ThingRow(amount, row.event.title, row.event.slug, row))
        elif kind == "event" and key in events:
            event = events[key]
            found.append(ThingRow(amount, event.title, event.slug, None, event.starts_at, event.timezone))
        elif kind == "publication" and key in publications:
            receiver = receivers.get(one.agency_id, {})
            found.append(ThingRow(amount, publications[key].title, agency=receiver, publication_id=key))
    return found


def _agencies(ids: Collection[int]) -> Mapping[int | None, Text]:
    rows = db.session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(ids))).all() if ids else ()
    return {row.id: row.name for row in rows}


def _registrations(ids: Sequence[int]) -> Sequence[Registration]:
    options = (joinedload(Registration.person), joinedload(Registration.event), joinedload(Registration.agency))
    return db.session.scalars(select(Registration).where(Registration.id.in_(ids)).options(*options)).all()


def _events(ids: Sequence[int]) -> Sequence[Event]:
    return db.session.scalars(select(Event).where(Event.id.in_(ids)).options(selectinload(Event.sessions))).all()


def _publications(ids: Sequence[int]) -> Sequence[Publication]:
    return db.session.scalars(select(Publication).where(Publication.id.in_(ids))).all()

"""Keep the packed months: what is touched is packed anew, the rest of its event stays."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import String, delete, insert, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from trainreg.kernel.db import table_of
from trainreg.totals.models import CountedMonth, CountedWho
from trainreg.totals.packs import Pack
from trainreg.totals.reading import Facts, Key, Place, Who, papers_by_month, stays_by_month

PLAIN = {"synchronize_session": False}


def numbers_of(session: Session, whos: Collection[Who]) -> dict[Who, int]:
    """The number of each, new ones too; one transaction settles at a time."""
    if not whos:
        return {}
    known = _known(session, whos)
    missing = sorted(set(whos) - set(known))
    if missing:
        session.execute(insert(table_of(CountedWho)), [who._asdict() for who in missing])
        known = _known(session, whos)
    return known


def _known(session: Session, whos: Collection[Who]) -> dict[Who, int]:
    """A few are looked up; of many all are read."""
    words = (type_coerce(CountedWho.sex, String), CountedWho.agency_id, type_coerce(CountedWho.level, String))
    columns = (*words, CountedWho.province)
    statement = select(CountedWho.id, *columns)
    if len(whos) < 50:
        statement = statement.where(tuple_(*columns).in_([tuple(who) for who in whos]))
    return {Who(*row[1:]): row[0] for row in session.execute(statement)}


def touch(session: Session, facts: Facts, touched: Collection[int], events: Iterable[int]) -> None:
    """Pack these registrations anew, as they are now; `events`: where they are, and where they were."""
    whos = numbers_of(session, _whos_in(facts))
    stays, papers = stays_by_month(facts, whos), papers_by_month(facts, whos)
    table = table_of(CountedMonth)
    before: dict[Key, Pack] = {}
    known: dict[Key, Place] = {}
    columns = (table.c.event_id, table.c.month, table.c.visits, table.c.papers, table.c.content)
    more = (table.c.project_id, type_coerce(table.c.kind, String))
    for event_id, month, visits, number, content, project_id, kind in session.execute(
        select(*columns, *more).where(table.c.event_id.in_(list(events)))
    ):
        before[event_id, month] = pack = Pack()
        pack.add(content, visits, number)
        known[event_id, month] = Place(project_id, kind, "")
    rows, gone = [], []
    for key in sorted({*before, *stays, *papers}):
        old = before.get(key, Pack())
        new = old.without(touched, stays.get(key, []), papers.get(key, []))
        place = facts.places.get(key[0]) or known[key]
        if new == old and key in known and known[key][:2] == place[:2]:
            continue
        gone.append(key)
        rows += _rows(key, new, place)
    if gone:
        session.execute(delete(table).where(tuple_(table.c.event_id, table.c.month).in_(gone)))
    if rows:
        session.execute(insert(table), rows)


def packed(facts: Facts, whos: Mapping[Who, int]) -> list[dict[str, Any]]:
    """All that some events hold, as rows."""
    stays, papers = stays_by_month(facts, whos), papers_by_month(facts, whos)
    found: list[dict[str, Any]] = []
    for key in sorted({*stays, *papers}):
        found += _rows(key, Pack.of(stays.get(key, []), papers.get(key, [])), facts.places[key[0]])
    return found


def _whos_in(facts: Facts) -> set[Who]:
    """Of those who count: whoever came, and whoever has a certificate."""
    keys = {*facts.attended, *(key for key, _day in facts.papers)}
    return {facts.people[key].who for key in keys}


def _rows(key: Key, pack: Pack, place: Place) -> list[dict[str, Any]]:
    stays = pack.stays()
    if not stays and not pack.paper_values:
        return []
    return [
        {
            "event_id": key[0],
            "month": key[1],
            "project_id": place.project_id,
            "kind": place.kind,
            "visits": len(stays),
            "thousandths": sum(stay.thousandths for stay in stays),
            "papers": len(pack.paper_values),
            "first_day": min((stay.first for stay in stays), default=0),
            "last_day": max((stay.last for stay in stays), default=0),
            "content": pack.content(),
        }
    ]

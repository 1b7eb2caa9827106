"""The packed months that the filters leave; what only partly lies within the days asked for is read from the marks."""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import select

from trainreg.kernel.db import db, table_of
from trainreg.reporting.organisation.asked import Asked
from trainreg.totals.arrays import Flags, count_by, read_papers
from trainreg.totals.models import CountedMonth
from trainreg.totals.packs import LENGTH_BITS, REGISTRATION_MASK, Pack, key_of, month_of
from trainreg.totals.reading import facts_of

AT_ONCE = 2_000
Key = tuple[int, int]  # event and month
Visit = tuple[int, int, int]  # person, key, value: as they are packed


class Month(NamedTuple):
    """An event in a month: the columns that are read, in their order. Tens of thousands of plain rows have them."""

    project_id: int
    event_id: int
    month: int
    visits: int
    thousandths: int
    papers: int
    first_day: int
    last_day: int
    content: bytes


def list_rows(asked: Asked, projects: Collection[int] | None) -> list[Any]:
    """Of these projects (None: all); see `Month`."""
    table = table_of(CountedMonth)
    statement = select(*(table.c[name] for name in Month._fields))
    if projects is not None:
        statement = statement.where(table.c.project_id.in_(projects))
    if asked.kind is not None:
        statement = statement.where(table.c.kind == asked.kind)
    if asked.first is not None:
        statement = statement.where(table.c.month >= month_of(asked.first))
    if asked.last is not None:
        statement = statement.where(table.c.month <= month_of(asked.last))
    return list(db.session.execute(statement))


def days_left(asked: Asked, month: int) -> tuple[int, int]:
    """The first and the last day of a month that the filters leave."""
    first, last = 1, monthrange(month // 12, month % 12 + 1)[1]
    if asked.first is not None and month_of(asked.first) == month:
        first = asked.first.day
    if asked.last is not None and month_of(asked.last) == month:
        last = asked.last.day
    return first, last


def is_whole(asked: Asked, month: int) -> bool:
    return days_left(asked, month) == days_left(Asked(), month)


def cut_visits(asked: Asked, rows: Sequence[Any]) -> dict[Key, list[Visit]]:
    """Of months that only partly lie within the days asked for: the visits that do, and what of them does."""
    found: dict[Key, list[Visit]] = {}
    across: list[tuple[Key, int, int]] = []
    edges = {month_of(day) for day in (asked.first, asked.last) if day is not None}
    edges = {month for month in edges if not is_whole(asked, month)}
    for row in (row for row in rows if row.month in edges):
        first, last = days_left(asked, row.month)
        if not row.visits or (first <= row.first_day and row.last_day <= last):
            continue
        inside = found[row.event_id, row.month] = list[Visit]()
        if row.last_day < first or row.first_day > last:
            continue
        pack = Pack()
        pack.add(row.content, row.visits, row.papers)
        for stay, visit in zip(pack.stays(), zip(pack.people, pack.keys, pack.values, strict=True), strict=True):
            if first <= stay.first and stay.last <= last:
                inside.append(visit)
            elif stay.first <= last and stay.last >= first:
                across.append(((row.event_id, row.month), visit[1] & REGISTRATION_MASK, visit[2] >> LENGTH_BITS))
    for key, visit in _within(asked, across):
        found[key].append(visit)
    return found


def _within(asked: Asked, across: Sequence[tuple[Key, int, int]]) -> Iterator[tuple[Key, Visit]]:
    """What registrations attended within the days, where they came on both sides of an edge."""
    rest = iter(across)
    while some := list(islice(rest, AT_ONCE)):
        facts = facts_of(db.session(), registrations=[one[1] for one in some])
        for key, registration_id, who_id in some:
            first, last = days_left(asked, key[1])
            attended = [
                one
                for one in facts.attended.get(registration_id, ())
                if month_of(one.day) == key[1] and first <= one.day.day <= last
            ]
            if attended:
                length = sum(one.thousandths for one in attended)
                at = max(int(one.starts_at.timestamp()) for one in attended)
                person_id = facts.people[registration_id].person_id
                yield key, (person_id, key_of(at, registration_id), who_id << LENGTH_BITS | length)


def count_papers(asked: Asked, rows: Sequence[Any], is_allowed: Flags | None) -> dict[int, int]:
    """By project: the certificates first given within the days, and to those asked for."""
    found: Counter[int] = Counter()
    whole = {month for month in {row.month for row in rows} if is_allowed is None and is_whole(asked, month)}
    some = []
    for row in rows:
        if row.papers and row.month in whole:
            found[row.project_id] += row.papers
        elif row.papers:
            some.append(row)
    if not some:
        return found
    papers = read_papers([(row.content, row.visits, row.papers) for row in some])
    limits = {month: days_left(asked, month) for month in {row.month for row in some}}
    first, last = (np.array([limits[row.month][end] for row in some])[papers.rows] for end in (0, 1))
    counts = (first <= papers.days) & (papers.days <= last)
    if is_allowed is not None:
        counts &= is_allowed[papers.whos]
    for row, number in zip(some, count_by(papers.rows[counts], len(some)).tolist(), strict=True):
        found[row.project_id] += number
    return found

"""Without filters the sums are kept (ADR 0029): nothing is counted."""

from collections import defaultdict

import numpy as np
from sqlalchemy import String, func, select, type_coerce

from trainreg.kernel.db import db
from trainreg.reporting.organisation.counted import MOST_MONTHS, Counted, Sums
from trainreg.totals.arrays import count_by, count_distinct_by, read_visits
from trainreg.totals.models import EVERYWHERE, CountedMonth, Tally
from trainreg.totals.reading import Who

_SUMS = (func.sum(Tally.attendances), func.sum(Tally.persons), func.sum(Tally.thousandths))
_MONTHS_SUMS = (func.sum(CountedMonth.visits), func.sum(CountedMonth.thousandths))


def count_kept() -> Counted:
    """All projects, all of time."""
    words = (type_coerce(Tally.sex, String), Tally.agency_id, type_coerce(Tally.level, String), Tally.province)
    own = (Tally.attendances, Tally.persons, Tally.thousandths)
    everywhere = select(*words, *own).where(Tally.project_id == EVERYWHERE)
    whos = {Who(*row[:4]): Sums(*row[4:]) for row in db.session.execute(everywhere) if any(row[4:])}
    each = select(Tally.project_id, *_SUMS).where(Tally.project_id != EVERYWHERE).group_by(Tally.project_id)
    projects = {key: Sums(*map(int, sums)) for key, *sums in db.session.execute(each)}
    spans, by_years = _spans()
    papers = select(CountedMonth.project_id, func.sum(CountedMonth.papers)).group_by(CountedMonth.project_id)
    return Counted(whos, projects, spans, {key: int(sum_) for key, sum_ in db.session.execute(papers)}, by_years)


def _spans() -> tuple[dict[int, Sums], bool]:
    statement = select(CountedMonth.month, *_MONTHS_SUMS).where(CountedMonth.visits > 0).group_by(CountedMonth.month)
    months = {month: Sums(int(visits), 0, int(length)) for month, visits, length in db.session.execute(statement)}
    if not months or max(months) - min(months) < MOST_MONTHS:
        return months, False
    years: dict[int, Sums] = defaultdict(Sums)
    for month, sums in months.items():
        years[month // 12].add(sums)
    for year, repeated in _repeated().items():
        years[year].attendances -= repeated
    return dict(years), True


def _repeated() -> dict[int, int]:
    """By year: visits of registrations that came in an earlier month of it, to an event that went on so long."""
    long = (
        select(CountedMonth.event_id)
        .where(CountedMonth.visits > 0)
        .group_by(CountedMonth.event_id)
        .having(func.count() > 1)
    )
    columns = (CountedMonth.event_id, CountedMonth.month, CountedMonth.content, CountedMonth.visits)
    rows = db.session.execute(select(*columns).where(CountedMonth.event_id.in_(long), CountedMonth.visits > 0)).all()
    years, places = np.unique([row.month // 12 for row in rows], return_inverse=True)
    visits = read_visits([(row.content, row.visits) for row in rows])
    own = places[visits.rows]
    repeated = count_by(own, years.size) - count_distinct_by(own, visits.registrations, years.size)
    return dict(zip(years.tolist(), repeated.tolist(), strict=True))

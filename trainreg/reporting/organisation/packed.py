"""Count what the filters leave, from the packed months (ADR 0038): the rule of the figures, over arrays."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from trainreg.reporting.organisation.asked import Asked
from trainreg.reporting.organisation.counted import MOST_MONTHS, Counted, Sums, whos_by_number
from trainreg.reporting.organisation.months import count_papers, cut_visits, list_rows
from trainreg.totals.arrays import (
    Flags,
    Visits,
    count_by,
    count_distinct_by,
    pack_visits,
    read_visits,
    sum_by,
)
from trainreg.totals.reading import Who


def count_packed(asked: Asked, projects: Collection[int] | None) -> Counted:
    """Of these projects (None: all), what the filters leave."""
    rows, whos = list_rows(asked, projects), whos_by_number()
    is_allowed = None
    if asked.agencies is not None:
        is_allowed = np.zeros(max(whos, default=0) + 1, np.bool_)
        is_allowed[[number for number, who in whos.items() if who.agency_id in asked.agencies]] = True
    papers = count_papers(asked, rows, is_allowed)
    cut = cut_visits(asked, rows)
    rows = [row for row in rows if row.visits or (row.event_id, row.month) in cut]
    visits = _visits_of(rows, cut)
    if is_allowed is not None:
        visits = visits.where(is_allowed[visits.whos])
    months = [row.month for row in rows]
    by_years = bool(months) and max(months) - min(months) >= MOST_MONTHS
    may_repeat = _several([row.event_id for row in rows])[visits.rows]
    spans = _by_span(visits, [month // 12 if by_years else month for month in months], may_repeat)
    visits = visits.once(may_repeat)
    sums = _by_project(visits, [row.project_id for row in rows])
    return Counted(_by_who(visits, whos), sums, spans, papers, by_years)


def _visits_of(rows: Sequence[Any], cut: Mapping[tuple[int, int], Sequence[tuple[int, int, int]]]) -> Visits:
    packed = []
    for row in rows:
        inside = cut.get((row.event_id, row.month)) if cut else None
        packed.append((row.content, row.visits) if inside is None else (pack_visits(inside), len(inside)))
    return read_visits(packed)


def _several(events: Sequence[int]) -> Flags:
    """Of each row whether its event went on into another: there a registration can stand twice."""
    _names, places, counts = np.unique(events, return_inverse=True, return_counts=True)
    return np.asarray(counts[places] > 1)


def _by_span(visits: Visits, spans: Sequence[int], may_repeat: Flags) -> dict[int, Sums]:
    """By month or year, `spans` of the rows: whoever came in several months of a year is one attendance of it."""
    names, places = np.unique(spans, return_inverse=True)
    own = places[visits.rows]
    again, registrations = own[may_repeat], visits.registrations[may_repeat]
    attendances = count_by(own[~may_repeat], names.size) + count_distinct_by(again, registrations, names.size)
    lengths = sum_by(own, visits.lengths, names.size)
    told = zip(names.tolist(), attendances.tolist(), lengths.tolist(), strict=True)
    return {name: Sums(came, 0, length) for name, came, length in told}


def _by_project(visits: Visits, projects: Sequence[int]) -> dict[int, Sums]:
    names, places = np.unique(projects, return_inverse=True)
    own = places[visits.rows]
    told = (
        count_by(own, names.size),
        count_distinct_by(own, visits.people, names.size),
        sum_by(own, visits.lengths, names.size),
    )
    return dict(zip(names.tolist(), map(Sums, *(column.tolist() for column in told)), strict=True))


def _by_who(visits: Visits, whos: Mapping[int, Who]) -> dict[Who, Sums]:
    """A person is among those as whom they came last."""
    size, numbers = max(whos, default=0) + 1, visits.whos
    told = (count_by(numbers, size), count_by(numbers[visits.speaking()], size), sum_by(numbers, visits.lengths, size))
    sums = list(map(Sums, *(column.tolist() for column in told)))
    return {who: sums[number] for number, who in whos.items() if sums[number].attendances}

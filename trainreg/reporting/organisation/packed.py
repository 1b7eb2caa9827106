"""Count what the filters leave, from the packed months (ADR 0038): the rule of the figures, over columns."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from itertools import groupby
from operator import itemgetter

from sqlalchemy import func, select

from trainreg.kernel.db import db
from trainreg.reporting.organisation.asked import Asked
from trainreg.reporting.organisation.columns import Allowed, Columns, Slice
from trainreg.reporting.organisation.counted import MOST_MONTHS, Counted, Sums, whos_by_number
from trainreg.reporting.organisation.months import Month, count_papers, cut_visits, list_rows
from trainreg.totals.models import CountedVisit
from trainreg.totals.packs import LENGTH_BITS, LENGTH_MASK
from trainreg.totals.reading import Who


def count_packed(asked: Asked, projects: Collection[int] | None) -> Counted:
    """Of these projects (None: all), what the filters leave."""
    rows, whos = list_rows(asked, projects), whos_by_number()
    cut = cut_visits(asked, rows)
    chosen = None
    if asked.agencies is not None:
        chosen = {number for number, who in whos.items() if who.agency_id in asked.agencies}
    allowed = None if chosen is None else Allowed(chosen)
    months = [row[2] for row in rows]
    by_years = bool(months) and max(months) - min(months) >= MOST_MONTHS
    counting = _Counting(by_years)
    papers: Counter[int] = Counter()
    for project_id, own in groupby(rows, key=itemgetter(0)):
        columns = Columns()
        for row in own:
            _project_id, event_id, month, visits, thousandths, given, _first, _last, content = row
            if cut and (event_id, month) in cut:
                columns.put(event_id, month, cut[event_id, month])
            elif visits:
                columns.take(event_id, month, visits, thousandths, content)
            if given:
                papers[project_id] += count_papers(asked, Month._make(row), chosen)
        if allowed is not None:
            columns.choose(allowed)
        counting.add(project_id, columns)
    return Counted(counting.by_who(whos), counting.projects, counting.spans, papers, by_years)


class _Counting:
    """What is added up while going from project to project; of each person the visit that speaks for them so far.

    That is kept in two columns by the person's number: a dictionary of so many would take twice as long.
    """

    def __init__(self, by_years: bool) -> None:
        places = (db.session.scalar(select(func.max(CountedVisit.person_id))) or 0) + 1
        self.latest, self.speaking = array("Q", bytes(8 * places)), array("Q", bytes(8 * places))
        self.values: Counter[int] = Counter()
        self.projects: dict[int, Sums] = {}
        self.spans: dict[int, Sums] = defaultdict(Sums)
        self.by_years = by_years

    def add(self, project_id: int, columns: Columns) -> None:
        self._add_spans(columns)
        sums = Sums(sum([one.visits for one in columns.slices]), 0, sum([one.thousandths for one in columns.slices]))
        sums.attendances -= sum([columns.repeated(own) for own in columns.several()])
        columns = columns.once()
        self.values.update(columns.values())
        last = columns.speaking()
        sums.persons = len(last)
        self.projects[project_id] = sums
        latest, speaking, keys, values = self.latest, self.speaking, columns.pack.keys, columns.pack.values
        for person, place in last.items():
            key = keys[place]
            if key > latest[person]:
                latest[person] = key
                speaking[person] = values[place]

    def _add_spans(self, columns: Columns) -> None:
        for one in columns.slices:
            span = self.spans[self._span_of(one)]
            span.attendances += one.visits
            span.thousandths += one.thousandths
        for own in columns.several() if self.by_years else ():
            years: dict[int, list[Slice]] = defaultdict(list)
            for one in own:
                years[self._span_of(one)].append(one)
            for year, slices in years.items():
                self.spans[year].attendances -= columns.repeated(slices)

    def _span_of(self, one: Slice) -> int:
        return one.month // 12 if self.by_years else one.month

    def by_who(self, whos: Mapping[int, Who]) -> dict[Who, Sums]:
        found: dict[Who, Sums] = defaultdict(Sums)
        for value, times in self.values.items():
            sums = found[whos[value >> LENGTH_BITS]]
            sums.attendances += times
            sums.thousandths += (value & LENGTH_MASK) * times
        for value, times in Counter(self.speaking).items():
            if value:
                found[whos[value >> LENGTH_BITS]].persons += times
        return dict(found)

"""The figures of a factsheet: all from the one counting engine, small cells hidden from whoever may see no names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from trainreg.framework.rules import Breakdown, Counting, CountingRule, Dimension, Span
from trainreg.kernel import clock
from trainreg.reporting.counting.facts import EVER, Crowd, Facts, Visit
from trainreg.reporting.counting.hiding import hidden_keys, hide_small
from trainreg.reporting.counting.rules import count
from trainreg.reporting.counting.tables import Key, Part, Table
from trainreg.reporting.indicators import Progress, plain, unnamed_of
from trainreg.reporting.steps import StepKind, calendar_steps

_ATTENDANCES = Counting(CountingRule.ATTENDANCES)


@dataclass(frozen=True)
class Parts:
    """Parts of a figure, the largest first: those that are told, and those that are not."""

    told: list[tuple[Part, Decimal]]
    hidden: list[Part]


@dataclass(frozen=True)
class Turnout:
    """Who came to one event. `total` is None where the number is too small to be told."""

    total: Decimal | None
    by_agency: Parts
    by_group: Parts
    unnamed: Decimal | None


class Counted:
    """What a factsheet tells in numbers, from facts that were read once."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.with_names = progress, progress.with_names

    @property
    def facts(self) -> Facts:
        return self.progress.facts

    def table(self, rule: CountingRule, by: Breakdown = (), *, facts: Facts | None = None) -> Table:
        """Of the whole project, or of the part of it that these facts are."""
        table = count(facts or self.facts, Counting(rule), None, by)
        return table if self.with_names else hide_small(table)

    def total(self, rule: CountingRule) -> Decimal | None:
        """One figure of the whole project; None where it is hidden."""
        return plain(self.table(rule).value)

    def parts(self, dimension: Dimension, *, facts: Facts | None = None) -> Parts:
        """Attendances by one dimension; parts that nobody belongs to are left out."""
        return _parts(self.table(CountingRule.ATTENDANCES, (dimension,), facts=facts))

    def turnout(self, event_id: int) -> Turnout:
        """Who came to this event."""
        own = self._facts_by_event.get(event_id)
        if own is None or event_id in self._hidden_events:
            return Turnout(None if own else Decimal(0), Parts([], []), Parts([], []), None)
        table = self.table(CountingRule.ATTENDANCES, facts=own)
        unnamed = unnamed_of(table)
        agencies, groups = self.parts(Dimension.AGENCY, facts=own), self.parts(Dimension.GROUP, facts=own)
        return Turnout(plain(table.value), agencies, groups, unnamed)

    def trend(self) -> tuple[StepKind | None, list[tuple[Span, str, Decimal | None]]]:
        """Attendances in each reporting period, or of the calendar where there are fewer than two periods."""
        steps: list[tuple[Span, str]] = [(period.span, period.code) for period in self.progress.periods]
        kind: StepKind | None = None
        if len(steps) < 2:
            kind, spans = calendar_steps(*self._days) if self._days else (None, [])
            steps = [(span, "") for span in spans]
        tables = [count(self.facts, _ATTENDANCES, span) for span, _name in steps]
        sizes: dict[Key, int] = {(place,): table.total.of for place, table in enumerate(tables)}
        hidden = frozenset() if self.with_names else hidden_keys({(): sum(sizes.values()), **sizes}, 1)
        return kind, [
            (span, name, None if (place,) in hidden else plain(tables[place].value))
            for place, (span, name) in enumerate(steps)
        ]

    @cached_property
    def _days(self) -> tuple[date, date] | None:
        """The project's time as far as it has passed; longer where attendance says so."""
        came = [day for stay in self.facts.stays(EVER) for day in stay.days]
        if not came:
            return None
        project, today = self.progress.project, clock.today(self.progress.project.timezone)
        ends = min(project.ends_on or today, today)
        return min(project.starts_on, *came), max(ends, *came)

    @cached_property
    def _facts_by_event(self) -> Mapping[int, Facts]:
        """The same facts, those of each event apart."""
        visits: dict[int, list[Visit]] = {key: [] for key in self.facts.occasions}
        crowds: dict[int, list[Crowd]] = {key: [] for key in visits}
        for visit in self.facts.visits:
            visits[visit.who.event_id].append(visit)
        for crowd in self.facts.crowds:
            crowds[crowd.block.event_id].append(crowd)
        return {
            key: replace(self.facts, visits=own, crowds=crowds[key], _stays={}, chosen={})
            for key, own in visits.items()
            if own or crowds[key]
        }

    @cached_property
    def _hidden_events(self) -> frozenset[int]:
        """Events whose number is not told: small ones, and one more where it could be worked out."""
        if self.with_names:
            return frozenset()
        sizes = {key: count(own, _ATTENDANCES).total.of for key, own in self._facts_by_event.items()}
        hidden = hidden_keys({(): sum(sizes.values()), **{(key,): size for key, size in sizes.items()}}, 1)
        return frozenset(key for key in sizes if (key,) in hidden)


def _parts(table: Table) -> Parts:
    told: list[tuple[Part, Decimal]] = []
    hidden: list[Part] = []
    for part in table.parts():
        value = plain(table.cell(part))
        if value is None:
            hidden.append(part)
        elif value:
            told.append((part, value))
    # "Not stated" last, whatever its size.
    told.sort(key=lambda one: (one[0] is None, -one[1], str(one[0])))
    return Parts(told, hidden)

"""Time in steps, a project's reporting periods or the quarters of a calendar, and how far it came by the end of each.

What was reached is counted anew for each step from the rows, never added up from the steps before.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from trainreg.framework.rules import Span
from trainreg.reporting.counting.facts import Stay

MOST_STEPS = 10


class StepKind(StrEnum):
    """What one step stands for, where a project has no reporting periods."""

    QUARTER = "quarter"
    YEAR = "year"


def calendar_steps(first: date, last: date) -> tuple[StepKind, list[Span]]:
    """The quarters of a calendar that these days touch; the latest years where the quarters are too many."""
    quarters = list(_quarters(first, last))
    if len(quarters) <= MOST_STEPS:
        return StepKind.QUARTER, quarters
    years = [Span(date(year, 1, 1), date(year, 12, 31)) for year in range(first.year, last.year + 1)]
    return StepKind.YEAR, years[-MOST_STEPS:]


def _quarters(first: date, last: date) -> Iterable[Span]:
    year, quarter = first.year, (first.month - 1) // 3
    while (start := date(year, quarter * 3 + 1, 1)) <= last:
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
        yield Span(start, date.fromordinal(date(year, quarter * 3 + 1, 1).toordinal() - 1))


class Reached(NamedTuple):
    """A step, and how many attendances and officials there were from the beginning to its last day.

    `code` is that of a reporting period; a step of the calendar has none.
    """

    span: Span
    code: str
    attendances: int
    persons: int


@dataclass(frozen=True)
class Course:
    """How far a project came, step by step. `kind` is None where the steps are its reporting periods."""

    kind: StepKind | None = None
    steps: Sequence[Reached] = ()

    def place(self, day: date) -> int:
        """The first step that a day counts in."""
        return bisect_left([one.span.last for one in self.steps], day)


def course_of(stays: Sequence[Stay], periods: Sequence[tuple[Span, str]], *, today: date) -> Course:
    """From whoever came. Reporting periods are the steps where there are some and everybody came in their time.

    Steps that have not begun are left out.
    """
    if not stays:
        return Course()
    came = [stay.days[1] for stay in stays]
    earliest, horizon = min(came), max(today, *came)
    begun = [one for one in periods if one[0].first <= horizon]
    kind: StepKind | None = None
    if len(begun) < 2 or begun[0][0].first > earliest or begun[-1][0].last < max(came):
        kind, spans = calendar_steps(earliest, max(came))
        begun = [(span, "") for span in spans]
    first: dict[int, date] = {}
    for stay in stays:
        person_id = stay.visit.who.person_id
        first[person_id] = min(first.get(person_id, stay.days[1]), stay.days[1])
    attendances, persons = sorted(came), sorted(first.values())
    return Course(kind, [Reached(span, code, _until(attendances, span), _until(persons, span)) for span, code in begun])


def _until(days: Sequence[date], span: Span) -> int:
    """How many of these days, in their order, lie before the end of a span."""
    return bisect_left(days, date.fromordinal(span.last.toordinal() + 1))

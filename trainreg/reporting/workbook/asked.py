"""What was asked for: whose figures, of which periods, with names or without."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from trainreg.framework.models import ReportingPeriod
from trainreg.framework.rules import Span
from trainreg.kernel.sheets_cells import Value
from trainreg.programme.models import Project
from trainreg.reporting.indicators import Progress
from trainreg.reporting.part_words import PartWords


@dataclass
class Asked:
    """One workbook. `sees_all`: small cells are told; `lists_people`: the sheet of names is in it, too.

    Without a `period` it holds all of them and the whole project; with one, that alone.
    """

    project: Project
    sees_all: bool
    lists_people: bool = False
    period: ReportingPeriod | None = None

    @cached_property
    def told(self) -> Progress:
        return Progress(self.project, with_names=self.sees_all)

    @cached_property
    def parts(self) -> PartWords:
        return PartWords()

    @property
    def periods(self) -> Sequence[ReportingPeriod]:
        return self.told.periods if self.period is None else [self.period]

    @property
    def spans(self) -> Sequence[ReportingPeriod | None]:
        """The periods to show, and all time where nothing narrower was asked for."""
        return [*self.periods, None] if self.period is None else [self.period]

    @property
    def span(self) -> Span | None:
        return self.period.span if self.period else None


def number(value: object) -> Value:
    """A figure as a spreadsheet keeps it: a fraction as near as it can."""
    if value is None or isinstance(value, int | str):
        return value
    exact = float(value)  # type: ignore[arg-type]
    return int(exact) if exact.is_integer() else exact

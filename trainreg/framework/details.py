"""What is said of a framework: by its page, by a spreadsheet, by another project. Parts name each other by code.

`id` says which known one a part is; None makes a new one, or, in a spreadsheet, the known one of that code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from trainreg.framework.rules import Breakdown, CountingRule, Direction, Filters, Span
from trainreg.kernel.types import Text


@dataclass(frozen=True, kw_only=True)
class OutputDetails:
    """An output: 1.2 is the second of outcome 1."""

    outcome: int
    number: int
    title: Text
    id: int | None = None

    @property
    def label(self) -> str:
        return f"{self.outcome}.{self.number}"


@dataclass(frozen=True, kw_only=True)
class PeriodDetails:
    """A reporting period."""

    code: str
    starts_on: date
    ends_on: date
    id: int | None = None

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)


@dataclass(frozen=True, kw_only=True)
class IndicatorDetails:
    """An indicator of the project, of an outcome by its number, or of an output by its label. `rule` None: not said."""

    code: str
    title: Text
    rule: CountingRule | None
    unit: Text = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)
    breakdowns: tuple[Breakdown, ...] = ()
    direction: Direction = Direction.INCREASE
    baseline_year: int | None = None
    baseline_value: Decimal | None = None
    outcome: int | None = None
    output: str | None = None
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TargetDetails:
    """What an indicator should have reached in a period."""

    indicator: str
    period: str
    value: Decimal
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class HandDetails:
    """What somebody wrote for a period, and where they have it from."""

    indicator: str
    period: str
    value: Decimal
    source: str


@dataclass(frozen=True, kw_only=True)
class FrameworkDetails:
    """The whole framework, everything in the order in which it is shown."""

    objective: Text = field(default_factory=dict)
    outputs: Sequence[OutputDetails] = ()
    periods: Sequence[PeriodDetails] = ()
    indicators: Sequence[IndicatorDetails] = ()
    targets: Sequence[TargetDetails] = ()
    values: Sequence[HandDetails] = ()

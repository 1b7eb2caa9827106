"""An activity as plain data: what the file says, before it is XML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from trainreg.reporting.iati.rules import BudgetPart, DateType, ResultType, Status

Text = Mapping[str, str]
Dimensions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Who takes part, and how."""

    name: Text
    ref: str = ""
    type: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Sector:
    """What it works on."""

    vocabulary: str
    code: str
    percentage: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom readers can ask: an office, never a person."""

    organisation: Text
    telephones: Sequence[str] = ()
    emails: Sequence[str] = ()
    websites: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """What anybody can open on the web; `day` as in a calendar, empty where nobody knows it."""

    url: str
    format: str
    title: Text
    category: str
    languages: Sequence[str] = ()
    day: str = ""


@dataclass(frozen=True, kw_only=True)
class Value:
    """A figure; several dimensions mean what they have in common."""

    value: Decimal
    dimensions: Dimensions = ()
    comment: Text = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Period:
    """A time with its target and its actual figures."""

    first: date
    last: date
    target: Decimal | None = None
    actuals: Sequence[Value] = ()


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator; `baseline` is its year and value."""

    code: str
    title: Text
    description: Text
    measure: str
    is_ascending: bool
    may_be_added: bool
    baseline: tuple[int, Decimal] | None = None
    periods: Sequence[Period] = ()


@dataclass(frozen=True, kw_only=True)
class Result:
    """An output or an outcome with its indicators."""

    type: ResultType
    title: Text
    indicators: Sequence[Indicator]

    @property
    def may_be_added(self) -> bool:
        return all(one.may_be_added for one in self.indicators)


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One project."""

    identifier: str
    reporting: Organisation
    title: Text
    summary: Text
    objective: Text
    organisations: Sequence[Organisation]
    status: Status
    dates: Sequence[tuple[DateType, date]]
    contact: Contact | None
    scope: str
    country: str
    sectors: Sequence[Sector]
    currency: str
    budget: Sequence[BudgetPart]
    documents: Sequence[Document]
    results: Sequence[Result]
    generated_at: datetime

"""What is said of a project when it is created or edited."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from trainreg.agencies.models import Agency
from trainreg.kernel.types import Text


@dataclass(frozen=True, kw_only=True)
class OutcomeDetails:
    """A key outcome. `id` says which known one it is; None makes a new one."""

    number: int
    title: Text
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SignatoryDetails:
    """Who signs certificates, with name and title in each language."""

    name: Text
    title: Text


@dataclass(frozen=True, kw_only=True)
class ProjectDetails:
    """All that is said of a project; partners and signatories in the order they are shown."""

    code: str
    title: Text
    organisation: Text
    starts_on: date
    ends_on: date | None = None
    summary: Text = field(default_factory=dict)
    funder: Text = field(default_factory=dict)
    country: str = "MN"
    timezone: str = "Asia/Ulaanbaatar"
    budget_amount: Decimal | None = None
    budget_currency: str | None = None
    outcomes: Sequence[OutcomeDetails] = ()
    partners: Sequence[Agency] = ()
    signatories: Sequence[SignatoryDetails] = ()

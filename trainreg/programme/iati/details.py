"""What is said of a project for its IATI file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from trainreg.kernel.types import Text


@dataclass(frozen=True, kw_only=True)
class SectorDetails:
    """A sector by its vocabulary and code."""

    code: str
    vocabulary: str = "1"
    percentage: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class IatiDetails:
    """Identifiers and codes; empty where nothing is said."""

    reporting_ref: str
    reporting_type: str
    identifier: str
    reporting_name: Text = field(default_factory=dict)
    scope: str = ""
    funder_ref: str = ""
    funder_type: str = ""
    implementer_ref: str = ""
    implementer_type: str = ""
    partner_role: str = ""
    partner_type: str = ""
    sectors: Sequence[SectorDetails] = ()

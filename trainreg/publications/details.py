"""What is said of a publication, of a print run and of copies handed out."""

from dataclasses import dataclass, field
from datetime import date

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.kernel.types import Text
from trainreg.programme.models import Outcome
from trainreg.publications.rules import PublicationKind


@dataclass(frozen=True, kw_only=True)
class PublicationDetails:
    """All that is said of a publication itself."""

    kind: PublicationKind
    title: Text
    translated_into: str | None = None
    published_on: date | None = None
    has_illustrative_date: bool = False
    outcome: Outcome | None = None
    web_address: str = ""


@dataclass(frozen=True, kw_only=True)
class RunDetails:
    """Copies printed at one time."""

    language: str
    copies: int
    is_minimum: bool = False
    day: date | None = None
    has_illustrative_date: bool = False


@dataclass(frozen=True, kw_only=True)
class HandoutDetails:
    """Copies that went to one recipient; `copies` None where nobody counted."""

    copies: int | None = None
    is_minimum: bool = False
    agency: Agency | None = None
    event: Event | None = None
    recipient: Text = field(default_factory=dict)
    day: date | None = None
    has_illustrative_date: bool = False

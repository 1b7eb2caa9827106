"""What an indicator can count, by what it can be narrowed and broken down, and what a framework must be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from trainreg.events.rules import EventKind
from trainreg.people.rules import AgeBand, Level, Sex
from trainreg.publications.rules import PublicationKind
from trainreg.registration.rules import RegistrationRole


class CountingRule(StrEnum):
    """How an indicator is counted: its own, because donors contradict each other."""

    ATTENDANCES = "attendances"
    UNIQUE_PERSONS = "unique_persons"
    UNIQUE_PERSONS_PER_KIND = "unique_persons_per_event_kind"
    COMPLETERS = "completers"
    PERSON_DAYS = "person_days"
    PERSON_HOURS = "person_hours"
    EVENTS_HELD = "events_held"
    COPIES_DISTRIBUTED = "copies_distributed"
    PRODUCTS_COMPLETED = "products_completed"
    CERTIFICATES_ISSUED = "certificates_issued"
    KNOWLEDGE_GAIN = "average_knowledge_gain"
    HAND_ENTERED = "hand_entered"


class Dimension(StrEnum):
    """By what a figure can be broken down."""

    SEX = "sex"
    AGENCY = "agency"
    LEVEL = "level"
    PROVINCE = "province"
    AGE_BAND = "age_band"
    EVENT_KIND = "event_kind"
    ROLE = "role"
    GROUP = "group"
    PRODUCT_KIND = "product_kind"


class Direction(StrEnum):
    """Whether the project wants the figure to rise or to fall."""

    INCREASE = "increase"
    DECREASE = "decrease"


_R, _D = CountingRule, Dimension
# Rules that count officials, each by the snapshot of a registration.
OF_PEOPLE = frozenset(
    {
        *(_R.ATTENDANCES, _R.UNIQUE_PERSONS, _R.UNIQUE_PERSONS_PER_KIND, _R.COMPLETERS, _R.PERSON_DAYS),
        *(_R.PERSON_HOURS, _R.CERTIFICATES_ISSUED, _R.KNOWLEDGE_GAIN),
    }
)
OF_PRODUCTS = frozenset({_R.COPIES_DISTRIBUTED, _R.PRODUCTS_COMPLETED})
# Where nobody's list exists, a count stands beside these; see Table.unnamed.
WITH_UNNAMED = frozenset({_R.ATTENDANCES, _R.PERSON_DAYS, _R.PERSON_HOURS})
UNIQUE = frozenset({_R.UNIQUE_PERSONS, _R.UNIQUE_PERSONS_PER_KIND})

_PEOPLE_DIMENSIONS = frozenset(
    {_D.SEX, _D.AGENCY, _D.LEVEL, _D.PROVINCE, _D.AGE_BAND, _D.EVENT_KIND, _D.ROLE, _D.GROUP}
)
MOST_BREAKDOWNS = 6
MOST_INDICATORS = 60
MOST_PERIODS = 60
MOST_OUTPUTS = 60
MOST_HOURS = 10_000
HIGHEST_NUMBER = 999
LONGEST_CODE = 40
LONGEST_TITLE = 300
LONGEST_UNIT = 60
LONGEST_SOURCE = 500
LONGEST_GROUP = 60
LONGEST_REASON = 500
MOST_VALUE = Decimal(10) ** 12


def dimensions_of(rule: CountingRule) -> frozenset[Dimension]:
    """By what this rule's figures can be parted."""
    if rule in OF_PEOPLE:
        return _PEOPLE_DIMENSIONS
    if rule is CountingRule.EVENTS_HELD:
        return frozenset({Dimension.EVENT_KIND})
    if rule is CountingRule.COPIES_DISTRIBUTED:
        return frozenset({Dimension.PRODUCT_KIND, Dimension.AGENCY})
    return frozenset({Dimension.PRODUCT_KIND}) if rule in OF_PRODUCTS else frozenset()


@dataclass(frozen=True)
class Filters:
    """What an indicator counts of everything that its rule could; an empty filter leaves everything in.

    Agencies are ids and count with their children. Without roles only participants are counted. `from_day` and
    `until_day` narrow every period. `own_outcome`: only what serves the indicator's outcome.
    """

    event_kinds: frozenset[EventKind] = frozenset()
    roles: frozenset[RegistrationRole] = frozenset()
    agencies: frozenset[int] = frozenset()
    levels: frozenset[Level] = frozenset()
    provinces: frozenset[str] = frozenset()
    sexes: frozenset[Sex] = frozenset()
    age_bands: frozenset[AgeBand] = frozenset()
    groups: frozenset[str] = frozenset()
    product_kinds: frozenset[PublicationKind] = frozenset()
    minimum_hours: Decimal | None = None
    from_day: date | None = None
    until_day: date | None = None
    own_outcome: bool = False

    def as_json(self) -> dict[str, Any]:
        """As it is kept: what is said, and nothing else, in one order."""
        said: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, frozenset) and value:
                said[one.name] = sorted(value)
            elif isinstance(value, date | Decimal):
                said[one.name] = str(value)
            elif value is True:
                said[one.name] = True
        return said

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Filters":
        """Back from how it is kept; raises ValueError for a word that no enum knows."""
        sets: dict[str, Any] = {
            name: frozenset(kind(value) for value in said.get(name, ())) for name, kind in _KINDS.items()
        }
        hours = said.get("minimum_hours")
        first, last = said.get("from_day"), said.get("until_day")
        return cls(
            **sets,
            minimum_hours=Decimal(hours) if hours is not None else None,
            from_day=date.fromisoformat(first) if first else None,
            until_day=date.fromisoformat(last) if last else None,
            own_outcome=said.get("own_outcome", False) is True,
        )

    @property
    def set_names(self) -> frozenset[str]:
        """The filters that are used."""
        return frozenset(self.as_json())


_KINDS: dict[str, Any] = {
    "event_kinds": EventKind,
    "roles": RegistrationRole,
    "agencies": int,
    "levels": Level,
    "provinces": str,
    "sexes": Sex,
    "age_bands": AgeBand,
    "groups": str,
    "product_kinds": PublicationKind,
}
_DATES = frozenset({"from_day", "until_day"})
# Of what serves an outcome, at some day, every rule can ask.
_OF_ANYTHING = frozenset({"own_outcome"}) | _DATES
_PEOPLE_FILTERS = frozenset({field.name for field in fields(Filters)}) - {"product_kinds"}
# What a count without names knows of those it counted.
UNNAMED_FILTERS = frozenset({"event_kinds", "agencies", "levels", "sexes", "own_outcome"}) | _DATES
UNNAMED_DIMENSIONS = frozenset({Dimension.SEX, Dimension.AGENCY, Dimension.LEVEL, Dimension.EVENT_KIND})


def filters_of(rule: CountingRule) -> frozenset[str]:
    """By what this rule can be narrowed; anything else would be said and do nothing."""
    if rule in OF_PEOPLE:
        return _PEOPLE_FILTERS
    if rule is CountingRule.EVENTS_HELD:
        return _OF_ANYTHING | {"event_kinds"}
    if rule is CountingRule.COPIES_DISTRIBUTED:
        return _OF_ANYTHING | {"product_kinds", "agencies"}  # copies go to agencies; a publication is nobody's
    return _OF_ANYTHING | {"product_kinds"} if rule in OF_PRODUCTS else frozenset()


@dataclass(frozen=True)
class Counting:
    """All that decides an indicator's figure: see ADR 0028. `outcome_id` narrows where the filters say so."""

    rule: CountingRule
    filters: Filters = field(default_factory=Filters)
    outcome_id: int | None = None


Breakdown = tuple[Dimension, ...]


def breakdowns_from(told: Iterable[Sequence[str]]) -> tuple[Breakdown, ...]:
    """Breakdowns as they are kept, each a list of one or two names; raises ValueError for what is none."""
    found = tuple(tuple(Dimension(name) for name in one) for one in told)
    if any(not 1 <= len(one) <= 2 or len(set(one)) != len(one) for one in found):
        raise ValueError("a figure is broken down by one or two things")
    return found


@dataclass(frozen=True)
class Span:
    """Whole days from the first to the last."""

    first: date
    last: date

    def overlaps(self, other: "Span") -> bool:
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: "Span") -> bool:
        return self.first <= other.first and other.last <= self.last


def overlapping(spans: Iterable[tuple[str, Span]]) -> tuple[str, str] | None:
    """The names of the first two that share a day, or None."""
    ordered = sorted(spans, key=lambda one: (one[1].first, one[1].last, one[0]))
    for (name, span), (next_name, next_span) in pairwise(ordered):
        if span.overlaps(next_span):
            return name, next_name
    return None


def progress(direction: Direction, *, baseline: Decimal | None, target: Decimal, actual: Decimal) -> Decimal | None:
    """How much of the way from the baseline to the target is gone, as a share; None where there is no way to go."""
    start = baseline or Decimal(0)
    if direction is Direction.DECREASE and baseline is None:
        return None
    way = target - start
    return (actual - start) / way if way else None


def is_reached(direction: Direction, *, target: Decimal, actual: Decimal) -> bool:
    """Whether the target is met."""
    return actual >= target if direction is Direction.INCREASE else actual <= target

"""What is counted of a set of projects, as sums that any part of the report adds up."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import String, select, type_coerce

from trainreg.kernel.db import db
from trainreg.reporting.rules import days
from trainreg.totals.models import CountedWho
from trainreg.totals.reading import Who

MOST_MONTHS = 24  # a trend of more is told by years


@dataclass(slots=True)
class Sums:
    """Attendances, officials (each once) and thousandths of person-days."""

    attendances: int = 0
    persons: int = 0
    thousandths: int = 0

    def add(self, other: "Sums") -> None:
        self.attendances += other.attendances
        self.persons += other.persons
        self.thousandths += other.thousandths

    @property
    def person_days(self) -> Decimal:
        return days(self.thousandths)


@dataclass
class Counted:
    """By who came, by project, and by month or year; certificates by project. Officials of `spans` are not counted."""

    whos: Mapping[Who, Sums] = field(default_factory=dict)
    projects: Mapping[int, Sums] = field(default_factory=dict)
    spans: Mapping[int, Sums] = field(default_factory=dict)
    papers: Mapping[int, int] = field(default_factory=dict)
    by_years: bool = False

    @cached_property
    def total(self) -> Sums:
        total = Sums()
        for one in self.whos.values():
            total.add(one)
        return total

    def by(self, part: Callable[[Who], Any]) -> dict[Any, Sums]:
        """Parts that sum to the total: a person is in one, as they were when they came last."""
        found: dict[Any, Sums] = defaultdict(Sums)
        for who, one in self.whos.items():
            found[part(who)].add(one)
        return dict(found)


def whos_by_number() -> dict[int, Who]:
    """Everything that packed visits name."""
    words = (type_coerce(CountedWho.sex, String), CountedWho.agency_id, type_coerce(CountedWho.level, String))
    rows = db.session.execute(select(CountedWho.id, *words, CountedWho.province))
    return {number: Who(sex, agency_id, level, province) for number, sex, agency_id, level, province in rows}

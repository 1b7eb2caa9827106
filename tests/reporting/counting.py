"""The counting rules once more, in plain Python over plain lists: what the product must agree with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True)
class Visit:
    """One registration with its marks: (state, session is planned, share of a day, start) for each session."""

    number: int
    person: int
    event: int
    event_is_cancelled: bool
    outcomes: frozenset[int]
    role: str
    status: str
    sex: str
    agency: str
    marks: tuple[tuple[str | None, bool, Fraction, datetime], ...]

    @property
    def attended(self) -> list[tuple[Fraction, datetime]]:
        if self.event_is_cancelled or self.role != "participant" or self.status != "confirmed":
            return []
        return [
            (share, start) for state, planned, share, start in self.marks if planned and state in ("present", "late")
        ]


@dataclass
class Count:
    """Attendances, persons and person-days; each in total, by sex and by agency."""

    attendances: int = 0
    persons: int = 0
    person_days: Fraction = Fraction(0)
    by_sex: dict[str, list[Fraction]] = field(default_factory=dict)
    by_agency: dict[str, list[Fraction]] = field(default_factory=dict)


def count(visits: Iterable[Visit], *, outcome: int | None = None) -> Count:
    """Count visits; with an outcome, those to events that serve it."""
    seen = [visit for visit in visits if visit.attended and (outcome is None or outcome in visit.outcomes)]
    result = Count()
    last: dict[int, Visit] = {}
    for visit in seen:
        days = sum((share for share, _start in visit.attended), Fraction(0))
        result.attendances += 1
        result.person_days += days
        for cells, key in ((result.by_sex, visit.sex), (result.by_agency, visit.agency)):
            cell = cells.setdefault(key, [Fraction(0)] * 3)
            cell[0] += 1
            cell[2] += days
        if visit.person not in last or _when(visit) > _when(last[visit.person]):
            last[visit.person] = visit
    for visit in last.values():
        result.persons += 1
        result.by_sex[visit.sex][1] += 1
        result.by_agency[visit.agency][1] += 1
    return result


def _when(visit: Visit) -> tuple[datetime, int]:
    return max(start for _share, start in visit.attended), visit.number

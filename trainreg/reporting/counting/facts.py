"""What is counted, as plain facts: read from the database by `reading`, made of chance by tests."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from trainreg.framework.rules import Dimension


class Who(NamedTuple):
    """A registration's snapshot: as somebody was when they came. Codes as they are kept; None: not stated."""

    registration_id: int
    person_id: int
    event_id: int
    role: str
    sex: str | None
    agency_id: int | None
    level: str | None
    province: str | None
    age_band: str | None
    group: str | None


class Block(NamedTuple):
    """A planned session of an event that was not called off; `day` on the wall clock of its place."""

    id: int
    event_id: int
    day: date
    starts_at: datetime
    thousandths: int
    minutes: int


class Occasion(NamedTuple):
    """An event. `first_day` and `last_day` are of its planned sessions; `is_held`: published, and it has begun."""

    id: int
    kind: str
    outcome_ids: frozenset[int]
    is_held: bool
    first_day: date | None
    last_day: date | None


class Visit(NamedTuple):
    """A confirmed registration, the sessions it attended, and whether it met the event's rule."""

    who: Who
    attended: tuple[Block, ...]
    is_complete: bool = False


class Paper(NamedTuple):
    """A certificate that stands, counted on the day of its first edition."""

    who: Who
    kind: str
    day: date


class Learning(NamedTuple):
    """Both tests of somebody, worth the same: what was gained, in percentage points."""

    who: Who
    gain: Fraction


class Crowd(NamedTuple):
    """People counted at a session without a list."""

    block: Block
    sex: str | None
    level: str | None
    agency_id: int | None
    people: int


class Product(NamedTuple):
    """A publication; `handed` are the copies that went to somebody. A day is None where nobody said it."""

    id: int
    kind: str
    outcome_id: int | None
    day: date | None
    handed: Sequence[tuple[date | None, int]]


class Stay(NamedTuple):
    """What one registration attended within some days. By `last`, the later speaks for its person."""

    visit: Visit
    sessions: int
    thousandths: int
    minutes: int
    last: tuple[datetime, int]
    days: tuple[date, date]  # the last and the first


Window = tuple[date | None, date | None]
EVER: Window = (None, None)


def is_within(day: date | None, window: Window) -> bool:
    """Whether a day lies in a window; what has no day lies only in the window without ends."""
    first, last = window
    if day is None:
        return first is None and last is None
    return (first is None or day >= first) and (last is None or day <= last)


@dataclass
class Facts:
    """Everything about one project that any rule counts. Never changed once made: what is derived is kept."""

    occasions: Mapping[int, Occasion] = field(default_factory=dict)
    visits: Sequence[Visit] = ()
    papers: Sequence[Paper] = ()
    learning: Sequence[Learning] = ()
    crowds: Sequence[Crowd] = ()
    products: Sequence[Product] = ()
    below: Callable[[Iterable[int]], frozenset[int]] = frozenset  # agencies with all that stand under them
    agency_codes: Mapping[int, str] = field(default_factory=dict)
    _stays: dict[Window, list[Stay]] = field(default_factory=dict)
    # Who passes a set of filters, by registration; see `rules`.
    chosen: dict[object, object] = field(default_factory=dict)

    @cached_property
    def complete(self) -> Mapping[int, Sequence[Visit]]:
        """The visits that met their event's rule, by event."""
        found: dict[int, list[Visit]] = {}
        for visit in self.visits:
            if visit.is_complete:
                found.setdefault(visit.who.event_id, []).append(visit)
        return found

    def stays(self, window: Window) -> list[Stay]:
        """Every visit with what it attended within the window, where it attended something."""
        if window not in self._stays:
            self._stays[window] = list(self._within(*window)) if window != EVER else self._all()
        return self._stays[window]

    def _all(self) -> list[Stay]:
        return [_stay(visit, visit.attended) for visit in self.visits if visit.attended]

    def _within(self, first: date | None, last: date | None) -> Iterator[Stay]:
        """Most visits lie within one period whole, and are there what they are at all times."""
        for stay in self.stays(EVER):
            ends, starts = stay.days
            if (first is not None and ends < first) or (last is not None and starts > last):
                continue
            if (first is None or starts >= first) and (last is None or ends <= last):
                yield stay
                continue
            blocks = [block for block in stay.visit.attended if is_within(block.day, (first, last))]
            if blocks:
                yield _stay(stay.visit, blocks)


def _stay(visit: Visit, blocks: Sequence[Block]) -> Stay:
    days = [block.day for block in blocks]
    return Stay(
        visit,
        len(blocks),
        sum([block.thousandths for block in blocks]),
        sum([block.minutes for block in blocks]),
        (max([block.starts_at for block in blocks]), visit.who.registration_id),
        (max(days), min(days)),
    )


ATTRIBUTES: Mapping[Dimension, str] = {
    Dimension.SEX: "sex",
    Dimension.AGENCY: "agency_id",
    Dimension.LEVEL: "level",
    Dimension.PROVINCE: "province",
    Dimension.AGE_BAND: "age_band",
    Dimension.ROLE: "role",
    Dimension.GROUP: "group",
}

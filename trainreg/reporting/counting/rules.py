"""The counting rules: what each counts, for whom, and when. Pure; a total is counted from rows, never from parts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from trainreg.framework.rules import (
    OF_PEOPLE,
    UNNAMED_DIMENSIONS,
    UNNAMED_FILTERS,
    WITH_UNNAMED,
    Breakdown,
    Counting,
    CountingRule,
    Dimension,
    Filters,
    Span,
)
from trainreg.registration.rules import RegistrationRole
from trainreg.reporting.counting.facts import ATTRIBUTES, Crowd, Facts, Product, Stay, Who, Window, is_within
from trainreg.reporting.counting.tables import Amount, Key, Part, Table

ONLY_PARTICIPANTS = frozenset({RegistrationRole.PARTICIPANT})
_R = CountingRule


# What is added up while counting: whole thousandths of a day and minutes, so that nothing is rounded, nor slow.
SCALE = {_R.PERSON_DAYS: 1000, _R.PERSON_HOURS: 60}


class Counted(NamedTuple):
    """One thing that a figure counts, with what it adds (times SCALE): a registration's `who`, an event, a product.

    Copies of a product are one thing for each agency that they went to: `key` names the product, `agency_id` whom.
    """

    key: tuple[str, int]
    amount: int | Fraction
    who: Who | None = None
    kind: str = ""
    agency_id: int | None = None


def count(facts: Facts, counting: Counting, span: Span | None = None, dimensions: Breakdown = ()) -> Table:
    """A figure within a period (None: all time), in total and by one or two dimensions."""
    scale = SCALE.get(counting.rule, 1)
    things = list(counted(facts, counting, span))
    parts = [part_reader(facts, dimension) for dimension in dimensions]
    named = _Sums()
    for one in things if parts else ():
        named.add(tuple(part(one) for part in parts), one.amount)
    crowds, crowd_cells = None, _Sums()
    if counting.rule in WITH_UNNAMED:
        crowds = list(counted_unnamed(facts, counting, span))
        for crowd, amount in crowds if parts else ():
            key = tuple(_part_of_crowd(facts, crowd, dimension) for dimension in dimensions)
            crowd_cells.add(key, amount, crowd.people)
    return Table(
        rule=counting.rule,
        dimensions=dimensions,
        total=Amount(Fraction(sum(one.amount for one in things)) / scale, len(things)),
        cells=named.amounts(scale),
        unnamed=None if crowds is None else _amount_of_crowds(crowds, scale),
        unnamed_cells=crowd_cells.amounts(scale),
    )


def _amount_of_crowds(crowds: Iterable[tuple[Crowd, int]], scale: int) -> Amount:
    total, people = 0, 0
    for crowd, amount in crowds:
        total, people = total + amount, people + crowd.people
    return Amount(Fraction(total) / scale, people)


class _Sums:
    """Amounts by key, and of how many things."""

    def __init__(self) -> None:
        self.sums: dict[Key, int | Fraction] = {}
        self.things: dict[Key, int] = {}

    def add(self, key: Key, amount: int | Fraction, things: int = 1) -> None:
        self.sums[key] = self.sums.get(key, 0) + amount
        self.things[key] = self.things.get(key, 0) + things

    def amounts(self, scale: int) -> dict[Key, Amount]:
        return {key: Amount(Fraction(total) / scale, self.things[key]) for key, total in self.sums.items()}


def counted(facts: Facts, counting: Counting, span: Span | None = None) -> Iterator[Counted]:
    """Everything that a figure counts, one by one: they add up to it."""
    window = window_of(counting.filters, span)
    if window is None or counting.rule is _R.HAND_ENTERED:
        return iter(())
    chosen = _chosen(facts, counting)
    if counting.rule in OF_PEOPLE:
        return _of_people(facts, counting.rule, chosen, window)
    if counting.rule is _R.EVENTS_HELD:
        return _events_held(facts, chosen, window)
    return _products(facts, counting, chosen, window)


def counted_unnamed(facts: Facts, counting: Counting, span: Span | None = None) -> Iterator[tuple[Crowd, int]]:
    """The counts without names that stand beside a figure; none where it asks what such counts do not know."""
    filters = counting.filters
    window = window_of(filters, span)
    asks_more = bool(filters.set_names - UNNAMED_FILTERS - {"roles"})
    only_others = bool(filters.roles) and RegistrationRole.PARTICIPANT not in filters.roles
    if window is None or asks_more or only_others:
        return
    chosen = _chosen(facts, counting)
    for crowd in facts.crowds:
        if is_within(crowd.block.day, window) and chosen.has_crowd(crowd):
            yield crowd, crowd.people * _of_block(counting.rule, crowd.block.thousandths, crowd.block.minutes)


def window_of(filters: Filters, span: Span | None) -> Window | None:
    """The days that count: those of the period that the filters leave; None where they leave none."""
    first, last = (span.first, span.last) if span else (None, None)
    first = _later(first, filters.from_day)
    last = _earlier(last, filters.until_day)
    return None if first is not None and last is not None and first > last else (first, last)


@dataclass
class _Chosen:
    """The filters of an indicator, made ready: sets to look into."""

    facts: Facts
    counting: Counting
    known_stays: dict[Window, list[Stay]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        filters = self.counting.filters
        self.minimum = Fraction(filters.minimum_hours) * 60 if filters.minimum_hours is not None else None
        self.agencies = self.facts.below(filters.agencies) if filters.agencies else None
        self.events = frozenset(
            event.id
            for event in self.facts.occasions.values()
            if (not filters.event_kinds or event.kind in filters.event_kinds)
            and (not filters.own_outcome or self.counting.outcome_id in event.outcome_ids)
        )
        allowed: list[tuple[int, frozenset[object]]] = [
            (Who._fields.index("role"), frozenset(filters.roles or ONLY_PARTICIPANTS))
        ]
        if self.agencies is not None:
            allowed.append((Who._fields.index("agency_id"), frozenset(self.agencies)))
        for name, told in (
            *(("sex", filters.sexes), ("level", filters.levels), ("age_band", filters.age_bands)),
            *(("province", filters.provinces), ("group", filters.groups)),
        ):
            if told:
                allowed.append(
                    (Who._fields.index(name), frozenset(None if one == "not_stated" else one for one in told))
                )
        self.allowed = allowed
        # Of those who came it is asked once, however many periods and indicators ask again.
        self.known = frozenset([visit.who.registration_id for visit in self.facts.visits])
        self.people = frozenset([visit.who.registration_id for visit in self.facts.visits if self._passes(visit.who)])

    def has(self, who: Who) -> bool:
        return who.registration_id in self.people or (who.registration_id not in self.known and self._passes(who))

    def _passes(self, who: Who) -> bool:
        if who.event_id not in self.events:
            return False
        return all([who[place] in allowed for place, allowed in self.allowed])  # noqa: C419 - thousands of times

    def has_enough(self, minutes: int) -> bool:
        return self.minimum is None or minutes >= self.minimum

    def stays(self, window: Window) -> list[Stay]:
        """Those within the window that pass; kept, for indicators that narrow alike ask for the same."""
        if window not in self.known_stays:
            self.known_stays[window] = [
                stay
                for stay in self.facts.stays(window)
                if stay.visit.who.registration_id in self.people and self.has_enough(stay.minutes)
            ]
        return self.known_stays[window]

    def has_crowd(self, crowd: Crowd) -> bool:
        filters = self.counting.filters
        return (
            crowd.block.event_id in self.events
            and (self.agencies is None or crowd.agency_id in self.agencies)
            and (not filters.sexes or (crowd.sex or "not_stated") in filters.sexes)
            and (not filters.levels or (crowd.level or "not_stated") in filters.levels)
        )


def _chosen(facts: Facts, counting: Counting) -> _Chosen:
    """The filters made ready, once for all indicators that narrow alike."""
    key = (counting.filters, counting.outcome_id if counting.filters.own_outcome else None)
    known = facts.chosen.get(key)
    if not isinstance(known, _Chosen):
        known = facts.chosen[key] = _Chosen(facts, counting)
    return known


def _of_people(facts: Facts, rule: CountingRule, chosen: _Chosen, window: Window) -> Iterator[Counted]:
    if rule is _R.COMPLETERS:
        return _completers(facts, chosen, window)
    if rule is _R.CERTIFICATES_ISSUED:
        return _certificates(facts, chosen, window)
    if rule is _R.KNOWLEDGE_GAIN:
        return _gains(facts, chosen, window)
    stays = chosen.stays(window)
    if rule is _R.UNIQUE_PERSONS:
        return _latest(stays, lambda stay: stay.visit.who.person_id)
    if rule is _R.UNIQUE_PERSONS_PER_KIND:
        kinds = facts.occasions
        return _latest(stays, lambda stay: (stay.visit.who.person_id, kinds[stay.visit.who.event_id].kind))
    return (_of(stay.visit.who, _of_block(rule, stay.thousandths, stay.minutes)) for stay in stays)


def _latest(stays: Iterable[Stay], one_of: Callable[[Stay], object]) -> Iterator[Counted]:
    """Each person once, as they were when they came last."""
    speaking: dict[object, Stay] = {}
    for stay in stays:
        key = one_of(stay)
        if key not in speaking or stay.last > speaking[key].last:
            speaking[key] = stay
    return (_of(stay.visit.who) for stay in speaking.values())


def _of_block(rule: CountingRule, thousandths: int, minutes: int) -> int:
    """What attending this long adds: one, its days or its hours; times SCALE."""
    if rule is _R.PERSON_DAYS:
        return thousandths
    return minutes if rule is _R.PERSON_HOURS else 1


def _completers(facts: Facts, chosen: _Chosen, window: Window) -> Iterator[Counted]:
    """Whoever met their event's rule, on the event's last day."""
    for event_id, visits in facts.complete.items():
        if event_id not in chosen.events or not is_within(facts.occasions[event_id].last_day, window):
            continue
        for visit in visits:
            if chosen.has(visit.who) and chosen.has_enough(sum([block.minutes for block in visit.attended])):
                yield _of(visit.who)


def _certificates(facts: Facts, chosen: _Chosen, window: Window) -> Iterator[Counted]:
    minutes = _minutes(facts) if chosen.minimum is not None else {}
    found: dict[Who, int] = {}
    for paper in facts.papers:
        enough = chosen.has_enough(minutes.get(paper.who.registration_id, 0))
        if is_within(paper.day, window) and chosen.has(paper.who) and enough:
            found[paper.who] = found.get(paper.who, 0) + 1
    return (_of(who, papers) for who, papers in found.items())


def _gains(facts: Facts, chosen: _Chosen, window: Window) -> Iterator[Counted]:
    minutes = _minutes(facts) if chosen.minimum is not None else {}
    for one in facts.learning:
        enough = chosen.has_enough(minutes.get(one.who.registration_id, 0))
        if is_within(facts.occasions[one.who.event_id].last_day, window) and chosen.has(one.who) and enough:
            yield _of(one.who, one.gain)


def _minutes(facts: Facts) -> dict[int, int]:
    return {visit.who.registration_id: sum(block.minutes for block in visit.attended) for visit in facts.visits}


def _events_held(facts: Facts, chosen: _Chosen, window: Window) -> Iterator[Counted]:
    for event in facts.occasions.values():
        if event.is_held and event.id in chosen.events and is_within(event.first_day, window):
            yield Counted(("event", event.id), 1, kind=event.kind)


def _products(facts: Facts, counting: Counting, chosen: _Chosen, window: Window) -> Iterator[Counted]:
    filters = counting.filters
    for product in facts.products:
        if filters.product_kinds and product.kind not in filters.product_kinds:
            continue
        if filters.own_outcome and product.outcome_id != counting.outcome_id:
            continue
        key = ("publication", product.id)
        if counting.rule is _R.COPIES_DISTRIBUTED:
            for agency_id, copies in _copies(product, chosen, window).items():
                yield Counted(key, copies, kind=product.kind, agency_id=agency_id)
        elif is_within(product.day, window):
            yield Counted(key, 1, kind=product.kind)


def _copies(product: Product, chosen: _Chosen, window: Window) -> dict[int | None, int]:
    """Copies by the agency that received them; None where they went to an event or to whom words say."""
    found: dict[int | None, int] = {}
    for day, copies, agency_id in product.handed:
        if is_within(day, window) and (chosen.agencies is None or agency_id in chosen.agencies):
            found[agency_id] = found.get(agency_id, 0) + copies
    return found


def _of(who: Who, amount: int | Fraction = 1) -> Counted:
    return Counted(("registration", who.registration_id), amount, who)


def part_reader(facts: Facts, dimension: Dimension) -> Callable[[Counted], Part]:
    """What reads one dimension of a thing; where it has none, "not stated"."""
    if dimension is Dimension.EVENT_KIND:
        return lambda one: (
            facts.occasions[one.who.event_id].kind if one.who else (one.kind if _is(one, "event") else None)
        )
    if dimension is Dimension.PRODUCT_KIND:
        return lambda one: one.kind if _is(one, "publication") else None
    place = Who._fields.index(ATTRIBUTES[dimension])
    if dimension is Dimension.AGENCY:
        return lambda one: one.who[place] if one.who else one.agency_id
    return lambda one: one.who[place] if one.who else None


def _is(one: Counted, what: str) -> bool:
    return one.key[0] == what


def _part_of_crowd(facts: Facts, crowd: Crowd, dimension: Dimension) -> Part:
    if dimension not in UNNAMED_DIMENSIONS:
        return None
    if dimension is Dimension.EVENT_KIND:
        return facts.occasions[crowd.block.event_id].kind
    part: Part = getattr(crowd, ATTRIBUTES[dimension])
    return part


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)

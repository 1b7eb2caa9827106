"""Worlds made of chance, as plain lists; what may be asked of them; and both as the product's facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, Protocol

from hypothesis import strategies as st

from trainreg.framework.rules import Counting, CountingRule, Dimension, Filters, filters_of
from trainreg.framework.rules import dimensions_of as allowed_dimensions

Row = dict[str, Any]
NOW = datetime(2026, 4, 1, tzinfo=UTC)
START = datetime(2026, 3, 1, 13, 0, tzinfo=UTC)  # in Ulaanbaatar the day ends three hours later
DAYS = [date(2026, 3, 1) + timedelta(days=number) for number in range(6)]
KINDS = ["seminar", "training", "briefing"]
PARENTS = [None, 0, 1, None]
SEXES, LEVELS = ["female", "male", "not_stated"], ["senior", "junior", "not_stated"]
BANDS, PROVINCES = ["under_25", "35_44", "not_stated"], ["MN-1", "MN-047", None]
GROUPS, ROLES = ["", "a", "b"], ["participant"] * 4 + ["trainer", "observer"]
PRODUCTS = ["handbook", "training_manual"]


class Chance(Protocol):
    """What a world made of chance is drawn from."""

    def one_of(self, values: Sequence[Any]) -> Any: ...

    def number(self, least: int, most: int) -> int: ...

    def many(self, most: int) -> int: ...

    def some(self, values: Sequence[Any], least: int, most: int) -> list[Any]: ...


def _session(chance: Chance) -> Row:
    return {
        "day": chance.number(0, 4),
        "hours": chance.number(0, 5),
        "minutes": chance.one_of([90, 180, 240]),
        "share": chance.one_of(["0.5", "1", "0.333", "0"]),
        "planned": chance.one_of([True, True, True, False]),
    }


def _paper(chance: Chance) -> Row:
    return {
        "kind": chance.one_of(["attendance", "completion"]),
        "state": chance.one_of(["issued", "superseded", "revoked", "expired"]),
        "day": chance.one_of(DAYS),
    }


def _registration(chance: Chance, person: int) -> Row:
    states = ["present", "present", "late", "excused", "absent", None]
    return {
        "person": person,
        "role": chance.one_of(ROLES),
        "status": chance.one_of(["confirmed"] * 4 + ["cancelled", "declined"]),
        "sex": chance.one_of(SEXES),
        "level": chance.one_of(LEVELS),
        "province": chance.one_of(PROVINCES),
        "age_band": chance.one_of(BANDS),
        "group": chance.one_of(GROUPS),
        "agency": chance.number(0, 3),
        "states": [chance.one_of(states) for _session in range(3)],
        "papers": [_paper(chance) for _one in range(chance.many(2))],
        "tests": (chance.one_of([None, 0, 2, 3]), chance.one_of([None, 1, 3, 4]), 4),
    }


def _crowd(chance: Chance) -> Row:
    return {
        "sex": chance.one_of(SEXES),
        "level": chance.one_of(LEVELS),
        "agency": chance.one_of([None, 0, 1, 2]),
        "people": chance.number(1, 9),
    }


def _event(chance: Chance) -> Row:
    return {
        "kind": chance.one_of(KINDS),
        "status": chance.one_of(["closed", "closed", "open", "draft", "cancelled"]),
        "outcomes": set(chance.some([0, 1], 0, 2)),
        "threshold": chance.one_of(["0.5", "0.8", "1"]),
        "sessions": [_session(chance) for _one in range(chance.many(3))],
        "registrations": [_registration(chance, person) for person in chance.some(range(4), 0, 4)],
        "crowds": [_crowd(chance) for _one in range(chance.many(1))],
    }


def _handed(chance: Chance) -> Row:
    return {
        "day": chance.one_of([None, *DAYS]),
        "copies": chance.one_of([40, 100, 250]),
        "agency": chance.one_of([None, 0, 1, 2, 3]),
    }


def _product(chance: Chance) -> Row:
    return {
        "kind": chance.one_of(PRODUCTS),
        "outcome": chance.one_of([None, 0, 1]),
        "day": chance.one_of([None, *DAYS]),
        "handed": [_handed(chance) for _one in range(chance.many(3))],
    }


def world_from(chance: Chance) -> Row:
    events = [_event(chance) for _one in range(chance.many(4))]
    return _plain((events, [_product(chance) for _one in range(chance.many(2))]))


def _plain(told: tuple[list[Row], list[Row]]) -> Row:
    """One flat world: sessions and registrations numbered through."""
    world: Row = {"now": NOW, "parents": PARENTS, "products": told[1], "events": []}
    world |= {"sessions": [], "registrations": [], "crowds": []}
    for number, event in enumerate(told[0]):
        world["events"].append({**event, "threshold": Fraction(event["threshold"])})
        own = []
        for session in event["sessions"]:
            start = START + timedelta(days=session["day"], hours=session["hours"])
            share = Fraction(session["share"])
            own.append({**session, "number": len(world["sessions"]), "event": number, "start": start, "share": share})
            world["sessions"].append(own[-1])
        for one in event["registrations"]:
            pairs = zip(own, one["states"], strict=False)
            marks = {session["number"]: state for session, state in pairs if state}
            world["registrations"].append(
                {**one, "number": len(world["registrations"]), "event": number, "marks": marks}
            )
        world["crowds"] += [{**crowd, "session": own[0]["number"]} for crowd in event["crowds"] if own]
    return world


_FILTERS: dict[str, Callable[[Chance], Any]] = {
    "event_kinds": lambda chance: chance.some(KINDS, 1, 2),
    "roles": lambda chance: chance.some(["participant", "trainer"], 1, 2),
    "agencies": lambda chance: chance.some(range(4), 1, 2),
    "levels": lambda chance: chance.some(LEVELS, 1, 2),
    "provinces": lambda chance: chance.some(["MN-1", "not_stated"], 1, 2),
    "sexes": lambda chance: chance.some(SEXES, 1, 2),
    "age_bands": lambda chance: chance.some(BANDS, 1, 2),
    "groups": lambda chance: chance.some(["a", "b"], 1, 2),
    "product_kinds": lambda chance: chance.some(PRODUCTS, 1, 1),
    "minimum_hours": lambda chance: chance.one_of([Decimal(2), Decimal(4), Decimal("4.5")]),
    "from_day": lambda chance: chance.one_of(DAYS),
    "until_day": lambda chance: chance.one_of(DAYS),
    "outcome": lambda chance: chance.number(0, 1),
}


def question_from(chance: Chance) -> Row:
    """A rule, a few filters that it knows, a period and up to two dimensions."""
    rule = chance.one_of(list(CountingRule))
    known = sorted({"outcome" if name == "own_outcome" else name for name in filters_of(rule)})
    names = chance.some(known, 0, 2) if known else []
    first = chance.one_of([None, *DAYS])
    last = chance.one_of(DAYS) if first else None
    if first and last and first > last:
        first, last = last, first
    dimensions = sorted(allowed_dimensions(rule))
    by = chance.some(dimensions, 0, 2) if dimensions else []
    return {
        "rule": rule.value,
        "filters": {name: _FILTERS[name](chance) for name in names},
        "first": first,
        "last": last,
        "by": tuple(one.value for one in by),
    }


@dataclass
class Drawn:
    """Chance as hypothesis draws it: each example slowly, and the smallest that fails is found."""

    draw: Callable[[st.SearchStrategy[Any]], Any]

    def one_of(self, values: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(values))

    def number(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def many(self, most: int) -> int:
        return len(self.draw(st.lists(st.none(), max_size=most)))  # rather few, as its lists are

    def some(self, values: Sequence[Any], least: int, most: int) -> list[Any]:
        return list(self.draw(st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True)))


class Thrown:
    """Chance as dice throw it: a hundred times as quickly, for very many worlds; the same again for the same seed."""

    def __init__(self, seed: int) -> None:
        self.seed, self.dice = seed, Random(seed)

    def __repr__(self) -> str:
        return f"Thrown({self.seed})"

    def one_of(self, values: Sequence[Any]) -> Any:
        return self.dice.choice(values)

    def number(self, least: int, most: int) -> int:
        return self.dice.randint(least, most)

    def many(self, most: int) -> int:
        return self.dice.randint(0, most)

    def some(self, values: Sequence[Any], least: int, most: int) -> list[Any]:
        return self.dice.sample(values, self.dice.randint(least, min(most, len(values))))


@st.composite
def _worlds(draw: Any) -> Row:
    return world_from(Drawn(draw))


@st.composite
def questions(draw: Any) -> Row:
    return question_from(Drawn(draw))


worlds = _worlds()
throws = st.integers(0, 2**64).map(Thrown)


def counting_of(question: Row, agencies: list[int], outcomes: list[int]) -> Counting:
    """The question as the product keeps it: agencies and outcomes by the numbers they have there."""
    told = dict(question["filters"])
    outcome = told.pop("outcome", None)
    told["agencies"] = [agencies[one] for one in told.get("agencies", ())]
    plain = {name: value if isinstance(value, list) else str(value) for name, value in told.items()}
    filters = Filters.from_json(plain | ({"own_outcome": True} if outcome is not None else {}))
    return Counting(CountingRule(question["rule"]), filters, None if outcome is None else outcomes[outcome])


def dimensions_of(question: Row) -> tuple[Dimension, ...]:
    return tuple(Dimension(name) for name in question["by"])

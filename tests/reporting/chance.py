"""Worlds made of chance, as plain lists; what may be asked of them; and both as the product's facts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.reporting.again import day_of
from trainreg.framework.rules import Counting, CountingRule, Dimension, Filters, filters_of
from trainreg.framework.rules import dimensions_of as allowed_dimensions
from trainreg.reporting.counting.facts import (
    Block,
    Crowd,
    Facts,
    Handed,
    Learning,
    Occasion,
    Paper,
    Product,
    Visit,
    Who,
)

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

sessions = st.fixed_dictionaries(
    {
        "day": st.integers(0, 4),
        "hours": st.integers(0, 5),
        "minutes": st.sampled_from([90, 180, 240]),
        "share": st.sampled_from(["0.5", "1", "0.333", "0"]),
        "planned": st.sampled_from([True, True, True, False]),
    }
)
papers = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["attendance", "completion"]),
            "state": st.sampled_from(["issued", "superseded", "revoked", "expired"]),
            "day": st.sampled_from(DAYS),
        }
    ),
    max_size=2,
)
registrations = st.fixed_dictionaries(
    {
        "person": st.integers(0, 3),
        "role": st.sampled_from(ROLES),
        "status": st.sampled_from(["confirmed"] * 4 + ["cancelled", "declined"]),
        "sex": st.sampled_from(SEXES),
        "level": st.sampled_from(LEVELS),
        "province": st.sampled_from(PROVINCES),
        "age_band": st.sampled_from(BANDS),
        "group": st.sampled_from(GROUPS),
        "agency": st.integers(0, 3),
        "states": st.lists(
            st.sampled_from(["present", "present", "late", "excused", "absent", None]), min_size=3, max_size=3
        ),
        "papers": papers,
        "tests": st.tuples(st.sampled_from([None, 0, 2, 3]), st.sampled_from([None, 1, 3, 4]), st.just(4)),
    }
)
crowds = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(SEXES),
        "level": st.sampled_from(LEVELS),
        "agency": st.sampled_from([None, 0, 1, 2]),
        "people": st.integers(1, 9),
    }
)
events = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "status": st.sampled_from(["closed", "closed", "open", "draft", "cancelled"]),
        "outcomes": st.sets(st.integers(0, 1)),
        "threshold": st.sampled_from(["0.5", "0.8", "1"]),
        "sessions": st.lists(sessions, max_size=3),
        "registrations": st.lists(registrations, max_size=4, unique_by=lambda told: told["person"]),
        "crowds": st.lists(crowds, max_size=1),
    }
)
products = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(PRODUCTS),
        "outcome": st.sampled_from([None, 0, 1]),
        "day": st.sampled_from([None, *DAYS]),
        "handed": st.lists(
            st.fixed_dictionaries(
                {
                    "day": st.sampled_from([None, *DAYS]),
                    "copies": st.sampled_from([40, 100, 250]),
                    "agency": st.sampled_from([None, 0, 1, 2, 3]),
                }
            ),
            max_size=3,
        ),
    }
)


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


worlds = st.tuples(st.lists(events, max_size=4), st.lists(products, max_size=2)).map(_plain)

_FILTERS: Row = {
    "event_kinds": st.lists(st.sampled_from(KINDS), min_size=1, max_size=2),
    "roles": st.lists(st.sampled_from(["participant", "trainer"]), min_size=1, max_size=2),
    "agencies": st.lists(st.integers(0, 3), min_size=1, max_size=2),
    "levels": st.lists(st.sampled_from(LEVELS), min_size=1, max_size=2),
    "provinces": st.lists(st.sampled_from(["MN-1", "not_stated"]), min_size=1, max_size=2),
    "sexes": st.lists(st.sampled_from(SEXES), min_size=1, max_size=2),
    "age_bands": st.lists(st.sampled_from(BANDS), min_size=1, max_size=2),
    "groups": st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=2),
    "product_kinds": st.lists(st.sampled_from(PRODUCTS), min_size=1, max_size=1),
    "minimum_hours": st.sampled_from([Decimal(2), Decimal(4), Decimal("4.5")]),
    "from_day": st.sampled_from(DAYS),
    "until_day": st.sampled_from(DAYS),
    "outcome": st.integers(0, 1),
}


@st.composite
def questions(draw: Any) -> Row:
    """A rule, a few filters that it knows, a period and up to two dimensions."""
    rule = draw(st.sampled_from(list(CountingRule)))
    known = {"outcome" if name == "own_outcome" else name for name in filters_of(rule)}
    names = draw(st.lists(st.sampled_from(sorted(known)), max_size=2, unique=True)) if known else []
    first = draw(st.sampled_from([None, *DAYS]))
    last = draw(st.sampled_from(DAYS)) if first else None
    if first and last and first > last:
        first, last = last, first
    dimensions = sorted(allowed_dimensions(rule))
    by = draw(st.lists(st.sampled_from(dimensions), max_size=2, unique=True)) if dimensions else []
    return {
        "rule": rule.value,
        "filters": {name: draw(_FILTERS[name]) for name in names},
        "first": first,
        "last": last,
        "by": tuple(one.value for one in by),
    }


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


def as_facts(world: Row) -> Facts:
    """What the product would read of such a world; numbers stay as they are."""
    stated = lambda code: None if code in ("not_stated", "", None) else code  # noqa: E731
    cancelled = {number for number, event in enumerate(world["events"]) if event["status"] == "cancelled"}
    blocks = {
        one["number"]: Block(
            one["number"], one["event"], day_of(one["start"]), one["start"], int(one["share"] * 1000), one["minutes"]
        )
        for one in world["sessions"]
        if one["planned"] and one["event"] not in cancelled
    }
    occasions = {}
    for number, event in enumerate(world["events"]):
        own = [block for block in blocks.values() if block.event_id == number]
        held = event["status"] in ("open", "closed") and any(block.starts_at <= world["now"] for block in own)
        days = [block.day for block in own]
        first, last = (min(days), max(days)) if days else (None, None)
        occasions[number] = Occasion(number, event["kind"], frozenset(event["outcomes"]), held, first, last)
    facts = Facts(occasions=occasions, below=lambda ids: frozenset(_below(set(ids))))
    visits, papers, learning = [], [], []
    for one in world["registrations"]:
        parts = [stated(one[name]) for name in ("sex", "agency", "level", "province", "age_band", "group")]
        who = Who(one["number"], one["person"], one["event"], one["role"], *parts)
        for kind in ("attendance", "completion"):
            own = [paper for paper in one["papers"] if paper["kind"] == kind]
            if any(paper["state"] in ("issued", "expired") for paper in own):
                papers.append(Paper(who, kind, min(paper["day"] for paper in own)))
        if one["status"] != "confirmed" or one["event"] in cancelled:
            continue
        there = [blocks[key] for key, state in one["marks"].items() if state in ("present", "late") and key in blocks]
        planned = sum(block.minutes for block in blocks.values() if block.event_id == one["event"])
        share = Fraction(sum(block.minutes for block in there), planned) if planned else Fraction(0)
        visits.append(Visit(who, tuple(there), bool(there) and share >= world["events"][one["event"]]["threshold"]))
        pre, post, most = one["tests"]
        if pre is not None and post is not None:
            learning.append(Learning(who, Fraction(100 * (post - pre), most)))
    facts.visits, facts.papers, facts.learning = visits, papers, learning
    facts.crowds = [
        Crowd(blocks[one["session"]], stated(one["sex"]), stated(one["level"]), one["agency"], one["people"])
        for one in world["crowds"]
        if one["session"] in blocks
    ]
    facts.products = [
        Product(
            number,
            one["kind"],
            one["outcome"],
            one["day"],
            [Handed(gone["day"], gone["copies"], gone["agency"]) for gone in one["handed"]],
        )
        for number, one in enumerate(world["products"])
    ]
    return facts


def _below(ids: set[int]) -> set[int]:
    for number, parent in enumerate(PARENTS):
        if parent in ids:
            ids.add(number)
    return ids

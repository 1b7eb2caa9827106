"""A world made of chance as the facts that the product would read of it."""

from fractions import Fraction

from tests.reporting.again import day_of
from tests.reporting.chance import PARENTS, Row
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

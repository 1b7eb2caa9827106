"""Every counting rule once more: plain Python over plain lists and dictionaries, sharing nothing with the product.

A world is a dictionary of lists of dictionaries, see `chance.py`. A figure is a list of (amount, things) by parts.
"""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]


def count(world: Row, rule: str, filters: Row, first: date | None, last: date | None, by: tuple[str, ...]) -> Row:
    """The total, the parts and, where a rule knows them, the people without names."""
    first = max([day for day in (first, filters.get("from_day")) if day], default=None)
    last = min([day for day in (last, filters.get("until_day")) if day], default=None)
    if rule == "hand_entered" or (first and last and first > last):
        things: list[tuple[Fraction, Row]] = []
    else:
        things = _RULES[rule](world, rule, filters, first, last)
    result: Row = {"total": _total(things), "cells": _cells(things, by), "unnamed": None, "unnamed_cells": {}}
    if rule in ("attendances", "person_days", "person_hours"):
        crowds = [] if first and last and first > last else _crowds(world, rule, filters, first, last)
        result["unnamed"] = sum((amount for amount, _row in crowds), Fraction(0))
        result["unnamed_cells"] = {key: amount for key, (amount, _n) in _cells(crowds, by).items()}
    return result


def _total(things: list[tuple[Fraction, Row]]) -> tuple[Fraction, int]:
    return sum((amount for amount, _row in things), Fraction(0)), len(things)


def _cells(things: list[tuple[Fraction, Row]], by: tuple[str, ...]) -> Row:
    cells: dict[tuple[Any, ...], list[tuple[Fraction, Row]]] = defaultdict(list)
    for amount, row in things if by else ():
        cells[tuple(row.get(name) for name in by)].append((amount, row))
    return {key: _total(inside) for key, inside in cells.items()}


def day_of(start: Any) -> date:
    """The day in Ulaanbaatar, eight hours ahead of Greenwich all year."""
    return (start + timedelta(hours=8)).date()  # type: ignore[no-any-return]


def _in(day: date | None, first: date | None, last: date | None) -> bool:
    if day is None:
        return first is None and last is None
    return not (first and day < first) and not (last and day > last)


def _planned(world: Row, event: int) -> list[Row]:
    if world["events"][event]["status"] == "cancelled":
        return []
    return [one for one in world["sessions"] if one["event"] == event and one["planned"]]


def _attended(world: Row, registration: Row) -> list[Row]:
    if registration["status"] != "confirmed":
        return []
    marks = registration["marks"]
    return [one for one in _planned(world, registration["event"]) if marks.get(one["number"]) in ("present", "late")]


def _row(world: Row, registration: Row) -> Row:
    """A registration's parts, "not stated" as None."""
    event = world["events"][registration["event"]]
    stated = {
        name: None if registration[name] in ("not_stated", "", None) else registration[name]
        for name in ("sex", "level", "province", "age_band", "group", "role", "agency")
    }
    return stated | {"event_kind": event["kind"], "number": registration["number"]}


def _minutes(sessions: list[Row]) -> int:
    return sum(one["minutes"] for one in sessions)


def _wanted(world: Row, filters: Row, registration: Row, sessions: list[Row]) -> bool:
    if not _event_wanted(world, filters, registration["event"]):
        return False
    if registration["role"] not in (filters.get("roles") or ["participant"]):
        return False
    for name in ("sex", "level", "province", "age_band", "group"):
        told = filters.get({"sex": "sexes"}.get(name, name + "s"))
        if told and (registration[name] or "not_stated") not in told:
            return False
    if filters.get("agencies") and not _under(world, registration["agency"], filters["agencies"]):
        return False
    hours = filters.get("minimum_hours")
    return hours is None or _minutes(sessions) >= hours * 60


def _event_wanted(world: Row, filters: Row, event: int) -> bool:
    told = world["events"][event]
    if filters.get("event_kinds") and told["kind"] not in filters["event_kinds"]:
        return False
    return "outcome" not in filters or filters["outcome"] in told["outcomes"]


def _under(world: Row, agency: int | None, wanted: list[int]) -> bool:
    while agency is not None:
        if agency in wanted:
            return True
        agency = world["parents"][agency]
    return False


def _came(world: Row, rule: str, filters: Row, first: date | None, last: date | None) -> list[tuple[Row, list[Row]]]:
    found = []
    for registration in world["registrations"]:
        sessions = [one for one in _attended(world, registration) if _in(day_of(one["start"]), first, last)]
        if sessions and _wanted(world, filters, registration, sessions):
            found.append((registration, sessions))
    return found


def _sums(world: Row, rule: str, filters: Row, first: date | None, last: date | None) -> list[tuple[Fraction, Row]]:
    return [
        (_worth(rule, sessions), _row(world, registration))
        for registration, sessions in _came(world, rule, filters, first, last)
    ]


def _worth(rule: str, sessions: list[Row]) -> Fraction:
    if rule == "person_days":
        return sum((one["share"] for one in sessions), Fraction(0))
    return Fraction(_minutes(sessions), 60) if rule == "person_hours" else Fraction(1)


def _persons(world: Row, rule: str, filters: Row, first: date | None, last: date | None) -> list[tuple[Fraction, Row]]:
    people: dict[Any, list[tuple[Any, Row]]] = defaultdict(list)
    for registration, sessions in _came(world, rule, filters, first, last):
        kind = world["events"][registration["event"]]["kind"] if rule.endswith("event_kind") else ""
        when = (max(one["start"] for one in sessions), registration["number"])
        people[registration["person"], kind].append((when, registration))
    return [(Fraction(1), _row(world, max(own, key=lambda one: one[0])[1])) for own in people.values()]


def _completers(world: Row, rule: str, filters: Row, first: Any, last: Any) -> list[tuple[Fraction, Row]]:
    found = []
    for registration in world["registrations"]:
        sessions, planned = _attended(world, registration), _planned(world, registration["event"])
        if not sessions or not _wanted(world, filters, registration, sessions):
            continue
        enough = Fraction(_minutes(sessions), _minutes(planned)) >= world["events"][registration["event"]]["threshold"]
        if enough and _in(max(day_of(one["start"]) for one in planned), first, last):
            found.append((Fraction(1), _row(world, registration)))
    return found


def _held(world: Row, rule: str, filters: Row, first: date | None, last: date | None) -> list[tuple[Fraction, Row]]:
    found = []
    for number, event in enumerate(world["events"]):
        starts = [one["start"] for one in _planned(world, number)]
        begun = event["status"] in ("open", "closed") and starts and min(starts) <= world["now"]
        if begun and _event_wanted(world, filters, number) and _in(day_of(min(starts)), first, last):
            found.append((Fraction(1), {"event_kind": event["kind"]}))
    return found


def _products(world: Row, rule: str, filters: Row, first: date | None, last: date | None) -> list[tuple[Fraction, Row]]:
    found = []
    for one in world["products"]:
        if filters.get("product_kinds") and one["kind"] not in filters["product_kinds"]:
            continue
        if "outcome" in filters and one["outcome"] != filters["outcome"]:
            continue
        if rule == "products_completed" and _in(one["day"], first, last):
            found.append((Fraction(1), {"product_kind": one["kind"]}))
        if rule == "copies_distributed":
            found += _handed_out(world, filters, first, last, one)
    return found


def _handed_out(world: Row, filters: Row, first: Any, last: Any, product: Row) -> list[tuple[Fraction, Row]]:
    """Each agency that received some is one thing, and so is nobody's: what went to an event or to words."""
    gone: dict[Any, int] = defaultdict(int)
    for one in product["handed"]:
        is_wanted = not filters.get("agencies") or _under(world, one["agency"], filters["agencies"])
        if is_wanted and one["copies"] and _in(one["day"], first, last):
            gone[one["agency"]] += one["copies"]
    return [(Fraction(copies), {"product_kind": product["kind"], "agency": key}) for key, copies in gone.items()]


def _certificates(world: Row, rule: str, filters: Row, first: Any, last: Any) -> list[tuple[Fraction, Row]]:
    found = []
    for registration in world["registrations"]:
        kinds: dict[str, list[Row]] = defaultdict(list)
        for paper in registration["papers"]:
            kinds[paper["kind"]].append(paper)
        valid = [
            own
            for own in kinds.values()
            if any(one["state"] in ("issued", "expired") for one in own)
            and _in(min(one["day"] for one in own), first, last)
        ]
        if valid and _wanted(world, filters, registration, _attended(world, registration)):
            found.append((Fraction(len(valid)), _row(world, registration)))
    return found


def _gains(world: Row, rule: str, filters: Row, first: date | None, last: date | None) -> list[tuple[Fraction, Row]]:
    found = []
    for registration in world["registrations"]:
        pre, post, most = registration["tests"]
        planned = _planned(world, registration["event"])
        cancelled = world["events"][registration["event"]]["status"] == "cancelled"
        if pre is None or post is None or registration["status"] != "confirmed" or cancelled:
            continue
        day = max((day_of(one["start"]) for one in planned), default=None)
        if _in(day, first, last) and _wanted(world, filters, registration, _attended(world, registration)):
            found.append((Fraction(100 * (post - pre), most), _row(world, registration)))
    return found


def _crowds(world: Row, rule: str, filters: Row, first: date | None, last: date | None) -> list[tuple[Fraction, Row]]:
    unknowable = ("provinces", "age_bands", "groups", "minimum_hours")
    if any(filters.get(name) is not None for name in unknowable):
        return []
    if filters.get("roles") and "participant" not in filters["roles"]:
        return []
    found = []
    for crowd in world["crowds"]:
        session = world["sessions"][crowd["session"]]
        if session not in _planned(world, session["event"]) or not _event_wanted(world, filters, session["event"]):
            continue
        if filters.get("sexes") and crowd["sex"] not in filters["sexes"]:
            continue
        if filters.get("levels") and crowd["level"] not in filters["levels"]:
            continue
        if filters.get("agencies") and not _under(world, crowd["agency"], filters["agencies"]):
            continue
        if _in(day_of(session["start"]), first, last):
            parts = {name: None if crowd[name] == "not_stated" else crowd[name] for name in ("sex", "level", "agency")}
            kind = world["events"][session["event"]]["kind"]
            found.append((crowd["people"] * _worth(rule, [session]), parts | {"event_kind": kind}))
    return found


_RULES = {
    **dict.fromkeys(("attendances", "person_days", "person_hours"), _sums),
    **dict.fromkeys(("unique_persons", "unique_persons_per_event_kind"), _persons),
    **dict.fromkeys(("copies_distributed", "products_completed"), _products),
    "completers": _completers,
    "events_held": _held,
    "certificates_issued": _certificates,
    "average_knowledge_gain": _gains,
}

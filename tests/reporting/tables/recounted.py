"""What an analyst makes of the tables alone: the plain lists that `tests.reporting.again` counts from."""

from collections import defaultdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.reporting.tables.fetched import Package

Row = dict[str, Any]


def world_of(package: Package, now: datetime) -> Row:
    """Events and sessions by their place in the list, agencies and people by what the tables call them."""
    serving = defaultdict(set)
    for row in package.read("event_outcomes"):
        serving[row["event"]].add(row["outcome"])
    events = package.read("events")
    places = {row["event"]: place for place, row in enumerate(events)}
    sessions = package.read("sessions")
    numbers = {row["session"]: number for number, row in enumerate(sessions)}
    return {
        "now": now,
        "parents": {row["agency"]: row["parent"] for row in package.read("agencies")},
        "events": [
            {**row, "threshold": Fraction(row["threshold"]), "outcomes": serving[row["event"]]} for row in events
        ],
        "sessions": [_session(row, numbers[row["session"]], places[row["event"]]) for row in sessions],
        "registrations": _registrations(package, places, numbers),
        "crowds": [{**row, "session": numbers[row["session"]]} for row in package.read("unnamed_attendance")],
        "products": [
            {
                **row,
                "day": row["published_on"],
                "handed": [
                    {"day": gone["handed_on"], "copies": gone["copies"] or 0, "agency": gone["agency"]}
                    for gone in package.read("handouts")
                    if gone["publication"] == row["publication"]
                ],
            }
            for row in package.read("publications")
        ],
    }


def _session(row: Row, number: int, event: int) -> Row:
    told = {"number": number, "event": event, "start": row["starts_at"], "share": Fraction(row["day_share"])}
    return {**row, **told, "planned": row["status"] == "planned"}


def _registrations(package: Package, places: Row, numbers: dict[int, int]) -> list[Row]:
    marks: Row = defaultdict(dict)
    for row in package.read("attendance"):
        marks[row["registration_key"]][numbers[row["session"]]] = row["state"]
    papers: Row = defaultdict(list)
    for row in package.read("certificates"):
        papers[row["registration_key"]].append({**row, "day": row["issued_on"]})
    tests: Row = defaultdict(dict)
    for row in package.read("tests"):
        tests[row["registration_key"]][row["occasion"]] = row
    return [
        {
            **row,
            "number": row["sequence"],
            "event": places[row["event"]],
            "person": row["person_key"],
            "group": row["group"] or "",
            "marks": marks[row["registration_key"]],
            "papers": papers[row["registration_key"]],
            "tests": _tests(tests[row["registration_key"]]),
        }
        for row in package.read("registrations")
    ]


def _tests(own: Row) -> tuple[Any, Any, Any]:
    points = [Fraction(own[when]["points"]) if when in own else None for when in ("pre", "post")]
    most = next((Fraction(row["most_points"]) for row in own.values()), None)
    return points[0], points[1], most

"""Figures as they are handed in, and what has changed of them since. Pure: facts in, plain JSON out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from trainreg.framework.handing_in import Frozen
from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.rules import Breakdown, Counting, CountingRule, Dimension, Filters, Span
from trainreg.reporting.counting.facts import Facts
from trainreg.reporting.counting.rules import SCALE, Counted, count, counted
from trainreg.reporting.counting.tables import NOTHING, Amount, Key, Table

FORMAT = "trainreg-period-1"
Thing = tuple[str, int]  # a registration, an event or a publication, and its key


@dataclass(frozen=True)
class Change:
    """One thing that a figure counted then, or counts now: a registration, an event or a publication."""

    kind: str
    id: int
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Difference:
    """An indicator as it was handed in and as it counts now, with the things that made the difference."""

    code: str
    title: Mapping[str, str]
    reported: Fraction | None
    now: Fraction | None
    reported_unnamed: Fraction | None = None
    unnamed_now: Fraction | None = None
    changes: Sequence[Change] = field(default_factory=tuple)

    @property
    def is_changed(self) -> bool:
        return self.reported != self.now or self.reported_unnamed != self.unnamed_now or bool(self.changes)


def freeze(period: ReportingPeriod, indicators: Iterable[Indicator], facts: Facts) -> Frozen:
    """The period's figures as they are now."""
    rows: dict[int, dict[str, Any]] = {}
    told = [_frozen_indicator(one, period, facts, rows) for one in indicators]
    days = {"code": period.code, "starts_on": str(period.starts_on), "ends_on": str(period.ends_on)}
    document = {"format": FORMAT, "project": period.project.code, "period": days, "indicators": told}
    figures = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Frozen(figures, sha256(figures.encode()).hexdigest(), rows)


def _frozen_indicator(
    one: Indicator, period: ReportingPeriod, facts: Facts, rows: dict[int, dict[str, Any]]
) -> dict[str, Any]:
    counting, span = one.counting, period.span
    total = count(facts, counting, span)
    target = next((row.value for row in one.targets if row.period_id == period.id), None)
    value = total.value
    by_hand = next((row for row in one.values if row.period_id == period.id), None)
    if one.rule is CountingRule.HAND_ENTERED:
        value = Fraction(by_hand.value) if by_hand else None
    return {
        "code": one.code,
        "title": one.title,
        "unit": one.unit,
        "rule": one.rule.value,
        "filters": one.filters,
        "outcome_id": one.outcome_id,
        "target": None if target is None else f"{target.normalize():f}",
        "value": _text(value),
        "source": by_hand.source if by_hand else "",
        "unnamed": _text(total.unnamed.sum if total.unnamed else None),
        "breakdowns": [_frozen_table(count(facts, counting, span, wanted), facts) for wanted in one.wanted],
        "things": _things(facts, one, span, rows),
    }


def _things(facts: Facts, one: Indicator, span: Span, rows: dict[int, dict[str, Any]]) -> dict[str, str]:
    """What else than registrations was counted; registrations go into the rows, each with all figures it is in."""
    found = list(counted(facts, one.counting, span))
    amounts = _amounts(found, one.rule)
    for thing in found:
        if thing.who is not None:
            row = rows.setdefault(thing.who.registration_id, {"who": _snapshot(thing.who), "counts": {}})
            row["counts"][one.code] = str(amounts[thing.key])
    return {f"{kind}:{key}": str(amount) for (kind, key), amount in amounts.items() if kind != "registration"}


def _amounts(things: Iterable[Counted], rule: CountingRule) -> dict[tuple[str, int], Fraction]:
    """What each registration, event or publication adds to a figure; copies to several agencies together."""
    scale, found = SCALE.get(rule, 1), dict[tuple[str, int], Fraction]()
    for thing in things:
        found[thing.key] = found.get(thing.key, Fraction(0)) + Fraction(thing.amount) / scale
    return found


def _snapshot(who: Any) -> dict[str, Any]:
    return {name: value for name, value in who._asdict().items() if name != "registration_id"}


def _frozen_table(table: Table, facts: Facts) -> dict[str, Any]:
    keys = sorted({*table.cells, *table.unnamed_cells}, key=repr)
    return {
        "by": [dimension.value for dimension in table.dimensions],
        "cells": [
            {
                "parts": _parts(table, key, facts),
                "value": _text(table.cell(*key)),
                "of": table.cells[key].of if key in table.cells else 0,
                "unnamed": _text(table.unnamed_cell(*key)),
            }
            for key in keys
        ],
    }


def _parts(table: Table, key: Key, facts: Facts) -> list[str | None]:
    """Codes, agencies by theirs; None where it was not stated."""
    return [
        facts.agency_codes.get(part) if dimension is Dimension.AGENCY and isinstance(part, int) else _code(part)
        for dimension, part in zip(table.dimensions, key, strict=True)
    ]


def _code(part: str | int | None) -> str | None:
    return None if part is None else str(part)


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def reported(figures: str) -> dict[str, dict[str, Any]]:
    """What was handed in, by the indicator's code."""
    return {one["code"]: one for one in json.loads(figures)["indicators"]}


def value_of(told: Mapping[str, Any], name: str = "value") -> Fraction | None:
    """A figure that was handed in."""
    return None if told.get(name) is None else Fraction(told[name])


def thawed(told: Mapping[str, Any], breakdown: Breakdown, agency_ids: Mapping[str, int]) -> Table | None:
    """A breakdown as it was handed in, as a table; None where it was not handed in so.

    An agency whose code nobody has any more stays a code.
    """
    by = [dimension.value for dimension in breakdown]
    found = next((one for one in told["breakdowns"] if one["by"] == by), None)
    if found is None:
        return None
    rule, cells = CountingRule(told["rule"]), {}
    for cell in found["cells"]:
        value, of = value_of(cell) or Fraction(0), cell["of"]
        is_mean = rule is CountingRule.KNOWLEDGE_GAIN
        cells[_key(cell["parts"], breakdown, agency_ids)] = Amount(value * of if is_mean else value, of)
    return Table(rule, breakdown, sum(cells.values(), NOTHING), cells)


def _key(parts: Sequence[str | None], breakdown: Breakdown, agency_ids: Mapping[str, int]) -> Key:
    return tuple(
        agency_ids.get(part, part) if dimension is Dimension.AGENCY and part is not None else part
        for dimension, part in zip(breakdown, parts, strict=True)
    )


def differences(figures: str, rows: Mapping[int, Mapping[str, Any]], facts: Facts) -> list[Difference]:
    """Each indicator that was handed in, counted again by the rule it had then."""
    document = json.loads(figures)
    days = document["period"]
    span = Span(date.fromisoformat(days["starts_on"]), date.fromisoformat(days["ends_on"]))
    return [_difference(told, rows, facts, span) for told in document["indicators"]]


def counted_then(told: Mapping[str, Any], rows: Mapping[int, Mapping[str, Any]]) -> list[tuple[Thing, Fraction]]:
    """What a figure counted when it was handed in, each thing with what it added."""
    code = told["code"]
    found: list[tuple[Thing, Fraction]] = [
        (("registration", key), Fraction(row["counts"][code])) for key, row in rows.items() if code in row["counts"]
    ]
    for name, amount in told["things"].items():
        kind, _colon, key = name.partition(":")
        found.append(((kind, int(key)), Fraction(amount)))
    return found


def _difference(told: Mapping[str, Any], rows: Mapping[int, Mapping[str, Any]], facts: Facts, span: Span) -> Difference:
    counting = Counting(CountingRule(told["rule"]), Filters.from_json(told["filters"]), told["outcome_id"])
    before = dict(counted_then(told, rows))
    if counting.rule is CountingRule.HAND_ENTERED:
        return Difference(told["code"], told["title"], value_of(told), value_of(told))
    after = _amounts(counted(facts, counting, span), counting.rule)
    speakers = {thing.key: thing.who.person_id for thing in counted(facts, counting, span) if thing.who is not None}
    table = count(facts, counting, span)
    return Difference(
        told["code"],
        told["title"],
        value_of(told),
        table.value,
        value_of(told, "unnamed"),
        table.unnamed.sum if table.unnamed else None,
        _without_change_of_speaker(_changes(before, after), rows, speakers),
    )


def _changes(before: Mapping[tuple[str, int], Fraction], after: Mapping[tuple[str, int], Fraction]) -> list[Change]:
    none = Fraction(0)
    return [
        Change(*key, before.get(key, none), after.get(key, none))
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]


def _without_change_of_speaker(
    changes: Sequence[Change], rows: Mapping[int, Mapping[str, Any]], speakers: Mapping[tuple[str, int], int]
) -> list[Change]:
    """Of a person who counts by another registration than before nothing has changed in the figure."""
    by_person: dict[object, list[Change]] = {}
    for change in changes:
        person: object = change
        if change.kind == "registration":
            then = rows.get(change.id, {}).get("who", {}).get("person_id")
            person = speakers.get((change.kind, change.id), then)
        by_person.setdefault(person, []).append(change)
    return [
        change
        for own in by_person.values()
        if len(own) == 1 or sum((one.after - one.before for one in own), Fraction(0))
        for change in own
    ]

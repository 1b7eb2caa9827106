"""What each kind of rule in the ruleset asks of an element. Each gives the elements (or values' elements) that fail."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

Case = Mapping[str, Any]
Failure = tuple["etree._Element", dict[str, object]]


@dataclass(frozen=True)
class Asked:
    """One element, the day it is, and what `$1` stands for inside a loop."""

    element: "etree._Element"
    now: datetime
    variables: Mapping[str, str] = field(default_factory=dict)

    def find(self, path: str) -> Any:
        """What an XPath gives; a value put into it by a loop is a variable, never part of the path."""
        search: Any = self.element.xpath
        return search(path.replace("'$1'", "$one"), **self.variables)

    def is_true(self, path: str) -> bool:
        found = self.find(f"boolean({path})")
        return bool(found)

    def nodes(self, paths: list[str]) -> list[Any]:
        return [one for path in paths for one in self.find(path)]

    def day(self, path: str) -> date | None:
        """The day at a path, NOW for today; None where there is none that can be read."""
        if path == "NOW":
            return self.now.date()
        return next((day for one in self.find(path) if (day := _day(str(one))) is not None), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _text(one: Any) -> str:
    return str(one) if not isinstance(one, etree._Element) else (one.text or "")


def _element(one: Any, otherwise: "etree._Element") -> "etree._Element":
    """Where a node stands: the element itself, or the one of an attribute or a text."""
    if isinstance(one, etree._Element):
        return one
    parent = one.getparent() if hasattr(one, "getparent") else None
    return otherwise if parent is None else parent


def _atleast_one(case: Case, asked: Asked) -> Iterator[Failure]:
    if not asked.nodes(case["paths"]):
        yield asked.element, {}


def _no_more_than_one(case: Case, asked: Asked) -> Iterator[Failure]:
    found = asked.nodes(case["paths"])
    if len(found) > 1:
        yield _element(found[1], asked.element), {}


def _unique(case: Case, asked: Asked) -> Iterator[Failure]:
    values = [_text(one).strip() for one in asked.nodes(case["paths"])]
    if len(values) != len(set(values)):
        yield asked.element, {}


def _startswith(case: Case, asked: Asked) -> Iterator[Failure]:
    prefixes = [_text(one).strip() + case.get("separator", "") for one in asked.nodes(case["prefix"])]
    for one in asked.nodes(case["paths"]):
        if prefixes and not any(_text(one).strip().startswith(prefix) for prefix in prefixes):
            yield _element(one, asked.element), {}


def _one_or_all(case: Case, asked: Asked) -> Iterator[Failure]:
    """One thing at the top, or a thing at each: texts their language, amounts their currency."""
    if asked.find(case["one"]):
        return
    lacking = {
        "lang": ".//narrative[not(@xml:lang)]",
        "currency": ".//value[not(@currency)]",
        "sector": "transaction[not(sector)]",
    }
    for one in asked.find(lacking[case["all"]])[:1]:
        yield one, {}


def _date_now(case: Case, asked: Asked) -> Iterator[Failure]:
    day = asked.day(case["date"])
    if day is not None and day > asked.now.date():
        yield asked.element, {}


def _date_order(case: Case, asked: Asked) -> Iterator[Failure]:
    less, more = asked.day(case["less"]), asked.day(case["more"])
    if less is not None and more is not None and less > more:
        yield _element(asked.find(case["less"])[0], asked.element), {}


def _between_dates(case: Case, asked: Asked) -> Iterator[Failure]:
    day, start, end = (asked.day(case[name]) for name in ("date", "start", "end"))
    if day is not None and ((start is not None and day < start) or (end is not None and day > end)):
        yield asked.element, {}


def _time_limit(case: Case, asked: Asked) -> Iterator[Failure]:
    start, end = asked.day(case["start"]), asked.day(case["end"])
    if start is not None and end is not None and end > _a_year_after(start):
        yield asked.element, {}


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February, or the last year there is
        return day + timedelta(days=min(366, (date.max - day).days))


def _regex_matches(case: Case, asked: Asked) -> Iterator[Failure]:
    pattern = re.compile(case["regex"])
    for one in asked.nodes(case["paths"]):
        if pattern.search(_text(one).strip()) is None:
            yield _element(one, asked.element), {}


def _no_spaces(case: Case, asked: Asked) -> Iterator[Failure]:
    for one in asked.nodes(case["paths"]):
        if _text(one) != _text(one).strip():
            yield _element(one, asked.element), {}


def _numbers(asked: Asked, paths: list[str]) -> list[tuple[Any, Decimal]]:
    """Those that are numbers; what is none the schema has said already."""
    found = []
    for one in asked.nodes(paths):
        try:
            number = Decimal(_text(one).strip())
        except InvalidOperation:
            continue
        if number.is_finite() and abs(number) < 10**9:
            found.append((one, number))
    return found


def _strict_sum(case: Case, asked: Asked) -> Iterator[Failure]:
    numbers = _numbers(asked, case["paths"])
    total = sum((number for _one, number in numbers), Decimal(0))
    if numbers and total != Decimal(case["sum"]):
        yield _element(numbers[0][0], asked.element), {"sum": f"{total.normalize():f}"}


def _range(case: Case, asked: Asked) -> Iterator[Failure]:
    for one, number in _numbers(asked, case["paths"]):
        if not Decimal(case["min"]) <= number <= Decimal(case["max"]):
            yield _element(one, asked.element), {}


def _if_then(case: Case, asked: Asked) -> Iterator[Failure]:
    if asked.is_true(case["if"]) and not asked.is_true(case["then"]):
        found = asked.nodes(case["paths"])
        yield _element(found[0], asked.element) if found else asked.element, {}


CHECKS: Mapping[str, Callable[[Case, Asked], Iterator[Failure]]] = {
    "atleast_one": _atleast_one,
    "no_more_than_one": _no_more_than_one,
    "unique": _unique,
    "startswith": _startswith,
    "one_or_all": _one_or_all,
    "date_now": _date_now,
    "date_order": _date_order,
    "between_dates": _between_dates,
    "time_limit": _time_limit,
    "regex_matches": _regex_matches,
    "no_spaces": _no_spaces,
    "strict_sum": _strict_sum,
    "range": _range,
    "if_then": _if_then,
}

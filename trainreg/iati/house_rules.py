"""What we ask of a file beyond the standard: dimensions that can be added up, and what may be aggregated."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l
from lxml import etree

from trainreg.iati import VERSION
from trainreg.iati.findings import Finding, Source, Weight, at
from trainreg.iati.reading import Opened

_VERSION = _l('The file says that it is of version %(version)s; it is checked as %(ours)s. Write version="2.03".')
_TWICE = _l("Two values of this period have the same dimensions (%(names)s). Keep one of them.")
_CONTRADICTION = _l(
    "Dimensions of one value mean what they have in common, and “%(name)s” stands here twice. Give each its own value."
)
_EXCEEDS = _l(
    "The values by %(names)s add up to %(sum)s, more than the value without it, %(total)s. Several dimensions of one "
    "value mean what they have in common: correct the figures."
)
_UNSTATED = _l(
    "The indicator does not say whether its figures may be added up. Give it an aggregation-status of 0 or 1."
)
_UNIQUE = _l(
    "The indicator counts people once each, so its figures must not be added up. Give it an aggregation-status of 0."
)
_RESULT = _l(
    "The result says that its figures may be added up, and one of its indicators says the opposite. Give the result an "
    "aggregation-status of 0."
)
_YES, _NO = frozenset({"1", "true"}), frozenset({"0", "false"})
_UNIQUE_WORDS = re.compile(r"\b(?:unique|distinct|uniques?|únic[oa]s)\b|давхардаагүй", re.I)
_HALF_A_HUNDREDTH = Decimal("0.005")
Dimensions = tuple[tuple[str, str], ...]


def house_findings(opened: Opened) -> Iterator[Finding]:
    """Everything that our own rules find."""
    version = opened.root.get("version", "")
    if opened.root.tag == "iati-activities" and version != VERSION:
        yield _ours("version", _VERSION, opened.root, version=version[:20], ours=VERSION)
    for result in opened.root.iterfind("iati-activity/result"):
        yield from _aggregation(result)
        for indicator in result.iterfind("indicator"):
            is_sum = indicator.get("measure") == "1"
            for period in indicator.iterfind("period"):
                for kind in ("target", "actual"):
                    yield from _dimensions(period, kind, is_sum=is_sum)


def _ours(rule: str, sentence: Any, element: "etree._Element", **facts: object) -> Finding:
    return at(Source.OURS, Weight.ERROR, rule, sentence, element, **facts)


def _aggregation(result: "etree._Element") -> Iterator[Finding]:
    statuses = []
    for indicator in result.iterfind("indicator"):
        status = indicator.get("aggregation-status", "")
        statuses.append(status)
        if status not in _YES | _NO:
            yield at(Source.OURS, Weight.ADVICE, "aggregation", _UNSTATED, indicator)
        elif status in _YES and _counts_once(indicator):
            yield _ours("aggregation", _UNIQUE, indicator)
    if result.get("aggregation-status", "") in _YES and any(status in _NO for status in statuses):
        yield at(Source.OURS, Weight.ADVICE, "aggregation", _RESULT, result)


def _counts_once(indicator: "etree._Element") -> bool:
    told = [one for name in ("title", "description") for one in indicator.iterfind(f"{name}/narrative")]
    return says_unique(one.text or "" for one in told)


def says_unique(texts: Iterable[str]) -> bool:
    """Whether words call what is counted unique; whoever writes a file asks it too, and is on the safe side."""
    return any(_UNIQUE_WORDS.search(text) for text in texts)


def _dimensions(period: "etree._Element", kind: str, *, is_sum: bool) -> Iterator[Finding]:
    known: dict[tuple[str, Dimensions], Decimal | None] = {}
    first: dict[tuple[str, Dimensions], etree._Element] = {}
    for one in period.iterfind(kind):
        names = [str(dimension.get("name")) for dimension in one.iterfind("dimension")]
        doubled = next((name for name in names if names.count(name) > 1), None)
        if doubled is not None:
            yield _ours("intersection", _CONTRADICTION, one, name=doubled[:80])
            continue
        where = "|".join(str(place.get("ref")) for place in one.iterfind("location"))
        key = (where, _dimensions_of(one))
        if key in known:
            yield _ours("twice", _TWICE, one, names=_words(key[1]))
            continue
        known[key], first[key] = _number(one.get("value")), one
    if is_sum:
        yield from _sums(known, first)


def _sums(
    known: Mapping[tuple[str, Dimensions], Decimal | None],
    first: Mapping[tuple[str, Dimensions], "etree._Element"],
) -> Iterator[Finding]:
    """Of each breakdown: its cells never hold more than the figure that has one dimension less, or none."""
    sums: dict[tuple[str, Dimensions, tuple[str, ...]], tuple[Decimal, etree._Element, Decimal]] = {}
    for (where, dimensions), value in known.items():
        if value is None or not dimensions:
            continue
        fewer = [(), *((one,) for one in dimensions)] if len(dimensions) > 1 else [()]
        names = tuple(name for name, _value in dimensions)
        for kept in fewer:
            before, element, slack = sums.get((where, kept, names), (Decimal(0), first[where, dimensions], Decimal(0)))
            # Each figure may be rounded to two decimals.
            slack += 0 if value == value.to_integral_value() else _HALF_A_HUNDREDTH
            sums[where, kept, names] = (before + value, element, slack)
    for (where, kept, names), (found, element, slack) in sums.items():
        total = known.get((where, kept))
        if total is not None and found > total + slack + _HALF_A_HUNDREDTH:
            facts = {"names": " × ".join(names), "sum": f"{found:f}", "total": f"{total:f}"}
            yield _ours("sum", _EXCEEDS, element, **facts)


def _dimensions_of(one: "etree._Element") -> Dimensions:
    return tuple(sorted((str(each.get("name")), str(each.get("value"))) for each in one.iterfind("dimension")))


def _words(dimensions: Dimensions) -> str:
    return ", ".join(f"{name}: {value}" for name, value in dimensions)[:120] or "–"


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 and number.as_tuple().exponent > -10 else None  # type: ignore[operator]

"""An activity as XML: the same data at the same time give the same bytes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from lxml import etree

from trainreg.iati import VERSION
from trainreg.kernel.languages import CONTENT_LANGUAGES, DEFAULT_LANGUAGE
from trainreg.reporting.iati.content import (
    Activity,
    Contact,
    Document,
    Indicator,
    Organisation,
    Period,
    Result,
    Text,
    Value,
)

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ORIGINAL_BUDGET, INDICATIVE = "1", "1"
GENERAL, OBJECTIVES = "1", "2"
GENERAL_ENQUIRIES = "1"
OWN_VOCABULARY = "99"


def write(activity: Activity) -> bytes:
    """The file."""
    moment = _moment(activity.generated_at)
    root = etree.Element("iati-activities", {"version": VERSION, "generated-datetime": moment})
    about = {"humanitarian": "0", "last-updated-datetime": moment, _LANG: _language_of(activity)}
    if activity.currency:
        about["default-currency"] = activity.currency
    _fill(_add(root, "iati-activity", about), activity)
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _fill(one: "etree._Element", activity: Activity) -> None:
    """In the order of the schema."""
    _add(one, "iati-identifier").text = activity.identifier
    reporting = activity.reporting
    _told(_add(one, "reporting-org", {"ref": reporting.ref, "type": reporting.type}), reporting.name)
    _told(_add(one, "title"), activity.title)
    for kind, text in ((GENERAL, activity.summary), (OBJECTIVES, activity.objective)):
        if text:
            _told(_add(one, "description", {"type": kind}), text)
    for organisation in activity.organisations:
        _organisation(one, organisation)
    _add(one, "activity-status", {"code": activity.status.value})
    for what, day in activity.dates:
        _add(one, "activity-date", {"type": what.value, "iso-date": day.isoformat()})
    if activity.contact is not None:
        _contact(one, activity.contact)
    if activity.scope:
        _add(one, "activity-scope", {"code": activity.scope})
    _add(one, "recipient-country", {"code": activity.country, "percentage": "100"})
    for sector in activity.sectors:
        shares = {} if sector.percentage is None else {"percentage": _number(sector.percentage)}
        _add(one, "sector", {"vocabulary": sector.vocabulary, "code": sector.code, **shares})
    for part in activity.budget:
        budget = _add(one, "budget", {"type": ORIGINAL_BUDGET, "status": INDICATIVE})
        _days(budget, part.first, part.last)
        _add(budget, "value", {"value-date": part.first.isoformat()}).text = _number(part.amount)
    for document in activity.documents:
        _document(one, document)
    for result in activity.results:
        _result(one, result)


def _organisation(one: "etree._Element", told: Organisation) -> None:
    known = {"role": told.role, "type": told.type, "ref": told.ref}
    _told(_add(one, "participating-org", {name: value for name, value in known.items() if value}), told.name)


def _contact(one: "etree._Element", told: Contact) -> None:
    """In the order of the schema."""
    contact = _add(one, "contact-info", {"type": GENERAL_ENQUIRIES})
    if any(told.organisation.values()):
        _told(_add(contact, "organisation"), told.organisation)
    for tag, found in (("telephone", told.telephones), ("email", told.emails), ("website", told.websites)):
        for text in found:
            _add(contact, tag).text = _drawable(text)


def _document(one: "etree._Element", told: Document) -> None:
    link = _add(one, "document-link", {"url": told.url, "format": told.format})
    _told(_add(link, "title"), told.title)
    _add(link, "category", {"code": told.category})
    for code in told.languages:
        _add(link, "language", {"code": code})
    if told.day:
        _add(link, "document-date", {"iso-date": told.day})


def _result(one: "etree._Element", told: Result) -> None:
    flag = _flag(told.may_be_added)
    result = _add(one, "result", {"type": told.type.value, "aggregation-status": flag})
    _told(_add(result, "title"), told.title)
    for indicator in told.indicators:
        _indicator(result, indicator)


def _indicator(result: "etree._Element", told: Indicator) -> None:
    about = {"measure": told.measure, "ascending": _flag(told.is_ascending)}
    indicator = _add(result, "indicator", {**about, "aggregation-status": _flag(told.may_be_added)})
    _told(_add(indicator, "title"), told.title)
    _told(_add(indicator, "description"), told.description)
    _add(indicator, "reference", {"vocabulary": OWN_VOCABULARY, "code": told.code})
    if told.baseline is not None:
        year, value = told.baseline
        _add(indicator, "baseline", {"year": str(year), "value": _number(value)})
    for period in told.periods:
        _period(indicator, period)


def _period(indicator: "etree._Element", told: Period) -> None:
    period = _add(indicator, "period")
    _days(period, told.first, told.last)
    if told.target is not None:
        _add(period, "target", {"value": _number(told.target)})
    for one in told.actuals:
        _actual(period, one)


def _actual(period: "etree._Element", told: Value) -> None:
    actual = _add(period, "actual", {"value": _number(told.value)})
    for name, value in told.dimensions:
        _add(actual, "dimension", {"name": name, "value": value})
    if told.comment:
        _told(_add(actual, "comment"), told.comment)


def _days(one: "etree._Element", first: date, last: date) -> None:
    _add(one, "period-start", {"iso-date": first.isoformat()})
    _add(one, "period-end", {"iso-date": last.isoformat()})


def _told(one: "etree._Element", text: Text) -> None:
    """A text in every language that it has; those of the house first."""
    for code in [*(code for code in CONTENT_LANGUAGES if text.get(code)), *sorted(text.keys() - CONTENT_LANGUAGES)]:
        _add(one, "narrative", {_LANG: code}).text = _drawable(text[code])


def _add(parent: "etree._Element", tag: str, attributes: Mapping[str, str] | None = None) -> "etree._Element":
    told = {name: _drawable(value) for name, value in (attributes or {}).items()}
    return etree.SubElement(parent, tag, told)


def _drawable(text: str) -> str:
    """Without what no XML may hold: control characters, lone surrogates, and the two codes that are none."""
    return "".join(
        one for one in text if one in "\t\n" or (" " <= one < "\ud800") or "\ue000" <= one not in "\ufffe\uffff"
    )


def _language_of(activity: Activity) -> str:
    return DEFAULT_LANGUAGE if activity.title.get(DEFAULT_LANGUAGE) else min(activity.title, default=DEFAULT_LANGUAGE)


def _number(value: Decimal) -> str:
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _flag(is_so: bool) -> str:
    return "1" if is_so else "0"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"

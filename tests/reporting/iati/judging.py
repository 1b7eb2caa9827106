"""A second reader and a second judge of IATI files: the standard library, and the schema asked directly."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from lxml import etree

DATA = Path(__file__).parents[3] / "trainreg" / "iati" / "data"
Cell = tuple[tuple[str, str], ...]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def actuals(data: bytes) -> dict[str, dict[str, dict[Cell, Decimal]]]:
    """By indicator and first day of the period: each actual by its dimensions; () is the figure itself."""
    found: dict[str, dict[str, dict[Cell, Decimal]]] = {}
    for indicator in opened(data).iter("indicator"):
        code = str(the(indicator, "reference").get("code"))
        assert code not in found, f"{code} stands twice"
        found[code] = {}
        for period in indicator.findall("period"):
            cells = found[code].setdefault(str(the(period, "period-start").get("iso-date")), {})
            for one in period.findall("actual"):
                key = tuple((str(each.get("name")), str(each.get("value"))) for each in one.findall("dimension"))
                assert key not in cells
                cells[key] = Decimal(str(one.get("value")))
    return found


def opened(data: bytes) -> Element:
    return fromstring(data)  # noqa: S314 - a file that we have just written


def indicators(data: bytes) -> dict[str, Element]:
    return {str(the(one, "reference").get("code")): one for one in opened(data).iter("indicator")}


def the(parent: Element, tag: str) -> Element:
    found = parent.find(tag)
    assert found is not None, f"no {tag} in {parent.tag}"
    return found


def text(parent: Element, path: str, language: str = "en") -> str:
    return next(one.text or "" for one in parent.findall(f"{path}/narrative") if one.get(LANG) == language)


def assert_valid(data: bytes) -> None:
    """The schema directly, and the rules that a file of ours can break, written down once more."""
    schema = etree.XMLSchema(etree.parse(str(DATA / "iati-activities-schema.xsd")))
    schema.assertValid(etree.parse(BytesIO(data)))
    root = opened(data)
    assert root.get("version") == "2.03"
    for activity in root.findall("iati-activity"):
        ref = str(the(activity, "reporting-org").get("ref"))
        assert str(the(activity, "iati-identifier").text).startswith(f"{ref}-")
        assert all(one.get(LANG) and (one.text or "").strip() for one in activity.iter("narrative"))
        _dates(activity)
        _sectors(activity)
        for organisation in activity.findall("participating-org"):
            assert organisation.get("ref") or organisation.find("narrative") is not None
        assert activity.get("default-currency") or activity.find("budget") is None
        for budget in activity.findall("budget"):
            first, last = _span(budget)
            assert first <= last and (last - first).days < 366
        for result in activity.findall("result"):
            _result(result)


def _dates(activity: Element) -> None:
    day = {one.get("type"): date.fromisoformat(str(one.get("iso-date"))) for one in activity.findall("activity-date")}
    generated = date.fromisoformat(str(activity.get("last-updated-datetime"))[:10])
    assert "1" in day or "2" in day
    assert day.get("1", date.min) <= day.get("3", date.max) and day.get("2", date.min) <= day.get("4", date.max)
    assert all(day[kind] <= generated for kind in ("2", "4") if kind in day)


def _sectors(activity: Element) -> None:
    of_list: dict[str, list[str | None]] = {}
    for one in activity.findall("sector"):
        of_list.setdefault(str(one.get("vocabulary")), []).append(one.get("percentage"))
    assert "1" in of_list
    for told in of_list.values():
        assert told == [None] or sum(Decimal(str(one)) for one in told) == 100


def _result(result: Element) -> None:
    flags = [str(one.get("aggregation-status")) for one in result.findall("indicator")]
    assert set(flags) <= {"0", "1"} and result.get("aggregation-status") == min(flags)
    for indicator in result.findall("indicator"):
        assert indicator.get("measure") in {"1", "2"} and indicator.get("ascending") in {"0", "1"}
        for period in indicator.findall("period"):
            first, last = _span(period)
            assert first <= last
            for one in [*period.findall("target"), *period.findall("actual")]:
                assert Decimal(str(one.get("value"))).is_finite()
                names = [each.get("name") for each in one.findall("dimension")]
                assert len(names) == len(set(names))


def _span(parent: Element) -> tuple[date, date]:
    first, last = the(parent, "period-start").get("iso-date"), the(parent, "period-end").get("iso-date")
    return date.fromisoformat(str(first)), date.fromisoformat(str(last))

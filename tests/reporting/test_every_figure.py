"""Every figure on the pages of a project's results opens the rows behind it, and these add up to it: for every rule."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests import factories as make
from tests.factories import STAFF
from tests.framework.telling import indicator, saved
from tests.pages import Page, Pages
from tests.reporting.chance import NOW, START, _plain
from tests.reporting.stories import Story
from trainreg.framework import handing_in
from trainreg.framework.details import HandDetails, PeriodDetails
from trainreg.framework.queries import get_period, list_indicators
from trainreg.framework.rules import CountingRule, dimensions_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.reporting.counting.freezing import freeze
from trainreg.reporting.counting.reading import facts_of

Row = dict[str, Any]
MARCH = PeriodDetails(code="2026-M3", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 3))
LATER = PeriodDetails(code="2026-Q2", starts_on=date(2026, 3, 4), ends_on=date(2026, 3, 31))
FIGURE = re.compile(r"[0-9][0-9,.]*")
BY_HAND = CountingRule.HAND_ENTERED
# Rules whose figure is a number of rows, one for each.
ONE_EACH = {"attendances", "unique_persons", "unique_persons_per_event_kind", "completers", "events_held"}


def somebody(person: int, **values: Any) -> Row:
    usual = {
        "person": person,
        "role": "participant",
        "status": "confirmed",
        "agency": person % 3,
        "group": "a",
        "sex": ["female", "male", "not_stated"][person % 3],
        "level": "senior",
        "age_band": "35_44",
        "province": ["MN-1", None, "MN-047", "MN-1"][person],
        "states": ["present", "late", "absent"],
        "papers": [],
        "tests": (1, 3, 4),
    }
    return usual | values


def told() -> tuple[list[Row], list[Row]]:
    """Four people at three events: with papers, tests, a crowd, publications; something of everything."""
    session = {"hours": 0, "minutes": 180, "share": "0.5", "planned": True}
    paper = {"kind": "completion", "state": "issued", "day": date(2026, 3, 2)}
    days = ((0, 1), (1, 2), (3, 4))
    people = (
        [somebody(0, papers=[paper]), somebody(1, tests=(2, 2, 4)), somebody(2)],
        [somebody(0, agency=1), somebody(3, states=["late", None, None])],
        [somebody(1, papers=[paper | {"day": date(2026, 3, 5)}]), somebody(2), somebody(3, tests=(0, 4, 4))],
    )
    crowd = {"sex": "female", "level": "senior", "agency": 1, "people": 7}
    events = [
        {
            "kind": kind,
            "status": "closed",
            "outcomes": {number % 2},
            "threshold": "0.5",
            "sessions": [session | {"day": day} for day in days[number]],
            "registrations": people[number],
            "crowds": [crowd] if number == 0 else [],
        }
        for number, kind in enumerate(("seminar", "training", "seminar"))
    ]
    handed = [
        {"day": date(2026, 3, 2), "copies": 40, "agency": 1},
        {"day": date(2026, 3, 5), "copies": 250, "agency": None},
    ]
    return events, [{"kind": "handbook", "outcome": 0, "day": date(2026, 3, 2), "handed": handed}]


@pytest.fixture
def story(session: Session) -> Story:
    story = Story.of(_plain(told()))
    story.project.starts_on, story.project.ends_on = date(2026, 1, 1), date(2026, 12, 31)
    saved(
        story.project,
        periods=(MARCH, LATER),
        indicators=tuple(
            indicator(
                rule.value.replace("_", "-"),
                rule,
                outcome=None,
                breakdowns=tuple((one,) for one in sorted(dimensions_of(rule))[:5]),
            )
            for rule in CountingRule
        ),
        targets=(),
        values=(HandDetails(indicator="hand-entered", period=MARCH.code, value=Decimal(12), source="A register"),),
    )
    return story


def figures_of(page: Page) -> set[tuple[str, str]]:
    """Addresses of rows, and the figures that lead to them."""
    links = re.findall(r'href="(/reports/[^"]+/rows[^"]*)">([^<]*)<', page.html)
    return {(unescape(address), figure) for address, figure in links}


def cells_without_rows(page: Page) -> list[str]:
    """Numbers in tables of figures that lead nowhere, though something is behind them."""
    found = []
    for table in page.find_all("table"):
        caption = "".join(next(iter(table.iter("caption")), Element("caption")).itertext())
        if "crossed" not in (table.get("class") or "") or "without names" in caption:
            continue
        for row in table.iter("tr"):
            head = " ".join("".join(next(iter(row.iter("th")), row).itertext()).split())
            for cell in row.iter("td"):
                own = (cell.text or "").strip()
                if head != "Target" and FIGURE.fullmatch(own) and own != "0":
                    found.append(f"{caption}: {head}: {own}")
    return found


def assert_rows_add_up(pages: Pages, address: str, figure: str) -> None:
    page = pages.get(address)
    assert page.status == 200, address
    rule = address.split("/")[4].replace("-", "_") if "/results/" in address else ""
    if rule == BY_HAND.value:
        assert figure in page.text and "A register" in page.text
        return
    rows = [list(row) for table in page.find_all("table") for row in table.iter("tr") if row.find("td") is not None]
    amounts = [Decimal(" ".join(row[-1].itertext()).strip().replace(",", "")) for row in rows]
    value = Decimal(figure.replace(",", ""))
    if not rule:  # a figure of the project's page
        assert " ".join(page.find_all("p", class_="figure-value")[0].itertext()).strip() == figure, address
        assert (sum(amounts) if "person_days" in address else len(rows)) == value, address
        return
    assert f"{figure} from" in page.text, address
    if rule == CountingRule.KNOWLEDGE_GAIN.value:
        assert round(sum(amounts) / len(amounts), 2) == round(value, 2), address
        return
    assert sum(amounts) == value, address
    assert rule not in ONE_EACH or len(rows) == value, address


def walked(pages: Pages, story: Story) -> set[tuple[str, str]]:
    """Every figure with rows on every page of the project's results; none that has rows is without its link."""
    code = story.project.code
    addresses = [f"/desk/projects/{code}?measure={one}" for one in ("attendances", "persons", "person_days")]
    addresses += [f"/reports/{code}/outcomes/1", f"/reports/{code}/results", f"/reports/{code}/periods/{MARCH.code}"]
    for one in list_indicators(story.project.id):
        own = f"/reports/{code}/results/{one.code}"
        addresses += [own, f"{own}?period={MARCH.code}"]
    found: set[tuple[str, str]] = set()
    for address in addresses:
        page = pages.get(address)
        assert page.status == 200, address
        assert not cells_without_rows(page), address
        found |= figures_of(page)
    return found


@pytest.mark.slow
def test_every_figure_opens_rows_that_add_up_to_it(pages: Pages, story: Story) -> None:
    with time_machine.travel(NOW + timedelta(seconds=1), tick=True):
        pages.sign_in(make.user(Role.ORGANIZER, project_id=story.project.id))
        figures = walked(pages, story)
        rules = {address.split("/")[4].replace("-", "_") for address, _figure in figures if "/results/" in address}
        assert rules == {rule.value for rule in CountingRule}, "a rule that no figure counts by tests nothing"
        assert len(figures) > 150
        for address, figure in sorted(figures):
            assert_rows_add_up(pages, address, figure)


@pytest.mark.slow
def test_what_was_handed_in_opens_the_rows_it_rested_on(pages: Pages, story: Story) -> None:
    with time_machine.travel(NOW + timedelta(seconds=1), tick=True):
        period = get_period(story.project.id, MARCH.code)
        frozen = freeze(period, list_indicators(story.project.id), facts_of(story.project))
        handing_in.hand_in(period, frozen, by=STAFF)
        db.session.commit()
        story.act(("status", 0, "cancelled"))  # one who came to the first event
        db.session.commit()
        db.session.expire_all()
        pages.sign_in(make.user(Role.ORGANIZER, project_id=story.project.id))
        page = pages.get(f"/reports/{story.project.code}/periods/{MARCH.code}")
        figures = {(address, figure) for address, figure in figures_of(page) if "/attendances/" in address}
        assert {figure for _address, figure in figures} == {"5", "4"}, "five were handed in, four count now"
        for address, figure in sorted(figures_of(page)):
            assert_rows_add_up(pages, address, figure)
        assert "As it was handed in" in pages.get(next(one for one, figure in figures if figure == "5")).text


@pytest.mark.slow
def test_whoever_sees_no_names_finds_no_way_to_rows(pages: Pages, story: Story) -> None:
    with time_machine.travel(NOW + timedelta(seconds=1), tick=True):
        pages.sign_in(make.user(Role.VIEWER, project_id=story.project.id))
        for address in (f"/desk/projects/{story.project.code}", f"/reports/{story.project.code}/results"):
            page = pages.get(address)
            assert page.status == 200 and not figures_of(page)
        own = f"/reports/{story.project.code}/results/attendances/rows"
        assert pages.get(f"{own}?period={MARCH.code}&handed_in=1").status == 403


def test_the_story_is_of_march() -> None:
    assert START.date() == MARCH.starts_on

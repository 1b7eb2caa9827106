"""The page of a project's results, which a donor reads."""

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import event as sqlalchemy_event

from tests import factories as make
from tests.framework.telling import indicator, saved, target
from tests.pages import Page, Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.events.rules import EventStatus
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.publications.copies import add_run
from trainreg.publications.details import PublicationDetails, RunDetails
from trainreg.publications.rules import PublicationKind
from trainreg.publications.service import create_publication


@pytest.fixture
def path(world: World) -> str:
    attends(world.event, world.bolor, agency=world.ministry, sex=Sex.FEMALE)
    attends(make.event(world.project), world.bolor, agency=world.ministry, sex=Sex.FEMALE)
    attends(world.event, world.tuya, agency=world.border, sex=Sex.NOT_STATED)
    return f"/desk/projects/{world.project.code}"


def test_it_says_attendances_and_officials_in_one_sentence(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(path)
    assert page.status == 200
    assert "3 attendances by 2 officials (F: 1 , M: 0 , not stated: 1 )" in page.text.replace("1,", "1 ,").replace(
        "0,", "0 ,"
    ).replace("1)", "1 )")


def test_every_figure_leads_to_rows_that_add_up_to_it(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    links = re.findall(r'href="(/reports/[^"]+)">([0-9.]+)<', pages.get(path).html)
    assert len(links) > 25
    for address, figure in sorted(set(links)):
        page = pages.get(address.replace("&amp;", "&"))
        assert page.status == 200
        shown = next(one for one in page.find_all("p", class_="figure-value"))
        assert (shown.text or "") == figure, address


@pytest.mark.parametrize("measure", ["attendances", "persons", "person_days"])
def test_the_breakdown_can_count_each_measure(pages: Pages, world: World, path: str, measure: str) -> None:
    page = pages.sign_in(world.viewer).get(f"{path}?measure={measure}")
    assert page.status == 200
    assert "Not stated" in page.text


def rows_of(page: Page, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, cell by cell."""
    tables = [
        table
        for table in page.find_all("table")
        if "".join(next(iter(table.iter("caption")), Element("caption")).itertext()).strip() == caption
    ]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in tables[0].iter("tr")]


def test_agencies_are_parted_by_sex_and_drawn(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(path)
    rows = rows_of(page, "By agency and sex")
    assert rows[0] == ["Agency", "Attendances", "Female", "Male", "Not stated"]
    assert rows[1:] == [
        [world.ministry.name["en"], "2", "2", "0", "0"],
        [world.border.name["en"], "1", "0", "0", "1"],
        ["Not stated", "0", "0", "0", "0"],
        ["Total", "3", "2", "0", "1"],
    ]
    pieces = re.findall(r'<rect class="bar-([0-2])" x="([\d.]+)" width="([\d.]+)"', page.html)
    assert pieces == [("0", "0.0", "100.0"), ("2", "0.0", "50.0")]


def test_provinces_stand_in_a_table_with_not_stated_last(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(path)
    assert "Nobody stated a province." in page.text
    for number in range(3):
        person = make.person()
        attends(world.event, person, agency=world.ministry, sex=Sex.MALE, province="MN-047" if number else "MN-055")
    rows = rows_of(pages.get(path), "By province")
    assert rows[2:] == [
        ["Töv", "2", "2", "0", "2", "0", "2"],
        ["Övörkhangai", "1", "1", "0", "1", "0", "1"],
        ["Not stated", "3", "2", "1", "0", "1", "3"],
        ["Total", "6", "5", "1", "3", "1", "6"],
    ]


def attended_in(world: World, months: dict[int, int]) -> str:
    """Bolor, and so many others, at an event in each of these months of 2026."""
    for month, people in months.items():
        event = make.event(world.project, starts=datetime(2026, month, 3, 1, tzinfo=UTC))
        for person in [world.bolor, *(make.person() for _number in range(people))]:
            attends(event, person, agency=world.ministry)
    return f"/desk/projects/{world.project.code}"


def test_the_course_is_told_against_what_was_promised(pages: Pages, world: World) -> None:
    path = attended_in(world, {2: 2, 8: 1})
    page = pages.sign_in(world.organizer).get(path)
    told = [row[:3] for row in rows_of(page, "Attendances and officials so far")[1:]]
    assert told == [["Q1 2026", "3", "3"], ["Q2 2026", "3", "3"], ["Q3 2026", "5", "4"]]
    targets = (target("1.a", "2026-H1", 4), target("1.a", "2026-H2", 6))
    saved(world.project, indicators=(indicator(outcome=None),), targets=targets)
    page = pages.get(path)
    told = rows_of(page, "Attendances and officials so far")[1:]
    assert told == [["2026-H1", "3", "4", "3"], ["2026-H2", "5", "10", "4"]]
    assert page.html.count('class="curve curve-2"') == 2, "in the chart and in its key"


def test_the_way_to_a_target_is_a_sentence_and_a_bar(pages: Pages, world: World) -> None:
    path = attended_in(world, {8: 2})
    saved(world.project, targets=(target("1.a", "2026-H2", 4),))
    page = pages.sign_in(world.viewer).get(path)
    assert "of the way to the target" not in page.text, "few came: the figure is not told, nor is its share"
    assert "75% of the way to the target of 2026-H2" in pages.sign_in(world.organizer).get(path).text


def test_events_stand_in_a_calendar(pages: Pages, world: World, path: str) -> None:
    held = make.event(
        world.project, starts=datetime(2026, 3, 31, 17, tzinfo=UTC), title={"en": "On the first of April"}
    )
    make.event(world.project, starts=datetime(2026, 4, 6, tzinfo=UTC), status=EventStatus.CANCELLED)
    make.event(world.project, days=0, title={"en": "Some day"})
    page = pages.sign_in(world.organizer).get(path)
    april = next(one for one in page.find_all("a", href="#month-2026-04"))
    assert " ".join("".join(april.itertext()).split()) == "Apr 1 held, 1 called off"
    assert page.find_all("th", id="month-2026-04") and page.find_all("th", id="month-none")
    assert "2 planned" in page.text and held.title["en"] in page.text
    assert "No day yet" in page.text


def test_an_outcome_has_a_page_of_its_own(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).get(f"/reports/{world.project.code}/outcomes/1")
    rows = rows_of(page, "Outcome 1 by sex and by agency")
    assert [world.border.name["en"], "1", "1", "1"] in rows and rows[-1][0] == "Total"
    assert pages.get(f"/reports/{world.project.code}/outcomes/9").status == 404
    assert pages.sign_in(world.trainer).get(f"/reports/{world.project.code}/outcomes/1").status == 403


def test_publications_are_read_once(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    seen: list[str] = []
    listening = (db.session.connection(), "before_cursor_execute", lambda *about: seen.append(about[2]))
    sqlalchemy_event.listen(*listening)
    pages.get(path)
    sqlalchemy_event.remove(*listening)
    assert len([one for one in seen if "FROM publication" in one]) == 1


def test_an_unknown_measure_gets_a_sentence(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.viewer).get(f"{path}?measure=luck")
    assert page.status == 422
    assert "do not know this figure" in page.text


def test_publications_and_assessments_are_counted(pages: Pages, world: World, path: str) -> None:
    for kind, language in ((PublicationKind.HANDBOOK, "mn"), (PublicationKind.ASSESSMENT_REPORT, None)):
        details = PublicationDetails(kind=kind, title={"en": f"A {kind.value}"}, translated_into=language)
        publication = create_publication(world.project, details, by=make.STAFF)
        add_run(publication, RunDetails(language="mn", copies=100, is_minimum=True), by=make.STAFF)
    page = pages.sign_in(world.viewer).get(path)
    assert "Publications translated 1" in page.text and "Assessments 1" in page.text
    assert "at least 100" in page.text and "translated into Mongolian" in page.text


def test_a_viewer_sees_no_names_no_drafts_and_no_buttons(pages: Pages, world: World, path: str) -> None:
    draft = make.event(world.project, status=EventStatus.DRAFT, title={"en": "Secret draft"})
    page = pages.sign_in(world.viewer).get(path)
    assert draft.title["en"] not in page.text
    assert world.bolor.given_name not in page.html
    for words in ("New event", "Edit project", "Add publication", "History"):
        assert words not in page.text
    assert "/desk/events/" not in page.html


def test_an_organizer_sees_drafts_and_may_go_on_working(pages: Pages, world: World, path: str) -> None:
    make.event(world.project, status=EventStatus.DRAFT, title={"en": "Secret draft"})
    page = pages.sign_in(world.organizer).get(path)
    for words in ("Secret draft", "New event", "Edit project", "Add publication"):
        assert words in page.text


def test_the_page_reads_in_mongolian(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.viewer).get(f"{path}?lang=mn")
    assert page.status == 200
    assert world.project.title["mn"] in page.text


def test_an_empty_project_has_a_page(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.other_organizer).get(f"/desk/projects/{world.other_project.code}")
    assert page.status == 200
    assert "No outcomes yet" in page.text


def test_results_belong_to_those_who_may_see_them(pages: Pages, world: World, path: str) -> None:
    assert pages.get(path).location.startswith("/login")
    assert pages.sign_in(world.other_organizer).get(path).status == 404
    assert pages.sign_in(world.trainer).get(path).status == 403
    assert pages.sign_in(world.administrator).get("/desk/projects/NOWHERE").status == 404

"""The page of all projects: what its filters leave, what it refuses, in which order it lists, and its files."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests import factories as make
from tests.pages import Page, Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.accounts.models import RoleGrant
from trainreg.agencies.models import Agency
from trainreg.events.rules import EventKind
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.people.rules import Level, Sex
from trainreg.programme.models import ProjectPartner

START = datetime(2024, 3, 4, 1, tzinfo=UTC)


@pytest.fixture
def story(world: World) -> World:
    """Bolor comes to three events in two projects and two years, Tuya to one; a department is under the ministry."""
    department = Agency(code="department", name={"en": "Department of Training"}, parent_id=world.ministry.id)
    db.session.add(department)
    world.project.funder, world.project.country = {"en": "Fund for Peace", "mn": "Энхийн сан"}, "MN"
    world.other_project.funder, world.other_project.country = {"en": "Other Fund"}, "KG"
    world.other_project.ends_on = date(2025, 1, 1)
    world.project.starts_on, world.project.ends_on = date(2024, 1, 1), None
    world.other_project.starts_on = date(2023, 1, 1)
    db.session.add(ProjectPartner(project_id=world.project.id, agency_id=world.ministry.id))
    training, seminar, other = (
        make.event(project, days=0, kind=kind)
        for project, kind in (
            (world.project, EventKind.TRAINING),
            (world.project, EventKind.SEMINAR),
            (world.other_project, EventKind.SEMINAR),
        )
    )
    for event, days in ((training, 0), (seminar, 400), (other, 20)):
        make.session(event, START + timedelta(days=days), day_share=1)
    db.session.flush()
    words = {"sex": Sex.FEMALE, "level": Level.SENIOR, "province": "MN-047"}
    for event in (training, seminar, other):
        db.session.refresh(event)
        attends(event, world.bolor, agency=department, **words)
    attends(training, world.tuya, agency=world.border, sex=Sex.MALE)
    db.session.commit()
    return world


def headline(page: Page) -> str:
    return next(" ".join(" ".join(one.itertext()).split()) for one in page.find_all("p", class_="headline"))


ALL = "4 attendances by 2 officials (F: 1, M: 1, not stated: 0)"
ONE = "1 attendance by 1 official"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", ALL),
        ("year=2024", "3 attendances by 2 officials"),
        ("year=2025", ONE),
        ("first=2024-03-05&last=2024-12-31", ONE),
        ("last=2024-03-04", "2 attendances by 2 officials"),
        ("country=KG", ONE),
        ("funder=Fund+for+Peace", "3 attendances by 2 officials"),
        ("partner=MINISTRY", "3 attendances by 2 officials"),
        ("stage=ended", ONE),
        ("stage=running&kind=seminar", ONE),
        ("agency=MINISTRY", "3 attendances by 1 official"),
        ("agency=department&year=2024", "2 attendances by 1 official"),
        ("kind=seminar", "2 attendances by 1 official"),
        ("kind=briefing", "0 attendances by 0 officials"),
    ],
)
def test_filters_leave_what_they_say(pages: Pages, story: World, asked: str, told: str) -> None:
    pages.sign_in(story.administrator)
    assert headline(pages.get(f"/reports?{asked.replace('MINISTRY', story.ministry.code)}")).startswith(told)


def test_parts_have_their_words_and_sum_to_the_total(pages: Pages, story: World) -> None:
    text = pages.sign_in(story.administrator).get("/reports").text
    assert "Department of Training 3 1 3" in text.partition("By agency")[2]
    ministry = text.partition("By agency")[2].partition("Department")[0]
    assert f"{story.ministry.name['en']} 0 0 0" in ministry, "above the department, with nothing of its own"
    assert "Töv 3 1 3 Not stated 1 1 1 Total 4 2 4" in text.partition("By province")[2]
    assert "Senior 3 1 3" in text and "Mar 2024 3 3" in text and "Apr 2024 0 0" in text


@pytest.mark.parametrize(
    ("asked", "sentence", "name", "typed"),
    [
        ("year=2024&first=2024-01-01", "but not both", "first", "2024-01-01"),
        ("first=2024-05-01&last=2024-04-01", "before the first one", "last", "2024-04-01"),
        ("first=2024-02-30", "not in the calendar", "first", "2024-02-30"),
        ("kind=party&last=2024-04-01", "Kind of event", "last", "2024-04-01"),
        ("agency=nobody&year=2024", "Agency of the officials", "year", "2024"),
        ("sort=colour", "Order", "sort", "colour"),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field(
    pages: Pages, story: World, asked: str, sentence: str, name: str, typed: str
) -> None:
    page = pages.sign_in(story.administrator).get(f"/reports?{asked}")
    assert page.status == 422 and sentence in page.text
    assert page.value_of(name) == typed
    assert not page.find_all("p", class_="headline")


def test_a_misspelt_filter_shows_no_figures(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.administrator).get("/reports?yaer=2024")
    assert page.status == 422 and "yaer" in page.text and "attendances" not in page.text


def test_projects_are_listed_in_the_order_asked_for(pages: Pages, story: World) -> None:
    pages.sign_in(story.administrator)

    def order(asked: str) -> bool:
        text = pages.get(f"/reports{asked}").text
        return text.rindex(story.project.code) < text.rindex(story.other_project.code)

    assert order("") and order("?sort=attendances") and order("?sort=title")
    assert not order("?sort=events&kind=seminar&last=2024-12-31")
    page = pages.get("/reports?sort=officials&year=2024")
    assert any(one.get("aria-sort") == "descending" for one in page.find_all("th"))
    assert any(
        "year=2024" in (one.get("href") or "") and "sort=title" in (one.get("href") or "") for one in page.find_all("a")
    )


def test_whoever_sees_names_in_some_projects_gets_those_with_all_filters(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.organizer).get("/reports?year=2024&agency=department")
    assert headline(page).startswith(ONE)
    assert story.other_project.code not in page.text
    both = make.user(Role.ORGANIZER, project_id=story.project.id)
    both.grants.append(RoleGrant(role=Role.ORGANIZER, project_id=story.other_project.id))
    db.session.commit()
    assert headline(pages.sign_in(both).get("/reports")) == ALL


def test_the_files_hold_what_the_page_shows(pages: Pages, story: World) -> None:
    pages.sign_in(story.administrator)
    page = pages.get("/reports?year=2024&kind=training")
    hrefs = [one.get("href") or "" for one in page.find_all("a")]
    sheet = pages.client.get(next(one for one in hrefs if "organisation.xlsx" in one))
    book = load_workbook(BytesIO(sheet.data), read_only=True)
    assert book.sheetnames[:2] == ["Filters", "Figures"] and "By agency" in book.sheetnames
    told = {row[0]: row[1] for row in book["Filters"].iter_rows(values_only=True)}
    assert told["Calendar year"] == "2024" and told["Kind of event"] == "Training"
    figures = {row[0]: row[1] for row in book["Figures"].iter_rows(values_only=True)}
    assert figures["Attendances"] == 2 and figures["Officials, each counted once"] == 2
    table = pages.client.get(next(one for one in hrefs if "organisation.csv" in one)).get_data(as_text=True)
    assert "Filter,Calendar year: 2024" in table and "Total,Total,2,2,2" in table
    assert pages.get("/reports/organisation.pdf").status == 404
    assert pages.get("/reports/organisation.csv?year=soon").status == 422


def test_figures_of_a_project_lead_to_its_rows(pages: Pages, story: World) -> None:
    rows = {f"/reports/{story.project.code}/rows?measure={one}" for one in ("attendances", "persons", "person_days")}

    def found(asked: str = "") -> set[str]:
        return {
            href for one in pages.get(f"/reports{asked}").find_all("a") if "/rows" in (href := one.get("href") or "")
        }

    pages.sign_in(story.administrator)
    assert rows < found() and rows == found(f"?funder={story.project.funder['en']}")
    assert all(pages.get(href).status == 200 for href in rows)
    assert not found("?year=2024"), "what is left of a figure has no page of its rows"
    assert not pages.sign_in(story.viewer).get("/reports").find_all("a", href=min(rows))


def test_counts_without_names_stand_apart(pages: Pages, story: World) -> None:
    session = make.session(make.event(story.project, days=0), START, day_share=1)
    make.unnamed(session, 12, agency_id=story.ministry.id, sex=Sex.FEMALE)
    make.unnamed(session, 3)
    db.session.commit()
    pages.sign_in(story.administrator)
    told = pages.get("/reports").text
    assert headline(pages.get("/reports")) == ALL and "15 people counted at sessions, 15 person-days" in told
    assert "12 people counted at sessions" in pages.get(f"/reports?agency={story.ministry.code}").text
    assert "people counted" not in pages.get("/reports?year=2025").text
    page = pages.sign_in(story.viewer).get("/reports")
    assert "sessions without a list of names, too" in page.text and "not told people" not in page.text

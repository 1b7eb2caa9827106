"""What pages tell a viewer of small figures, and an organizer of the same."""

import re
from html import unescape

import pytest

from tests import factories as make
from tests.pages import Page, Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.agencies.models import Agency
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.programme.models import Project

FIGURES = re.compile(r'<(?:dd|td|p class="headline")[^>]*>.*?</(?:dd|td|p)>', re.S)


@pytest.fixture
def story(world: World) -> World:
    """Seven of the ministry and three of the border guard, nine of a third; at another event four women of nine."""
    third = make.agency("Third Agency")
    world.project.is_invented = False
    second = make.event(world.project)
    come(world, world.ministry, 7, Sex.MALE)
    come(world, world.border, 3, Sex.MALE)
    come(world, third, 9, Sex.MALE)
    for number in range(9):
        attends(second, make.person(), agency=world.ministry, sex=Sex.FEMALE if number < 4 else Sex.NOT_STATED)
    db.session.commit()
    return world


def come(world: World, agency: Agency, people: int, sex: Sex) -> None:
    for _number in range(people):
        attends(world.event, make.person(), agency=agency, sex=sex)


def numbers_in_figures(page: Page) -> list[str]:
    """What cells and figures of a page say, where that is a small number alone."""
    html = unescape(page.html)
    cells = [re.sub(r"<[^>]+>", " ", cell).strip() for cell in FIGURES.findall(html)]
    return [cell for cell in cells if re.fullmatch(r"[1-4](?:\.\d+)?", cell)]


def project_path(world: World) -> str:
    return f"/desk/projects/{world.project.code}"


@pytest.mark.parametrize("measure", ["attendances", "persons", "person_days"])
def test_a_viewer_finds_no_small_figure_on_the_project_page(pages: Pages, story: World, measure: str) -> None:
    page = pages.sign_in(story.viewer).get(f"{project_path(story)}?measure={measure}")
    text = page.text
    assert "not told" in text and "Figures of fewer than five people" in text
    held = {"2"}  # events
    assert not set(numbers_in_figures(page)) - held, "three of the border guard, four women"
    assert "Border Protection" not in text.partition("Who took part")[2].partition("Events")[0]
    assert "Agencies that are not told" in text
    assert "/rows?" not in page.html, "no figure leads a viewer to rows"


def test_a_figure_that_is_not_told_has_no_bar(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.viewer).get(project_path(story))
    for table in page.find_all("table", class_="table bar-table"):
        for row in table.iter("tr"):
            words = " ".join(row.itertext())
            if "not told" in words and "Total" not in words:
                assert not [one for one in row.iter() if one.tag.endswith("rect")], words


def test_who_may_see_names_sees_every_figure(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.organizer).get(project_path(story))
    assert "not told" not in page.text and "Border Protection" in page.text
    assert "28 attendances by 28 officials" in re.sub(r"\s+", " ", page.text)
    assert "/rows?" in page.html


def test_a_small_project_is_not_told_at_all(pages: Pages, world: World) -> None:
    come(world, world.ministry, 3, Sex.FEMALE)
    db.session.commit()
    page = pages.sign_in(world.viewer).get(project_path(world))
    assert "not told attendances by not told officials" in page.text
    figures = page.text.partition("Who took part")[2].partition("Events")[0]
    assert not re.search(r"\b[1-9]", figures) and "Ministry of Labour" not in figures


def test_counts_without_names_are_hidden_alike(pages: Pages, world: World) -> None:
    session = world.event.sessions[0]
    make.unnamed(session, 3, agency_id=world.ministry.id, sex=Sex.FEMALE)
    make.unnamed(session, 40)
    db.session.commit()
    told = pages.sign_in(world.viewer).get(project_path(world)).text.partition("Counted without names")[2]
    assert "43 people counted at sessions" in told
    assert " Ministry of Labour not told" in told and "Female not told" in told
    assert not re.search(r"\b(?:3|40)\b", told.partition("By sex")[2].partition("Total")[0])


def test_the_whole_organisation_does_not_tell_one_small_project(pages: Pages, story: World) -> None:
    other: Project = story.other_project
    for _number in range(3):
        attends(story.other_event, make.person(), agency=story.ministry, sex=Sex.MALE)
    db.session.commit()
    everywhere = make.user(role=story.viewer.grants[0].role)
    page = pages.sign_in(everywhere).get("/reports")
    assert "31 officials" in page.text.replace("  ", " ") and "31 attendances" not in page.text
    row = next(one for one in page.find_all("tr") if other.code in " ".join(one.itertext()))
    assert " ".join(" ".join(row.itertext()).split()).count("not told") == 4
    assert "31 attendances" in pages.sign_in(story.administrator).get("/reports").text

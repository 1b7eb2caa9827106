"""What pages tell a viewer of small figures, and an organizer of the same."""

import re
from html import unescape

import pytest
from flask import Flask

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


def test_a_small_province_is_not_named_and_no_cell_of_a_table_is_small(pages: Pages, story: World) -> None:
    event = make.event(story.project)
    for province, people in (("MN-1", 9), ("MN-055", 2)):
        for number in range(people):
            sex = Sex.FEMALE if number % 3 == 0 else Sex.MALE
            attends(event, make.person(), agency=story.ministry, sex=sex, province=province)
    db.session.commit()
    page = pages.sign_in(story.viewer).get(project_path(story))
    told = page.text.partition("Where they came from")[2].partition("Events")[0]
    assert "Provinces that are not told" in told and "Övörkhangai" not in told
    assert not re.search(r"\b[1-4]\b", told)
    page = pages.sign_in(story.organizer).get(project_path(story))
    told = page.text.partition("Where they came from")[2].partition("Events")[0]
    assert "Övörkhangai 2 2 1 1 0 2" in told


def test_an_outcome_is_told_as_on_the_page_of_its_project(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.viewer).get(f"/reports/{story.project.code}/outcomes/1")
    assert "Agencies that are not told" in page.text and "Border Protection" not in page.text
    assert "/rows" not in page.html and not numbers_in_figures(page)


def test_a_small_project_is_not_told_at_all(pages: Pages, world: World) -> None:
    come(world, world.ministry, 3, Sex.FEMALE)
    db.session.commit()
    page = pages.sign_in(world.viewer).get(project_path(world))
    assert "How many attended, and how often, is not told" in page.text
    assert "not told attendances" not in page.text
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


@pytest.mark.parametrize(
    ("attendances", "officials", "sexes", "sentence"),
    [
        (147, 113, (57, 52, 4), "147 attendances by 113 officials (F: 57, M: 52, not stated: 4)"),
        (1, 1, (None, None, None), "1 attendance by 1 official"),
        (9, None, (None, None, None), "9 attendances; how many officials they were is not told"),
        (None, 9, (None, 9, 0), "9 officials (F: ?, M: 9, not stated: 0); how often they attended is not told"),
        (None, 9, (None, None, None), "9 officials; how often they attended is not told"),
    ],
)
def test_the_headline_is_a_sentence_whatever_is_hidden(
    app: Flask, attendances: int | None, officials: int | None, sexes: tuple[int | None, ...], sentence: str
) -> None:
    with app.test_request_context():
        macro = app.jinja_env.get_template("reporting/headline.html").make_module({}).headline
        pairs = [(one, "?" if one is None else str(one)) for one in (attendances, officials, *sexes)]
        said = macro(pairs[0], pairs[1], pairs[2:])
    words = re.sub(r"<[^>]+>", "", said).strip()
    assert words.replace("\N{NO-BREAK SPACE}", " ") == sentence
    assert ": " not in words, "a sex and its figure stay on one line"

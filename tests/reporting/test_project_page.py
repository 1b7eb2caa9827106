"""The page of a project's results, which a donor reads."""

import re

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.events.rules import EventStatus
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
    assert len(links) > 40
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

"""The way to the report of all projects, and its filters: folded until something is asked for, figures come first."""

import pytest

from tests.pages import Page, Pages
from tests.world import World


def fold(page: Page) -> bool:
    """Whether the filters stand open."""
    (found,) = page.find_all("details", class_="fold fold-narrow no-print")
    assert found.findall(".//form"), "the fold holds the filters"
    return "open" in found.attrib


@pytest.mark.parametrize("asked", ["", "sort=title"])
def test_what_is_not_narrowed_is_folded(pages: Pages, world: World, asked: str) -> None:
    page = pages.sign_in(world.me_officer).get(f"/reports?{asked}")
    assert page.status == 200 and not fold(page)


@pytest.mark.parametrize(("asked", "status"), [("kind=seminar", 200), ("year=2013&first=2013-01-01", 422)])
def test_what_was_chosen_or_refused_is_seen(pages: Pages, world: World, asked: str, status: int) -> None:
    page = pages.sign_in(world.me_officer).get(f"/reports?{asked}")
    assert page.status == status and fold(page)


def test_what_was_asked_for_leads_to_the_figures(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.me_officer).get("/reports")
    (form,) = (one for one in page.find_all("form") if one.get("role") == "search")
    assert form.get("action") == "/reports#figures" and page.find_all("div", id="figures")


@pytest.mark.parametrize("here", ["/reports", "/reports/files", "/reports/iati-check"])
def test_whoever_sees_results_finds_the_report(pages: Pages, world: World, here: str) -> None:
    pages.sign_in(world.viewer)
    assert [one.text for one in pages.get("/desk/projects").find_all("a", href="/reports")] == ["Reports"] * 2
    current = {one.text for one in pages.get(here).find_all("a", aria_current="page")}
    assert current == {"Reports"}

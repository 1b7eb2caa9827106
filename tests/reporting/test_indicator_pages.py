"""The page of one indicator, and of what is behind it: what was reported, what counts now, and where each leads."""

import time_machine

from tests.framework.telling import indicator, saved, target
from tests.framework.test_hand_in import handed_in
from tests.pages import Page, Pages
from tests.published import publication
from tests.reporting.attending import attends
from tests.world import World
from trainreg.framework.rules import CountingRule
from trainreg.kernel.db import db


def page_at(pages: Pages, world: World, path: str) -> Page:
    page = pages.get(f"/reports/{world.project.code}/{path}")
    assert page.status == 200
    return page


def test_a_handed_in_figure_is_told_as_it_was_reported(pages: Pages, world: World) -> None:
    event = handed_in(world).rows[0].registration.event
    attends(event, world.tuya, agency=world.border)
    db.session.commit()
    pages.sign_in(world.me_officer)
    told = page_at(pages, world, "results/1.a?period=2026-H1").text
    assert "Reported 2 now 3 Target 2" in told and "The tables below tell what counts now." in told
    told = page_at(pages, world, "results/1.a?period=2026-H2").text
    assert "Actual 0 Target –" in told and "The tables below" not in told


def test_a_period_that_is_over_asks_to_be_handed_in(pages: Pages, world: World) -> None:
    def asked() -> list[str]:
        links = page_at(pages, world, "results").find_all("a")
        return [one.get("href") or "" for one in links if "hand it in" in (one.text or "")]

    with time_machine.travel("2026-08-01"):
        pages.sign_in(world.me_officer)
        assert asked() == [], "there is nothing to hand in"
        saved(world.project, indicators=(indicator(),), targets=())
        assert asked() == [f"/reports/{world.project.code}/periods/2026-H1"]
        pages.sign_in(world.viewer)
        assert asked() == []
        handed_in(world)
        pages.sign_in(world.me_officer)
        assert asked() == []


def test_the_parts_stand_with_their_total(pages: Pages, world: World) -> None:
    handed_in(world)
    pages.sign_in(world.me_officer)
    told = page_at(pages, world, "results/1.a").text
    assert "Female 2 Male 0 Not stated 0 Total 2" in told


def test_the_parts_of_a_mean_have_no_total(pages: Pages, world: World) -> None:
    saved(world.project, indicators=(indicator(rule=CountingRule.KNOWLEDGE_GAIN),), targets=())
    pages.sign_in(world.me_officer)
    assert "Total" not in page_at(pages, world, "results/1.a").text


def test_a_unit_that_is_the_rule_is_said_once(pages: Pages, world: World) -> None:
    pages.sign_in(world.me_officer)
    for unit, said in (("attendances", "Attendances"), ("seats", "Attendances · seats")):
        saved(world.project, indicators=(indicator(unit={"en": unit}),), targets=())
        for path in ("results/1.a", "results"):
            assert said in page_at(pages, world, path).text
            assert "Attendances · attendances" not in page_at(pages, world, path).text


def test_what_is_behind_a_figure_leads_on(pages: Pages, world: World) -> None:
    registration = handed_in(world).rows[0].registration
    handbook = publication(world.project, printed=9, to={"en": "All"}, published_on=registration.event.starts_at.date())
    rules = (CountingRule.ATTENDANCES, CountingRule.EVENTS_HELD, CountingRule.COPIES_DISTRIBUTED)
    parts = [indicator(f"r{number}", rule, breakdowns=()) for number, rule in enumerate(rules)]
    saved(
        world.project,
        indicators=(indicator(), indicator("1.b", CountingRule.UNIQUE_PERSONS), *parts),
        targets=(target("1.a", "2026-H1", 2),),
    )
    slug, desk = registration.event.slug, f"/desk/projects/{world.project.code}"
    pages.sign_in(world.organizer)
    found = [page_at(pages, world, f"results/r{number}/rows") for number in range(3)]
    assert found[0].find_all("a", href=f"/desk/events/{slug}/registrations/{registration.reference}")
    assert found[0].find_all("a", href=f"/desk/events/{slug}") and found[1].find_all("a", href=f"/desk/events/{slug}")
    assert found[2].find_all("a", href=f"{desk}/publications/{handbook.id}")
